"""Handing over: a family gets another key worker, with a note for that colleague; no family stays with who has left."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.access import PANEL, Role
from portal.db import Base
from portal.review import history, leaves
from portal.review.leaves import Leave
from portal.review.people import StaffMember, hold
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review, is_mine
from portal.sealing import Sealed

MAKE_AN_ANSWER = 2  # people: one who writes it, another who checks it


class Handover(Base):
    """One family that was handed over: from whom, to whom, by whom, and a note that is for staff only."""

    __tablename__ = "handovers"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))  # the review's: the note goes when the review goes
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    from_id: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"), index=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"), index=True)
    note_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    note = Sealed[str | None]("note_ct")
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]


def own_families(db: Session, person: StaffMember) -> Sequence[Review]:
    """Return the families whose key worker a person is, without those whom they only cover for, the oldest first."""
    own = select(Review).where(Review.key_worker_id == person.id)
    return db.scalars(own.order_by(Review.started_at, Review.id)).all()


def mine_to_hand_on(db: Session, by: StaffMember, review_id: UUID) -> Review | None:
    """Return a family that a person can hand over, or None when they did so a moment ago: fingers press twice.

    Looked at once only, because another press may be over in between. Raises NotHere for every other family.
    """
    review = db.get(Review, review_id)
    if review is not None and by.holds(Role.KEY_WORKER) and is_mine(db, by, review):
        return review
    theirs = select(Handover.id).where(
        Handover.review_id == review_id, Handover.by_id == by.id, Handover.taken_back_at.is_(None)
    )
    if db.scalars(theirs.order_by(Handover.id).limit(1)).first() is None:
        raise NotHere
    return None


def hand_over(db: Session, by: StaffMember, families: Sequence[Review], to: StaffMember, note: str) -> None:
    """Give families another key worker of their panel, with a note for that colleague alone.

    The colleague is held until this transaction is over: whoever ends their access meanwhile finds these families.
    """
    hold(db, to)
    for review in families:
        if to.panel != review.panel or not _looks_after_families(to):
            raise NotHere
        if review.key_worker_id == to.id:
            continue
        row = Handover(
            key_id=review.key_id,
            review_id=review.id,
            from_id=review.key_worker_id,
            to_id=to.id,
            by_id=by.id,
            note=note.strip() or None,
            at=clock.now(),
            seen_at=clock.now() if by.id == to.id else None,
        )
        review.key_worker_id = to.id
        db.add(row)
        history.add(db, by, "family handed over", review_id=review.id, subject_id=row.id)
    db.flush()


def new_for(db: Session, person: StaffMember) -> Sequence[Handover]:
    """Return what was handed to a person, or to somebody for whom they stand in, and is not seen yet."""
    theirs = (
        select(Handover)
        .join(Review, Review.id == Handover.review_id)
        .where(
            Handover.to_id.in_(list(leaves.seats(db, person))),
            Handover.to_id == Review.key_worker_id,
            Handover.by_id != person.id,
            Handover.seen_at.is_(None),
            Handover.taken_back_at.is_(None),
        )
    )
    return db.scalars(theirs.order_by(Handover.at, Handover.id)).all()


def one_to_me(db: Session, person: StaffMember, handover_id: UUID) -> tuple[Handover, Review]:
    """Return what was handed over of a family that a person looks after now. Raises NotHere for every other."""
    found = db.get(Handover, handover_id)
    review = db.get(Review, found.review_id) if found else None
    if found is None or review is None or found.taken_back_at is not None or not is_mine(db, person, review):
        raise NotHere
    return found, review


def notes_of(db: Session, review: Review) -> Sequence[Handover]:
    """Return every handing over of a family that was not taken back, the newest first."""
    theirs = select(Handover).where(Handover.review_id == review.id, Handover.taken_back_at.is_(None))
    return db.scalars(theirs.order_by(Handover.at.desc(), Handover.id)).all()


def seen(db: Session, person: StaffMember, row: Handover) -> None:
    """Say that the family and the note were taken in; from here on it is not taken back but handed over again."""
    if row.seen_at is None:
        row.seen_at = clock.now()
        history.add(db, person, "handing over seen", review_id=row.review_id, subject_id=row.id)


def may_take_back(db: Session, person: StaffMember) -> Sequence[Handover]:
    """Return what a person handed over and can still take back, because nobody has seen it yet, the newest first."""
    given = (
        select(Handover)
        .join(Review, Review.id == Handover.review_id)
        .where(
            Handover.by_id == person.id,
            Handover.from_id != Handover.to_id,
            Handover.to_id == Review.key_worker_id,
            Handover.to_id != person.id,
            Handover.seen_at.is_(None),
            Handover.taken_back_at.is_(None),
        )
    )
    rows = db.scalars(given.order_by(Handover.at.desc(), Handover.id)).all()
    return [row for row in rows if _looks_after_families(db.get_one(StaffMember, row.from_id))]


def take_back(db: Session, person: StaffMember, handover_id: UUID) -> None:
    """Give a family back to whom it came from. Raises NotHere for another's, and NotNow once it was seen."""
    row = db.get(Handover, handover_id)
    if row is None or row.by_id != person.id:
        raise NotHere
    if row.taken_back_at is not None:
        return
    if row not in may_take_back(db, person):
        raise NotNow
    review = db.get_one(Review, row.review_id)
    review.key_worker_id, row.taken_back_at = row.from_id, clock.now()
    history.add(db, person, "handing over taken back", review_id=row.review_id, subject_id=row.id)


def without_anybody(db: Session, person: StaffMember) -> Sequence[Review]:
    """Return the families of a person's panel whose key worker has left, the oldest first."""
    if not _looks_after_families(person):
        return []
    ours = select(Review, StaffMember).join(StaffMember, StaffMember.id == Review.key_worker_id)
    rows = db.execute(ours.where(Review.panel == person.panel).order_by(Review.started_at, Review.id))
    return [review for review, key_worker in rows if not _looks_after_families(key_worker)]


def take_on(db: Session, person: StaffMember, review_id: UUID) -> Review:
    """Take on a family whose key worker has left. Raises NotNow when somebody was quicker, NotHere for every other."""
    review = next((one for one in without_anybody(db, person) if one.id == review_id), None)
    if review is None:
        there = db.get(Review, review_id)
        raise NotNow if there is not None and there.panel == person.panel and notes_of(db, there) else NotHere
    hand_over(db, person, [review], person, "")
    return review


def one_leave_of_mine(db: Session, person: StaffMember, leave_id: UUID) -> Leave:
    """Return some days of a person's own leave. Raises NotHere for every other."""
    found = db.get(Leave, leave_id)
    if found is None or found.staff_id != person.id:
        raise NotHere
    return found


def why_not_leave(db: Session, person: StaffMember) -> tuple[int, Sequence[Leave]]:
    """Return what stands against ending a person's access: how many families they have, and whom they cover for.

    Families whose key worker has left count as theirs when nobody else is there who could take those on.
    """
    left = [] if leaves.colleagues_of(db, person) else without_anybody(db, person)
    covered = [one for one in leaves.covered_by(db, person) if own_families(db, db.get_one(StaffMember, one.staff_id))]
    return len(own_families(db, person)) + len(left), covered


def hold_panel(db: Session, caller: StaffMember) -> None:
    """Hold everybody of the caller's panel, so that of two who switch each other off only one does.

    Raises NotNow when the caller's own access has ended meanwhile.
    """
    ours = select(StaffMember).where(StaffMember.panel == caller.panel).with_for_update(key_share=True)
    db.scalars(ours.execution_options(populate_existing=True).order_by(StaffMember.id)).all()
    if not caller.active:
        raise NotNow


def panel_needs(db: Session, person: StaffMember) -> bool:
    """Whether without a person their panel had no coordinator, or nobody who could check what another has written."""
    if not any(person.holds(role) for role in PANEL):
        return False
    others = select(StaffMember).where(
        StaffMember.panel == person.panel, StaffMember.active, StaffMember.id != person.id
    )
    left = [one for one in db.scalars(others.order_by(StaffMember.id)) if any(one.holds(role) for role in PANEL)]
    return len(left) < MAKE_AN_ANSWER or not any(one.holds(Role.COORDINATOR) for one in left)


def _looks_after_families(person: StaffMember) -> bool:
    return person.active and person.holds(Role.KEY_WORKER)
