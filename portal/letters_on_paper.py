"""Letters on paper: the way into a space, news, and the number on a sheet of its own.

A sheet is what stands on paper in one language, block by block; the page to print and the PDF show the very same. Its
words are made anew each time from those of letters.py. What opens a space stands on a letter and nowhere else: never on
the sheet with the number, and never on the copy for the file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, ClassVar

import segno

from portal import languages
from portal.letters import beside_picture, in_language, letter
from portal.page import Page
from portal.review import codes, display
from portal.review.display import Liking
from portal.review.messages import Kind, Message
from portal.review.people import FamilyMember, Way
from portal.sealing import opened
from portal.settings import ROOT, Settings, link_to, short_address
from portal.words import gettext

_SECRETS = re.compile(rf"([0-9a-z]{{{codes.SECRET_LENGTH}}}) ([0-9A-Z]{{{codes.CODE_LENGTH}}})")
_LEFT_OUT = "…"


@dataclass(frozen=True)
class Secrets:
    """What opens a space, together with the number: the secret of its link, and the code that can be typed."""

    link: str
    code: str


@dataclass(frozen=True)
class Block:
    """A piece of a sheet: what kind of piece it is, and its words, or clean HTML of the library.

    Of a way into a space, or to a page: what is typed, piece by piece, and beside it the square for a camera.
    """

    kind: str
    text: str = ""
    language: str = ""  # where it is not that of the sheet
    html: Any = ""
    typed: Sequence["Block"] = ()
    square: str = ""


@dataclass(frozen=True)
class Sheet:
    """What stands on paper, in one language."""

    language: str
    title: str
    blocks: Sequence[Block]
    to: str = ""  # name and postal address, where the window of an envelope shows them
    large: bool = False

    @property
    def direction(self) -> str:
        """The direction of its language."""
        return languages.language(self.language).direction


@dataclass(frozen=True)
class Paper(Page):
    """The pages of a PDF: one sheet, two side by side for the file, or four cards."""

    template: ClassVar[str] = "letters/paper.html"
    title: str
    language: str
    direction: str
    form: str  # letter, file or cards
    lines: Sequence[str]  # above the sheets
    sheets: Sequence[Sheet]


def secrets_of(message: Message) -> Secrets | None:
    """Return what opens the space to which a letter leads, while the letter waits to be printed."""
    found = _SECRETS.fullmatch(opened(lambda: message.text) or "")
    return Secrets(found[1], found[2]) if found else None


def of_message(
    settings: Settings, message: Message, member: FamilyMember, *, for_file: bool = False, language: str = ""
) -> Sheet | None:
    """Return a letter as it goes on paper, or its copy for the file; None when what it has to carry is forgotten."""
    language, own, secrets = language or member.language, opened(lambda: message.own) or "", secrets_of(message)
    if message.kind is not Kind.INVITATION:
        words = letter(message.kind, Way.PAPER, language, "", own=own)
        sheet = Sheet(words.language, words.subject, _paragraphs(words.lines))
    elif secrets is None:
        return None
    else:
        sheet = invitation(settings, language, None if for_file else secrets, own)
    address = opened(lambda: member.address) if member.way is Way.PAPER else None
    # It also says whose letter this is, at a printer that many use.
    to = f"{opened(lambda: member.name) or ''}\n{address}".strip() if address else ""
    return replace(sheet, to=to, large=likes_large(member))


def invitation(settings: Settings, language: str, secrets: Secrets | None, own: str = "") -> Sheet:
    """Return an invitation on paper; without its secrets it shows where they would stand."""
    address = short_address(settings)
    code = codes.in_groups(secrets.code) if secrets else _LEFT_OUT
    words = letter(Kind.INVITATION, Way.PAPER, language, address, code, own)
    lines, kinds = words.lines, {address: "address", code: "code"}
    first, last = lines.index(address) - 1, lines.index(code) + 1
    typed = [Block(kinds.get(line, "words"), line) for line in lines[first:last]]
    with in_language(words.language):
        caption = beside_picture()
    square = square_of(link_to(settings, language, secrets.link)) if secrets else ""
    way_in = Block("way in", caption, typed=typed, square=square)
    return Sheet(words.language, words.subject, [*_paragraphs(lines[:first]), way_in, *_paragraphs(lines[last:])])


def number_sheet(member: FamilyMember) -> Sheet | None:
    """Return the sheet with a person's number and nothing else that leads to them; None once it is forgotten."""
    number = opened(lambda: member.number)
    if not number:
        return None
    with in_language(member.language):
        title = gettext("Your number")
        blocks = [
            Block("number", codes.spoken(number)),
            Block("words", gettext("It opens your private space, together with the letter.")),
            Block("words", gettext("Please keep it apart from the letter, and do not write it there.")),
            Block("words", gettext("If it is lost, ask the person who gave it to you for a new one.")),
        ]
    return Sheet(member.language, title, blocks, large=likes_large(member))


def square_of(address: str) -> str:
    """Return the squares that a telephone's camera reads as an address, with the quiet paper round about."""
    return str(segno.make(address, error="m", micro=False).svg_data_uri(border=4))


def likes_large(member: FamilyMember) -> bool:
    """Whether a person said that they like large letters."""
    return Liking.LARGE in display.likings(member)


def _paragraphs(lines: Sequence[str]) -> list[Block]:
    return [Block("words", line) for line in lines]


@cache
def styles() -> tuple[str, ...]:
    """Return the style sheets of a letter's PDF."""
    return tuple((ROOT / "static" / name).read_text("utf-8") for name in ("paper.css", "letter.css"))
