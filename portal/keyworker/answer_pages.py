"""What a key worker sees of a question and its answer: the person's own words first, unchanged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal import danger, languages
from portal.door import Here
from portal.keyworker import wording
from portal.keyworker.forms import BringForm, OtherWordsForm
from portal.keyworker.knowing_words import about
from portal.keyworker.told_marks import Marks, marks_of, sentences_of
from portal.keyworker.wording import name_of
from portal.languages import ENGLISH
from portal.page import Page
from portal.review import answers, reviews
from portal.review.answers import Answer
from portal.review.changing import Written
from portal.review.people import StaffMember
from portal.review.questions import Question, Standing
from portal.words import day, gettext, moment


@dataclass(frozen=True)
class Asked:
    """A question, with the words of the person who asked it."""

    who: str
    reference: str
    language: str
    words: str
    translation: str
    translator: str
    marks: Sequence[str]  # told aloud, changed


@dataclass(frozen=True)
class Brought:
    """An answer, as it was checked."""

    outcome: str
    words: str
    language: str
    translation: str
    translator: str


@dataclass(frozen=True)
class QuestionPage(Page):
    """One question, where it is, and how its answer is to be heard."""

    template: ClassVar[str] = "keyworker/question.html"
    asked: Asked
    marks: Marks
    standing: str
    dates: Sequence[tuple[str, str]]
    hearing: str
    hearing_at: str
    bring_url: str
    danger_url: str
    back_url: str


@dataclass(frozen=True)
class BringPage(Page):
    """A checked answer, to be brought."""

    template: ClassVar[str] = "keyworker/bring.html"
    asked: Asked
    brought: Brought
    form: BringForm
    notes: Sequence[str]
    away: str
    held: Sequence[str]
    can_send: bool
    other_words_url: str
    back_url: str


@dataclass(frozen=True)
class OtherWordsPage(Page):
    """A checked answer, for which the panel is asked for other words."""

    template: ClassVar[str] = "keyworker/other_words.html"
    brought: Brought | None
    form: OtherWordsForm
    moved_on: bool
    back_url: str


def asked(here: Here[StaffMember], row: Written) -> Asked:
    """Return a question, or something told, with its words."""
    member = reviews.member_of_mine(here.db, here.caller, row.family_member_id)
    return Asked(
        name_of(member),
        row.reference,
        row.language,
        row.words,
        row.translation or "",
        row.translator or "",
        sentences_of(row),
    )


def brought(here: Here[StaffMember], question: Question, answer: Answer) -> Brought:
    """Return an answer with its words, and with those in the person's own language."""
    return Brought(
        wording.outcome(answer.outcome),
        answer.words,
        answer.translated_into or ENGLISH,
        answer.translation or "",
        answer.translator or "",
    )


def notes_for(here: Here[StaffMember], question: Question, answer: Answer) -> list[str]:
    """Return what to know before an answer is brought: who may know of whom, and a language that it is not there in."""
    member = reviews.member_of_mine(here.db, here.caller, question.family_member_id)
    found = about(here, member)
    if not answers.reads_it(answer, member.language):
        name = languages.language(member.language).own_name
        found.append(
            gettext(
                "They read %(language)s now, and the answer is not there in it. Ask the panel for other words.",
                language=name,
            )
        )
    return found


def question_page(here: Here[StaffMember], question: Question, answer: Answer | None) -> QuestionPage:
    """Return the page of one question."""
    released = answer if answer is not None and answer.released_at is not None else None
    return QuestionPage(
        asked(here, question),
        marks_of(here, question),
        wording.standing(question.state),
        _dates(question, released),
        wording.hearing(released.hearing) if released else "",
        moment(released.hearing_at) if released and released.hearing_at else "",
        url_for("keyworker.bring", question_id=question.id) if question.state is Standing.CHECKED else "",
        danger.url_at("keyworker", question),
        url_for("keyworker.family", review_id=question.review_id),
    )


def _dates(question: Question, released: Answer | None) -> list[tuple[str, str]]:
    steps = [(gettext("Asked"), question.kept_at)]
    if question.taken_up_at:
        steps.append((gettext("Taken up by the panel"), question.taken_up_at))
    if question.at_meeting_at:
        steps.append((gettext("Put to a meeting"), question.at_meeting_at))
    dates = [(what, day(at)) for what, at in steps]
    if released and released.told_how and released.told_on and released.released_at:
        dates.append(
            (gettext("You told them: %(how)s", how=wording.told_how(released.told_how)), day(released.told_on))
        )
        dates.append((gettext("The answer can be opened since"), day(released.released_at)))
    return dates
