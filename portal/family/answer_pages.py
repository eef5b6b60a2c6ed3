"""What the pages of an answer show: four choices, and its words only where the person said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.page import Page
from portal.review.answers import Hearing
from portal.words import gettext

CHOICES = (Hearing.NOW, Hearing.LATER, Hearing.WITH_KEY_WORKER, Hearing.NOT_AT_ALL)


@dataclass(frozen=True)
class Offer:
    """One of the four choices: its button, and what it means."""

    value: str
    label: str
    meaning: str
    chosen: bool


@dataclass(frozen=True)
class AnswerPage(Page):
    """Something from the panel: four choices, and the answer only where the person said "show me"."""

    template: ClassVar[str] = "family/answer.html"
    question: str
    reference: str
    choices: Sequence[Offer]
    chosen: str
    words: str
    words_language: str
    other_words: str
    translator: str
    outcome: str
    key_worker: str
    add_url: str
    show_url: str


def offers(hearing: Hearing, key_worker: str) -> list[Offer]:
    """Return the four choices; where it is shown, the one to read it is gone and the first puts it away again."""
    shown = hearing is Hearing.NOW
    return [
        Offer(
            one.value,
            gettext("Put it away again") if shown and one is Hearing.LATER else hearing_label(one, key_worker),
            what_it_means(one, key_worker),
            one is hearing,
        )
        for one in CHOICES
        if not shown or one is not Hearing.NOW
    ]


def hearing_label(hearing: Hearing, key_worker: str) -> str:
    """Name one of the four choices, as its button says it."""
    return {
        Hearing.NOW: gettext("Read it now"),
        Hearing.LATER: gettext("Keep it for later"),
        Hearing.WITH_KEY_WORKER: gettext("Ask my %(key_worker)s to go through it with me", key_worker=key_worker),
        Hearing.NOT_AT_ALL: gettext("Do not show it to me"),
    }[hearing]


def what_it_means(hearing: Hearing, key_worker: str) -> str:
    """Say what happens after a choice."""
    return {
        Hearing.NOW: gettext("It opens on the next page. You can put it away again."),
        Hearing.LATER: gettext("It stays here until you want it. Nobody will remind you."),
        Hearing.WITH_KEY_WORKER: gettext(
            "Your %(key_worker)s sees this and will find a time with you.", key_worker=key_worker
        ),
        Hearing.NOT_AT_ALL: gettext("It is put away. You do not have to say why, and you can change your mind."),
    }[hearing]


def hearing_chosen(hearing: Hearing, key_worker: str) -> str:
    """Say what was chosen, and that it can be changed."""
    if hearing is Hearing.LATER:
        return gettext("You are keeping it for later. It stays here, and nobody will remind you.")
    if hearing is Hearing.WITH_KEY_WORKER:
        return gettext("Your %(key_worker)s can see that you want to go through it together.", key_worker=key_worker)
    if hearing is Hearing.NOT_AT_ALL:
        return gettext("It is not shown to you. You can change this whenever you like, in years too.")
    return ""
