"""Trying a private link with a number: the one way into a space, for link, letter code and words sent after all."""

from collections.abc import Callable
from enum import Enum

from flask import redirect, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.door import Here
from portal.family.door import cookie_name, give_cookie
from portal.review import invitations, spaces
from portal.review.devices import device_of
from portal.review.invitations import Invitation
from portal.review.people import FamilyMember


class Refusal(Enum):
    """Why a link was not opened."""

    RESTING = "resting"
    NOT_OPENED = "not opened"


def knock(here: Here[None], link: str, number: str, inside: Callable[[Session, Invitation], str]) -> Response | Refusal:
    """Open a link, by its hash, with a number; what is done inside says where to go then, in the same transaction."""
    database = here.house.database
    with database.reading() as db:
        if invitations.wait_for(db, link) is not None or _held(here, db, link):
            return Refusal.RESTING
        found = invitations.fitting(db, link, number, here.house.numbers)
        invitation_id = found.id if found else None
    with database.writing() as db:
        # Looked at again, because a crowd of numbers can be tried at one moment: what came too late has told nothing.
        if invitations.wait_for(db, link, alone=True) is not None:
            return Refusal.RESTING
        if invitation_id is None:
            invitations.miss(db, link)
            return Refusal.NOT_OPENED
        invitation = invitations.opened(db, invitation_id)
        if invitation is None:
            return Refusal.NOT_OPENED
        secret = request.cookies.get(cookie_name(), "")
        before = spaces.leave(db, secret)
        if secret and (before is None or before.family_member_id != invitation.family_member_id):
            session.pop("csrf_token", None)  # a button of a page that somebody else left open must do nothing in here
        url = inside(db, invitation)
        visit_secret = spaces.enter(db, invitation, device_of(request.user_agent.string).key)
    return give_cookie(redirect(url, 303), visit_secret)


def space_of(db: Session, invitation: Invitation) -> str:
    """Return where somebody goes who has opened their link: their space, in their language."""
    return url_for("family.space", lang=db.get_one(FamilyMember, invitation.family_member_id).language)


def _held(here: Here[None], db: Session, link: str) -> bool:
    """Whether this is a link that was never given out, and too many such were tried of late."""
    return not invitations.was_given_out(db, link) and here.house.brake.holds(request.remote_addr or "")
