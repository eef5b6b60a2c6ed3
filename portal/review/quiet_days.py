"""Quiet days: a day, or several in a row, on which a person wants to hear nothing.

They are set by the person or written down by the key worker; what they are for need not be said.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey, LargeBinary, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import history
from portal.review.people import FamilyMember, StaffMember, hold
from portal.review.questions import NotNow
from portal.review.quiet import Feast, Span, day_in_england, is_of, span_of
from portal.review.reviews import NotHere
from portal.sealing import Sealed

MOST = 200  # of one person; each is looked at for every day to come, before anything is sent
PUT_BACK_FOR = timedelta(days=1)  # how long a quiet day that was taken away can be put back with one press


class QuietDay(Base):
    """A day, or several in a row, on which a person wants to hear nothing."""

    __tablename__ = "quiet_days"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), index=True)
    feast: Mapped[Feast | None] = mapped_column(one_of(Feast))  # one that is reckoned anew for each year
    first: Mapped[date]
    last: Mapped[date]
    every_year: Mapped[bool]
    what_for_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    what_for = Sealed[str | None]("what_for_ct")
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    set_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def covers(self, day: date) -> bool:
        """Whether a day is among these."""
        return is_of(self.feast, day) if self.feast else Span(self.first, self.last, self.every_year).covers(day)

    @property
    def is_past(self) -> bool:
        """Whether these days are behind us and do not come again."""
        return self.feast is None and not self.every_year and self.last < day_in_england(clock.now())


def of(db: Session, member: FamilyMember) -> Sequence[QuietDay]:
    """Return a person's quiet days that are still to come, in the order in which they were set."""
    theirs = select(QuietDay).where(QuietDay.family_member_id == member.id, QuietDay.ended_at.is_(None))
    found = db.scalars(theirs.order_by(QuietDay.set_at, QuietDay.id)).all()
    return [one for one in found if not one.is_past]


def taken_away(db: Session, member: FamilyMember) -> Sequence[QuietDay]:
    """Return the quiet days that were taken away just now and can be put back with one press."""
    since = clock.now() - PUT_BACK_FOR
    theirs = select(QuietDay).where(QuietDay.family_member_id == member.id, QuietDay.ended_at > since)
    return [one for one in db.scalars(theirs.order_by(QuietDay.ended_at, QuietDay.id)).all() if not one.is_past]


def one_of_theirs(db: Session, member: FamilyMember, day_id: UUID) -> QuietDay:
    """Return one of a person's quiet days. Raises NotHere for every other."""
    found = db.get(QuietDay, day_id)
    if found is None or found.family_member_id != member.id:
        raise NotHere
    return found


def keep(
    db: Session, by: FamilyMember | StaffMember, member: FamilyMember, span: Span, what_for: str | None, once: str
) -> QuietDay:
    """Keep a day, or several in a row, quiet; the same form sent twice keeps it once, with another day both."""
    return _keep(db, by, member, uuid5(member.id, f"quiet {once} {span} {what_for}"), span, None, what_for)


def keep_feast(db: Session, by: FamilyMember | StaffMember, member: FamilyMember, feast: Feast) -> QuietDay:
    """Keep a feast quiet, in every year."""
    span = span_of(feast, day_in_england(clock.now()).year)
    return _keep(db, by, member, uuid5(member.id, f"feast {feast.value}"), span, feast, None)


def _keep(
    db: Session,
    by: FamilyMember | StaffMember,
    member: FamilyMember,
    row_id: UUID,
    span: Span,
    feast: Feast | None,
    what_for: str | None,
) -> QuietDay:
    hold(db, member)
    if (before := db.get(QuietDay, row_id)) is not None:
        before.ended_at = None
        return before
    there = select(func.count(QuietDay.id)).where(QuietDay.family_member_id == member.id)
    if (db.scalar(there) or 0) >= MOST:
        raise NotNow
    made = QuietDay(
        id=row_id,
        key_id=member.key_id,
        family_member_id=member.id,
        feast=feast,
        first=span.first,
        last=span.last,
        every_year=span.every_year or feast is not None,
        what_for=what_for,
        set_by=by.id if isinstance(by, StaffMember) else None,
        set_at=clock.now(),
    )
    db.add(made)
    history.add(db, by, "quiet day kept", review_id=member.review_id, subject_id=member.id)
    return made


def take_away(db: Session, by: FamilyMember | StaffMember, member: FamilyMember, day: QuietDay) -> None:
    """Take a quiet day away; what was taken away longer ago is forgotten now."""
    if day.ended_at is None:
        day.ended_at = clock.now()
        history.add(db, by, "quiet day taken away", review_id=member.review_id, subject_id=member.id)
    old = select(QuietDay).where(
        QuietDay.family_member_id == member.id, QuietDay.ended_at <= clock.now() - PUT_BACK_FOR
    )
    for one in db.scalars(old.order_by(QuietDay.id)):
        db.delete(one)


def put_back(db: Session, by: FamilyMember | StaffMember, member: FamilyMember, day: QuietDay) -> None:
    """Put back a quiet day that was taken away."""
    if day.ended_at is not None:
        day.ended_at = None
        history.add(db, by, "quiet day kept", review_id=member.review_id, subject_id=member.id)
