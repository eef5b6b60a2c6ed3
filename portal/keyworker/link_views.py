"""A private link in the key worker's hands: let it rest and open again, put a newer one in its place, end it."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import link_pages, wishes_words
from portal.keyworker.door import door, show_page
from portal.keyworker.link_pages import END, ReplaceForm
from portal.keyworker.people_pages import ConfirmPage
from portal.review import invitations, resting, reviews, sent
from portal.review.invitations import Invitation
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import NotNow
from portal.words import gettext

_MAY = May.LOOK_AFTER_FAMILIES


@door.change("/links/<uuid:invitation_id>/pause", may=_MAY)
def pause_link(here: Here[StaffMember], invitation_id: UUID) -> Response:
    """Let a link rest."""
    invitation, member = _mine(here, invitation_id)
    resting.pause(here.db, here.caller, invitation)
    return _to(member)


@door.change("/links/<uuid:invitation_id>/resume", may=_MAY)
def resume_link(here: Here[StaffMember], invitation_id: UUID) -> Response:
    """Let a link open again."""
    invitation, member = _mine(here, invitation_id)
    resting.resume(here.db, here.caller, invitation)
    return _to(member)


@door.show("/links/<uuid:invitation_id>/replace", may=_MAY)
def replace(here: Here[StaffMember], invitation_id: UUID) -> Response:
    """Show the form for a newer link in the place of one; where the last did not come, the form that asks first."""
    invitation, member = _mine(here, invitation_id)
    if not resting.can_replace(invitation, member):
        raise NotNow
    if resting.asks_first(here.db, invitation, member):
        return redirect(url_for(".send", member_id=member.id))
    return show_page(here, link_pages.replace_page(here, invitation, member, ReplaceForm()))


@door.change("/links/<uuid:invitation_id>/replace", may=_MAY)
def replace_link(here: Here[StaffMember], invitation_id: UUID) -> Response:
    """Send a newer link, and end the older one where the key worker says so."""
    invitation, member = _mine(here, invitation_id)
    form = ReplaceForm()
    if not form.validate():
        return show_page(here, link_pages.replace_page(here, invitation, member, form), 422)
    if wishes_words.held_for_good(here, member, Way(invitation.way)):
        raise NotNow
    resting.replace(here.db, here.caller, invitation, member, end_old=form.old.data == END)
    return _to(member)


@door.show("/links/<uuid:invitation_id>/end", may=_MAY)
def end(here: Here[StaffMember], invitation_id: UUID) -> Response:
    """Ask before a link ends."""
    _, member = _mine(here, invitation_id)
    sentences = (
        gettext("The link stops at once, on every phone and computer. Whoever came in through it is signed out."),
        gettext("Everything that the person wrote stays, and their other links stay as they are."),
        gettext("Whoever opens the link from now on meets a page without blame, and is asked to speak to you."),
        gettext("If you can, tell the person why before they find out. You can send a new link whenever they like."),
    )
    page = ConfirmPage(gettext("End this link"), sentences, gettext("End this link now"), True, _url(member))
    return show_page(here, page)


@door.change("/links/<uuid:invitation_id>/end", may=_MAY)
def end_link(here: Here[StaffMember], invitation_id: UUID) -> Response:
    """End a link."""
    invitation, member = _mine(here, invitation_id)
    invitations.end(here.db, here.caller, invitation)
    return _to(member)


def _mine(here: Here[StaffMember], invitation_id: UUID) -> tuple[Invitation, FamilyMember]:
    invitation = sent.link_of_mine(here.db, here.caller, invitation_id)
    return invitation, reviews.member_of_mine(here.db, here.caller, invitation.family_member_id)


def _url(member: FamilyMember) -> str:
    return url_for(".person", member_id=member.id)


def _to(member: FamilyMember) -> Response:
    return redirect(_url(member), 303)
