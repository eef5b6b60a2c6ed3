"""A person's visits to their own space, kept here, so that leaving or ending a link takes effect at once.

The browser holds a random secret of 256 bits and nothing else; here lies its hash.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base
from portal.review import history
from portal.review.invitations import Invitation
from portal.review.people import FamilyMember
from portal.review.reviews import NotHere


class Visit(Base):
    """One person signed in on one browser."""

    __tablename__ = "visits"

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), index=True)
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitations.id"), index=True)
    device: Mapped[str] = mapped_column(String(60), default="")  # see portal/review/devices.py
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def enter(db: Session, invitation: Invitation, device: str = "") -> str:
    """Begin a visit on a device, of which its key says the kind, and return its secret, for the browser alone."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    db.add(
        Visit(
            secret_hash=_hash(secret),
            family_member_id=invitation.family_member_id,
            invitation_id=invitation.id,
            device=device,
            begun_at=now,
            seen_at=now,
        )
    )
    return secret


def visitor(db: Session, secret: str, idle: timedelta, longest: timedelta) -> tuple[FamilyMember, Visit] | None:
    """Return who a browser's secret belongs to while the visit and its link are alive; None otherwise."""
    visit = db.scalars(select(Visit).where(Visit.secret_hash == _hash(secret))).one_or_none()
    now = clock.now()
    if visit is None or visit.ended_at is not None or visit.seen_at + idle < now or visit.begun_at + longest < now:
        return None
    invitation = db.get_one(Invitation, visit.invitation_id)
    member = db.get_one(FamilyMember, visit.family_member_id)
    if not invitation.opens or member.links_rest:
        return None
    return member, visit


def awake(db: Session, member: FamilyMember, idle: timedelta) -> Sequence[Visit]:
    """Return the visits of a person that have neither ended nor fallen asleep, the latest first."""
    alive = select(Visit).where(
        Visit.family_member_id == member.id, Visit.ended_at.is_(None), Visit.seen_at > clock.now() - idle
    )
    return db.scalars(alive.order_by(Visit.seen_at.desc(), Visit.id)).all()


def seen(db: Session, visit_id: UUID) -> None:
    """Note that the person is still there."""
    if (visit := db.get(Visit, visit_id)) is not None:
        visit.seen_at = clock.now()


def leave(db: Session, secret: str) -> Visit | None:
    """End one visit, and return it if there was one, alive or not."""
    visit = db.scalars(select(Visit).where(Visit.secret_hash == _hash(secret))).one_or_none()
    if visit is not None:
        visit.ended_at = visit.ended_at or clock.now()
    return visit


def leave_there(db: Session, member: FamilyMember, visit_id: UUID) -> Visit:
    """End one of a person's own visits, on whichever device. Raises NotHere for every other."""
    visit = db.get(Visit, visit_id)
    if visit is None or visit.family_member_id != member.id:
        raise NotHere
    visit.ended_at = visit.ended_at or clock.now()
    return visit


def end_all(db: Session, member: FamilyMember) -> None:
    """End every visit of a person."""
    alive = select(Visit).where(Visit.family_member_id == member.id, Visit.ended_at.is_(None))
    for visit in db.scalars(alive.order_by(Visit.begun_at)):
        visit.ended_at = clock.now()


def end_through(db: Session, invitation: Invitation) -> None:
    """End every visit that came through one link."""
    alive = select(Visit).where(Visit.invitation_id == invitation.id, Visit.ended_at.is_(None))
    for visit in db.scalars(alive.order_by(Visit.begun_at, Visit.id)):
        visit.ended_at = clock.now()


def leave_everywhere(db: Session, member: FamilyMember) -> None:
    """Let a person sign out on every device."""
    end_all(db, member)
    history.add(db, member, "signed out everywhere", review_id=member.review_id, subject_id=member.id)


def forget_old(db: Session) -> None:
    """Forget visits that ended or fell silent more than a week ago."""
    db.execute(delete(Visit).where(Visit.seen_at < clock.now() - timedelta(days=7)))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
