"""The outbox: what must be told is queued here in the same transaction as what happened; the courier sends it.

A message to a family always carries the person whose act it was; the database refuses any other, so that no machine can
ever chase a family. A message that may or may not have gone is shown as uncertain and never sent again by itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review.people import FamilyMember, StaffMember, Way
from portal.sealing import HOUSE_KEY, Sealed

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(minutes=15)
GIVE_UP_AFTER = timedelta(days=2)


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
    ARRIVED = "arrived"
    CAME_BACK = "came back"
    UNCERTAIN = "uncertain"
    STOPPED = "stopped"


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
    reference: Mapped[str | None] = mapped_column(String(80))  # the provider's
    hold: Mapped[str | None] = mapped_column(String(40))  # why it is held: a value of wishes.Hold
    despite_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    despite = Sealed[str | None]("despite_ct")  # why a named person sent it in a quiet time all the same
    tries: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


def queue_for_family(
    db: Session, kind: Kind, member: FamilyMember, way: Way, by: StaffMember, invitation_id: UUID | None = None
) -> Message:
    """Queue a message to a family member, as the act of a named person."""
    message = Message(
        key_id=member.key_id,
        kind=kind,
        way=way,
        family_member_id=member.id,
        by_staff_id=by.id,
        invitation_id=invitation_id,
        state=Travel.WAITING,
        queued_at=clock.now(),
        next_try_at=clock.now(),
    )
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
    """Take the next message that waits, for this courier alone; commit before sending."""
    now = clock.now()
    waits = select(Message).where(Message.state == Travel.WAITING, Message.next_try_at <= now)
    message = db.scalars(
        waits.order_by(Message.next_try_at, Message.id).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()
    if message is not None:
        message.state = Travel.BEING_SENT
        message.tries += 1
        message.lease_until = now + LEASE
    return message


def doubt_the_stranded(db: Session) -> int:
    """Mark as uncertain what a courier took and never settled: it may have gone, so it is never sent again."""
    stranded = select(Message).where(
        Message.state == Travel.BEING_SENT, or_(Message.lease_until.is_(None), Message.lease_until < clock.now())
    )
    found = db.scalars(stranded.order_by(Message.id)).all()
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


def try_later(message: Message) -> None:
    """Put a message back that the provider would not take now; what cannot go for two days came back."""
    if message.queued_at + GIVE_UP_AFTER < clock.now():
        settle(message, Travel.CAME_BACK)
        return
    message.state = Travel.WAITING
    message.lease_until = None
    message.next_try_at = clock.now() + min(LONGEST_WAIT, timedelta(minutes=2 ** min(message.tries, 10)))


def to_family(db: Session, member: FamilyMember) -> Sequence[Message]:
    """Return the messages to a family member, the newest first."""
    theirs = select(Message).where(Message.family_member_id == member.id)
    return db.scalars(theirs.order_by(Message.queued_at.desc(), Message.id)).all()
