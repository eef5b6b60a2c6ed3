"""Where the review is, for one person: whether they want to be shown it, and the days of contact with them.

On which days the key worker was in touch with somebody stands here without a word of what was said: that is the key
worker's own, in portal/review/talks.py, to which nothing of the family's leads. What somebody chose about the stage
holds for the stage that they chose it at: when the review has moved on, they are asked anew, so that nobody comes upon
a change unprepared.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import history
from portal.review.answers import Hearing
from portal.review.people import FamilyMember, StaffMember, hold
from portal.review.reviews import Review, Stage, of_mine


class WhereChoice(Base):
    """How one person wants to hear where the review is."""

    __tablename__ = "where_choices"

    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), unique=True)
    stage: Mapped[Stage] = mapped_column(one_of(Stage))  # the stage at which they chose
    hearing: Mapped[Hearing] = mapped_column(one_of(Hearing))
    hearing_at: Mapped[datetime]


class InTouch(Base):
    """A day on which the key worker was in touch with one person."""

    __tablename__ = "in_touch"
    __table_args__ = (UniqueConstraint("talk_id", "family_member_id"),)

    talk_id: Mapped[UUID] = mapped_column(ForeignKey("talks.id"))
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), index=True)
    was_on: Mapped[date]
    counts: Mapped[bool]  # not where the person was not reached, nor where what was written down was taken back


class Contact(Base):
    """When the key worker will next be in touch with one person; and whether the person sees these days.

    Each person has days of their own: a day of the whole family would tell one of them about another.
    """

    __tablename__ = "contacts"

    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), unique=True)
    next_on: Mapped[date | None]
    shown: Mapped[bool]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    noted_at: Mapped[datetime]


def choice_of(db: Session, member: FamilyMember) -> WhereChoice | None:
    """Return what a person chose about where the review is, if they have."""
    return db.scalars(select(WhereChoice).where(WhereChoice.family_member_id == member.id)).one_or_none()


def has_moved_on(choice: WhereChoice | None, review: Review) -> bool:
    """Whether the review has moved on since the person chose to be shown where it is."""
    return choice is not None and choice.hearing is Hearing.NOW and choice.stage is not review.stage


def hearing_of(choice: WhereChoice | None, review: Review) -> Hearing:
    """Return how a person wants to hear where the review is now."""
    return Hearing.NOT_SAID if choice is None or has_moved_on(choice, review) else choice.hearing


def choose(db: Session, member: FamilyMember, review: Review, hearing: Hearing) -> None:
    """Keep how a person wants to hear where the review is; each choice can be taken back."""
    choice = choice_of(db, member)
    if choice is None:
        choice = WhereChoice(family_member_id=member.id)
        db.add(choice)
    choice.stage, choice.hearing, choice.hearing_at = review.stage, hearing, clock.now()
    history.add(db, member, "hearing of the stage chosen", review_id=member.review_id, subject_id=member.id)


def asked_the_key_worker(db: Session, key_worker: StaffMember) -> Sequence[FamilyMember]:
    """Return the people who would like to hear from their key worker where the review is."""
    theirs = (
        select(FamilyMember)
        .join(WhereChoice, WhereChoice.family_member_id == FamilyMember.id)
        .join(Review, Review.id == FamilyMember.review_id)
        .where(of_mine(db, key_worker), WhereChoice.hearing == Hearing.WITH_KEY_WORKER)
    )
    return db.scalars(theirs.order_by(FamilyMember.joined_at, FamilyMember.id)).all()


def contact_with(db: Session, member: FamilyMember) -> Contact | None:
    """Return the days of contact with one person, if any are written down."""
    return db.scalars(select(Contact).where(Contact.family_member_id == member.id)).one_or_none()


def last_in_touch(db: Session, member: FamilyMember) -> date | None:
    """Return the last day on which the key worker was in touch with a person, if any is written down."""
    return db.scalar(
        select(func.max(InTouch.was_on)).where(InTouch.family_member_id == member.id, InTouch.counts.is_(True))
    )


def days_seen_by(db: Session, member: FamilyMember, review: Review) -> tuple[date | None, date | None]:
    """Return the last day of contact and the next, as far as the key worker said that the person may see them.

    What is said for one person holds before what is said for the whole family.
    """
    own = contact_with(db, member)
    if own is not None and not own.shown:
        return None, None
    of_all = review.next_contact_on if review.next_contact_shown else None
    if own is None:
        return None, of_all
    return last_in_touch(db, member), own.next_on or of_all


def note_contact(
    db: Session, key_worker: StaffMember, member: FamilyMember, next_on: date | None, *, shown: bool
) -> None:
    """Write down when the key worker will next be in touch with a person, and whether that person sees the days."""
    hold(db, member)
    contact = contact_with(db, member)
    if contact is None:
        contact = Contact(family_member_id=member.id)
        db.add(contact)
    contact.next_on, contact.shown = next_on, shown
    contact.noted_by, contact.noted_at = key_worker.id, clock.now()
    history.add(db, key_worker, "contact noted", review_id=member.review_id, subject_id=member.id)
