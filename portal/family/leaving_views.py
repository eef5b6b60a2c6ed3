"""Signing out, here and everywhere, and the devices on which a person is signed in."""

from datetime import timedelta

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.access import May
from portal.door import Here
from portal.family import pages
from portal.family.door import door, review_here, take_cookie
from portal.page import render
from portal.review import spaces
from portal.review.people import FamilyMember


@door.show("/<lang:lang>/your-space/leaving", may=May.USE_OWN_SPACE)
def leaving(here: Here[FamilyMember]) -> Response:
    """Show where the person is signed in, and how to end that."""
    review_here(here)
    idle = timedelta(minutes=here.house.settings.family_idle_minutes)
    visits = spaces.awake(here.db, here.caller, idle)
    return render(pages.LeavingPage([(visit.seen_at, visit.id == g.visit.id) for visit in visits]))


@door.change("/<lang:lang>/your-space/leave", may=May.USE_OWN_SPACE)
def leave(here: Here[FamilyMember]) -> Response:
    """Sign out of this browser."""
    g.visit.ended_at = clock.now()
    return take_cookie(redirect(url_for("link.signed_out"), 303))


@door.change("/<lang:lang>/your-space/leave-everywhere", may=May.USE_OWN_SPACE)
def leave_everywhere(here: Here[FamilyMember]) -> Response:
    """Sign out of every browser."""
    spaces.leave_everywhere(here.db, here.caller)
    return take_cookie(redirect(url_for("link.signed_out"), 303))
