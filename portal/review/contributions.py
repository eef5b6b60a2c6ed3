"""Contributions: what a person wants the panel to know, in their own words."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import codes, history
from portal.review.kept import WordsKept, clean, kept_before
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import NotHere, Review


class Place(Enum):
    """Where a contribution is."""

    KEPT = "kept"
    WITH_PANEL = "with the panel"
    WITHDRAWN = "withdrawn"


class Contribution(WordsKept, Base):
    """Something that a person wants the panel to know."""

    __tablename__ = "contributions"
    __table_args__ = (UniqueConstraint("family_member_id", "once"), Index(None, "panel", "state", "kept_at", "id"))

    state: Mapped[Place] = mapped_column(one_of(Place))
    taken_up_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    taken_up_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


def tell(db: Session, member: FamilyMember, words: str, once: str) -> Contribution:
    """Keep what a person wants the panel to know; the same form sent twice is kept once."""
    if (before := kept_before(db, Contribution, member.id, once)) is not None:
        return before
    review = db.get_one(Review, member.review_id)
    told = Contribution(
        key_id=member.key_id,
        review_id=review.id,
        family_member_id=member.id,
        panel=review.panel,
        reference=codes.new_reference(),
        once=once,
        language=member.language,
        words=clean(words),
        state=Place.KEPT,
        kept_at=clock.now(),
    )
    db.add(told)
    db.flush()
    history.add(db, member, "told the panel something", review_id=review.id, subject_id=told.id)
    return told


def told_by(db: Session, member: FamilyMember) -> Sequence[Contribution]:
    """Return what a person has told, the newest first."""
    theirs = select(Contribution).where(Contribution.family_member_id == member.id)
    return db.scalars(theirs.order_by(Contribution.kept_at.desc(), Contribution.id)).all()


def one_of_theirs(db: Session, member: FamilyMember, reference: str) -> Contribution:
    """Return one of a person's own contributions. Raises NotHere for every other."""
    theirs = select(Contribution).where(Contribution.family_member_id == member.id, Contribution.reference == reference)
    if (found := db.scalars(theirs).one_or_none()) is None:
        raise NotHere
    return found


def for_panel(db: Session, reader: StaffMember) -> Sequence[Contribution]:
    """Return what families told a panel, the oldest first; what was withdrawn is not there."""
    ours = select(Contribution).where(Contribution.panel == reader.panel, Contribution.state != Place.WITHDRAWN)
    return db.scalars(ours.order_by(Contribution.kept_at, Contribution.id)).all()


def one_of_panel(db: Session, reader: StaffMember, contribution_id: UUID) -> Contribution:
    """Return one contribution to the reader's own panel. Raises NotHere for every other and for what was withdrawn."""
    found = db.get(Contribution, contribution_id)
    if found is None or found.panel != reader.panel or found.state is Place.WITHDRAWN:
        raise NotHere
    return found


def take_up(db: Session, coordinator: StaffMember, told: Contribution) -> None:
    """Say that the panel has it now."""
    if told.state is Place.KEPT:
        told.state = Place.WITH_PANEL
        told.taken_up_by = coordinator.id
        told.taken_up_at = clock.now()
        history.add(db, coordinator, "contribution taken up", review_id=told.review_id, subject_id=told.id)


def withdraw(db: Session, member: FamilyMember, told: Contribution) -> None:
    """Take a contribution back; it leaves every list of staff at once."""
    told.state = Place.WITHDRAWN
    history.add(db, member, "contribution withdrawn", review_id=told.review_id, subject_id=told.id)
