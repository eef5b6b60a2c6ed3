"""The panel's meetings: planned, with their questions, and held; and putting a question to one of them."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.days import read_day
from portal.door import Here
from portal.forms import choices
from portal.panel.door import allowed, door, show_page
from portal.panel.forms import ButtonForm, MeetingChoiceForm, MeetingForm
from portal.panel.labels import kind_labels, meeting_label
from portal.panel.pack_views import pack_sentence
from portal.panel.pages import MeetingChoicePage, MeetingPage, MeetingRow, MeetingsPage, PlanPage, Rows
from portal.panel.showing import changed_meanwhile, question_rows, seen_of, tried
from portal.review import answers, questions
from portal.review import meetings as planned
from portal.review.meetings import Meeting, MeetingKind, MeetingState, StillOpen
from portal.review.people import StaffMember
from portal.review.questions import NotNow, Question, Standing
from portal.words import gettext


@door.show("/meetings", may=May.READ_QUESTIONS)
def meetings(here: Here[StaffMember]) -> Response:
    """List the panel's meetings: those to come, the next one first, and those held, the last one first."""
    coming = planned.of_panel(here.db, here.caller, MeetingState.PLANNED)
    held = planned.of_panel(here.db, here.caller, MeetingState.HELD)
    plan_url = url_for("panel.plan_meeting") if allowed(here, May.PLAN_MEETINGS) else ""
    page = MeetingsPage([_row(one) for one in coming], [_row(one) for one in reversed(held)], plan_url)
    return show_page(here, page)


@door.show("/meetings/plan", may=May.PLAN_MEETINGS)
def plan_meeting(here: Here[StaffMember]) -> Response:
    """Show the form that plans a meeting."""
    return _plan(here, MeetingForm())


@door.change("/meetings/plan", may=May.PLAN_MEETINGS)
def plan(here: Here[StaffMember]) -> Response:
    """Plan a meeting."""
    form = MeetingForm()
    form.kind.choices = choices(MeetingKind, kind_labels())
    day = read_day(form.day.data or "")
    if not form.validate() or day is None:
        return _plan(here, form, 422)
    meeting = planned.plan(here.db, here.caller, MeetingKind(form.kind.data), day)
    return redirect(url_for(".meeting", meeting_id=meeting.id), 303)


@door.show("/meetings/<uuid:meeting_id>", may=May.READ_QUESTIONS)
def meeting(here: Here[StaffMember], meeting_id: UUID) -> Response:
    """Show one meeting with its questions."""
    return _meeting(here, meeting_id)


@door.change("/meetings/<uuid:meeting_id>/held", may=May.PLAN_MEETINGS)
def meeting_held(here: Here[StaffMember], meeting_id: UUID) -> Response:
    """Say that a meeting was held, once every question at it is on its way to the family."""
    found = planned.one_of_panel(here.db, here.caller, meeting_id)
    form = ButtonForm()
    try:
        done = (
            form.validate()
            and found.state is MeetingState.PLANNED
            and tried(here, lambda: planned.held(here.db, here.caller, found))
        )
    except StillOpen:
        changed = gettext("This meeting has questions that nobody has answered yet. Nothing was changed.")
        return _meeting(here, meeting_id, changed, 409)
    if not done:
        return _meeting(here, meeting_id, gettext("A colleague has already said that it was held."), 409)
    return redirect(url_for(".meeting", meeting_id=meeting_id), 303)


@door.show("/questions/<uuid:question_id>/meeting", may=May.HANDLE_QUESTIONS)
def choose_meeting(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show the planned meetings to which a question can be put."""
    question = questions.one_of_panel(here.db, here.caller, question_id)
    if question.state not in (Standing.TAKEN_UP, Standing.AT_MEETING):
        raise NotNow
    return _choosing(here, question, MeetingChoiceForm(seen=_seen(here, question)))


@door.change("/questions/<uuid:question_id>/meeting", may=May.HANDLE_QUESTIONS)
def put_to_meeting(here: Here[StaffMember], question_id: UUID) -> Response:
    """Put a question to a meeting."""
    question = questions.one_of_panel(here.db, here.caller, question_id)
    form = MeetingChoiceForm()
    form.meeting.choices = _offered(here)
    if not form.validate():
        return _choosing(here, question, form, "", 422)
    chosen = planned.one_of_panel(here.db, here.caller, UUID(form.meeting.data))
    as_seen = form.seen.data == _seen(here, question)
    if not as_seen or not tried(here, lambda: planned.put_to(here.db, here.caller, question, chosen)):
        form.seen.data = _seen(here, question)
        return _choosing(here, question, form, changed_meanwhile(), 409)
    return redirect(url_for(".question", question_id=question_id), 303)


def _seen(here: Here[StaffMember], question: Question) -> str:
    return seen_of(question, answers.to(here.db, question))


def _offered(here: Here[StaffMember]) -> list[tuple[str, str]]:
    found = planned.of_panel(here.db, here.caller, MeetingState.PLANNED)
    return [(str(one.id), meeting_label(one)) for one in found if one.pack_made_at is None]


def _row(one: Meeting) -> MeetingRow:
    return MeetingRow(meeting_label(one), url_for("panel.meeting", meeting_id=one.id))


def _plan(here: Here[StaffMember], form: MeetingForm, status: int = 200) -> Response:
    form.kind.choices = choices(MeetingKind, kind_labels())
    return show_page(here, PlanPage(form, url_for(".meetings")), status)


def _meeting(here: Here[StaffMember], meeting_id: UUID, changed: str = "", status: int = 200) -> Response:
    found = planned.one_of_panel(here.db, here.caller, meeting_id)
    put = planned.questions_for(here.db, found)
    rows = question_rows(here, put)
    waiting = [row for row, one in zip(rows, put, strict=True) if one.state is Standing.AT_MEETING]
    is_held = found.state is MeetingState.HELD
    offer = allowed(here, May.PLAN_MEETINGS) and not is_held and not waiting
    page = MeetingPage(
        meeting_label(found),
        is_held,
        Rows("questions", gettext("Questions at this meeting"), rows),
        waiting,
        pack_sentence(found),
        url_for("panel.pack", meeting_id=found.id),
        url_for("panel.meeting_held", meeting_id=found.id) if offer else "",
        changed,
        url_for("panel.meetings"),
    )
    return show_page(here, page, status)


def _choosing(
    here: Here[StaffMember], question: Question, form: MeetingChoiceForm, changed: str = "", status: int = 200
) -> Response:
    form.meeting.choices = _offered(here)
    plan_url = url_for("panel.plan_meeting")
    back = url_for(".question", question_id=question.id)
    return show_page(here, MeetingChoicePage(question.reference, form, changed, back, plan_url), status)
