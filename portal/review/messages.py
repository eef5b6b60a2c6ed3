"""The outbox: what must be told is queued here in the same transaction as what happened; the courier sends it.

A message to a family always carries the person whose act it was; the database refuses any other, so that no machine can
ever chase a family. A message that may or may not have gone is shown as uncertain and never sent again by itself.
What would reach a person at a time or by a way that they do not want is held, and looked at again before it goes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import history, wishes
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import NotNow
from portal.review.reviews import Review
from portal.review.wishes import Held, Hold
from portal.sealing import HOUSE_KEY, Sealed

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(minutes=15)
GIVE_UP_AFTER = timedelta(days=2)
NOBODY_TRIES_ANY_MORE = timedelta(days=6)  # mail servers give up after five at most (RFC 5321, 4.5.4.1)
LOOK_AGAIN = timedelta(minutes=15)  # at what is held until nobody knows when


class Kind(Enum):
    """What a message is for."""

    INVITATION = "invitation"
    NEWS = "news"
    STAFF_MAIL = "staff mail"


class Travel(Enum):
    """How far a message has come."""

    WAITING = "waiting"
    HELD = "held"
    BEING_SENT = "being sent"
    TO_PRINT = "to print"
    SENT = "sent"
    DELAYED = "delayed"
    ARRIVED = "arrived"
    CAME_BACK = "came back"
    UNCERTAIN = "uncertain"
    STOPPED = "stopped"


# What each thing that is heard of a message takes the place of. Heard twice, late or in any order it comes to the same,
# and that a message came back is never hidden by what is heard afterwards.
_LEFT = frozenset({Travel.WAITING, Travel.HELD, Travel.BEING_SENT, Travel.UNCERTAIN})
_GIVES_WAY = {
    Travel.SENT: _LEFT,
    Travel.DELAYED: _LEFT | {Travel.SENT},
    Travel.UNCERTAIN: (_LEFT | {Travel.SENT, Travel.DELAYED}) - {Travel.UNCERTAIN},
    Travel.ARRIVED: _LEFT | {Travel.SENT, Travel.DELAYED},
    Travel.CAME_BACK: _LEFT | {Travel.SENT, Travel.DELAYED, Travel.ARRIVED},
}


class Message(Base):
    """One message, to one person."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("family_member_id IS NULL OR by_staff_id IS NOT NULL", name="a_person_sends_it"),
        CheckConstraint("(family_member_id IS NULL) <> (staff_id IS NULL)", name="one_reader"),
        Index(None, "state", "next_try_at"),
    )

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    kind: Mapped[Kind] = mapped_column(one_of(Kind))
    way: Mapped[Way] = mapped_column(one_of(Way))
    family_member_id: Mapped[UUID | None] = mapped_column(ForeignKey("family_members.id"), index=True)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    by_staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitations.id"), index=True)
    state: Mapped[Travel] = mapped_column(one_of(Travel))
    subject_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    subject = Sealed[str | None]("subject_ct")
    text_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    text = Sealed[str | None]("text_ct")  # staff mail, or a letter that waits to be printed
    own_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    own = Sealed[str | None]("own_ct")  # what the key worker adds, a sentence on each line: see portal/kind_words.py
    reference: Mapped[str | None] = mapped_column(String(80))  # the provider's
    hold: Mapped[str | None] = mapped_column(String(40))  # why it is held: a value of wishes.Hold
    despite_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    despite = Sealed[str | None]("despite_ct")  # why a named person sent it in a quiet time all the same
    freed_at: Mapped[datetime | None]  # when it was last held no longer
    tries: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


def queue_for_family(
    db: Session,
    kind: Kind,
    member: FamilyMember,
    way: Way,
    by: StaffMember,
    invitation_id: UUID | None = None,
    own: str | None = None,
) -> Message:
    """Queue a message to a family member, as the act of a named person; held, if they want nothing now or this way."""
    message = Message(
        key_id=member.key_id,
        kind=kind,
        way=way,
        family_member_id=member.id,
        by_staff_id=by.id,
        invitation_id=invitation_id,
        own=own,
        state=Travel.WAITING,
        queued_at=clock.now(),
        next_try_at=clock.now(),
    )
    if (held := wishes.hold_for(db, member, clock.now(), way)) is not None:
        _hold(message, held)
    db.add(message)
    db.flush()
    return message


def queue_for_staff(db: Session, person: StaffMember, subject: str, text: str) -> Message:
    """Queue an e-mail to a member of staff."""
    message = Message(
        key_id=HOUSE_KEY,
        kind=Kind.STAFF_MAIL,
        way=Way.EMAIL,
        staff_id=person.id,
        subject=subject,
        text=text,
        state=Travel.WAITING,
        queued_at=clock.now(),
        next_try_at=clock.now(),
    )
    db.add(message)
    db.flush()
    return message


def claim(db: Session) -> Message | None:
    """Take the next message that waits, for this courier alone; commit before sending.

    What its reader does not want now is held instead, by what they wish at this moment.
    """
    now = clock.now()
    due = select(Message).where(Message.state.in_([Travel.WAITING, Travel.HELD]), Message.next_try_at <= now)
    first = due.order_by(Message.next_try_at, Message.id).limit(1).with_for_update(skip_locked=True)
    while (message := db.scalars(first).one_or_none()) is not None:
        if (held := _held_now(db, message)) is None:
            break
        _hold(message, held)
        db.flush()
    if message is not None:
        if message.state is Travel.HELD:
            message.freed_at = now
        message.hold = None
        message.state = Travel.BEING_SENT
        message.tries += 1
        message.lease_until = now + LEASE
    return message


def _held_now(db: Session, message: Message) -> Held | None:
    if message.family_member_id is None:
        return None
    member = db.get_one(FamilyMember, message.family_member_id)
    held = wishes.hold_for(db, member, clock.now(), message.way)
    return held if held is None or held.for_good or message.despite_ct is None else None


def _hold(message: Message, held: Held) -> None:
    message.state = Travel.HELD
    message.hold = held.reason.value
    message.lease_until = None
    message.next_try_at = held.until or clock.now() + LOOK_AGAIN


def hold_with_its_link(message: Message) -> None:
    """Hold a message because the link in it rests; it goes on once somebody lets that open again."""
    _hold(message, Held(Hold.LINK_RESTS, None))


def look_again(db: Session, member: FamilyMember) -> None:
    """Let the courier look now at what is held for a person, because what they wish has changed."""
    theirs = select(Message).where(Message.family_member_id == member.id, Message.state == Travel.HELD)
    for message in db.scalars(theirs.order_by(Message.id).with_for_update()):
        message.next_try_at = clock.now()


def on_its_way(db: Session, member: FamilyMember, *, alone: bool = False) -> Sequence[Message]:
    """Return what waits to go to a person, by the courier or on paper; alone, no courier takes it meanwhile."""
    waits = select(Message).where(
        Message.family_member_id == member.id, Message.state.in_([Travel.WAITING, Travel.HELD, Travel.TO_PRINT])
    )
    if alone:
        waits = waits.with_for_update()
    return db.scalars(waits.order_by(Message.id)).all()


def hold_all(db: Session, member: FamilyMember) -> None:
    """Hold at once what waits for a person and may not go now; a letter to print stays, and cannot be printed."""
    for message in on_its_way(db, member, alone=True):
        if message.state is not Travel.TO_PRINT and (held := _held_now(db, message)) is not None:
            _hold(message, held)


def stuck(db: Session, reviews: Sequence[Review]) -> Sequence[FamilyMember]:
    """Return the people of some reviews for whom something waits because its way is not one that they chose."""
    theirs = select(Message.family_member_id).where(
        Message.state == Travel.HELD, Message.hold == Hold.NOT_THIS_WAY.value, Message.despite_ct.is_(None)
    )
    people = select(FamilyMember).where(
        FamilyMember.review_id.in_([review.id for review in reviews]), FamilyMember.id.in_(theirs)
    )
    return db.scalars(people.order_by(FamilyMember.joined_at, FamilyMember.id)).all()


def send_despite(db: Session, by: StaffMember, message: Message, member: FamilyMember, reason: str) -> None:
    """Send what is held all the same, for a reason that stays with it. Raises NotNow where no reason may."""
    db.refresh(message, with_for_update=True)
    held = wishes.hold_for(db, member, clock.now(), message.way)
    rests = message.hold == Hold.LINK_RESTS.value
    if message.state is not Travel.HELD or rests or (held is not None and held.for_good):
        raise NotNow
    message.despite = reason
    message.next_try_at = clock.now()
    history.add(db, by, "sent in a quiet time", review_id=member.review_id, subject_id=member.id)


def doubt_the_stranded(db: Session) -> int:
    """Mark as uncertain what a courier took and never settled, and of what nobody says any more whether it arrived.

    It may have gone, so it is never sent again.
    """
    left_alone = or_(Message.lease_until.is_(None), Message.lease_until < clock.now())
    forgotten = Message.settled_at < clock.now() - NOBODY_TRIES_ANY_MORE
    stranded = select(Message).where(
        or_(and_(Message.state == Travel.BEING_SENT, left_alone), and_(Message.state == Travel.DELAYED, forgotten))
    )
    found = db.scalars(stranded.order_by(Message.id).with_for_update()).all()
    for message in found:
        settle(message, Travel.UNCERTAIN)
    return len(found)


def settle(message: Message, state: Travel) -> None:
    """Say how a message's journey ended."""
    message.state = state
    message.lease_until = None
    message.settled_at = clock.now()
    if message.kind is Kind.STAFF_MAIL and state is not Travel.WAITING:
        message.subject = message.text = None  # a reset link must not lie about once it has gone


def heard(message: Message, state: Travel) -> None:
    """Take in what was heard of a message that left.

    A message of which it was thought that it had not gone, and that waits to be tried again, has gone if anything is
    heard of it. Nothing is taken in of one that was never tried, nor of one to which a person has seen.
    """
    if message.tries and message.state in _GIVES_WAY[state]:
        settle(message, state)


def last_try_of(message: Message) -> datetime:
    """Return until when a message is tried that nobody takes; the time for which it was held does not count."""
    return (message.freed_at or message.queued_at) + GIVE_UP_AFTER


def try_later(message: Message) -> None:
    """Put a message back that the provider would not take now; what cannot go for two days came back."""
    if last_try_of(message) < clock.now():
        settle(message, Travel.CAME_BACK)
        return
    message.state = Travel.WAITING
    message.lease_until = None
    message.next_try_at = clock.now() + min(LONGEST_WAIT, timedelta(minutes=2 ** min(message.tries, 10)))


def to_family(db: Session, member: FamilyMember) -> Sequence[Message]:
    """Return the messages to a family member, the newest first."""
    theirs = select(Message).where(Message.family_member_id == member.id)
    return db.scalars(theirs.order_by(Message.queued_at.desc(), Message.id)).all()
