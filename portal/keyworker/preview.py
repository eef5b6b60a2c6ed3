"""What a person will see, in their language: the message, the page behind its link, and the start of their space.

The pages are the family's own templates, rendered without anybody's words and with no live link, and read back as lines
of text. So the preview can neither drift from what they really see nor open anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

from flask import g, render_template

from portal import languages
from portal.door import Here
from portal.keyworker.wording import way as way_label
from portal.letters import in_language, letter
from portal.page import frame
from portal.reading import beside_a_space
from portal.review import leaves
from portal.review.messages import Kind
from portal.review.people import StaffMember, Way
from portal.review.reviews import Review
from portal.rooms import doors
from portal.words import START, day, gettext

_KINDS = {"h1": "heading", "h2": "heading", "figcaption": "heading", "li": "item", "button": "button", "label": "label"}
# What <bdi> is in plain text: numbers and addresses keep their direction on a right-to-left page.
_LEFT_TO_RIGHT, _ITS_OWN, _ISOLATED = "\u2066", "\u2068", "\u2069"
_BLOCKS = frozenset({*_KINDS, "p"})


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


def boxes(here: Here[StaffMember], review: Review, language: str, ways: Sequence[Way]) -> list[Box]:
    """Return everything that a person will see who reads this language and is reached in one of these ways."""
    found = [_message(here, language, way) for way in ways]
    with in_language(language):
        link, space = _neutral_page(), _space(here, review, language)
    direction = languages.language(language).direction
    found.append(Box(gettext("The page that the link opens first"), language, direction, link))
    found.append(Box(gettext("The start of their space, once the number is given"), language, direction, space))
    if any(START in piece.text for box in found for piece in box.pieces):
        g.untranslated = True
    return found


def _message(here: Here[StaffMember], language: str, way: Way) -> Box:
    base = here.house.settings.base_url.rstrip("/")
    words = letter(Kind.INVITATION, way, language, f"{_LEFT_TO_RIGHT}{base}/{language}/i/…{_ISOLATED}")
    direction = languages.language(words.language).direction
    subject = [Piece("heading", words.subject)] if words.subject else []
    title = gettext("The message: %(way)s", way=way_label(way))
    return Box(title, words.language, direction, [*subject, *(Piece("text", line) for line in words.lines)])


def _neutral_page() -> list[Piece]:
    field = SimpleNamespace(label=SimpleNamespace(text=gettext("Your number")), errors=())
    form = SimpleNamespace(errors={}, csrf_token="", number=field)
    return _read("family/link.html", form=form, not_opened=False, resting=False, ask_url="")


def _space(here: Here[StaffMember], review: Review, language: str) -> list[Piece]:
    panel = here.house.panels.named(review.panel)
    word = here.house.panels.words(panel, language)["key_worker"]
    return _read(
        "family/space.html",
        doors=doors(word),
        device=SimpleNamespace(keep_url="", key=""),
        key_worker_name=here.db.get_one(StaffMember, review.key_worker_id).name,
        away=_away(here, review),
        key_worker=word,
        contact=panel.contact_in(language) if panel else None,
        waiting=(),
        begun=(),
        written=(),
        reading=beside_a_space(panel),
    )


def _away(here: Here[StaffMember], review: Review) -> SimpleNamespace | None:
    found = leaves.there_for(here.db, review.key_worker_id)
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
