"""What the pages of the family's doors show, with every state said in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from portal.family.forms import ComeBackForm, NumberForm, QuestionForm
from portal.library.panels import Contact
from portal.page import Choice, Page
from portal.review.answers import Hearing
from portal.review.contributions import Place
from portal.review.questions import Standing
from portal.words import gettext


@dataclass(frozen=True)
class LinkPage(Page):
    """The neutral page behind every private link, live or not."""

    template: ClassVar[str] = "family/link.html"
    form: NumberForm
    not_opened: bool
    resting: bool


@dataclass(frozen=True)
class ComeBackPage(Page):
    """The visit has ended; what was being written is here."""

    template: ClassVar[str] = "family/come_back.html"
    form: ComeBackForm | None
    written: str
    not_opened: bool


@dataclass(frozen=True)
class SignedOutPage(Page):
    """The visit has been ended by the person."""

    template: ClassVar[str] = "family/signed_out.html"


@dataclass(frozen=True)
class Written:
    """One thing that the person wrote, and what became of it."""

    url: str
    label: str
    reference: str
    kept_at: datetime
    standing: str


@dataclass(frozen=True)
class Waiting:
    """Something from the panel about a question; nothing of what it says."""

    url: str
    reference: str
    sentence: str


@dataclass(frozen=True)
class SpacePage(Page):
    """The start of a person's space."""

    template: ClassVar[str] = "family/space.html"
    stages: Sequence[tuple[str, str]]
    stage: str
    now: Sequence[str]
    next_contact_on: date | None
    key_worker_name: str
    key_worker: str
    contact: Contact | None
    waiting: Sequence[Waiting]
    written: Sequence[Written]
    reading: Sequence[Choice]


@dataclass(frozen=True)
class WritePage(Page):
    """A page to write a question, or something that the panel should know."""

    template: ClassVar[str] = "family/write.html"
    title: str
    sentences: Sequence[str]
    form: QuestionForm
    button: str
    talk: str


@dataclass(frozen=True)
class KeptPage(Page):
    """What was kept, who can see it now, and what happens next."""

    template: ClassVar[str] = "family/kept.html"
    title: str
    words: str
    reference: str
    kept_at: datetime
    key_worker: str
    words_url: str


@dataclass(frozen=True)
class YourWordsPage(Page):
    """Everything that the person wrote."""

    template: ClassVar[str] = "family/your_words.html"
    written: Sequence[Written]


@dataclass(frozen=True)
class Step:
    """One line of what happened to a question: what, and when."""

    sentence: str
    at: datetime


@dataclass(frozen=True)
class WordsPage(Page):
    """One thing that the person wrote, with what became of it."""

    template: ClassVar[str] = "family/words.html"
    title: str
    words: str
    translation: str
    translator: str
    reference: str
    steps: Sequence[Step]
    standing: str
    answer_url: str
    withdraw_url: str
    bring_back_url: str


@dataclass(frozen=True)
class AnswerPage(Page):
    """Something from the panel: four choices, and the answer only where the person said "show me"."""

    template: ClassVar[str] = "family/answer.html"
    question: str
    reference: str
    choices: Sequence[tuple[str, str, str, bool]]
    chosen: str
    words: str
    words_language: str
    other_words: str
    translator: str
    outcome: str
    key_worker: str


@dataclass(frozen=True)
class ConfirmPage(Page):
    """One act to confirm."""

    template: ClassVar[str] = "family/confirm.html"
    title: str
    sentences: Sequence[str]
    button: str
    back_url: str


@dataclass(frozen=True)
class LeavingPage(Page):
    """How to sign out here and everywhere, and who is signed in where."""

    template: ClassVar[str] = "family/leaving.html"
    visits: Sequence[tuple[datetime, bool]]


def standing_of(state: Standing | Place, key_worker: str) -> str:
    """Say in plain words where something is that the person wrote."""
    kept = gettext("We have kept it. The review team will take it up.")
    sentences: dict[Standing | Place, str] = {
        Standing.ASKED: kept,
        Place.KEPT: kept,
        Place.WITH_PANEL: gettext("The review team has read it and will bring it to the panel."),
        Standing.TAKEN_UP: gettext("The review team has taken it up."),
        Standing.AT_MEETING: gettext("It will be looked at in a meeting."),
        Standing.DRAFTED: gettext("An answer is being written."),
        Standing.CHECKED: gettext("Your %(key_worker)s will be in touch with you about it.", key_worker=key_worker),
        Standing.ANSWERED: gettext("There is something from the panel about this."),
        Standing.PARTLY_ANSWERED: gettext("There is something from the panel about this."),
        Standing.CANNOT_BE_ANSWERED: gettext("There is something from the panel about this."),
        Standing.WITHDRAWN: gettext(
            "You took this back. Nobody but you can see it. You can bring it back at any time."
        ),
        Place.WITHDRAWN: gettext("You took this back. Nobody but you can see it."),
    }
    return sentences[state]


def hearing_label(hearing: Hearing, key_worker: str) -> str:
    """Name one of the four choices, as its button says it."""
    return {
        Hearing.NOW: gettext("Read it now"),
        Hearing.LATER: gettext("Keep it for later"),
        Hearing.WITH_KEY_WORKER: gettext("Ask my %(key_worker)s to go through it with me", key_worker=key_worker),
        Hearing.NOT_AT_ALL: gettext("Do not show it to me"),
    }[hearing]


def hearing_chosen(hearing: Hearing, key_worker: str) -> str:
    """Say what was chosen about an answer, and that it can be changed."""
    if hearing is Hearing.LATER:
        return gettext("You are keeping it for later. It stays here, and nobody will remind you.")
    if hearing is Hearing.WITH_KEY_WORKER:
        return gettext("Your %(key_worker)s can see that you want to go through it together.", key_worker=key_worker)
    if hearing is Hearing.NOT_AT_ALL:
        return gettext("It is not shown to you. You can change this whenever you like, in years too.")
    return ""
