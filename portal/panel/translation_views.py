"""The translation that stands beside a family's own words, for a question and for what they told the panel."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.panel.door import door, show_page
from portal.panel.forms import TranslationForm
from portal.panel.pages import TranslationPage
from portal.panel.showing import changed_meanwhile, no_relative, tried, words_of
from portal.review import contributions as told
from portal.review import kept
from portal.review import questions as asked
from portal.review.contributions import Contribution
from portal.review.people import StaffMember
from portal.review.questions import Question
from portal.signin.desk import note_reading


@door.show("/questions/<uuid:question_id>/translation", may=May.HANDLE_QUESTIONS)
def translation(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show the form for a translation of a question."""
    return _offer(here, asked.one_of_panel(here.db, here.caller, question_id))


@door.change("/questions/<uuid:question_id>/translation", may=May.HANDLE_QUESTIONS)
def keep_translation(here: Here[StaffMember], question_id: UUID) -> Response:
    """Stand a translation beside a question."""
    return _keep(here, asked.one_of_panel(here.db, here.caller, question_id))


@door.show("/contributions/<uuid:contribution_id>/translation", may=May.HANDLE_QUESTIONS)
def contribution_translation(here: Here[StaffMember], contribution_id: UUID) -> Response:
    """Show the form for a translation of what a family told the panel."""
    return _offer(here, told.one_of_panel(here.db, here.caller, contribution_id))


@door.change("/contributions/<uuid:contribution_id>/translation", may=May.HANDLE_QUESTIONS)
def keep_contribution_translation(here: Here[StaffMember], contribution_id: UUID) -> Response:
    """Stand a translation beside what a family told the panel."""
    return _keep(here, told.one_of_panel(here.db, here.caller, contribution_id))


def _offer(here: Here[StaffMember], found: Question | Contribution) -> Response:
    words = words_of(found)
    form = TranslationForm(seen=str(found.version), words=words.translation or "", translator=words.translator or "")
    return _page(here, found, form)


def _keep(here: Here[StaffMember], found: Question | Contribution) -> Response:
    form = TranslationForm()
    if not form.validate():
        return _page(here, found, form, "", 422)
    try:
        as_seen = form.seen.data == str(found.version) and tried(
            here, lambda: kept.translate(here.db, here.caller, found, form.words.data, form.translator.data)
        )
    except kept.Relative:
        form.translator.errors = [*form.translator.errors, no_relative()]
        return _page(here, found, form, "", 422)
    if not as_seen:
        form.seen.data = str(found.version)
        return _page(here, found, form, changed_meanwhile(), 409)
    return redirect(_back(found), 303)


def _back(found: Question | Contribution) -> str:
    if isinstance(found, Question):
        return url_for("panel.question", question_id=found.id)
    return url_for("panel.contribution", contribution_id=found.id)


def _page(
    here: Here[StaffMember],
    found: Question | Contribution,
    form: TranslationForm,
    changed: str = "",
    status: int = 200,
) -> Response:
    verb = "question read" if isinstance(found, Question) else "contribution read"
    note_reading(here, verb, found.review_id, found.id)
    return show_page(here, TranslationPage(words_of(found), form, changed, _back(found)), status)
