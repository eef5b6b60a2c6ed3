"""What else a key worker does with one private link: lets it rest and open again, or puts a newer one in its place.

While a link rests it opens for nobody, and whoever tries it meets the answer that every link gets that does not open.
A message that carries it and waits to be tried again waits as long as the link rests.
"""

from sqlalchemy.orm import Session

from portal import clock
from portal.review import history, invitations, messages, sent, spaces
from portal.review.invitations import Invitation
from portal.review.messages import Travel
from portal.review.people import FamilyMember, StaffMember, Way, hold
from portal.review.questions import NotNow


def pause(db: Session, by: StaffMember, invitation: Invitation) -> None:
    """Let a link rest, and end every visit that came through it, at once.

    Raises NotNow for a link that was ended, or that has not left the house: nobody can open that one yet.
    """
    waiting = invitations.waiting_with(db, invitation, Travel.WAITING, Travel.HELD)
    db.refresh(invitation, with_for_update={"key_share": True})
    if invitation.ended_at is not None or invitation.secret_hash is None:
        raise NotNow
    if invitation.paused_at is None:
        invitation.paused_at = clock.now()
        for message in waiting:
            messages.hold_with_its_link(message)
        spaces.end_through(db, invitation)
        _note(db, by, "link rests", invitation)


def resume(db: Session, by: StaffMember, invitation: Invitation) -> None:
    """Let a link open again; what was tried meanwhile in vain is forgotten. Raises NotNow for one that was ended."""
    db.refresh(invitation, with_for_update={"key_share": True})
    if invitation.ended_at is not None:
        raise NotNow
    if invitation.paused_at is not None:
        invitation.paused_at = None
        member = db.get_one(FamilyMember, invitation.family_member_id)
        invitations.forget_misses_of(db, member)
        messages.look_again(db, member)
        _note(db, by, "link opens again", invitation)


def replace(
    db: Session, by: StaffMember, invitation: Invitation, member: FamilyMember, *, end_old: bool
) -> Invitation | None:
    """Send a new link by the way of an older one, which ends only when the key worker says so; pressed twice, one.

    Raises NotNow where nothing may be sent, where the person is not reached in that way any more, where somebody else
    has ended the older one meanwhile, and where the form for another link asks first.
    """
    way = Way(invitation.way)
    hold(db, member)  # before any message: so does whoever changes what the person wishes
    if invitation.ended_at is not None and sent.just_sent(db, member, way):
        return None
    if not can_replace(invitation, member) or asks_first(db, invitation, member):
        raise NotNow
    if end_old:
        invitations.end(db, by, invitation)
    return sent.send_again(db, by, member, way, None if way is Way.PAPER else member.address)


def can_replace(invitation: Invitation, member: FamilyMember) -> bool:
    """Whether a new link could go where this one went: on paper, or by the way in which the person is reached."""
    return invitation.ended_at is None and invitation.way in (Way.PAPER.value, member.way.value)


def asks_first(db: Session, invitation: Invitation, member: FamilyMember) -> bool:
    """Whether the last message came back or may not have come, so that nothing goes there before somebody has asked."""
    return invitation.way != Way.PAPER.value and sent.post_of(db, [member])[member.id].in_doubt is not None


def _note(db: Session, by: StaffMember, verb: str, invitation: Invitation) -> None:
    member = db.get_one(FamilyMember, invitation.family_member_id)
    history.add(db, by, verb, review_id=member.review_id, subject_id=member.id)
