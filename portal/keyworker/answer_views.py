"""Questions of a key worker's families, and the answers that only the key worker brings."""

from uuid import UUID

from flask import redirect, url_for
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import answer_pages, readiness, wishes_words
from portal.keyworker.answer_pages import BringPage, OtherWordsPage
from portal.keyworker.door import door, show_page
from portal.keyworker.forms import BringForm, OtherWordsForm
from portal.review import answers, messages, questions, reviews
from portal.review.answers import Answer, ToldHow
from portal.review.kept import clean
from portal.review.people import StaffMember
from portal.review.questions import ENDED, NotNow, Question, Standing
from portal.signin.desk import note_reading

_MAY = May.BRING_ANSWERS


@door.show("/questions/<uuid:question_id>", may=_MAY)
def question(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show one question, where it is, and how its answer is to be heard."""
    found = questions.one_for_key_worker(here.db, here.caller, question_id)
    note_reading(here, "question read", found.review_id, found.id)
    return show_page(here, answer_pages.question_page(here, found, answers.to(here.db, found)))


@door.show("/questions/<uuid:question_id>/bring", may=_MAY)
def bring(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show a checked answer to the key worker, and what to do before the family can find it."""
    found, answer = _checked(here, question_id)
    if answer is None:
        return redirect(_url(found), 302)
    note_reading(here, "answer read", found.review_id, found.id)
    return _bring(here, found, answer, BringForm(), 200)


@door.change("/questions/<uuid:question_id>/bring", may=_MAY)
def release(here: Here[StaffMember], question_id: UUID) -> Response:
    """Let the person find the answer, after they were told how and when."""
    found, answer = _checked(here, question_id, alone=True)
    if found.state in ENDED:
        return redirect(_url(found), 303)
    if answer is None:
        raise NotNow
    form = BringForm()
    told_on = form.told_on.day if form.validate() else None
    if told_on is None:
        return _bring(here, found, answer, form, 422)
    answers.release(here.db, here.caller, found, answer, ToldHow(form.told_how.data), told_on)
    member = reviews.member_of_mine(here.db, here.caller, found.family_member_id)
    if form.also_send.data and wishes_words.can_be_told(here, member):
        messages.queue_for_family(here.db, messages.Kind.NEWS, member, member.way, here.caller)
    return redirect(_url(found), 303)


@door.show("/questions/<uuid:question_id>/other-words", may=_MAY)
def other_words(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show the form that asks the panel for other words."""
    found, answer = _checked(here, question_id)
    if answer is None:
        return redirect(_url(found), 302)
    note_reading(here, "answer read", found.review_id, found.id)
    return _other_words(here, found, answer, OtherWordsForm(), 200)


@door.change("/questions/<uuid:question_id>/other-words", may=_MAY)
def send_back(here: Here[StaffMember], question_id: UUID) -> Response:
    """Ask the panel for other words; when somebody was quicker, what was written is kept on the page."""
    found, answer = _checked(here, question_id, alone=True)
    form = OtherWordsForm()
    if not form.validate():
        return _other_words(here, found, answer, form, 422)
    try:
        if answer is None:
            sent_already = (before := answers.to(here.db, found)) and before.remark == clean(form.remark.data)
            return redirect(_url(found), 303) if sent_already else _other_words(here, found, None, form, 409)
        answers.send_back(here.db, here.caller, found, answer, form.remark.data)
        here.db.flush()
    except StaleDataError:
        here.db.rollback()
        return _other_words(here, found, None, form, 409)
    return redirect(_url(found), 303)


def _checked(here: Here[StaffMember], question_id: UUID, *, alone: bool = False) -> tuple[Question, Answer | None]:
    """Return a question of the key worker's own families, and its answer if that is theirs to bring now.

    Held alone, of two presses on one button the second finds what the first has done.
    """
    found = questions.one_for_key_worker(here.db, here.caller, question_id)
    if alone:
        here.db.refresh(found, with_for_update=True)
    return found, answers.to(here.db, found) if found.state is Standing.CHECKED else None


def _bring(here: Here[StaffMember], found: Question, answer: Answer, form: BringForm, status: int) -> Response:
    member = reviews.member_of_mine(here.db, here.caller, found.family_member_id)
    page = BringPage(
        answer_pages.asked(here, found),
        answer_pages.brought(here, found, answer),
        form,
        answer_pages.notes_for(here, found, answer),
        readiness.if_away(member),
        wishes_words.held_now(here, member),
        wishes_words.can_be_told(here, member),
        url_for(".other_words", question_id=found.id),
        url_for(".question", question_id=found.id),
    )
    return show_page(here, page, status)


def _other_words(
    here: Here[StaffMember], found: Question, answer: Answer | None, form: OtherWordsForm, status: int
) -> Response:
    shown = answer_pages.brought(here, found, answer) if answer else None
    return show_page(here, OtherWordsPage(shown, form, status == 409, _url(found)), status)


def _url(found: Question) -> str:
    return url_for(".question", question_id=found.id)
