"""Requests for a way back in: kept for the key worker, never answered by a machine.

Asking looks nothing up: whether a link or a name is known is found out only when a key worker opens their desk. So the
answer to whoever asks cannot depend on it, in words or in time.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, String, and_, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from portal import clock
from portal.access import Role
from portal.db import Base, one_of
from portal.review import history
from portal.review.invitations import Invitation
from portal.review.kept import clean
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review, of_mine
from portal.sealing import HOUSE_KEY, Sealed

LONGEST_LINE, LONGEST = 500, 4_000  # characters: of a name or a way to be reached, and of a few words
KEPT_AFTER = timedelta(days=30)  # so that what was pressed by mistake can be opened again
_MARK = 40  # characters of the hash that stands for a form and what is in it


class How(Enum):
    """How a request was seen to."""

    NEW_LINK = "new link or number"
    REACHED = "reached"
    NOBODY_HERE = "nobody here"


class WayBackRequest(Base):
    """Somebody asks for a new link or a new number. Who they are is what they say, and no more is known."""

    __tablename__ = "way_back_requests"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"), default=HOUSE_KEY)
    once: Mapped[str] = mapped_column(String(40), unique=True)
    name_ct: Mapped[bytes] = mapped_column(LargeBinary)
    name = Sealed[str]("name_ct")
    reach_ct: Mapped[bytes] = mapped_column(LargeBinary)
    reach = Sealed[str]("reach_ct")
    words_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = Sealed[str | None]("words_ct")
    language: Mapped[str] = mapped_column(String(12))
    panel: Mapped[str] = mapped_column(String(60), index=True)  # empty while nobody has said which
    link_hash: Mapped[str] = mapped_column(String(64))  # of the link on whose page it was begun; empty without one
    asked_at: Mapped[datetime]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    seen_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    done_at: Mapped[datetime | None]
    how: Mapped[How | None] = mapped_column(one_of(How))


@dataclass(frozen=True)
class Asked:
    """What somebody wrote who asks for a way back."""

    name: str
    reach: str
    words: str
    language: str
    panel: str
    link_hash: str


def ask(db: Session, asked: Asked, once: str) -> None:
    """Keep a request; the same form sent twice, or at the same moment, is kept once."""
    name, reach, words = (clean(text).strip() for text in (asked.name, asked.reach, asked.words))
    sent = "\n".join((once, name, reach, words, asked.language, asked.panel, asked.link_hash))
    mark = hashlib.sha256(sent.encode("utf-8", "replace")).hexdigest()[:_MARK]
    if db.scalars(select(WayBackRequest.id).where(WayBackRequest.once == mark)).one_or_none() is not None:
        return
    row = WayBackRequest(
        key_id=HOUSE_KEY,
        once=mark,
        name=name,
        reach=reach,
        words=words or None,
        language=asked.language,
        panel=asked.panel,
        link_hash=asked.link_hash,
        asked_at=clock.now(),
    )
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError:
        if db.scalars(select(WayBackRequest.id).where(WayBackRequest.once == mark)).one_or_none() is None:
            raise  # nothing is kept, and nobody is thanked for it
        return  # it was pressed twice, and the other press was quicker
    history.add(db, None, "way back asked for", subject_id=row.id)


@dataclass(frozen=True)
class Found:
    """A request, whose link it came through where that is known, and who looks after it now."""

    request: WayBackRequest
    member: FamilyMember | None
    keeper: StaffMember | None


def for_key_worker(db: Session, key_worker: StaffMember) -> Sequence[Found]:
    """Return the requests that are for a key worker, those first that wait, the oldest of them first."""
    found = _found(db, key_worker)
    return sorted(found, key=lambda one: (one.request.done_at is not None, one.request.asked_at, one.request.id))


def one_for(db: Session, key_worker: StaffMember, request_id: UUID) -> Found:
    """Return one request that is for this key worker. Raises NotHere for every other."""
    found = _found(db, key_worker, WayBackRequest.id == request_id)
    if not found:
        raise NotHere
    return found[0]


def take(db: Session, key_worker: StaffMember, found: Found, instead_of: UUID | None) -> None:
    """See to a request, in the place of whom the page showed. Raises NotNow when somebody else was quicker."""
    before = found.request.seen_by
    db.refresh(found.request, with_for_update=True)
    if found.request.seen_by != before:
        raise NotNow
    if (found.keeper.id if found.keeper else None) != instead_of or found.request.done_at is not None:
        raise NotNow
    request = found.request
    request.seen_by, request.seen_at = key_worker.id, clock.now()
    if found.member is None:
        request.panel = key_worker.panel
    _note(db, key_worker, "way back taken", found)


def give_back(db: Session, key_worker: StaffMember, found: Found) -> None:
    """Leave a request to whoever takes it next."""
    if found.request.seen_by != key_worker.id or found.request.done_at is not None:
        raise NotNow
    found.request.seen_by = found.request.seen_at = None
    _note(db, key_worker, "way back left to others", found)


def done(db: Session, key_worker: StaffMember, found: Found, how: How) -> None:
    """Say that a request was seen to, and how."""
    request = found.request
    if request.seen_by != key_worker.id:
        raise NotNow
    request.done_by, request.done_at, request.how = key_worker.id, clock.now(), how
    _note(db, key_worker, "way back seen to", found)


def open_again(db: Session, key_worker: StaffMember, found: Found) -> None:
    """Take back that a request was seen to."""
    request = found.request
    if request.done_at is None:
        if request.seen_by != key_worker.id:
            raise NotNow  # somebody sees to it already, and is not put aside
        return
    request.done_by = request.done_at = request.how = None
    request.seen_by, request.seen_at = key_worker.id, clock.now()
    _note(db, key_worker, "way back opened again", found)


def forget_done(db: Session) -> None:
    """Forget requests that a person saw to a month ago; what nobody has seen to is never forgotten."""
    db.execute(delete(WayBackRequest).where(WayBackRequest.done_at < clock.now() - KEPT_AFTER))


def _found(db: Session, key_worker: StaffMember, *which: ColumnElement[bool]) -> list[Found]:
    if not key_worker.holds(Role.KEY_WORKER):
        return []
    seen, own = aliased(StaffMember), aliased(StaffMember)
    through_a_link = and_(Invitation.secret_hash == WayBackRequest.link_hash, WayBackRequest.link_hash != "")
    # Who came through a link that is known has one key worker; only when that one has left, the panel's.
    theirs = or_(
        of_mine(db, key_worker),
        and_(own.active.is_(False), Review.panel == key_worker.panel),
        and_(Review.id.is_(None), WayBackRequest.panel.in_([key_worker.panel, ""])),
    )
    rows = db.execute(
        select(WayBackRequest, FamilyMember, seen)
        .outerjoin(Invitation, through_a_link)
        .outerjoin(FamilyMember, FamilyMember.id == Invitation.family_member_id)
        .outerjoin(Review, Review.id == FamilyMember.review_id)
        .outerjoin(own, own.id == Review.key_worker_id)
        .outerjoin(seen, and_(seen.id == WayBackRequest.seen_by, seen.active))
        .where(theirs, *which)
        .order_by(WayBackRequest.asked_at, WayBackRequest.id)
    )
    return [Found(request, member, keeper) for request, member, keeper in rows]


def _note(db: Session, key_worker: StaffMember, verb: str, found: Found) -> None:
    review_id = found.member.review_id if found.member else None
    history.add(db, key_worker, verb, review_id=review_id, subject_id=found.request.id)
