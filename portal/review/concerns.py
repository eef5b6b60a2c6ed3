"""Somebody may be in danger: somebody read something in a family's words that must reach a named person now.

It goes to the coordinators of the panel, who bring it to the person whom the panel names for it. No page of a family
knows of any of this; what the family must be told, a person tells them.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.access import Role
from portal.db import Base, one_of
from portal.review import history
from portal.review.contributions import Contribution
from portal.review.kept import clean
from portal.review.people import StaffMember
from portal.review.questions import NotNow, Question
from portal.review.reviews import NotHere, Review
from portal.sealing import Sealed


class FamilyTold(Enum):
    """Whether the person whose words they are knows that their words go further."""

    TOLD = "told"
    WILL_BE = "will be told"
    NOT_SAFE = "not safe to tell"
    NOT_YET = "not told yet"  # it was read at the panel, where nobody knows who they are


class Concern(Base):
    """What somebody fears, in which words they read it, and who has seen to it; sealed with the review's key."""

    __tablename__ = "concerns"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"))
    subject_id: Mapped[UUID] = mapped_column(index=True)  # the question or contribution
    about_question: Mapped[bool]
    reference: Mapped[str] = mapped_column(String(7))
    panel: Mapped[str] = mapped_column(String(60), index=True)
    why_ct: Mapped[bytes] = mapped_column(LargeBinary)
    why = Sealed[str]("why_ct")
    told: Mapped[FamilyTold] = mapped_column(one_of(FamilyTold))
    to_role: Mapped[str] = mapped_column(String(200))  # whom the panel names, in the words of its facts
    raised_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    raised_at: Mapped[datetime]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    seen_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    done_at: Mapped[datetime | None]
    what_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    what = Sealed[str | None]("what_ct")  # what was done


def tell(
    db: Session, by: StaffMember, row: Question | Contribution, why: str, told: FamilyTold, to_role: str
) -> Concern:
    """Tell the panel that somebody may be in danger; the same fear about the same words, told twice, is kept once."""
    why = clean(why)
    db.refresh(row, with_for_update=True)
    if (before := next((one for one in about(db, row.id) if one.why == why and one.done_at is None), None)) is not None:
        return before
    review = db.get_one(Review, row.review_id)
    concern = Concern(
        key_id=review.key_id,
        review_id=review.id,
        family_member_id=row.family_member_id,
        subject_id=row.id,
        about_question=isinstance(row, Question),
        reference=row.reference,
        panel=review.panel,
        why=why,
        told=told,
        to_role=to_role,
        raised_by=by.id,
        raised_at=clock.now(),
    )
    db.add(concern)
    db.flush()
    history.add(db, by, "concern told", review_id=review.id, subject_id=concern.id)
    return concern


def about(db: Session, subject_id: UUID) -> Sequence[Concern]:
    """Return what was told about somebody's words, the latest first."""
    theirs = select(Concern).where(Concern.subject_id == subject_id)
    return db.scalars(theirs.order_by(Concern.raised_at.desc(), Concern.id)).all()


def for_key_worker(db: Session, reviews: Sequence[Review]) -> Sequence[Concern]:
    """Return what needs the key worker of some families, the oldest first.

    What they told and nobody at the panel has read yet, and what the panel fears until it is seen to.
    """
    theirs = select(Concern).where(
        Concern.review_id.in_([review.id for review in reviews]),
        or_(Concern.seen_at.is_(None), and_(Concern.told == FamilyTold.NOT_YET, Concern.done_at.is_(None))),
    )
    return db.scalars(theirs.order_by(Concern.raised_at, Concern.id)).all()


def of_panel(db: Session, coordinator: StaffMember) -> Sequence[Concern]:
    """Return everything of a coordinator's own panel: what nobody has read first, then what is not done yet."""
    ours = select(Concern).where(Concern.panel == coordinator.panel)
    found = db.scalars(ours.order_by(Concern.raised_at.desc(), Concern.id)).all()
    return sorted(found, key=lambda one: (one.done_at is not None, one.seen_at is not None))


def one_of_panel(db: Session, coordinator: StaffMember, concern_id: UUID) -> Concern:
    """Return one that is for the coordinator's own panel. Raises NotHere for every other."""
    found = db.get(Concern, concern_id)
    if found is None or found.panel != coordinator.panel:
        raise NotHere
    return found


def see(db: Session, coordinator: StaffMember, concern: Concern) -> None:
    """Say that it has been read and is being seen to; pressed by two, it is whoever was first."""
    db.refresh(concern, with_for_update=True)
    if concern.seen_at is None:
        concern.seen_by, concern.seen_at = coordinator.id, clock.now()
        history.add(db, coordinator, "concern seen", review_id=concern.review_id, subject_id=concern.id)


def done(db: Session, coordinator: StaffMember, concern: Concern, what: str) -> None:
    """Write down what was done. Raises NotNow when somebody else has written it down meanwhile."""
    db.refresh(concern, with_for_update=True)
    if concern.done_at is not None:
        if concern.what == clean(what):
            return
        raise NotNow
    see(db, coordinator, concern)
    concern.done_by, concern.done_at, concern.what = coordinator.id, clock.now(), clean(what)
    history.add(db, coordinator, "concern seen to", review_id=concern.review_id, subject_id=concern.id)


def whom_to_tell(db: Session, panel: str) -> Sequence[StaffMember]:
    """Return the coordinators of a panel who work there now."""
    people = db.scalars(
        select(StaffMember).where(StaffMember.panel == panel, StaffMember.active).order_by(StaffMember.id)
    )
    return [one for one in people if one.holds(Role.COORDINATOR)]
