"""Requests of a key worker's families to take something out: read by a person, spoken about, and done by a person."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import copy_pages as pages
from portal.keyworker.door import desk_frame, door
from portal.keyworker.people_pages import ConfirmPage
from portal.page import render
from portal.review import removals as asked
from portal.review import reviews
from portal.review.people import StaffMember
from portal.review.removals import OPEN, RemovalRequest
from portal.signin.desk import note_reading
from portal.words import gettext

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/removals", may=_MAY)
def removals(here: Here[StaffMember]) -> Response:
    """Show every request of one's own families: what waits first."""
    desk_frame(here)
    found = asked.in_families(here.db, reviews.looked_after_by(here.db, here.caller))
    waiting = [pages.row_of(here, one) for one in found if one.state in OPEN]
    settled = [pages.row_of(here, one) for one in found if one.state is asked.Removal.DONE]
    return render(pages.RemovalsPage(waiting, settled))


@door.show("/removals/<uuid:removal_id>", may=_MAY)
def removal(here: Here[StaffMember], removal_id: UUID) -> Response:
    """Show one request, with what is meant and what the person said about it."""
    found = asked.one_for_key_worker(here.db, here.caller, removal_id)
    note_reading(here, "removal read", found.review_id, found.id)
    desk_frame(here)
    return render(pages.removal_page(here, found))


@door.change("/removals/<uuid:removal_id>/see-to", may=_MAY)
def see_to_removal(here: Here[StaffMember], removal_id: UUID) -> Response:
    """Say that this key worker sees to it."""
    found = _alone(here, removal_id)
    if found.state is asked.Removal.ASKED:
        asked.see_to(here.db, here.caller, found)
    return _to(found)


@door.change("/removals/<uuid:removal_id>/talked", may=_MAY)
def talked_about_removal(here: Here[StaffMember], removal_id: UUID) -> Response:
    """Say that the key worker has spoken with the person about it."""
    found = _alone(here, removal_id)
    if found.state in OPEN and found.state is not asked.Removal.TALKED:
        asked.talked(here.db, here.caller, found)
    return _to(found)


@door.show("/removals/<uuid:removal_id>/finish", may=_MAY)
def finish_removal_page(here: Here[StaffMember], removal_id: UUID) -> Response:
    """Say what happens when it is done, and ask once."""
    found = asked.one_for_key_worker(here.db, here.caller, removal_id)
    desk_frame(here)
    sentences = (
        gettext("What can be taken out leaves every list, page and pack of the staff at once, also yours."),
        gettext("If it is in a pack on paper, tell the coordinator, who takes the paper back."),
        gettext("The person can still open it, and can bring it back. What stays is said to them on their page."),
        gettext("Nothing is destroyed: the words stay locked until your panel's rule for its records says otherwise."),
    )
    page = ConfirmPage(
        gettext("Take out what they asked"), sentences, gettext("Take it out: it is done"), True, _url(found)
    )
    return render(page)


@door.change("/removals/<uuid:removal_id>/finish", may=_MAY)
def finish_removal(here: Here[StaffMember], removal_id: UUID) -> Response:
    """Take out what was asked."""
    found = _alone(here, removal_id)
    if found.state in OPEN:
        asked.done(here.db, here.caller, found)
    return _to(found)


def _alone(here: Here[StaffMember], removal_id: UUID) -> RemovalRequest:
    """Return a request for this press alone: of two presses the second finds what the first has done."""
    found = asked.one_for_key_worker(here.db, here.caller, removal_id)
    here.db.refresh(found, with_for_update=True)
    return found


def _url(found: RemovalRequest) -> str:
    return url_for(".removal", removal_id=found.id)


def _to(found: RemovalRequest) -> Response:
    return redirect(_url(found), 303)
