"""Reviews: the review of one child's death, its stage, and the key worker who stands beside the family."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.access import Role
from portal.db import Base, one_of
from portal.review import history, leaves
from portal.review.people import FamilyMember, StaffMember
from portal.sealing import Sealed, vault_of


class Stage(Enum):
    """Where a review is. Source: Child Death Review Statutory and Operational Guidance (England), 2018."""

    FIRST_DAYS = "first days"
    GATHERING = "gathering information"
    REVIEW_MEETING = "review meeting"
    PANEL = "panel"
    LEARNING_SHARED = "learning shared"


class NotHere(Exception):
    """What was asked for is not there, or is not this person's; the two are never told apart."""


class Review(Base):
    """One child's death review, with the least possible about the child: the name that the family uses."""

    __tablename__ = "reviews"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    panel: Mapped[str] = mapped_column(String(60), index=True)
    child_ct: Mapped[bytes] = mapped_column(LargeBinary)
    child = Sealed[str]("child_ct")
    stage: Mapped[Stage] = mapped_column(one_of(Stage))
    stage_since: Mapped[date]
    next_contact_on: Mapped[date | None]
    next_contact_shown: Mapped[bool] = mapped_column(default=False)  # only where the key worker says so
    key_worker_id: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"), index=True)
    started_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


def start(db: Session, key_worker: StaffMember, child: str, stage: Stage) -> Review:
    """Begin to look after a family: a review with the child's name as the family uses it."""
    review = Review(
        key_id=vault_of(db).new_key(db, "review"),
        panel=key_worker.panel,
        child=child.strip(),
        stage=stage,
        stage_since=clock.now().date(),
        key_worker_id=key_worker.id,
        started_at=clock.now(),
    )
    db.add(review)
    db.flush()
    history.add(db, key_worker, "review started", review_id=review.id)
    return review


def of_mine(db: Session, key_worker: StaffMember) -> ColumnElement[bool]:
    """Return what is true of the reviews of a key worker's families, and of those whom they cover for today."""
    return Review.key_worker_id.in_(list(leaves.seats(db, key_worker)))


def is_mine(db: Session, key_worker: StaffMember, review: Review) -> bool:
    """Whether a key worker looks after a family: it is their own, or its key worker is away and they cover."""
    return review.key_worker_id == key_worker.id or review.key_worker_id in leaves.seats(db, key_worker)


def looked_after_by(db: Session, key_worker: StaffMember) -> Sequence[Review]:
    """Return a key worker's families and those whom they cover for today, the newest first."""
    mine = select(Review).where(of_mine(db, key_worker), Review.panel == key_worker.panel)
    return db.scalars(mine.order_by(Review.started_at.desc(), Review.id)).all()


def one_of_mine(db: Session, key_worker: StaffMember, review_id: UUID) -> Review:
    """Return one of the reviews that a key worker looks after. Raises NotHere for every other."""
    review = db.get(Review, review_id)
    if review is None or not is_mine(db, key_worker, review) or not key_worker.holds(Role.KEY_WORKER):
        raise NotHere
    return review


def family_of(db: Session, review: Review) -> Sequence[FamilyMember]:
    """Return the people invited for a review, in the order in which they were added."""
    everyone = select(FamilyMember).where(FamilyMember.review_id == review.id)
    return db.scalars(everyone.order_by(FamilyMember.joined_at, FamilyMember.id)).all()


def member_of_mine(db: Session, key_worker: StaffMember, member_id: UUID) -> FamilyMember:
    """Return a person of one of the key worker's own families. Raises NotHere for every other."""
    member = db.get(FamilyMember, member_id)
    if member is None:
        raise NotHere
    one_of_mine(db, key_worker, member.review_id)
    return member


def set_stage(
    db: Session,
    key_worker: StaffMember,
    review: Review,
    stage: Stage,
    next_contact_on: date | None,
    *,
    shown: bool = False,
) -> None:
    """Say where the review is now, when the key worker will next be in touch, and whether the family sees that day."""
    if stage is not review.stage:
        review.stage_since = clock.now().date()
    review.stage = stage
    review.next_contact_on, review.next_contact_shown = next_contact_on, shown
    history.add(db, key_worker, "stage set", review_id=review.id)
