"""What becomes of something that was brought: sent, taken up, taken back; and who of the staff may have it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.review import history
from portal.review.files import FOR_STAFF, File, Keeping
from portal.review.kept import clean
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review, one_of_mine


def send(db: Session, member: FamilyMember, file: File, words: str) -> None:
    """Let the key worker and the review team have it; pressed twice, it is sent once."""
    if file.state is Keeping.KEPT:
        file.words = clean(words)
        file.state, file.kept_at = Keeping.SENT, clock.now()
        history.add(db, member, "file sent", review_id=file.review_id, subject_id=file.id)
    elif file.state not in FOR_STAFF:
        raise NotNow


def withdraw(db: Session, member: FamilyMember, file: File) -> None:
    """Take it back; it leaves every list of staff at once, and no reason is asked."""
    if file.state in FOR_STAFF:
        file.state = Keeping.WITHDRAWN
        history.add(db, member, "file withdrawn", review_id=file.review_id, subject_id=file.id)
    elif file.state is not Keeping.WITHDRAWN:
        raise NotNow


def bring_back(db: Session, member: FamilyMember, file: File) -> None:
    """Send after all what was taken back."""
    if file.state is Keeping.WITHDRAWN:
        file.state, file.taken_up_by, file.taken_up_at = Keeping.SENT, None, None
        history.add(db, member, "file brought back", review_id=file.review_id, subject_id=file.id)
    elif file.state not in FOR_STAFF:
        raise NotNow


def take_up(db: Session, coordinator: StaffMember, file: File) -> None:
    """Say that the panel has it now."""
    if file.state is Keeping.SENT:
        file.state, file.taken_up_by, file.taken_up_at = Keeping.WITH_PANEL, coordinator.id, clock.now()
        history.add(db, coordinator, "file taken up", review_id=file.review_id, subject_id=file.id)


def of_family(db: Session, review: Review, *states: Keeping) -> Sequence[File]:
    """Return what the people of a family have sent, the newest first."""
    return in_families(db, [review], *states)


def in_families(db: Session, reviews: Sequence[Review], *states: Keeping) -> Sequence[File]:
    """Return what the people of some families have sent, the newest first."""
    ids = [review.id for review in reviews]
    theirs = select(File).where(File.review_id.in_(ids), File.state.in_(states or FOR_STAFF))
    return db.scalars(theirs.order_by(File.kept_at.desc(), File.id)).all()


def one_for_key_worker(db: Session, key_worker: StaffMember, file_id: UUID) -> File:
    """Return one thing that somebody of the key worker's own families sent. Raises NotHere for every other."""
    found = db.get(File, file_id)
    if found is None or found.state not in FOR_STAFF:
        raise NotHere
    one_of_mine(db, key_worker, found.review_id)
    return found


def one_of_panel(db: Session, reader: StaffMember, file_id: UUID, *, handles: bool) -> File:
    """Return one thing that was sent to the reader's own panel; before it is taken up only for those who do that."""
    found = db.get(File, file_id)
    seen = FOR_STAFF if handles else (Keeping.WITH_PANEL,)
    if found is None or found.panel != reader.panel or found.state not in seen:
        raise NotHere
    return found


def of_panel(
    db: Session, reader: StaffMember, state: Keeping, after: tuple[datetime, UUID] | None, most: int
) -> Sequence[File]:
    """Return at most so many of what was sent to the reader's panel, the oldest first, after a place."""
    ours = select(File).where(File.panel == reader.panel, File.state == state)
    if after is not None:
        at, last = after
        ours = ours.where(File.kept_at >= at, or_(File.kept_at > at, File.id > last))
    return db.scalars(ours.order_by(File.kept_at, File.id).limit(most)).all()
