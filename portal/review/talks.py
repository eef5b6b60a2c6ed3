"""Talks: what a key worker writes down of a call, a visit, a letter, and with whom of the family it was.

The words are the key worker's own. They have a table of their own, and nothing that speaks to a family or to the panel
imports this module: a contract in pyproject.toml keeps it so (docs/house.md). The day alone stands in
portal/review/whereabouts.py, too, where a person may see it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import history
from portal.review.kept import clean
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import NotHere, Review, one_of_mine
from portal.review.whereabouts import InTouch
from portal.sealing import Sealed

_MARK = 40  # characters of the hash that stands for a form and what was filled in


class How(Enum):
    """In which way somebody was in touch."""

    TELEPHONE = "telephone"
    VISIT = "visit"
    MET = "met"
    LETTER = "letter"
    MESSAGE = "message"
    OTHER = "another way"


class Talk(Base):
    """One time that a key worker was in touch with a family, or tried; sealed with the key of the review."""

    __tablename__ = "talks"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    once: Mapped[str] = mapped_column(String(_MARK), unique=True)
    was_on: Mapped[date]
    how: Mapped[How] = mapped_column(one_of(How))
    reached: Mapped[bool]
    said_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    said = Sealed[str | None]("said_ct")
    written_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    written_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Told:
    """What is to be written down: the day, the way, whether anybody was reached, with whom, and what was said."""

    was_on: date
    how: How
    reached: bool
    people: Sequence[FamilyMember]
    said: str


def write_down(db: Session, by: StaffMember, review: Review, told: Told, once: str) -> Talk:
    """Write a talk down; the same form sent twice, or at the same moment, writes one."""
    said = clean(told.said)
    names = sorted(str(member.id) for member in told.people)
    filled = (once, by.id, review.id, told.was_on, told.how.value, told.reached, *names, said)
    mark = hashlib.sha256("\n".join(map(str, filled)).encode("utf-8", "replace")).hexdigest()[:_MARK]
    same = select(Talk).where(Talk.once == mark)
    if (before := db.scalars(same).one_or_none()) is not None:
        return before
    talk = Talk(
        key_id=review.key_id,
        review_id=review.id,
        once=mark,
        was_on=told.was_on,
        how=told.how,
        reached=told.reached,
        said=said if said.strip() else None,
        written_by=by.id,
        written_at=clock.now(),
    )
    try:
        with db.begin_nested():
            db.add(talk)
            db.flush()
    except IntegrityError:
        return db.scalars(same).one()  # it was pressed twice, and the other press was quicker
    for member in told.people:
        db.add(InTouch(talk_id=talk.id, family_member_id=member.id, was_on=told.was_on, counts=told.reached))
    history.add(db, by, "talk written down", review_id=review.id, subject_id=talk.id)
    return talk


def of_review(db: Session, reader: StaffMember, review: Review) -> Sequence[Talk]:
    """Return the talks with a family, the newest day first; what was taken back is there for who wrote it alone."""
    theirs = select(Talk).where(
        Talk.review_id == review.id, Talk.taken_back_at.is_(None) | (Talk.written_by == reader.id)
    )
    return db.scalars(theirs.order_by(Talk.was_on.desc(), Talk.written_at.desc(), Talk.id)).all()


def people_in(db: Session, talk_ids: Iterable[UUID]) -> dict[UUID, list[FamilyMember]]:
    """Return with whom each talk was, in the order in which they were added; nobody where none was named."""
    found: dict[UUID, list[FamilyMember]] = {talk_id: [] for talk_id in talk_ids}
    rows = db.execute(
        select(InTouch.talk_id, FamilyMember)
        .join(FamilyMember, FamilyMember.id == InTouch.family_member_id)
        .where(InTouch.talk_id.in_(list(found)))
        .order_by(FamilyMember.joined_at, FamilyMember.id)
    )
    for talk_id, member in rows:
        found[talk_id].append(member)
    return found


def one_of_my_own(db: Session, writer: StaffMember, talk_id: UUID) -> Talk:
    """Return a talk that somebody wrote down themselves, with a family that is theirs. Raises NotHere for others.

    It is to be changed, and so it is held: of two presses the second finds what the first did.
    """
    talk = db.get(Talk, talk_id, with_for_update=True)
    if talk is None or talk.written_by != writer.id:
        raise NotHere
    one_of_mine(db, writer, talk.review_id)
    return talk


def take_back(db: Session, writer: StaffMember, talk: Talk) -> None:
    """Take back what was written down: nobody else reads it, and its day counts no more."""
    if talk.taken_back_at is None:
        talk.taken_back_at = clock.now()
        _count(db, talk, counts=False)
        history.add(db, writer, "talk taken back", review_id=talk.review_id, subject_id=talk.id)


def put_back(db: Session, writer: StaffMember, talk: Talk) -> None:
    """Leave after all what was taken back."""
    if talk.taken_back_at is not None:
        talk.taken_back_at = None
        _count(db, talk, counts=talk.reached)
        history.add(db, writer, "talk put back", review_id=talk.review_id, subject_id=talk.id)


def _count(db: Session, talk: Talk, *, counts: bool) -> None:
    db.execute(update(InTouch).where(InTouch.talk_id == talk.id).values(counts=counts))
