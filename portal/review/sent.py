"""What was sent to the people of a family, how their private links stand, and what a key worker does about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.review import history, invitations
from portal.review.invitations import Invitation
from portal.review.messages import Message, Travel, settle
from portal.review.people import FamilyMember, StaffMember, Way, hold
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, member_of_mine


class LinkStanding(Enum):
    """How a private link stands."""

    NOT_INVITED = "not invited"
    WAITING = "waiting"
    HELD = "held"
    TO_PRINT = "to print"
    SENT = "sent"
    DELAYED = "delayed"
    ARRIVED = "arrived"
    CAME_BACK = "came back"
    UNCERTAIN = "uncertain"
    SEEN_TO = "seen to"
    OPENED = "opened"
    PAUSED = "paused"
    ENDED = "ended"


_TRAVELLED = {
    Travel.WAITING: LinkStanding.WAITING,
    Travel.HELD: LinkStanding.HELD,
    Travel.BEING_SENT: LinkStanding.WAITING,
    Travel.TO_PRINT: LinkStanding.TO_PRINT,
    Travel.SENT: LinkStanding.SENT,
    Travel.DELAYED: LinkStanding.DELAYED,
    Travel.ARRIVED: LinkStanding.ARRIVED,
    Travel.CAME_BACK: LinkStanding.CAME_BACK,
    Travel.UNCERTAIN: LinkStanding.UNCERTAIN,
    Travel.STOPPED: LinkStanding.SEEN_TO,
}
ONE_PRESS = timedelta(seconds=30)  # nobody needs two links by one way within it, but fingers press twice
_IN_DOUBT = (Travel.CAME_BACK, Travel.UNCERTAIN)


@dataclass(frozen=True)
class Link:
    """A private link and the message that carries it."""

    invitation: Invitation
    message: Message | None

    @property
    def standing(self) -> LinkStanding:
        """How this link stands: what the person did with it says more than how its message travelled."""
        if self.invitation.ended_at is not None:
            return LinkStanding.ENDED
        if self.invitation.paused_at is not None:
            return LinkStanding.PAUSED
        if self.invitation.opened_at is not None:
            return LinkStanding.OPENED
        return _TRAVELLED[self.message.state] if self.message else LinkStanding.WAITING


@dataclass(frozen=True)
class Post:
    """What has been sent to one person, the newest first."""

    links: Sequence[Link]
    messages: Sequence[Message]

    @property
    def best(self) -> Link | None:
        """The link that says most: of those that open one that was opened, else the newest; then one that rests."""
        alive = [link for link in self.links if link.invitation.opens]
        opened = [link for link in alive if link.invitation.opened_at is not None]
        rests = [link for link in self.links if link.standing is LinkStanding.PAUSED]
        return next(iter([*opened, *alive, *rests, *self.links]), None)

    @property
    def standing(self) -> LinkStanding:
        """How the person's way into their space stands."""
        return self.best.standing if self.best else LinkStanding.NOT_INVITED

    @property
    def in_doubt(self) -> Message | None:
        """The newest message that came back, else that may not have gone, if nothing since has settled the matter."""
        doubtful = [one for one in self.messages if one.state in _IN_DOUBT and not self._was_settled(one)]
        return min(doubtful, key=lambda one: one.state is not Travel.CAME_BACK, default=None)

    def _was_settled(self, message: Message) -> bool:
        """Whether its link was opened or ended, or a person sent something else when this was known already."""
        carried = next((link for link in self.links if link.invitation.id == message.invitation_id), None)
        known = (LinkStanding.OPENED, LinkStanding.PAUSED, LinkStanding.ENDED)
        opened = carried is not None and carried.standing in known
        return opened or any(other.queued_at > (message.settled_at or message.queued_at) for other in self.messages)

    @property
    def to_print(self) -> list[Message]:
        """The letters that wait to be printed."""
        return [message for message in self.messages if message.state is Travel.TO_PRINT]


def has_a_live_link(db: Session, member: FamilyMember) -> bool:
    """Whether a person has a way into their space at all."""
    return any(link.opens for link in invitations.of_member(db, member))


def just_sent(db: Session, member: FamilyMember, way: Way) -> bool:
    """Whether a link by one way was made for a person so lately that it was the same press."""
    alive = [one for one in invitations.of_member(db, member) if one.ended_at is None]
    return any(one.way == way.value and one.invited_at > clock.now() - ONE_PRESS for one in alive)


def send_again(
    db: Session, key_worker: StaffMember, member: FamilyMember, way: Way, address: str | None, own: str | None = None
) -> Invitation | None:
    """Queue another private link; older ones stay as they are. Two presses on one button make one link.

    By e-mail or text the address becomes the one in which messages reach the person; a letter changes nothing of that.
    """
    db.refresh(member, with_for_update=True)
    if member.no_link_ct is not None:
        raise NotNow
    if just_sent(db, member, way):
        return None
    if way is not Way.PAPER:
        member.way, member.address = way, address
        history.add(db, key_worker, "person changed", review_id=member.review_id, subject_id=member.id)
    return invitations.invite(db, key_worker, member, way, own)


def post_of(db: Session, members: Sequence[FamilyMember]) -> dict[UUID, Post]:
    """Return what has been sent to each of these people."""
    ids = [member.id for member in members]
    sent = select(Message).where(Message.family_member_id.in_(ids))
    messages = db.scalars(sent.order_by(Message.queued_at.desc(), Message.id)).all()
    invited = select(Invitation).where(Invitation.family_member_id.in_(ids))
    links = db.scalars(invited.order_by(Invitation.invited_at.desc(), Invitation.id)).all()
    carrier = {message.invitation_id: message for message in messages if message.invitation_id}
    return {
        one: Post(
            [Link(link, carrier.get(link.id)) for link in links if link.family_member_id == one],
            [message for message in messages if message.family_member_id == one],
        )
        for one in ids
    }


def link_of_mine(db: Session, key_worker: StaffMember, invitation_id: UUID) -> Invitation:
    """Return a link to a person of the key worker's own families. Raises NotHere for every other."""
    invitation = db.get(Invitation, invitation_id)
    if invitation is None:
        raise NotHere
    member_of_mine(db, key_worker, invitation.family_member_id)
    return invitation


def message_of_mine(db: Session, key_worker: StaffMember, message_id: UUID) -> tuple[Message, FamilyMember]:
    """Return a message to a person of the key worker's own families, and the person. Raises NotHere for every other."""
    message = db.get(Message, message_id)
    if message is None or message.family_member_id is None:
        raise NotHere
    return message, member_of_mine(db, key_worker, message.family_member_id)


def letter_of_mine(db: Session, key_worker: StaffMember, message_id: UUID) -> tuple[Message, FamilyMember]:
    """Return a letter that waits to be printed, and its reader. Raises NotHere once it is, and for every other."""
    message, member = message_of_mine(db, key_worker, message_id)
    if message.state is not Travel.TO_PRINT:
        raise NotHere
    return message, member


def printed(db: Session, key_worker: StaffMember, message: Message, member: FamilyMember) -> None:
    """Say that a letter is on paper; its words, and the link in them, are forgotten here."""
    settle(message, Travel.SENT)
    message.subject = message.text = None
    history.add(db, key_worker, "letter printed", review_id=member.review_id, subject_id=member.id)


def note_printed(db: Session, key_worker: StaffMember, member: FamilyMember) -> None:
    """Note that a letter was printed that opens nothing; which one is not kept. Two presses make one line."""
    hold(db, member)
    lately = select(history.Entry.id).where(
        history.Entry.subject_id == member.id,
        history.Entry.verb == "letter printed",
        history.Entry.at > clock.now() - ONE_PRESS,
    )
    if db.scalars(lately.limit(1)).first() is None:
        history.add(db, key_worker, "letter printed", review_id=member.review_id, subject_id=member.id)


def seen_to(db: Session, key_worker: StaffMember, message: Message, member: FamilyMember) -> None:
    """Say that the person was reached in another way after messages came back, or may not have gone.

    Raises NotNow where that is not, or no longer, so.
    """
    doubtful = select(Message).where(Message.family_member_id == member.id, Message.state.in_(_IN_DOUBT))
    found = db.scalars(doubtful.order_by(Message.id).with_for_update()).all()
    if message not in found:
        raise NotNow
    for one in found:
        settle(one, Travel.STOPPED)
    history.add(db, key_worker, "reached another way", review_id=member.review_id, subject_id=member.id)
