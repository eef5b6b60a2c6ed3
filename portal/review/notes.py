"""Notes to colleagues: what one key worker leaves for whoever looks after the family beside or after them.

They have a table and pages of their own, and nothing that speaks to a family or to the panel imports this module: a
contract in pyproject.toml keeps it so (docs/house.md).
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base
from portal.review import history
from portal.review.kept import clean
from portal.review.people import StaffMember
from portal.review.reviews import NotHere, Review, one_of_mine
from portal.sealing import Sealed

_MARK = 40  # characters of the hash that stands for a form and the words in it


class ColleagueNote(Base):
    """One note about a family, for those who look after it; sealed with the key of the review."""

    __tablename__ = "colleague_notes"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    once: Mapped[str] = mapped_column(String(40), unique=True)
    words_ct: Mapped[bytes] = mapped_column(LargeBinary)
    words = Sealed[str]("words_ct")
    written_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    written_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


def write(db: Session, by: StaffMember, review: Review, words: str, once: str) -> ColleagueNote:
    """Leave a note; the same form sent twice, or at the same moment, leaves one."""
    words = clean(words)
    sent = "\n".join((once, str(by.id), str(review.id), words))
    mark = hashlib.sha256(sent.encode("utf-8", "replace")).hexdigest()[:_MARK]
    same = select(ColleagueNote).where(ColleagueNote.once == mark)
    if (before := db.scalars(same).one_or_none()) is not None:
        return before
    note = ColleagueNote(
        key_id=review.key_id,
        review_id=review.id,
        once=mark,
        words=words,
        written_by=by.id,
        written_at=clock.now(),
    )
    try:
        with db.begin_nested():
            db.add(note)
            db.flush()
    except IntegrityError:
        return db.scalars(same).one()  # it was pressed twice, and the other press was quicker
    history.add(db, by, "note written", review_id=review.id, subject_id=note.id)
    return note


def about(db: Session, reader: StaffMember, review: Review) -> Sequence[ColleagueNote]:
    """Return the notes about a family, the newest first; what was taken back is there for who wrote it alone."""
    all_of_them = select(ColleagueNote).where(
        ColleagueNote.review_id == review.id,
        ColleagueNote.taken_back_at.is_(None) | (ColleagueNote.written_by == reader.id),
    )
    return db.scalars(all_of_them.order_by(ColleagueNote.written_at.desc(), ColleagueNote.id)).all()


def one_of_my_own(db: Session, writer: StaffMember, note_id: UUID) -> ColleagueNote:
    """Return a note that somebody wrote themselves, about a family that is theirs. Raises NotHere for every other."""
    note = db.get(ColleagueNote, note_id)
    if note is None or note.written_by != writer.id:
        raise NotHere
    one_of_mine(db, writer, note.review_id)
    return note


def take_back(db: Session, writer: StaffMember, note: ColleagueNote) -> None:
    """Take a note back: nobody else reads it from now on."""
    if note.taken_back_at is None:
        note.taken_back_at = clock.now()
        history.add(db, writer, "note taken back", review_id=note.review_id, subject_id=note.id)


def put_back(db: Session, writer: StaffMember, note: ColleagueNote) -> None:
    """Leave a note after all that was taken back."""
    if note.taken_back_at is not None:
        note.taken_back_at = None
        history.add(db, writer, "note put back", review_id=note.review_id, subject_id=note.id)
