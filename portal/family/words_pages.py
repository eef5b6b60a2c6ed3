"""What the pages of what a person has sent show, with every state said in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.page import Page
from portal.review.changing import Fixed
from portal.review.changing import Written as Sent
from portal.review.contributions import Place
from portal.review.questions import Question, Standing
from portal.words import gettext


@dataclass(frozen=True)
class Written:
    """One thing that the person wrote, and what became of it."""

    url: str
    label: str
    reference: str
    kept_at: datetime
    standing: str
    changed_at: datetime | None
    told_aloud: bool


@dataclass(frozen=True)
class KeptPage(Page):
    """What was kept, who can see it now, what happens next, and until when it can be changed."""

    template: ClassVar[str] = "family/kept.html"
    title: str
    words: str
    reference: str
    kept_at: datetime
    who: str
    following: Sequence[str]
    until: str
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
class Before:
    """What stood there before other words took its place."""

    words: str
    until_at: datetime


@dataclass(frozen=True)
class Aloud:
    """That somebody else wrote it down, and what the person can say to it now."""

    sentences: Sequence[str]
    yes_url: str
    put_right_url: str


@dataclass(frozen=True)
class WordsPage(Page):
    """One thing that the person wrote, with what became of it, and what they can do with it now."""

    template: ClassVar[str] = "family/words.html"
    title: str
    words: str
    language: str
    aloud: Aloud | None
    translation: str
    translator: str
    reference: str
    steps: Sequence[Step]
    standing: str
    who: str
    answer_url: str
    until: str
    when_url: str
    day_of_meeting: str
    change_url: str
    add_url: str
    withdraw_url: str
    bring_back_url: str
    added_to: Sequence[tuple[str, str]]
    additions: Sequence[tuple[str, str]]
    before: Sequence[Before]
    show_url: str
    sharing_url: str


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
    waits = gettext("It waits until you say that it is right.")
    taken_back = gettext("You took this back. Nobody but you can see it. You can bring it back at any time.")
    sentences: dict[Standing | Place, str] = {
        Standing.TOLD_ALOUD: waits,
        Place.TOLD_ALOUD: waits,
        Standing.ASKED: kept,
        Place.KEPT: kept,
        Place.FOR_KEY_WORKER: gettext(
            "Your %(key_worker)s has it. It does not go to the panel.", key_worker=key_worker
        ),
        Place.WITH_PANEL: gettext("The review team has read it and will bring it to the panel."),
        Standing.TAKEN_UP: gettext("The review team has taken it up."),
        Standing.AT_MEETING: gettext("It will be looked at in a meeting."),
        Standing.DRAFTED: gettext("An answer is being written."),
        Standing.CHECKED: gettext("Your %(key_worker)s will be in touch with you about it.", key_worker=key_worker),
        Standing.ANSWERED: gettext("There is something from the panel about this."),
        Standing.PARTLY_ANSWERED: gettext("There is something from the panel about this."),
        Standing.CANNOT_BE_ANSWERED: gettext("There is something from the panel about this."),
        Standing.WITHDRAWN: taken_back,
        Place.WITHDRAWN: taken_back,
    }
    return sentences[state]


def who_sees(row: Sent, key_worker: str, is_shown: bool) -> str:
    """Say who can see something now; it may be shown to somebody in the family, by own choice."""
    if row.state in (Standing.WITHDRAWN, Place.WITHDRAWN):
        return ""  # where it stands says that nobody does
    if row.state is Place.FOR_KEY_WORKER and is_shown:
        return gettext(
            "You and your %(key_worker)s. Somebody in your family can see this, because you show it to them.",
            key_worker=key_worker,
        )
    if row.state in (Standing.TOLD_ALOUD, Place.TOLD_ALOUD, Place.FOR_KEY_WORKER):
        return gettext("You and your %(key_worker)s. Nobody else in your family.", key_worker=key_worker)
    return seen_by(key_worker, is_shown)


def seen_by(key_worker: str, is_shown: bool) -> str:
    """Say that the review team can see something, and whether somebody in the family can, by own choice."""
    if is_shown:
        return gettext(
            "You, your %(key_worker)s and the review team. Somebody in your family can see this, because you show it "
            "to them.",
            key_worker=key_worker,
        )
    return gettext("You, your %(key_worker)s and the review team. Nobody else in your family.", key_worker=key_worker)


def what_follows(row: Sent, key_worker: str) -> list[str]:
    """Say what happens next with something that was just sent."""
    if row.state is Place.FOR_KEY_WORKER:
        return [gettext("Your %(key_worker)s reads it and speaks with you about it.", key_worker=key_worker)]
    following = [gettext("The review team takes it up and brings it to a meeting. That can take weeks or months.")]
    if isinstance(row, Question):
        following.append(
            gettext(
                "Your %(key_worker)s tells you when there is something from the panel. You decide then whether and how "
                "you want to hear it.",
                key_worker=key_worker,
            )
        )
    return following


def until_when(row: Sent, why: Fixed | None) -> str:
    """Say until when words can be changed, or why they cannot be any more and what can be done."""
    if why is not None:
        return {
            Fixed.WAITS: "",
            Fixed.TAKEN_BACK: "",
            Fixed.PACK: gettext(
                "The words for the meeting are fixed now, so these stay as they are. You can add to them or take them "
                "back. People at the meeting may have read them on paper already."
            ),
            Fixed.WITH_PANEL: gettext(
                "The review team has taken it up, so these words stay as they are. You can add to them or take them "
                "back."
            ),
            Fixed.ANSWER_BEGUN: gettext(
                "An answer to these words is being written, so they stay as they are. You can add to them or take them "
                "back."
            ),
            Fixed.ANSWERED: gettext("These words stay as they are. You can add to them at any time."),
        }[why]
    if row.state is Place.FOR_KEY_WORKER:
        return gettext("You can change it or take it back at any time.")
    if isinstance(row, Question):
        return gettext(
            "You can change it until the review team fixes the words for the meeting, or begins to write an answer."
        )
    return gettext("You can change it until the review team takes it up.")
