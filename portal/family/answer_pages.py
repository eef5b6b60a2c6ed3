"""What the pages of an answer show: four choices, and its words only where the person said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.page import Page
from portal.review.answers import Hearing
from portal.words import gettext


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
