"""How a person wishes to be reached: ways, safe times, numbers never to ring, quiet days; and what that holds back.

The person says it on a page of their own, or the key worker writes it down in a conversation; whose act it was is kept
with each part. Nobody is ever asked for any of it in a message.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import history, quiet_days
from portal.review.people import FamilyMember, Presence, StaffMember, Way
from portal.review.quiet import Wanted, day_in_england
from portal.sealing import Sealed


class Means(Enum):
    """A way in which somebody may be reached; the first three are the ways of messages."""

    EMAIL = "email"
    TEXT = "text"
    PAPER = "paper"
    TELEPHONE = "telephone"


class Shared(Enum):
    """What somebody else may see, too."""

    PHONE = "phone"
    POST = "post"


class MayKnow(Enum):
    """Who may know that a person is here."""

    NOBODY = "nobody"
    THESE = "only these"


class Hold(Enum):
    """Why a message is held."""

    NO_LINK = "nothing may be sent"
    NOT_AT_ALL = "not at all"
    PAUSED = "not now"
    NOT_THIS_WAY = "not this way"
    QUIET_DAY = "quiet day"
    OUTSIDE_HOURS = "outside their hours"
    LINK_RESTS = "its link rests"


@dataclass(frozen=True)
class Held:
    """Why nothing goes now, and the next moment at which it may; None while nobody can know."""

    reason: Hold
    until: datetime | None

    @property
    def for_good(self) -> bool:
        """Whether no reason of anybody's may send it all the same."""
        return self.reason in (Hold.NO_LINK, Hold.NOT_AT_ALL, Hold.PAUSED, Hold.LINK_RESTS)


class ContactWishes(Base):
    """What one person wishes; of each part, by whom of the staff it was written down (nobody: the person), and when."""

    __tablename__ = "contact_wishes"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), unique=True)
    ways: Mapped[list[str]] = mapped_column(JSON, default=list)  # values of Means; none: nothing was said
    shared: Mapped[list[str]] = mapped_column(JSON, default=list)  # values of Shared
    never_ring_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    never_ring = Sealed[str | None]("never_ring_ct")
    interpreter_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    interpreter = Sealed[str | None]("interpreter_ct")
    reach_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    reach_at: Mapped[datetime | None]
    earliest: Mapped[time | None]
    latest: Mapped[time | None]
    weekdays: Mapped[list[int]] = mapped_column(JSON, default=list)  # 0 is Monday; none: all of them
    times_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    times_at: Mapped[datetime | None]
    may_know: Mapped[MayKnow | None] = mapped_column(one_of(MayKnow))
    who_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    who = Sealed[str | None]("who_ct")
    known_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    known_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Reach:
    """How somebody may be reached."""

    ways: frozenset[Means] = frozenset()
    shared: frozenset[Shared] = frozenset()
    never_ring: str | None = None
    interpreter: str | None = None


@dataclass(frozen=True)
class Times:
    """When somebody may be reached."""

    earliest: time | None = None
    latest: time | None = None
    weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Knowing:
    """Who may know that somebody is here."""

    may_know: MayKnow | None = None
    who: str | None = None


Part = Reach | Times | Knowing
_PARTS = {Reach: "reach", Times: "times", Knowing: "known"}


class ChangedMeanwhile(Exception):
    """The person set this part while the key worker was writing; their own word is never overwritten unseen."""


def of(db: Session, member: FamilyMember) -> ContactWishes | None:
    """Return what a person wishes, if anything was said."""
    return db.scalars(select(ContactWishes).where(ContactWishes.family_member_id == member.id)).one_or_none()


def set_at(wishes: ContactWishes | None, kind: type[Part]) -> datetime | None:
    """Return when a part was last set."""
    found: datetime | None = getattr(wishes, f"{_PARTS[kind]}_at") if wishes else None
    return found


def set_by(wishes: ContactWishes | None, kind: type[Part]) -> UUID | None:
    """Return who of the staff wrote a part down; None where the person set it, or nobody did."""
    found: UUID | None = getattr(wishes, f"{_PARTS[kind]}_by") if wishes else None
    return found


def mark_of(wishes: ContactWishes | None, kind: type[Part]) -> str:
    """Return a mark that a form carries, so that it is known whether a part was set since."""
    at = set_at(wishes, kind)
    return at.isoformat() if at else ""


def wish(
    db: Session, by: FamilyMember | StaffMember, member: FamilyMember, part: Part, seen: str | None = None
) -> None:
    """Set one part of a person's wishes. Raises ChangedMeanwhile for staff who have not seen the newest."""
    wishes = _row(db, member)
    name = _PARTS[type(part)]
    if isinstance(by, StaffMember) and seen != mark_of(wishes, type(part)):
        raise ChangedMeanwhile
    for field, value in vars(part).items():
        setattr(wishes, field, _plain(value))
    setattr(wishes, f"{name}_by", by.id if isinstance(by, StaffMember) else None)
    setattr(wishes, f"{name}_at", clock.now())
    history.add(db, by, "wishes set", review_id=member.review_id, subject_id=member.id)


def _plain(value: object) -> object:
    if not isinstance(value, frozenset):
        return value
    return sorted(one.value if isinstance(one, Enum) else one for one in value)


def _row(db: Session, member: FamilyMember) -> ContactWishes:
    """Return a person's row, held until this transaction is over; of two presses at once one makes it."""
    theirs = select(ContactWishes).where(ContactWishes.family_member_id == member.id).with_for_update()
    if (found := db.scalars(theirs).one_or_none()) is not None:
        return found
    try:
        with db.begin_nested():
            made = ContactWishes(key_id=member.key_id, family_member_id=member.id, ways=[], shared=[], weekdays=[])
            db.add(made)
            db.flush()
    except IntegrityError:
        pass  # somebody else was quicker; their transaction is over now
    return db.scalars(theirs).one()


def wanted(db: Session, member: FamilyMember) -> Wanted:
    """Return when a person may be reached."""
    wishes, days = of(db, member), quiet_days.of(db, member)

    def quiet(day: date) -> bool:
        return any(one.covers(day) for one in days)

    return Wanted(quiet, wishes.earliest, wishes.latest, frozenset(wishes.weekdays)) if wishes else Wanted(quiet)


def hold_for(db: Session, member: FamilyMember, at: datetime, way: Way | None = None) -> Held | None:
    """Return why nothing may reach a person at a moment by a way (the one that is written down), or None.

    A letter has no hour, and the day on which it comes is in the key worker's hands: see ``quiet_ahead``.
    """
    way = way or member.way
    if member.no_link_ct is not None:
        return Held(Hold.NO_LINK, None)
    if member.presence is not Presence.HERE:
        return Held(Hold.NOT_AT_ALL if member.presence is Presence.NOT_AT_ALL else Hold.PAUSED, None)
    wishes = of(db, member)
    if wishes is not None and wishes.ways and way.value not in wishes.ways:
        return Held(Hold.NOT_THIS_WAY, None)
    if way is Way.PAPER:
        return None
    times = wanted(db, member)
    free = times.next_free(at)
    if free == at:
        return None
    return Held(Hold.QUIET_DAY if times.quiet(day_in_england(at)) else Hold.OUTSIDE_HOURS, free)


def quiet_ahead(db: Session, member: FamilyMember, days: int = 7) -> list[date]:
    """Return the quiet days within some days from now, on which a letter must not arrive."""
    today, times = day_in_england(clock.now()), wanted(db, member)
    return [day for day in (today + timedelta(days=number) for number in range(days)) if times.quiet(day)]


def here_again(db: Session, key_worker: StaffMember, member: FamilyMember) -> None:
    """Keep that a person who was away told the key worker that they want to use their space again."""
    if member.presence is Presence.HERE:
        return
    member.presence, member.presence_at = Presence.HERE, clock.now()
    history.add(db, key_worker, "presence told", review_id=member.review_id, subject_id=member.id)
