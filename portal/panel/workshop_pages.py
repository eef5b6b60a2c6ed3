"""What the pages of the workshop show: texts, versions, what differs, and what the cleaning takes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from markupsafe import Markup

from portal.forms import Form
from portal.library.article import Part
from portal.library.check.books import Finding
from portal.library.removed import Removed
from portal.page import Choice, Page
from portal.workshop.differences import Piece


@dataclass(frozen=True)
class VersionRow:
    """One version in a list."""

    id: str
    number: int
    state: str
    author: str
    made_at: datetime
    published_at: datetime | None
    published_by: str
    taken_away: bool
    note: str
    remark: str
    url: str


@dataclass(frozen=True)
class Difference:
    """One section that differs between two texts; ``kind`` is what its author called the change."""

    heading: str
    pieces: Sequence[Piece]
    kind: str = ""


@dataclass(frozen=True)
class Shown:
    """A text as readers will meet it, what the cleaning took out, and what would stop it from being published."""

    title: str
    code: str
    direction: str
    parts: Sequence[Part]
    pictures: Mapping[str, Markup]
    removed: Sequence[Removed]
    problems: Sequence[Finding]


@dataclass(frozen=True)
class TextPage(Page):
    """One text in one language: how it stands, who has it in hand, and its versions."""

    template: ClassVar[str] = "panel/workshop_text.html"
    title: str
    language: str
    state: str
    notes: Sequence[str]
    acts: Sequence[Choice]
    in_hand: Sequence[VersionRow]
    versions: Sequence[VersionRow]
    live_url: str
    told: str
    back: str


@dataclass(frozen=True)
class WritePage(Page):
    """The form in which an editor writes the English, beside what readers will meet."""

    template: ClassVar[str] = "panel/workshop_write.html"
    title: str
    form: Form
    kinds: Sequence[tuple[str, Sequence[Piece], Any]]
    shown: Shown
    told: Sequence[str]
    since: Sequence[Difference]
    back: str


@dataclass(frozen=True)
class SectionWork:
    """One section for a translator: the English, what changed in it, and the fields for their own words."""

    id: str
    heading: str
    standing: str
    english: str
    changed: Sequence[Piece]
    fields: Sequence[Any]

    @property
    def rows(self) -> int:
        """How high the field for a translation has to be, for about as many words as the English has."""
        return min(30, max(3, sum(len(line) // 40 + 1 for line in self.english.splitlines())))


@dataclass(frozen=True)
class TranslatePage(Page):
    """The form in which a translator brings a text to what the English says now."""

    template: ClassVar[str] = "panel/workshop_translate.html"
    title: str
    language: str
    code: str
    direction: str
    form: Form
    sections: Sequence[SectionWork]
    shown: Shown
    told: Sequence[str]
    all_url: str
    back: str


@dataclass(frozen=True)
class VersionPage(Page):
    """One version: what differs from what readers have, how it would look, and what can be done with it."""

    template: ClassVar[str] = "panel/workshop_version.html"
    title: str
    row: VersionRow
    differences: Sequence[Difference]
    shown: Shown
    notes: Sequence[str]
    check_url: str
    presses: Sequence[Choice]
    compare_url: str
    back: str


@dataclass(frozen=True)
class CheckPage(Page):
    """Everything that the second person reads before readers get a text."""

    template: ClassVar[str] = "panel/workshop_check.html"
    title: str
    row: VersionRow
    differences: Sequence[Difference]
    english: Sequence[SectionWork]
    shown: Shown
    form: Form
    refused: str
    told: str
    send_back_url: str
    back: str


@dataclass(frozen=True)
class TextSendBackPage(Page):
    """The form that asks the author for other words."""

    template: ClassVar[str] = "panel/workshop_send_back.html"
    title: str
    row: VersionRow
    form: Form
    back: str


@dataclass(frozen=True)
class ComparePage(Page):
    """What differs between two versions of a text."""

    template: ClassVar[str] = "panel/workshop_compare.html"
    title: str
    before: str
    after: str
    code: str
    direction: str
    differences: Sequence[Difference]
    choices: Sequence[Choice]
    back: str


@dataclass(frozen=True)
class WithdrawPage(Page):
    """The form that takes a translation away."""

    template: ClassVar[str] = "panel/workshop_withdraw.html"
    title: str
    language: str
    form: Form
    back: str
