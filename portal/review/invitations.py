"""The private link and its life: invite, open, end.

The link alone opens nothing: it needs the number that the key worker gave apart from it. Only hashes are kept. What is
unknown, ended, mistyped or not matched by its number gets one and the same answer, in the same time; misses are charged
to the link that was used and to nothing else (security.md 4). Beside a link on paper stands a code that can be typed
and does what the link does.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base
from portal.review import codes, history, messages
from portal.review.people import FamilyMember, StaffMember, Way
from portal.sealing import vault_of

FREE_TRIES = 5
DEAD_AT = 20
LONGEST_WAIT = timedelta(minutes=15)
FORGET_MISSES_AFTER = timedelta(days=1)


class Invitation(Base):
    """One private link to one person. The secret is made when the message goes out; only its hash is kept."""

    __tablename__ = "invitations"

    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), index=True)
    way: Mapped[str] = mapped_column(String(10))
    secret_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # of the code in a letter: see hash_of_code
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    invited_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]  # to the hour
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def opens(self) -> bool:
        """Whether this link, for its own part, opens: it neither rests nor has been ended."""
        return self.paused_at is None and self.ended_at is None


class Misses(Base):
    """How often a link was tried with a number that did not fit, whether or not there is such a link."""

    __tablename__ = "link_misses"

    link: Mapped[str] = mapped_column(String(64), unique=True)
    count: Mapped[int]
    wait_until: Mapped[datetime | None]
    last_at: Mapped[datetime] = mapped_column(index=True)


def invite(db: Session, key_worker: StaffMember, member: FamilyMember, way: Way, own: str | None = None) -> Invitation:
    """Queue a private link to a person; a letter can be printed at once. An older link stays as it is."""
    invitation = Invitation(family_member_id=member.id, way=way.value, invited_by=key_worker.id, invited_at=clock.now())
    db.add(invitation)
    db.flush()
    message = messages.queue_for_family(db, messages.Kind.INVITATION, member, way, key_worker, invitation.id, own)
    if way is Way.PAPER and message.state is messages.Travel.WAITING:
        to_print(db, message, invitation.id)
    history.add(db, key_worker, "invited", review_id=member.review_id, subject_id=member.id)
    return invitation


def give_number(db: Session, key_worker: StaffMember, member: FamilyMember, numbers: codes.Numbers) -> None:
    """Make a new number for a person. It can be read until the key worker says that it is noted."""
    member.number = codes.new_number()
    member.number_hash = numbers.hash(member.number or "")
    forget_misses_of(db, member)  # a link that wrong numbers have tired lives again with a new one
    history.add(db, key_worker, "number made", review_id=member.review_id, subject_id=member.id)


def mark_of_number(member: FamilyMember) -> str:
    """Return a mark of the number that a page shows, so that it is known whether a newer one took its place."""
    return hashlib.sha256((member.number_hash or "").encode()).hexdigest()[:16]


def number_noted(db: Session, key_worker: StaffMember, member: FamilyMember) -> None:
    """Forget a number's clear form; from here on only its hash is kept."""
    member.number = None
    history.add(db, key_worker, "number noted", review_id=member.review_id, subject_id=member.id)


def of_member(db: Session, member: FamilyMember) -> Sequence[Invitation]:
    """Return a person's private links, the newest first."""
    theirs = select(Invitation).where(Invitation.family_member_id == member.id)
    return db.scalars(theirs.order_by(Invitation.invited_at.desc(), Invitation.id)).all()


def rests(db: Session, message: messages.Message) -> bool:
    """Whether a message carries a link that rests: it would open for nobody."""
    link = db.get(Invitation, message.invitation_id) if message.invitation_id else None
    return link is not None and link.paused_at is not None and link.ended_at is None


def waiting_with(db: Session, invitation: Invitation, *states: messages.Travel) -> Sequence[messages.Message]:
    """Return what carries a link and waits, held so that no courier takes it meanwhile; first, as the courier does."""
    waits = select(messages.Message).where(
        messages.Message.invitation_id == invitation.id, messages.Message.state.in_(states)
    )
    return db.scalars(waits.order_by(messages.Message.id).with_for_update()).all()


def end(db: Session, key_worker: StaffMember, invitation: Invitation) -> None:
    """End a link, and with it every session that came through it, at once; pressed twice, it ends once."""
    waiting = waiting_with(db, invitation, messages.Travel.WAITING, messages.Travel.HELD, messages.Travel.TO_PRINT)
    db.refresh(invitation, with_for_update={"key_share": True})
    if invitation.ended_at is not None:
        return
    invitation.ended_at = clock.now()
    member = db.get_one(FamilyMember, invitation.family_member_id)
    for message in waiting:
        message.text = None
        messages.settle(message, messages.Travel.STOPPED)
    history.add(db, key_worker, "link ended", review_id=member.review_id, subject_id=member.id)


def new_link(db: Session, invitation_id: UUID) -> str | None:
    """Make the secret of an invitation on its way out and keep its hash; None when the invitation has been ended."""
    invitation = db.get_one(Invitation, invitation_id)
    if invitation.ended_at is not None:
        return None
    secret = codes.new_secret()
    invitation.secret_hash = codes.hash_of_secret(secret)
    return secret


def to_print(db: Session, message: messages.Message, invitation_id: UUID) -> None:
    """Make link and code of a letter, sealed with its message until it is printed; stop it when its link has ended."""
    secret, code = new_link(db, invitation_id), codes.new_letter_code()
    if secret is None:
        messages.settle(message, messages.Travel.STOPPED)
        return
    db.get_one(Invitation, invitation_id).code_hash = hash_of_code(db, code)
    message.text = f"{secret} {code}"
    messages.settle(message, messages.Travel.TO_PRINT)


def hash_of_code(db: Session, code: str) -> str:
    """Return the hash that is kept of a letter code; keyed, because a code is short enough to be found by trying."""
    return vault_of(db).keyring.blind(f"letter code {code}")


def link_beside(db: Session, code: str) -> str:
    """Return the hash of the link beside which a code stands in a letter; else one that no link has."""
    kept = hash_of_code(db, code)
    found = select(Invitation.secret_hash).where(Invitation.code_hash == kept)
    return db.scalars(found).one_or_none() or kept


def was_given_out(db: Session, link: str) -> bool:
    """Whether there is or was a link with this hash, live or ended."""
    return db.scalars(select(Invitation.id).where(Invitation.secret_hash == link)).one_or_none() is not None


def wait_for(db: Session, link: str, *, alone: bool = False) -> timedelta | None:
    """Return how long the link with this hash must rest before it is tried again, or None.

    Asked alone, whoever tries the same link at the same moment waits until this transaction is over.
    """
    misses = _held(db, link) if alone else _misses(db, link)
    if misses is None or misses.wait_until is None or misses.wait_until <= clock.now():
        return None
    return misses.wait_until - clock.now()


def fitting(db: Session, link: str, number: str, numbers: codes.Numbers) -> Invitation | None:
    """Return the live invitation that a link, by its hash, and a number open together; None for everything else.

    Takes as long whether or not there is such a link. Changes nothing.
    """
    invitation = db.scalars(select(Invitation).where(Invitation.secret_hash == link)).one_or_none()
    member = db.get(FamilyMember, invitation.family_member_id) if invitation else None
    misses = _misses(db, link)
    alive = invitation is not None and invitation.opens and (misses is None or misses.count < DEAD_AT)
    awake = member is not None and alive and not member.links_rest
    fits = numbers.fits(member.number_hash if member and awake else None, codes.digits(number))
    return invitation if fits else None


def opened(db: Session, invitation_id: UUID) -> Invitation | None:
    """Mark an invitation as opened by its person, and forget the misses on the way; None if it does not open any more.

    It is held until this transaction is over: whoever lets it rest at the same moment ends this visit, too.
    """
    invitation = db.get_one(Invitation, invitation_id, with_for_update={"key_share": True})
    if not invitation.opens:
        return None
    member = db.get_one(FamilyMember, invitation.family_member_id)
    if invitation.opened_at is None:
        invitation.opened_at = clock.now().replace(minute=0, second=0, microsecond=0)
        history.add(db, member, "link opened", review_id=member.review_id, subject_id=member.id)
    if member.number is not None:
        member.number = None
    if invitation.secret_hash and (misses := _misses(db, invitation.secret_hash)) is not None:
        db.delete(misses)
    return invitation


def miss(db: Session, link: str) -> None:
    """Charge a miss to the link that was used: five are free, then it rests for 1, 2, 4 ... 15 minutes."""
    misses = _held(db, link)
    misses.count += 1
    misses.last_at = clock.now()
    if misses.count >= FREE_TRIES:
        misses.wait_until = clock.now() + min(LONGEST_WAIT, timedelta(minutes=2 ** (misses.count - FREE_TRIES)))


def forget_misses_of(db: Session, member: FamilyMember) -> None:
    """Forget what was tried in vain with the links of one person."""
    for invitation in of_member(db, member):
        if invitation.secret_hash and (misses := _misses(db, invitation.secret_hash)) is not None:
            db.delete(misses)


def forget_misses(db: Session) -> None:
    """Forget misses a day old, but for links that were given out and died of them."""
    given_out = select(Invitation.secret_hash).where(Invitation.secret_hash.is_not(None))
    ours = {_charged(link) for link in db.scalars(given_out.order_by(Invitation.id)) if link}
    old = Misses.last_at < clock.now() - FORGET_MISSES_AFTER
    db.execute(delete(Misses).where(old, Misses.count < DEAD_AT))
    for dead in db.scalars(select(Misses).where(old).order_by(Misses.id)):
        if dead.link not in ours:
            db.delete(dead)


def _charged(link: str) -> str:
    # Hashed once more, so that this table does not hold the hash of a link.
    return hashlib.sha256(f"miss {link}".encode()).hexdigest()


def _misses(db: Session, link: str) -> Misses | None:
    return db.scalars(select(Misses).where(Misses.link == _charged(link))).one_or_none()


def _held(db: Session, link: str) -> Misses:
    """Return the count of a link, held until this transaction is over; of several at once one begins it."""
    held = select(Misses).where(Misses.link == _charged(link)).with_for_update()
    if (there := db.scalars(held).one_or_none()) is not None:
        return there
    try:
        with db.begin_nested():
            db.add(Misses(link=_charged(link), count=0, last_at=clock.now()))
            db.flush()
    except IntegrityError:
        pass  # somebody else was quicker; their transaction is over now
    return db.scalars(held).one()
