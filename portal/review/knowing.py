"""Who of one family may know that another is here: noted for each pair in each direction, and no unless it was noted.

What a person says themselves comes first: where they wish that nobody knows, nobody may, whatever was noted. No page of
a family knows of any of this.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base
from portal.review import history
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from portal.review.wishes import ContactWishes, MayKnow

Pair = tuple[UUID, UUID]  # who knows, and of whom


class Acquaintance(Base):
    """Whether one person of a family may know that another is here, and who last noted it."""

    __tablename__ = "acquaintances"
    __table_args__ = (
        UniqueConstraint("family_member_id", "of_id"),
        CheckConstraint("family_member_id <> of_id", name="two_people"),
    )

    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"))
    of_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), index=True)
    may_know: Mapped[bool]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    noted_at: Mapped[datetime]


class NotedMeanwhile(Exception):
    """Somebody else has noted something else since the page was opened; nothing of it is overwritten unseen."""


def noted(db: Session, family: Sequence[FamilyMember]) -> dict[Pair, Acquaintance]:
    """Return what was noted between the people of a family."""
    theirs = select(Acquaintance).where(Acquaintance.family_member_id.in_([one.id for one in family]))
    return {(one.family_member_id, one.of_id): one for one in db.scalars(theirs.order_by(Acquaintance.id))}


def ticked(db: Session, family: Sequence[FamilyMember]) -> frozenset[Pair]:
    """Return the pairs of which it was last noted that they may."""
    return frozenset(pair for pair, one in noted(db, family).items() if one.may_know)


def hidden(db: Session, family: Sequence[FamilyMember]) -> frozenset[UUID]:
    """Return who of a family wishes that nobody knows of them."""
    theirs = select(ContactWishes.family_member_id).where(
        ContactWishes.family_member_id.in_([one.id for one in family]), ContactWishes.may_know == MayKnow.NOBODY
    )
    return frozenset(db.scalars(theirs.order_by(ContactWishes.id)))


def allowed(db: Session, family: Sequence[FamilyMember]) -> frozenset[Pair]:
    """Return which of a family may know that which other is here; every other pair may not."""
    alone = hidden(db, family)
    return frozenset(pair for pair in ticked(db, family) if pair[1] not in alone)


def of_each_other(db: Session, one: FamilyMember, other: FamilyMember) -> bool:
    """Whether each of two people may know that the other is here."""
    return allowed(db, (one, other)) >= {(one.id, other.id), (other.id, one.id)}


def mark_of(pairs: frozenset[Pair]) -> str:
    """Return a mark that a form carries, so that it is known whether something was noted since."""
    return hashlib.sha256(repr(sorted(map(str, pairs))).encode()).hexdigest()[:16]


def note(
    db: Session,
    key_worker: StaffMember,
    review: Review,
    family: Sequence[FamilyMember],
    pairs: frozenset[Pair],
    seen: str,
) -> None:
    """Note which pairs may know; every other may not. Sent twice, it is noted once. Raises NotedMeanwhile."""
    db.refresh(review, with_for_update=True)
    before, now = noted(db, family), ticked(db, family)
    if pairs == now:
        return
    if seen != mark_of(now):
        raise NotedMeanwhile
    for pair in pairs ^ now:
        if (row := before.get(pair)) is None:
            row = Acquaintance(family_member_id=pair[0], of_id=pair[1])
            db.add(row)
        row.may_know, row.noted_by, row.noted_at = pair in pairs, key_worker.id, clock.now()
    db.flush()
    history.add(db, key_worker, "who may know noted", review_id=review.id)
