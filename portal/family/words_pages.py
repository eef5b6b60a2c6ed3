"""What the pages of what a person has sent show, with every state said in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.page import Page
from portal.review.contributions import Place
from portal.review.questions import Standing
from portal.words import gettext


@dataclass(frozen=True)
class Written:
    """One thing that the person wrote, and what became of it."""

    url: str
    label: str
    reference: str
    kept_at: datetime
    standing: str


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
class ConfirmPage(Page):
    """One act to confirm."""

    template: ClassVar[str] = "family/confirm.html"
    title: str
    sentences: Sequence[str]
    button: str
    back_url: str


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
