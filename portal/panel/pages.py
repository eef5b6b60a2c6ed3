"""What the pages of the panel's door show. Nothing here holds a name or a relation of anybody in a family."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from portal.forms import Form
from portal.languages import Language
from portal.page import Choice, Page
from portal.panel.workshop_pages import VersionRow
from portal.workshop.table import Counts


@dataclass(frozen=True)
class Words:
    """A person's own words, and the translation that stands beside them; ``text`` is None when it cannot be opened."""

    text: str | None
    code: str
    direction: str
    language: str
    translation: str | None
    translator: str | None
    marks: Sequence[str]  # told aloud, changed
    danger_url: str


@dataclass(frozen=True)
class AnswerShown:
    """An answer as the panel sees it."""

    outcome: str
    drafted_by: str
    words: str | None
    code: str
    direction: str
    language: str
    translation: str | None
    translator: str | None
    remark: str | None


@dataclass(frozen=True)
class Row:
    """One line of a list; ``readable`` is false when its words can no longer be opened."""

    reference: str
    url: str
    kept_at: datetime
    language: str
    standing: str
    meeting: str
    owner: str
    readable: bool
    told_aloud: bool


@dataclass(frozen=True)
class Rows:
    """A part of a list under a heading of its own."""

    key: str
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Step:
    """Something that has happened to a question, when, and by whom; the day alone where only a day is known."""

    title: str
    at: datetime | None
    on: date | None = None
    who: str = ""


@dataclass(frozen=True)
class Act:
    """Something that the caller can do now: a link to a page of its own, or a button."""

    label: str
    url: str
    button: bool = False


@dataclass(frozen=True)
class Tie:
    """Something of the same person that this was added to, or that was added to this."""

    sentence: str
    url: str
    reference: str


@dataclass(frozen=True)
class ListPage(Page):
    """A list in its groups."""

    template: ClassVar[str] = "panel/list.html"
    title: str
    filters: Sequence[Choice]
    parts: Sequence[Rows]
    nothing: str
    following: str


@dataclass(frozen=True)
class QuestionPage(Page):
    """One question, with all that the caller can do about it now."""

    template: ClassVar[str] = "panel/question.html"
    reference: str
    standing: str
    words: Words
    ties: Sequence[Tie]
    answer: AnswerShown | None
    sentences: Sequence[str]
    acts: Sequence[Act]
    steps: Sequence[Step]
    seen: str
    changed: str


@dataclass(frozen=True)
class TranslationPage(Page):
    """The form for a translation of the family's words."""

    template: ClassVar[str] = "panel/translation.html"
    words: Words
    form: Form
    changed: str
    back: str


@dataclass(frozen=True)
class MeetingChoicePage(Page):
    """The form that puts a question to a meeting."""

    template: ClassVar[str] = "panel/meeting_choice.html"
    reference: str
    form: Form
    changed: str
    back: str
    plan_url: str


@dataclass(frozen=True)
class DraftPage(Page):
    """The form in which an answer is written, under the family's own words; ``reads`` is the person's language."""

    template: ClassVar[str] = "panel/draft.html"
    key_worker: str
    words: Words
    reads: Language
    reads_label: str
    answer: AnswerShown | None
    form: Form
    changed: str
    back: str


@dataclass(frozen=True)
class CheckPage(Page):
    """Question and answer side by side, for the second person."""

    template: ClassVar[str] = "panel/check.html"
    key_worker: str
    words: Words
    answer: AnswerShown
    wanted: Sequence[str]
    form: Form
    refused: str
    changed: str
    send_back_url: str
    back: str


@dataclass(frozen=True)
class SendBackPage(Page):
    """The form that asks for other words."""

    template: ClassVar[str] = "panel/send_back.html"
    words: Words
    answer: AnswerShown
    form: Form
    changed: str
    back: str


@dataclass(frozen=True)
class MeetingRow:
    """One meeting in the list."""

    title: str
    url: str


@dataclass(frozen=True)
class MeetingsPage(Page):
    """The panel's meetings."""

    template: ClassVar[str] = "panel/meetings.html"
    coming: Sequence[MeetingRow]
    held: Sequence[MeetingRow]
    plan_url: str


@dataclass(frozen=True)
class PlanPage(Page):
    """The form that plans a meeting."""

    template: ClassVar[str] = "panel/plan.html"
    form: Form
    back: str


@dataclass(frozen=True)
class MeetingPage(Page):
    """One meeting with its questions."""

    template: ClassVar[str] = "panel/meeting.html"
    title: str
    held: bool
    part: Rows
    waiting: Sequence[Row]
    pack: str
    pack_url: str
    held_url: str
    changed: str
    back: str


@dataclass(frozen=True)
class LanguageRow:
    """How the texts stand in one language, in numbers."""

    title: str
    url: str
    current: bool
    counts: Counts


@dataclass(frozen=True)
class TextRow:
    """One text of the library in one language; ``own`` is its title in that language where it has one."""

    title: str
    own: str
    code: str
    direction: str
    live_url: str
    url: str
    state: str
    being_checked: bool
    owner: str
    translated_by: str
    checked_by: str
    review_by: date | None
    again: bool


@dataclass(frozen=True)
class WaitingRow:
    """A version that waits for a second person."""

    title: str
    language: str
    row: VersionRow


@dataclass(frozen=True)
class Again:
    """An English text that somebody is to read again on a day."""

    title: str
    url: str
    owner: str
    day: date
    past: bool


@dataclass(frozen=True)
class Facts:
    """What a professional is asked to confirm, about one page or one panel."""

    title: str
    url: str
    points: Sequence[str]


@dataclass(frozen=True)
class LibraryPage(Page):
    """How every text stands in one language, and in numbers how the others stand."""

    template: ClassVar[str] = "panel/library.html"
    language: str
    english: bool
    languages: Sequence[LanguageRow]
    waiting: Sequence[WaitingRow]
    texts: Sequence[TextRow]
    to_read_again: Sequence[Again]
    page_facts: Sequence[Facts]
    panel_facts: Sequence[Facts]
