"""Leave: on which days a key worker is away, and which colleague stands in for them meanwhile.

It begins and ends by itself on the day. While it lasts the colleague looks after the same families with the same
rights, beside the one who is away; whatever is done keeps the name of who did it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.access import Role
from portal.db import Base
from portal.review import history
from portal.review.people import StaffMember, hold
from portal.review.quiet import LONDON
from portal.sealing import HOUSE_KEY, Sealed


class Leave(Base):
    """Days on which a key worker is away, both ends included, and who covers for them."""

    __tablename__ = "leaves"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"), default=HOUSE_KEY)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"), index=True)
    cover_id: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    note_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    note = Sealed[str | None]("note_ct")  # for the colleague who covers, never for a family
    set_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # when it was taken back, or ended before its last day


class AwayAlready(Exception):
    """Some of these days are days of leave already."""


class CoverAway(Exception):
    """Whoever is named as cover is away themselves on some of these days."""


@dataclass(frozen=True)
class Days:
    """The first and the last day of something."""

    first: date
    last: date


def today() -> date:
    """Return the day that it is in England."""
    return clock.now().astimezone(LONDON).date()


def colleagues_of(db: Session, person: StaffMember) -> list[StaffMember]:
    """Return the other key workers of a person's panel who can sign in, by name."""
    others = select(StaffMember).where(
        StaffMember.panel == person.panel, StaffMember.active, StaffMember.id != person.id
    )
    found = [one for one in db.scalars(others.order_by(StaffMember.id)) if one.holds(Role.KEY_WORKER)]
    return sorted(found, key=lambda one: one.name.casefold())


def take(db: Session, person: StaffMember, days: Days, cover: StaffMember, note: str, once: str) -> Leave:
    """Keep days of leave; the same form sent twice keeps them once. Raises AwayAlready or CoverAway."""
    leave_id = uuid5(person.id, f"leave {once}")
    hold(db, person)
    if (before := db.get(Leave, leave_id)) is not None:
        return before
    if _within(db, person.id, days):
        raise AwayAlready
    if _within(db, cover.id, days):
        raise CoverAway
    row = Leave(
        id=leave_id,
        key_id=HOUSE_KEY,
        staff_id=person.id,
        cover_id=cover.id,
        from_on=days.first,
        until_on=days.last,
        note=note.strip() or None,
        set_at=clock.now(),
    )
    db.add(row)
    db.flush()
    history.add(db, person, "leave set", subject_id=row.id)
    return row


def end(db: Session, person: StaffMember, leave: Leave) -> None:
    """Take days of leave back, or end them at once; the families are with their own key worker alone again."""
    if leave.ended_at is None:
        leave.ended_at = clock.now()
        history.add(db, person, "leave ended", subject_id=leave.id)


def of(db: Session, person: StaffMember) -> Sequence[Leave]:
    """Return a person's days of leave that are not over, the next first."""
    return _to_come(db, Leave.staff_id == person.id)


def covered_by(db: Session, person: StaffMember) -> Sequence[Leave]:
    """Return the days of leave, not over yet, for which a person is named as cover, the next first."""
    return _to_come(db, Leave.cover_id == person.id)


def seats(db: Session, person: StaffMember) -> dict[UUID, Leave | None]:
    """Return for whom a person acts today: for themselves, and by which leave for each colleague whom they cover.

    Whoever covers for a person who is away covers for those, too, for whom that person would have stood in.
    """
    found: dict[UUID, Leave | None] = {person.id: None}
    ask = [person.id]
    while ask:
        running = _today(db, Leave.cover_id.in_(ask), Leave.staff_id.not_in(list(found)))
        found |= {leave.staff_id: leave for leave in running}
        ask = [leave.staff_id for leave in running]
    return found


def there_for(db: Session, key_worker_id: UUID) -> tuple[Leave, StaffMember] | None:
    """Return the leave of a key worker who is away today, and who is there instead; None while they are there."""
    running = _today(db, Leave.staff_id == key_worker_id)
    if not running:
        return None
    first, seen, cover = running[0], {key_worker_id}, running[0].cover_id
    while cover not in seen and (further := _today(db, Leave.staff_id == cover)):
        seen.add(cover)
        cover = further[0].cover_id
    return first, db.get_one(StaffMember, cover)


def _today(db: Session, *which: ColumnElement[bool]) -> Sequence[Leave]:
    now = today()
    theirs = select(Leave).where(Leave.from_on <= now, Leave.until_on >= now, Leave.ended_at.is_(None), *which)
    return db.scalars(theirs.order_by(Leave.from_on, Leave.id)).all()


def _to_come(db: Session, whose: ColumnElement[bool]) -> Sequence[Leave]:
    theirs = select(Leave).where(Leave.until_on >= today(), Leave.ended_at.is_(None), whose)
    return db.scalars(theirs.order_by(Leave.from_on, Leave.id)).all()


def _within(db: Session, staff_id: UUID, days: Days) -> bool:
    theirs = select(Leave.id).where(Leave.staff_id == staff_id, Leave.ended_at.is_(None))
    overlapping = theirs.where(Leave.from_on <= days.last, Leave.until_on >= days.first)
    return db.scalars(overlapping.order_by(Leave.id).limit(1)).first() is not None
