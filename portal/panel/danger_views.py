"""Somebody may be in danger: one press where somebody at the panel reads a family's words, and it is on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal import danger
from portal.access import May
from portal.danger import DangerForm, Goal, Standing
from portal.door import Here
from portal.page import Page
from portal.panel.door import allowed, door, show_page
from portal.panel.pages import Words
from portal.panel.showing import url_of, words_of
from portal.review import concerns, contributions, questions
from portal.review.changing import Written
from portal.review.concerns import FamilyTold
from portal.review.people import StaffMember
from portal.review.questions import Question
from portal.signin.desk import note_reading

_MAY = May.READ_QUESTIONS


@dataclass(frozen=True)
class DangerPage(Page):
    """The page behind the one press: what happens, the form, and what the caller told before of the same words."""

    template: ClassVar[str] = "panel/danger.html"
    words: Words
    goal: Goal
    form: DangerForm
    before: Sequence[Standing]
    back: str


@door.show("/questions/<uuid:question_id>/danger", may=_MAY)
def question_concern(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show what happens when somebody at the panel fears for somebody after reading a question."""
    return _page(here, questions.one_of_panel(here.db, here.caller, question_id), DangerForm(), 200)


@door.change("/questions/<uuid:question_id>/danger", may=_MAY)
def tell_question_concern(here: Here[StaffMember], question_id: UUID) -> Response:
    """Tell the coordinators and the family's key worker that somebody may be in danger."""
    return _tell(here, questions.one_of_panel(here.db, here.caller, question_id))


@door.show("/contributions/<uuid:contribution_id>/danger", may=_MAY)
def told_concern(here: Here[StaffMember], contribution_id: UUID) -> Response:
    """Show what happens when somebody at the panel fears for somebody after reading what was told."""
    return _page(here, contributions.one_of_panel(here.db, here.caller, contribution_id), DangerForm(), 200)


@door.change("/contributions/<uuid:contribution_id>/danger", may=_MAY)
def tell_told_concern(here: Here[StaffMember], contribution_id: UUID) -> Response:
    """Tell the coordinators and the family's key worker that somebody may be in danger."""
    return _tell(here, contributions.one_of_panel(here.db, here.caller, contribution_id))


def _tell(here: Here[StaffMember], row: Written) -> Response:
    form = DangerForm()
    if not form.validate():
        return _page(here, row, form, 422)
    concern = danger.tell(here, row, form.why.data, FamilyTold.NOT_YET)
    if allowed(here, May.SEE_TO_CONCERNS):
        return redirect(url_for(".concern", concern_id=concern.id), 303)
    return redirect(danger.url_at("panel", row), 303)


def _page(here: Here[StaffMember], row: Written, form: DangerForm, status: int) -> Response:
    verb = "question read" if isinstance(row, Question) else "contribution read"
    note_reading(here, verb, row.review_id, row.id)
    # What somebody else wrote of these words is for the coordinators alone.
    told = concerns.about(here.db, row.id)
    before = [danger.standing(here, one) for one in told if one.raised_by == here.caller.id]
    page = DangerPage(words_of(row), danger.goal(here, row.panel), form, before, url_of(row))
    return show_page(here, page, status)
