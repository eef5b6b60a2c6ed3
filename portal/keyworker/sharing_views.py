"""Showing one thing to one relative: the key worker speaks with both, and says here what both want."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import sharing_pages as pages
from portal.keyworker.door import door, show_page
from portal.keyworker.sharing_pages import AgreeForm
from portal.review import reviews
from portal.review import sharing as shares
from portal.review.people import FamilyMember, StaffMember
from portal.review.sharing import Share
from portal.signin.desk import note_reading
from portal.words import gettext

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/families/<uuid:review_id>/sharing", may=_MAY)
def sharing(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show what the people of a family show one another, or wish to."""
    return show_page(here, pages.sharing_page(here, reviews.one_of_mine(here.db, here.caller, review_id)))


@door.show("/sharing/<uuid:share_id>", may=_MAY)
def share(here: Here[StaffMember], share_id: UUID) -> Response:
    """Show one wish, in the words of the person whose it is."""
    found, owner = shares.one_of_mine(here.db, here.caller, share_id)
    note_reading(here, "wish to show something read", owner.review_id, found.id)
    return _share(here, found, owner, AgreeForm(owner, pages.readers_of(here, owner)))


@door.change("/sharing/<uuid:share_id>", may=_MAY)
def both_agree(here: Here[StaffMember], share_id: UUID) -> Response:
    """Show it, now that both agree."""
    found, owner = shares.one_of_mine(here.db, here.caller, share_id)
    readers = pages.readers_of(here, owner)
    form = AgreeForm(owner, readers)
    if not form.validate():
        return _share(here, found, owner, form, 422)
    reader = pages.reader_among(readers, form.reader.data)
    if reader is None:
        form.reader.errors = [gettext("Please choose the person who is to see it.")]
        return _share(here, found, owner, form, 422)
    shares.agree(here.db, here.caller, found, reader, form.called.data)
    return redirect(_url(found), 303)


@door.change("/sharing/<uuid:share_id>/not-possible", may=_MAY)
def not_possible(here: Here[StaffMember], share_id: UUID) -> Response:
    """Say that it cannot be shown; its owner reads only that the key worker will speak with them."""
    found, _ = shares.one_of_mine(here.db, here.caller, share_id)
    shares.not_possible(here.db, here.caller, found)
    return redirect(_url(found), 303)


@door.change("/sharing/<uuid:share_id>/stop", may=_MAY)
def stop_showing(here: Here[StaffMember], share_id: UUID) -> Response:
    """Stop showing something, because one of the two said so."""
    found, owner = shares.one_of_mine(here.db, here.caller, share_id, ended=True)
    shares.undo(here.db, here.caller, found)
    return redirect(url_for(".sharing", review_id=owner.review_id), 303)


def _share(here: Here[StaffMember], found: Share, owner: FamilyMember, form: AgreeForm, status: int = 200) -> Response:
    return show_page(here, pages.share_page(here, found, owner, form), status)


def _url(found: Share) -> str:
    return url_for(".share", share_id=found.id)
