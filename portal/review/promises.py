"""Promises: what a key worker said that they would do, by which day, and who keeps it. A machine reminds no family.

A promise stands in the talk in which it was made, and so it was made to whom that talk was with. It belongs to the
family and not to a person of the staff: whoever looks after the family keeps it, so that none stays with somebody who
left. Like talks, promises are for the family's key workers alone (docs/house.md).
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import history, leaves
from portal.review import reviews as families
from portal.review.kept import clean
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review, is_mine
from portal.review.talks import Talk
from portal.sealing import Sealed, opened


class PromiseState(Enum):
    """How it stands with a promise."""

    OPEN = "open"
    KEPT = "kept"
    LET_GO = "let go"


class Promise(Base):
    """Something that a key worker said they would do, by a day; sealed with the key of the review."""

    __tablename__ = "promises"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    talk_id: Mapped[UUID] = mapped_column(ForeignKey("talks.id"), unique=True)
    what_ct: Mapped[bytes] = mapped_column(LargeBinary)
    what = Sealed[str]("what_ct")
    until_on: Mapped[date]
    named_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))  # who keeps it, if not the key worker
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    made_at: Mapped[datetime]
    state: Mapped[PromiseState] = mapped_column(one_of(PromiseState), default=PromiseState.OPEN)
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    settled_at: Mapped[datetime | None]
    why_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    why = Sealed[str | None]("why_ct")  # why it was let go


class PromiseMove(Base):
    """One time that a promise was moved to another day: from which day, by whom."""

    __tablename__ = "promise_moves"

    promise_id: Mapped[UUID] = mapped_column(ForeignKey("promises.id"), index=True)
    until_on: Mapped[date]  # the day before it was moved
    moved_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    moved_at: Mapped[datetime]


class PromiseOpening(Base):
    """One time that a settled promise was to be kept again, and who said so; how it had been settled, and why."""

    __tablename__ = "promise_openings"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    promise_id: Mapped[UUID] = mapped_column(ForeignKey("promises.id"), index=True)
    state: Mapped[PromiseState] = mapped_column(one_of(PromiseState))
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    settled_at: Mapped[datetime | None]
    why_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    why = Sealed[str | None]("why_ct")
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    opened_at: Mapped[datetime]


def make(db: Session, by: StaffMember, talk: Talk, what: str, until_on: date, keeper: StaffMember) -> Promise:
    """Write down what was promised in a talk; the same form sent twice promises it once."""
    same = select(Promise).where(Promise.talk_id == talk.id)
    if (before := db.scalars(same).one_or_none()) is not None:
        return before
    review = db.get_one(Review, talk.review_id)
    promise = Promise(
        key_id=review.key_id,
        review_id=review.id,
        talk_id=talk.id,
        what=clean(what),
        until_on=until_on,
        named_id=keeper.id if keeper.id != review.key_worker_id else None,
        made_by=by.id,
        made_at=clock.now(),
    )
    db.add(promise)
    db.flush()
    history.add(db, by, "promise made", review_id=review.id, subject_id=promise.id)
    return promise


def of_review(db: Session, review: Review) -> Sequence[Promise]:
    """Return every promise to a family, by its day."""
    theirs = select(Promise).where(Promise.review_id == review.id)
    return db.scalars(theirs.order_by(Promise.until_on, Promise.made_at, Promise.id)).all()


def moves_of(db: Session, promise: Promise) -> Sequence[PromiseMove]:
    """Return on which days a promise was to be kept before, the first first."""
    theirs = select(PromiseMove).where(PromiseMove.promise_id == promise.id)
    return db.scalars(theirs.order_by(PromiseMove.moved_at, PromiseMove.id)).all()


def openings_of(db: Session, promise: Promise) -> Sequence[PromiseOpening]:
    """Return how a promise was settled before it was to be kept again, the first first."""
    theirs = select(PromiseOpening).where(PromiseOpening.promise_id == promise.id)
    return db.scalars(theirs.order_by(PromiseOpening.opened_at, PromiseOpening.id)).all()


def keeper_of(db: Session, promise: Promise) -> StaffMember:
    """Return who keeps a promise: whoever was named for it while they look after the family, else its key worker."""
    review = db.get_one(Review, promise.review_id)
    named = db.get(StaffMember, promise.named_id) if promise.named_id else None
    if named is not None and named.active and is_mine(db, named, review):
        return named
    return db.get_one(StaffMember, review.key_worker_id)


def due(db: Session, person: StaffMember, reviews: Sequence[Review]) -> Sequence[Promise]:
    """Return what a person keeps today or should have kept before, themselves or for whom they cover, by its day."""
    acts_for = leaves.seats(db, person)
    theirs = select(Promise).where(
        Promise.review_id.in_([review.id for review in reviews]),
        Promise.state == PromiseState.OPEN,
        Promise.until_on <= leaves.today(),
    )
    found = db.scalars(theirs.order_by(Promise.until_on, Promise.made_at, Promise.id)).all()
    return [promise for promise in found if keeper_of(db, promise).id in acts_for]


def one_of_mine(db: Session, person: StaffMember, promise_id: UUID, *, to_change: bool = False) -> Promise:
    """Return a promise to a family that a person looks after. Raises NotHere for every other.

    One that is to change is held and read at the same moment: of two presses the second finds what the first did.
    """
    promise = db.get(Promise, promise_id, with_for_update=to_change or None, populate_existing=to_change)
    if promise is None:
        raise NotHere
    families.one_of_mine(db, person, promise.review_id)
    return promise


def keep(db: Session, by: StaffMember, promise: Promise) -> None:
    """Say that a promise is kept. Raises NotNow where it was let go meanwhile."""
    _settle(db, by, promise, PromiseState.KEPT, None)


def let_go(db: Session, by: StaffMember, promise: Promise, why: str) -> None:
    """Let a promise go, with a word why. Raises NotNow where it was kept meanwhile, or let go for another reason."""
    if promise.state is PromiseState.LET_GO and opened(lambda: promise.why) != clean(why):
        raise NotNow  # two words why cannot both stand, and none is dropped unseen
    _settle(db, by, promise, PromiseState.LET_GO, clean(why))


def open_again(db: Session, by: StaffMember, promise: Promise) -> None:
    """Say that a promise is still to be kept; how it was settled, and why, stays to be seen."""
    if promise.state is not PromiseState.OPEN:
        db.add(
            PromiseOpening(
                key_id=promise.key_id,
                promise_id=promise.id,
                state=promise.state,
                settled_by=promise.settled_by,
                settled_at=promise.settled_at,
                why=opened(lambda: promise.why),
                opened_by=by.id,
                opened_at=clock.now(),
            )
        )
        promise.state, promise.settled_by, promise.settled_at, promise.why = PromiseState.OPEN, None, None, None
        history.add(db, by, "promise open again", review_id=promise.review_id, subject_id=promise.id)


def move(db: Session, by: StaffMember, promise: Promise, until_on: date) -> None:
    """Move a promise to another day; the days before stay to be seen. Raises NotNow where it is settled."""
    if promise.state is not PromiseState.OPEN:
        raise NotNow
    if until_on == promise.until_on:
        return
    db.add(PromiseMove(promise_id=promise.id, until_on=promise.until_on, moved_by=by.id, moved_at=clock.now()))
    promise.until_on = until_on
    history.add(db, by, "promise moved", review_id=promise.review_id, subject_id=promise.id)


def _settle(db: Session, by: StaffMember, promise: Promise, state: PromiseState, why: str | None) -> None:
    if promise.state is state:
        return
    if promise.state is not PromiseState.OPEN:
        raise NotNow
    promise.state, promise.settled_by, promise.settled_at, promise.why = state, by.id, clock.now(), why
    history.add(db, by, f"promise {state.value}", review_id=promise.review_id, subject_id=promise.id)
