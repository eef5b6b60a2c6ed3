"""What a person will see, in their language: the message, the page behind its link, and the start of their space.

The pages are the family's own templates, rendered without anybody's words and with no live link, and read back as lines
of text. So the preview can neither drift from what they really see nor open anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import g, render_template

from portal import languages, letters_on_paper
from portal.door import Here
from portal.keyworker.reach import texts_in
from portal.keyworker.wording import way as way_label
from portal.letters import in_language, letter
from portal.page import frame
from portal.reading import beside_a_space
from portal.review import codes, leaves
from portal.review.messages import Kind
from portal.review.people import StaffMember, Way
from portal.rooms import doors
from portal.settings import link_to
from portal.words import START, day, gettext

_KINDS = {"h1": "heading", "h2": "heading", "figcaption": "heading", "li": "item", "button": "button", "label": "label"}
# What <bdi> is in plain text: numbers and addresses keep their direction on a right-to-left page.
_LEFT_TO_RIGHT, _ITS_OWN, _ISOLATED = "\u2066", "\u2068", "\u2069"
_BLOCKS = frozenset({*_KINDS, "p"})
_TYPED = ("address", "code")  # pieces of a letter that are typed from left to right
_NO_SECRET = "0" * codes.SECRET_LENGTH  # as long as a live one


@dataclass(frozen=True)
class Piece:
    """One line of a page: what kind of line it is, and its words."""

    kind: str
    text: str


@dataclass(frozen=True)
class Box:
    """One thing that a person will see."""

    title: str
    language: str
    direction: str
    pieces: Sequence[Piece]


def boxes(
    here: Here[StaffMember], panel: str, key_worker_id: UUID, language: str, way: Way, own: str = ""
) -> list[Box]:
    """Return everything that a person will see who reads this language and is reached in this way.

    ``own`` is what is added to the message.
    """
    found = [_message(here, language, way, own)]
    with in_language(language):
        link, space = _neutral_page(), _space(here, panel, key_worker_id, language)
    direction = languages.language(language).direction
    found.append(Box(gettext("The page that the link opens first"), language, direction, link))
    found.append(Box(gettext("The start of their space, once the number is given"), language, direction, space))
    if any(START in piece.text for box in found for piece in box.pieces):
        g.untranslated = True
    return found


def _message(here: Here[StaffMember], language: str, way: Way, own: str) -> Box:
    title = gettext("The message: %(way)s", way=way_label(way))
    settings = here.house.settings
    if way is Way.PAPER:
        sheet = letters_on_paper.invitation(settings, language, None, own)
        blocks = [one for block in sheet.blocks for one in (*block.typed, block) if one.text]
        typed = [f"{_LEFT_TO_RIGHT}{one.text}{_ISOLATED}" if one.kind in _TYPED else one.text for one in blocks]
        return Box(title, sheet.language, sheet.direction, [Piece("text", line) for line in typed])
    link = link_to(settings, language, _NO_SECRET)
    words = letter(Kind.INVITATION, way, language, link, own=own)
    if way is Way.TEXT and (count := texts_in(words.text)) > 1:
        title = gettext("The message: %(way)s, as long as %(count)s of them", way=way_label(way), count=count)
    shown = f"{_LEFT_TO_RIGHT}{link.replace(_NO_SECRET, '…')}{_ISOLATED}"
    lines = [Piece("text", shown if line == link else line) for line in words.lines]
    subject = [Piece("heading", words.subject)] if words.subject else []
    return Box(title, words.language, languages.language(words.language).direction, [*subject, *lines])


def _neutral_page() -> list[Piece]:
    field = SimpleNamespace(label=SimpleNamespace(text=gettext("Your number")), errors=())
    form = SimpleNamespace(errors={}, csrf_token="", number=field)
    return _read("family/link.html", form=form, not_opened=False, resting=False, ask_url="")


def _space(here: Here[StaffMember], panel_name: str, key_worker_id: UUID, language: str) -> list[Piece]:
    panel = here.house.panels.named(panel_name)
    word = here.house.panels.words(panel, language)["key_worker"]
    return _read(
        "family/space.html",
        doors=doors(word),
        device=SimpleNamespace(keep_url="", key=""),
        key_worker_name=here.db.get_one(StaffMember, key_worker_id).name,
        away=_away(here, key_worker_id),
        key_worker=word,
        contact=panel.contact_in(language) if panel else None,
        waiting=(),
        begun=(),
        written=(),
        reading=beside_a_space(panel),
    )


def _away(here: Here[StaffMember], key_worker_id: UUID) -> SimpleNamespace | None:
    found = leaves.there_for(here.db, key_worker_id)
    return SimpleNamespace(cover=found[1].name, until=day(found[0].until_on)) if found else None


def _read(template: str, **values: Any) -> list[Piece]:
    reader = _Reader()
    reader.feed(render_template(template, frame=frame(), **values))
    pieces = [Piece(kind, " ".join(text.split())) for kind, text in reader.pieces]
    return [piece for piece in pieces if piece.text and piece.text != frame().untranslated]


class _Reader(HTMLParser):
    """Reads the lines of a page's main part, each with its kind."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self._inside = False
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a block begins."""
        if tag == "main":
            self._inside = True
        elif tag == "br":
            self.handle_data(" ")
        elif tag == "bdi":
            self.handle_data(_LEFT_TO_RIGHT if ("dir", "ltr") in attrs else _ITS_OWN)
        elif self._inside and tag in _BLOCKS and ("class", "hush") not in attrs:
            self.pieces.append((_KINDS.get(tag, "text"), ""))
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        """End a line where its block ends."""
        if tag == "main":
            self._inside = False
        elif tag == "bdi":
            self.handle_data(_ISOLATED)
        elif tag in _BLOCKS:
            self._open = False

    def handle_data(self, data: str) -> None:
        """Add words to the line that is open."""
        if self._inside and self._open and self.pieces:
            kind, text = self.pieces[-1]
            self.pieces[-1] = (kind, text + data)
