"""Nothing may be sent to a person: set and lifted with a reason, and their links at rest while it stands."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import safety_pages
from portal.keyworker.door import desk_frame, door
from portal.keyworker.safety_pages import LiftForm, StopForm
from portal.page import render
from portal.review import reviews, safety
from portal.review.people import FamilyMember, StaffMember, hold

_MAY = May.LOOK_AFTER_FAMILIES
_RULE = "/people/<uuid:member_id>/safety"


@door.show(_RULE, may=_MAY)
def safety_of(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show whether things may be sent to a person, and the form that changes it."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    return _page(here, member, StopForm() if member.no_link_ct is None else LiftForm(), 200)


@door.change(_RULE, may=_MAY)
def stop_sending(here: Here[StaffMember], member_id: UUID) -> Response:
    """Let nothing be sent to a person."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    form = StopForm()
    if not form.validate():
        return _page(here, member, form if member.no_link_ct is None else LiftForm(), 422)
    safety.stop(here.db, here.caller, member, form.why.data, links_rest=bool(form.links_rest.data))
    return _to(member)


@door.change(f"{_RULE}/lift", may=_MAY)
def lift_stop(here: Here[StaffMember], member_id: UUID) -> Response:
    """Let things be sent to a person again; pressed twice, it is lifted once."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    hold(here.db, member)
    if member.no_link_ct is None:
        return _to(member)
    form = LiftForm()
    if not form.validate():
        return _page(here, member, form, 422)
    safety.lift(here.db, here.caller, member, form.why.data, send=bool(form.send.data))
    return _to(member)


@door.change(f"{_RULE}/rest", may=_MAY)
def rest_links(here: Here[StaffMember], member_id: UUID) -> Response:
    """Let a person's links rest while nothing may be sent to them."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    hold(here.db, member)
    safety.rest(here.db, here.caller, member)
    return _to(member)


@door.change(f"{_RULE}/wake", may=_MAY)
def wake_links(here: Here[StaffMember], member_id: UUID) -> Response:
    """Let a person's links open again, while still nothing may be sent to them."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    hold(here.db, member)
    safety.wake(here.db, here.caller, member)
    return _to(member)


def _page(here: Here[StaffMember], member: FamilyMember, form: StopForm | LiftForm, status: int) -> Response:
    desk_frame(here)
    return render(safety_pages.safety_page(here, member, form), status)


def _to(member: FamilyMember) -> Response:
    return redirect(url_for(".safety_of", member_id=member.id), 303)
