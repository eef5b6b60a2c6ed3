"""Signing out, here and everywhere, and the devices on which a person is signed in."""

from datetime import timedelta
from uuid import UUID

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.access import May
from portal.door import Here
from portal.family.door import door, review_here, take_cookie
from portal.family.leaving_pages import LeavingPage, OpenHere, machine_words, program_words
from portal.page import render
from portal.review import spaces
from portal.review.devices import device_kept
from portal.review.people import FamilyMember


@door.show("/<lang:lang>/your-space/leaving", may=May.USE_OWN_SPACE)
def leaving(here: Here[FamilyMember]) -> Response:
    """Show where the person is signed in, and how to end that."""
    review_here(here)
    idle = timedelta(minutes=here.house.settings.family_idle_minutes)
    return render(LeavingPage([_open(visit) for visit in spaces.awake(here.db, here.caller, idle)]))


@door.change("/<lang:lang>/your-space/leave", may=May.USE_OWN_SPACE)
def leave(here: Here[FamilyMember]) -> Response:
    """Sign out of this browser."""
    g.visit.ended_at = clock.now()
    return _gone()


@door.change("/<lang:lang>/your-space/leaving/<uuid:visit_id>", may=May.USE_OWN_SPACE)
def leave_there(here: Here[FamilyMember], visit_id: UUID) -> Response:
    """Sign out of one browser, this one or another."""
    ended = spaces.leave_there(here.db, here.caller, visit_id)
    return _gone() if ended is g.visit else redirect(url_for("family.leaving"), 303)


@door.change("/<lang:lang>/your-space/leave-everywhere", may=May.USE_OWN_SPACE)
def leave_everywhere(here: Here[FamilyMember]) -> Response:
    """Sign out of every browser."""
    spaces.leave_everywhere(here.db, here.caller)
    return _gone()


def _gone() -> Response:
    return take_cookie(redirect(url_for("link.signed_out"), 303))


def _open(visit: spaces.Visit) -> OpenHere:
    device = device_kept(visit.device)
    return OpenHere(
        machine_words(device.machine),
        program_words(device.program),
        visit.seen_at,
        visit.id == g.visit.id,
        url_for("family.leave_there", visit_id=visit.id),
    )
