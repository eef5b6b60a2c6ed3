"""Requests to take out: what a person wants no longer to be here, for their key worker, who does it and says so.

asked > somebody is seeing to it > spoken about > done; or, by the person and until it is done: taken back. What is
taken out leaves every list of staff at once, as if the person had taken it back. Its words stay locked with the
person's own key until the panel's rule for its records says otherwise; this portal destroys no key by itself.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import contributions, files, history, questions
from portal.review.contributions import Place
from portal.review.files import FOR_STAFF, Keeping
from portal.review.kept import clean
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import MOVES, NotNow, Standing
from portal.review.reviews import NotHere, Review, one_of_mine
from portal.sealing import Sealed

MOST = 500  # references that one request can name; more than anybody has


class Removal(Enum):
    """Where a request to take something out is."""

    ASKED = "asked"
    BEING_DONE = "being done"
    TALKED = "talked"
    DONE = "done"
    TAKEN_BACK = "taken back"


OPEN = (Removal.ASKED, Removal.BEING_DONE, Removal.TALKED)


class RemovalRequest(Base):
    """One person's wish that some of their words, or all of them, are taken out."""

    __tablename__ = "removal_requests"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), index=True)
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    panel: Mapped[str] = mapped_column(String(60))
    what: Mapped[list[str]] = mapped_column(JSON)  # references; none means everything
    words_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = Sealed[str | None]("words_ct")  # if the person likes to say more
    language: Mapped[str] = mapped_column(String(12))
    state: Mapped[Removal] = mapped_column(one_of(Removal))
    asked_at: Mapped[datetime]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    seen_at: Mapped[datetime | None]
    talked_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    settled_at: Mapped[datetime | None]
    taken_out: Mapped[list[str]] = mapped_column(JSON, default=list)  # references of what has left every list


def ask(db: Session, member: FamilyMember, what: Sequence[str]) -> RemovalRequest:
    """Ask that things be taken out, by their references, or everything; asked twice for the same it is one request."""
    wanted = sorted(set(what))[:MOST]
    for before in of_member(db, member):
        if before.state in OPEN and before.what == wanted:
            return before
    review = db.get_one(Review, member.review_id)
    request = RemovalRequest(
        key_id=member.key_id,
        family_member_id=member.id,
        review_id=review.id,
        panel=review.panel,
        what=wanted,
        language=member.language,
        state=Removal.ASKED,
        asked_at=clock.now(),
    )
    db.add(request)
    db.flush()
    history.add(db, member, "asked to take out", review_id=review.id, subject_id=request.id)
    return request


def say_more(db: Session, member: FamilyMember, request: RemovalRequest, words: str) -> None:
    """Put the person's own words beside their request, in place of those that stood there."""
    db.refresh(request, with_for_update=True)
    if request.state not in OPEN:
        raise NotNow
    request.words = clean(words)
    request.language = member.language
    history.add(db, member, "said more about taking out", review_id=request.review_id, subject_id=request.id)


def take_back(db: Session, member: FamilyMember, request: RemovalRequest) -> None:
    """Let everything stay after all; where the key worker was quicker it is done, and can only be brought back."""
    db.refresh(request, with_for_update=True)
    if request.state is Removal.TAKEN_BACK:
        return
    if request.state not in OPEN:
        raise NotNow
    request.state = Removal.TAKEN_BACK
    request.settled_at = clock.now()
    history.add(db, member, "taking out no longer asked", review_id=request.review_id, subject_id=request.id)


def of_member(db: Session, member: FamilyMember) -> Sequence[RemovalRequest]:
    """Return what a person asked to be taken out, the newest first."""
    theirs = select(RemovalRequest).where(RemovalRequest.family_member_id == member.id)
    return db.scalars(theirs.order_by(RemovalRequest.asked_at.desc(), RemovalRequest.id)).all()


def one_of_theirs(db: Session, member: FamilyMember, request_id: UUID) -> RemovalRequest:
    """Return one of a person's own requests. Raises NotHere for every other."""
    found = db.get(RemovalRequest, request_id)
    if found is None or found.family_member_id != member.id:
        raise NotHere
    return found


def in_families(db: Session, reviews: Sequence[Review], *states: Removal) -> Sequence[RemovalRequest]:
    """Return what was asked in these families, the oldest first."""
    there = select(RemovalRequest).where(RemovalRequest.review_id.in_([review.id for review in reviews]))
    if states:
        there = there.where(RemovalRequest.state.in_(states))
    return db.scalars(there.order_by(RemovalRequest.asked_at, RemovalRequest.id)).all()


def one_for_key_worker(db: Session, key_worker: StaffMember, request_id: UUID) -> RemovalRequest:
    """Return one request of the key worker's own families. Raises NotHere for others, and for one taken back."""
    found = db.get(RemovalRequest, request_id)
    if found is None or found.state is Removal.TAKEN_BACK:
        raise NotHere
    one_of_mine(db, key_worker, found.review_id)
    return found


def see_to(db: Session, key_worker: StaffMember, request: RemovalRequest) -> None:
    """Say who sees to a request."""
    _still_open(request)
    if request.state is Removal.ASKED:
        request.state = Removal.BEING_DONE
    request.seen_by, request.seen_at = key_worker.id, clock.now()
    history.add(db, key_worker, "taking out seen to", review_id=request.review_id, subject_id=request.id)


def talked(db: Session, key_worker: StaffMember, request: RemovalRequest) -> None:
    """Say that somebody has spoken with the person about it."""
    _still_open(request)
    request.state = Removal.TALKED
    request.seen_by = request.seen_by or key_worker.id
    request.seen_at = request.seen_at or clock.now()
    request.talked_at = clock.now()
    history.add(db, key_worker, "taking out spoken about", review_id=request.review_id, subject_id=request.id)


def done(db: Session, key_worker: StaffMember, request: RemovalRequest) -> None:
    """Take out what was asked, as far as it can be, and say by whom it was done."""
    _still_open(request)
    request.taken_out = _take_out(db, key_worker, request)
    request.state = Removal.DONE
    request.seen_by = request.seen_by or key_worker.id
    request.seen_at = request.seen_at or clock.now()
    request.settled_by, request.settled_at = key_worker.id, clock.now()
    history.add(db, key_worker, "taken out", review_id=request.review_id, subject_id=request.id)


def is_meant(request: RemovalRequest, reference: str) -> bool:
    """Whether a request is about the thing with this reference, too."""
    return not request.what or reference in request.what


def still_in(db: Session, request: RemovalRequest) -> list[str]:
    """Return the references of what is meant and is not out."""
    member = db.get_one(FamilyMember, request.family_member_id)
    there = [one.reference for one in questions.asked_by(db, member) if one.state is not Standing.WITHDRAWN]
    there += [one.reference for one in contributions.told_by(db, member) if one.state is not Place.WITHDRAWN]
    there += [one.reference for one in files.of_member(db, member) if one.state in FOR_STAFF]
    return [reference for reference in there if is_meant(request, reference)]


def _take_out(db: Session, key_worker: StaffMember, request: RemovalRequest) -> list[str]:
    """Let what is meant leave every list of staff, and return its references; an answer that was brought stays."""
    member, gone = db.get_one(FamilyMember, request.family_member_id), []
    for question in questions.asked_by(db, member):
        if is_meant(request, question.reference) and Standing.WITHDRAWN in MOVES[question.state]:
            questions.move(question, Standing.WITHDRAWN)
            gone.append((question.reference, question.id))
    for told in contributions.told_by(db, member):
        if is_meant(request, told.reference) and told.state is not Place.WITHDRAWN:
            told.state = Place.WITHDRAWN
            gone.append((told.reference, told.id))
    for file in files.of_member(db, member):
        if is_meant(request, file.reference) and file.state in FOR_STAFF:
            file.state = Keeping.WITHDRAWN
            gone.append((file.reference, file.id))
    for _, subject_id in gone:
        history.add(db, key_worker, "taken out as asked", review_id=request.review_id, subject_id=subject_id)
    return [reference for reference, _ in gone]


def _still_open(request: RemovalRequest) -> None:
    if request.state not in OPEN:
        raise NotNow
