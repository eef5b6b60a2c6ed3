"""An answer on its way: drafted by one person, checked by a second, sent back where it is not plain yet."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.forms import choices
from portal.panel.door import door, show_page
from portal.panel.forms import AnswerForm, CheckForm, SendBackForm
from portal.panel.labels import language_label, outcome_labels, plain_words
from portal.panel.pages import CheckPage, DraftPage, SendBackPage
from portal.panel.showing import (
    answer_shown,
    changed_meanwhile,
    key_worker_word,
    no_relative,
    seen_of,
    tried,
    words_of,
)
from portal.review import answers, questions
from portal.review.answers import Answer, Outcome
from portal.review.kept import Relative
from portal.review.people import StaffMember
from portal.review.questions import NotNow, Question, Standing
from portal.signin.desk import note_reading
from portal.words import gettext

_WRITTEN_IN = frozenset({Standing.TAKEN_UP, Standing.AT_MEETING, Standing.DRAFTED})


@door.show("/questions/<uuid:question_id>/answer", may=May.DRAFT_ANSWERS)
def write_answer(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show the form in which an answer is written."""
    question = questions.one_of_panel(here.db, here.caller, question_id)
    if question.state not in _WRITTEN_IN:
        raise NotNow
    answer = answers.to(here.db, question)
    kept = answer_shown(here, question, answer) if answer else None
    reads = answers.language_for(here.db, question)
    translated = answer is not None and answer.translated_into == reads  # else the words are of another language
    form = AnswerForm.in_language(
        reads,
        choices(Outcome, outcome_labels()),
        seen=seen_of(question, answer),
        outcome=answer.outcome.value if answer else None,
        words=kept.words if kept else None,
        translation=kept.translation if kept and translated else None,
        translator=kept.translator if kept and translated else None,
    )
    return _writing(here, question, answer, form)


@door.change("/questions/<uuid:question_id>/answer", may=May.DRAFT_ANSWERS)
def draft(here: Here[StaffMember], question_id: UUID) -> Response:
    """Keep a draft of an answer."""
    question = questions.one_of_panel(here.db, here.caller, question_id)
    answer = answers.to(here.db, question)
    form = AnswerForm.in_language(answers.language_for(here.db, question), choices(Outcome, outcome_labels()))
    if not form.validate():
        return _writing(here, question, answer, form, "", 422)
    as_seen = form.seen.data == seen_of(question, answer) and question.state in _WRITTEN_IN
    try:
        done = as_seen and tried(here, lambda: _keep(here, question, form))
    except Relative:
        form.translator.errors = [*form.translator.errors, no_relative()]
        return _writing(here, question, answer, form, "", 422)
    if not done:
        answer = answers.to(here.db, question)
        form.seen.data = seen_of(question, answer)
        return _writing(here, question, answer, form, _changed(question), 409)
    return redirect(url_for(".question", question_id=question_id), 303)


@door.show("/questions/<uuid:question_id>/check", may=May.CHECK_ANSWERS)
def look_over(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show question and answer side by side to the second person."""
    question, answer = _drafted(here, question_id)
    if question.state is not Standing.DRAFTED:
        raise NotNow
    return _looking(here, question, answer, CheckForm(seen=seen_of(question, answer)))


@door.change("/questions/<uuid:question_id>/check", may=May.CHECK_ANSWERS)
def check(here: Here[StaffMember], question_id: UUID) -> Response:
    """Keep that a second person found the words plain; from here on they are the key worker's to bring."""
    question, answer = _drafted(here, question_id)
    form = CheckForm()
    if not form.validate() or _refusal(here, question, answer):
        return _looking(here, question, answer, form, "", 422)
    as_seen = form.seen.data == seen_of(question, answer)
    if not as_seen or not tried(here, lambda: answers.check(here.db, here.caller, question, answer)):
        form.seen.data, form.plain.data = seen_of(question, answer), False
        return _looking(here, question, answer, form, changed_meanwhile(), 409)
    return redirect(url_for(".question", question_id=question_id), 303)


@door.show("/questions/<uuid:question_id>/send-back", may=May.CHECK_ANSWERS)
def ask_for_other_words(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show the form that asks for other words."""
    question, answer = _drafted(here, question_id)
    if question.state not in (Standing.DRAFTED, Standing.CHECKED):
        raise NotNow
    return _sending_back(here, question, answer, SendBackForm(seen=seen_of(question, answer)))


@door.change("/questions/<uuid:question_id>/send-back", may=May.CHECK_ANSWERS)
def send_back(here: Here[StaffMember], question_id: UUID) -> Response:
    """Ask for other words, with a remark for whoever writes them."""
    question, answer = _drafted(here, question_id)
    form = SendBackForm()
    if not form.validate():
        return _sending_back(here, question, answer, form, "", 422)
    as_seen = form.seen.data == seen_of(question, answer)
    if not as_seen or not tried(
        here, lambda: answers.send_back(here.db, here.caller, question, answer, form.remark.data)
    ):
        form.seen.data = seen_of(question, answer)
        return _sending_back(here, question, answer, form, changed_meanwhile(), 409)
    return redirect(url_for(".question", question_id=question_id), 303)


def _keep(here: Here[StaffMember], question: Question, form: AnswerForm) -> None:
    translation = form.translation.data or "" if form.translation else ""
    translator = form.translator.data or "" if form.translator else ""
    outcome = Outcome(form.outcome.data)
    answers.draft(here.db, here.caller, question, outcome, form.words.data, translation, translator)


def _drafted(here: Here[StaffMember], question_id: UUID) -> tuple[Question, Answer]:
    question = questions.one_of_panel(here.db, here.caller, question_id)
    answer = answers.to(here.db, question)
    if answer is None:
        raise NotNow
    return question, answer


def _changed(question: Question) -> str:
    if question.state in _WRITTEN_IN:
        return changed_meanwhile()
    return gettext(
        "A colleague has moved this question on in the meantime, so nothing was saved now. What you wrote is still "
        "here. To change an answer that has been checked, send it back for other words first."
    )


def _refusal(here: Here[StaffMember], question: Question, answer: Answer) -> str:
    """Return why the caller cannot check this answer; nothing when they can."""
    if answer.drafted_by == here.caller.id:
        return gettext(
            "You wrote these words yourself. Somebody who did not write them sees sooner what a family might not "
            "understand, so please ask a coordinator or the chair to check them."
        )
    reads = answers.language_for(here.db, question)
    if not answers.reads_it(answer, reads):
        return gettext(
            "The person who asked reads %(language)s, and the answer is there in English only. Please add the "
            "translation and the translator's name first, so that both are checked together.",
            language=language_label(reads),
        )
    return ""


def _writing(
    here: Here[StaffMember],
    question: Question,
    answer: Answer | None,
    form: AnswerForm,
    changed: str = "",
    status: int = 200,
) -> Response:
    note_reading(here, "question read", question.review_id, question.id)
    back = url_for(".question", question_id=question.id)
    shown = answer_shown(here, question, answer) if answer else None
    reads = languages.language(answers.language_for(here.db, question))
    page = DraftPage(
        key_worker_word(here), words_of(question), reads, language_label(reads.code), shown, form, changed, back
    )
    return show_page(here, page, status)


def _looking(
    here: Here[StaffMember], question: Question, answer: Answer, form: CheckForm, changed: str = "", status: int = 200
) -> Response:
    note_reading(here, "answer read", question.review_id, question.id)
    page = CheckPage(
        key_worker_word(here),
        words_of(question),
        answer_shown(here, question, answer),
        plain_words(),
        form,
        _refusal(here, question, answer),
        changed,
        url_for(".ask_for_other_words", question_id=question.id),
        url_for(".question", question_id=question.id),
    )
    return show_page(here, page, status)


def _sending_back(
    here: Here[StaffMember],
    question: Question,
    answer: Answer,
    form: SendBackForm,
    changed: str = "",
    status: int = 200,
) -> Response:
    note_reading(here, "answer read", question.review_id, question.id)
    back = url_for(".question", question_id=question.id)
    page = SendBackPage(words_of(question), answer_shown(here, question, answer), form, changed, back)
    return show_page(here, page, status)
