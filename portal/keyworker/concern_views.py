"""Somebody may be in danger: one press where a family's words are read, and it is on its way to the panel."""

from uuid import UUID

from flask import redirect
from werkzeug.wrappers import Response

from portal import danger
from portal.access import May
from portal.door import Here
from portal.keyworker import answer_pages, concern_pages
from portal.keyworker.concern_pages import ConcernForm
from portal.keyworker.door import desk_frame, door
from portal.keyworker.told_marks import url_of
from portal.page import render
from portal.review import contributions, questions
from portal.review.changing import Written
from portal.review.concerns import FamilyTold
from portal.review.people import StaffMember
from portal.review.questions import Question
from portal.signin.desk import note_reading

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/questions/<uuid:question_id>/danger", may=_MAY)
def question_concern(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show what happens when a key worker fears for somebody after reading a question."""
    return _page(here, questions.one_for_key_worker(here.db, here.caller, question_id), ConcernForm(), 200)


@door.change("/questions/<uuid:question_id>/danger", may=_MAY)
def tell_question_concern(here: Here[StaffMember], question_id: UUID) -> Response:
    """Tell the panel that somebody may be in danger."""
    return _tell(here, questions.one_for_key_worker(here.db, here.caller, question_id))


@door.show("/told/<uuid:contribution_id>/danger", may=_MAY)
def told_concern(here: Here[StaffMember], contribution_id: UUID) -> Response:
    """Show what happens when a key worker fears for somebody after reading what was told."""
    return _page(here, contributions.one_for_key_worker(here.db, here.caller, contribution_id), ConcernForm(), 200)


@door.change("/told/<uuid:contribution_id>/danger", may=_MAY)
def tell_told_concern(here: Here[StaffMember], contribution_id: UUID) -> Response:
    """Tell the panel that somebody may be in danger."""
    return _tell(here, contributions.one_for_key_worker(here.db, here.caller, contribution_id))


def _tell(here: Here[StaffMember], row: Written) -> Response:
    form = ConcernForm()
    if not form.validate():
        return _page(here, row, form, 422)
    danger.tell(here, row, form.why.data, FamilyTold(form.told.data))
    return redirect(danger.url_at("keyworker", row), 303)


def _page(here: Here[StaffMember], row: Written, form: ConcernForm, status: int) -> Response:
    verb = "question read" if isinstance(row, Question) else "contribution read"
    note_reading(here, verb, row.review_id, row.id)
    desk_frame(here)
    page = concern_pages.concern_page(here, row, answer_pages.asked(here, row), form, url_of(row))
    return render(page, status)
