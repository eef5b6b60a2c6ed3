"""Told aloud: a key worker writes down what a person says; and what the person told, in their own words."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.days import today
from portal.door import Here
from portal.keyworker import answer_pages, told_drafts, wording
from portal.keyworker.door import door, show_page
from portal.keyworker.knowing_words import about
from portal.keyworker.told_forms import SendOnForm, TellForm
from portal.keyworker.told_marks import marks_of, url_of
from portal.keyworker.told_pages import SendOnPage, TellPage, ToldPage
from portal.keyworker.wording import name_of
from portal.review import aloud, contributions, reviews
from portal.review.changing import Written
from portal.review.contributions import Place
from portal.review.people import FamilyMember, StaffMember
from portal.review.prompts import for_staff
from portal.review.questions import NotNow, Question
from portal.signin.desk import note_reading
from portal.words import day

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/people/<uuid:member_id>/tell", may=_MAY)
def tell_page(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show the form in which what a person says is written down."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    return _tell(here, member, TellForm(here.house.settings, member), 200)


@door.change("/people/<uuid:member_id>/tell", may=_MAY)
def write_down(here: Here[StaffMember], member_id: UUID) -> Response:
    """Keep what a person said; it waits for their word."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    form = TellForm(here.house.settings, member)
    drafts = told_drafts.drafts_of(here, member, form)
    said_on = form.said_on.day if form.validate() else None
    if said_on is None:
        drafts.comes_back(here.afterwards)
        return _tell(here, member, form, 422)
    language, once = form.language.data, form.once.data or ""
    row = aloud.write_down(here.db, here.caller, member, form.prompt, form.words.data, language, said_on, once)
    drafts.sent()
    return redirect(url_of(row), 303)


@door.show("/told/<uuid:contribution_id>", may=_MAY)
def contribution(here: Here[StaffMember], contribution_id: UUID) -> Response:
    """Show one thing that a person told the panel or the key worker, in their own words."""
    found = contributions.one_for_key_worker(here.db, here.caller, contribution_id)
    note_reading(here, "contribution read", found.review_id, found.id)
    unread = found.state is Place.FOR_KEY_WORKER and found.taken_up_at is None
    page = ToldPage(
        for_staff(found.prompt),
        answer_pages.asked(here, found),
        marks_of(here, found),
        wording.place(found.state),
        day(found.kept_at),
        url_for(".read_told", contribution_id=found.id) if unread else "",
        url_for(".told_concern", contribution_id=found.id),
        url_for(".family", review_id=found.review_id),
    )
    return show_page(here, page)


@door.change("/told/<uuid:contribution_id>/read", may=_MAY)
def read_told(here: Here[StaffMember], contribution_id: UUID) -> Response:
    """Say that the key worker has read what was written for them."""
    found = contributions.one_for_key_worker(here.db, here.caller, contribution_id)
    contributions.seen_by_key_worker(here.db, here.caller, found)
    return redirect(url_of(found), 303)


@door.change("/told/<uuid:told_id>/announced", may=_MAY)
def announce_told(here: Here[StaffMember], told_id: UUID) -> Response:
    """Note that a person was told that something waits for their word."""
    found = aloud.for_key_worker(here.db, here.caller, told_id)
    aloud.announce(here.db, here.caller, found, today())
    return redirect(url_of(found), 303)


@door.show("/told/<uuid:told_id>/send-on", may=_MAY)
def send_on_page(here: Here[StaffMember], told_id: UUID) -> Response:
    """Show the form in which something is sent on without its person's word."""
    return _send_on(here, _may_go_on(here, told_id), SendOnForm(), 200)


@door.change("/told/<uuid:told_id>/send-on", may=_MAY)
def send_on(here: Here[StaffMember], told_id: UUID) -> Response:
    """Send something on without its person's word."""
    found = _may_go_on(here, told_id)
    form = SendOnForm()
    if not form.validate():
        return _send_on(here, found, form, 422)
    aloud.send_on(here.db, here.caller, found, form.why.data, today())
    return redirect(url_of(found), 303)


def _may_go_on(here: Here[StaffMember], told_id: UUID) -> Written:
    found = aloud.for_key_worker(here.db, here.caller, told_id)
    if not aloud.may_go_on(found, today()):
        raise NotNow
    return found


def _tell(here: Here[StaffMember], member: FamilyMember, form: TellForm, status: int) -> Response:
    begun = told_drafts.drafts_of(here, member, form).shown(told_drafts.device(here))
    back_url = url_for(".person", member_id=member.id)
    return show_page(here, TellPage(name_of(member), about(here, member), form, begun, back_url), status)


def _send_on(here: Here[StaffMember], found: Written, form: SendOnForm, status: int) -> Response:
    verb = "question read" if isinstance(found, Question) else "contribution read"
    note_reading(here, verb, found.review_id, found.id)
    return show_page(here, SendOnPage(answer_pages.asked(here, found), form, url_of(found)), status)
