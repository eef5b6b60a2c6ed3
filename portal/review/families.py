"""What a key worker does for a family: begins to look after it, brings its people in, changes how to reach them.

A form that is sent twice makes one person and one link: what it makes takes its id from the form's own mark.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.db import Base
from portal.review import codes, history, invitations, wishes
from portal.review.answers import Answer, Hearing
from portal.review.people import FamilyMember, Relation, StaffMember, Way
from portal.review.questions import Question, Standing
from portal.review.reviews import Review, Stage, of_mine
from portal.review.wishes import Part
from portal.sealing import opened, vault_of


@dataclass(frozen=True)
class Details:
    """What a key worker writes down about a person, and nothing more."""

    name: str
    relation: Relation
    language: str
    way: Way
    address: str | None
    care: str | None


B = TypeVar("B", bound=Base)


def _id_of(whose: UUID, once: str, name: str) -> UUID:
    """Return the id of what one form makes: the same for a name, another for another name."""
    return uuid5(whose, hashlib.sha256(f"{once}\n{name}".encode("utf-8", "replace")).hexdigest())


def _once(db: Session, kind: type[B], row_id: UUID, make: Callable[[], B]) -> tuple[B, bool]:
    """Return the row with this id and whether it was made now; of two at once only one makes it."""
    if (before := db.get(kind, row_id)) is not None:
        return before, False
    try:
        with db.begin_nested():
            made = make()
            db.add(made)
            db.flush()
    except IntegrityError:
        return db.get_one(kind, row_id), False
    return made, True


def begin(db: Session, key_worker: StaffMember, child: str, stage: Stage, once: str) -> Review:
    """Begin to look after a family; the same form sent twice begins one review."""
    review_id = _id_of(key_worker.id, once, child.strip())
    review, new = _once(
        db,
        Review,
        review_id,
        lambda: Review(
            id=review_id,
            key_id=vault_of(db).new_key(db, "review"),
            panel=key_worker.panel,
            child=child.strip(),
            stage=stage,
            stage_since=clock.now().date(),
            key_worker_id=key_worker.id,
            started_at=clock.now(),
        ),
    )
    if new:
        history.add(db, key_worker, "review started", review_id=review.id)
    return review


def bring_in(
    db: Session,
    key_worker: StaffMember,
    review: Review,
    details: Details,
    once: str,
    numbers: codes.Numbers,
    wished: Sequence[Part] = (),
    own: str | None = None,
) -> FamilyMember:
    """Add a person to a family, queue their private link and make their number; the same form sent twice adds one.

    What they wish is written down first, so that nothing goes out against it.
    """
    member_id = _id_of(review.id, once, details.name)
    member, new = _once(
        db,
        FamilyMember,
        member_id,
        lambda: FamilyMember(
            id=member_id,
            key_id=vault_of(db).new_key(db, "family member"),
            review_id=review.id,
            joined_at=clock.now(),
            **vars(details),
        ),
    )
    if new:
        history.add(db, key_worker, "person added", review_id=review.id, subject_id=member.id)
        for part in wished:
            wishes.wish(db, key_worker, member, part, seen="")
        invitations.invite(db, key_worker, member, details.way, own)
        invitations.give_number(db, key_worker, member, numbers)
    return member


def change(db: Session, key_worker: StaffMember, member: FamilyMember, details: Details) -> None:
    """Change what is written down about a person; what waits to go out goes to the new address."""
    for name, value in vars(details).items():
        setattr(member, name, value)
    history.add(db, key_worker, "person changed", review_id=member.review_id, subject_id=member.id)


def names_of(db: Session, review: Review) -> list[str]:
    """Return every name of a family that can be read, the child's first."""
    everyone = [review, *people_of(db, [review])]
    names = [opened(lambda one=one: one.child if isinstance(one, Review) else one.name) for one in everyone]  # type: ignore[misc]  # bound now
    return [name for name in names if name]


def people_of(db: Session, reviews: Sequence[Review]) -> Sequence[FamilyMember]:
    """Return the people of several families, in the order in which they were added."""
    theirs = select(FamilyMember).where(FamilyMember.review_id.in_([review.id for review in reviews]))
    return db.scalars(theirs.order_by(FamilyMember.joined_at, FamilyMember.id)).all()


def asked_to_go_through(db: Session, key_worker: StaffMember) -> Sequence[Question]:
    """Return the questions whose answers somebody would like to hear together with the key worker."""
    theirs = (
        select(Question)
        .join(Answer, Answer.question_id == Question.id)
        .join(Review, Review.id == Question.review_id)
        .where(
            of_mine(db, key_worker),
            Answer.hearing == Hearing.WITH_KEY_WORKER,
            Question.state != Standing.WITHDRAWN,
        )
    )
    return db.scalars(theirs.order_by(Question.kept_at, Question.id)).all()
