"""Told aloud: the key worker writes down what a person said, and it waits until that person says that it is right.

Where no word comes it goes on only by the key worker's own act, a week after the person was told that it is there.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base
from portal.review import contributions, history, kept
from portal.review.changing import WAITS, Written, put_in_place
from portal.review.contributions import Contribution, Place
from portal.review.kept import clean
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow, Question, Standing, move
from portal.review.reviews import NotHere, Review, is_mine
from portal.sealing import Sealed

WAIT = timedelta(days=7)


class SentOn(Base):
    """That something told aloud went on without the word of the person who said it, and why; for staff alone."""

    __tablename__ = "sent_on"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    of_id: Mapped[UUID] = mapped_column(index=True)  # the question or contribution
    sent_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    sent_at: Mapped[datetime]
    why_ct: Mapped[bytes] = mapped_column(LargeBinary)
    why = Sealed[str]("why_ct")


def write_down(
    db: Session,
    key_worker: StaffMember,
    member: FamilyMember,
    prompt: str | None,
    words: str,
    language: str,
    said_on: date,
    once: str,
) -> Written:
    """Keep what a person said, as a question or, with a prompt, as something to tell; it waits for their word."""
    also = {"written_by": key_worker.id, "said_on": said_on, "language": language}
    verb = "written down as it was told"
    if prompt is None:
        return kept.keep(db, Question, member, words, once, Standing.TOLD_ALOUD, verb, key_worker, **also)
    also["prompt"] = prompt
    return kept.keep(db, Contribution, member, words, once, Place.TOLD_ALOUD, verb, key_worker, **also)


def confirm(db: Session, member: FamilyMember, row: Written) -> None:
    """Say that what was written down is what one said; it goes on. Said twice, it is said once."""
    db.refresh(row, with_for_update=True)
    if row.confirmed_at is not None and row.state not in WAITS:
        return
    _confirmed(row)
    history.add(db, member, "told words confirmed", review_id=row.review_id, subject_id=row.id)


def put_right(db: Session, member: FamilyMember, row: Written, words: str) -> None:
    """Stand one's own words in the place of what was written down; they go on."""
    db.refresh(row, with_for_update=True)
    if row.words == clean(words) and row.confirmed_at is not None:
        return
    if row.state not in WAITS:
        raise NotNow
    if row.words != clean(words):
        put_in_place(db, member, row, words)
        row.language = member.language  # theirs now, and no more those that the key worker heard and wrote down
    _confirmed(row)
    history.add(db, member, "told words put right", review_id=row.review_id, subject_id=row.id)


def _confirmed(row: Written) -> None:
    if row.written_by is None or row.state in (Standing.WITHDRAWN, Place.WITHDRAWN):
        raise NotNow
    row.confirmed_at = clock.now()
    if row.state in WAITS:
        _go_on(row)


def _go_on(row: Written) -> None:
    if isinstance(row, Question):
        move(row, Standing.ASKED)
    else:
        row.state = contributions.place_of(row.prompt)


def goes_to_panel(row: Written) -> bool:
    """Whether the panel reads something, now or once its person says that it is right."""
    return isinstance(row, Question) or contributions.place_of(row.prompt) is Place.KEPT


def announce(db: Session, key_worker: StaffMember, row: Written, on: date) -> None:
    """Note the day on which the person was told that something waits for their word."""
    if row.state not in WAITS:
        raise NotNow
    if row.announced_on is None:
        row.announced_on = on
        db.flush()  # whoever holds the row next reads it anew
        history.add(db, key_worker, "told that it waits", review_id=row.review_id, subject_id=row.id)


def may_go_on(row: Written, today: date) -> bool:
    """Whether the key worker may send something on without the person's word."""
    return row.state in WAITS and row.announced_on is not None and today >= row.announced_on + WAIT


def send_on(db: Session, key_worker: StaffMember, row: Written, why: str, today: date) -> None:
    """Send something on without the person's word, a week after they were told; why is for staff alone."""
    db.refresh(row, with_for_update=True)  # their word may come at this very moment
    if not may_go_on(row, today):
        raise NotNow
    _go_on(row)
    sent = SentOn(key_id=row.key_id, of_id=row.id, sent_by=key_worker.id, sent_at=clock.now(), why=clean(why))
    db.add(sent)
    history.add(db, key_worker, "sent on without their word", review_id=row.review_id, subject_id=row.id)


def sent_on(db: Session, row: Written) -> SentOn | None:
    """Return how something went on without the person's word; nothing once they have given it."""
    if not kept.waits_for_a_word(row) or row.state in WAITS:
        return None
    last = select(SentOn).where(SentOn.of_id == row.id).order_by(SentOn.sent_at.desc(), SentOn.id).limit(1)
    return db.scalars(last).one_or_none()


def waiting_for(db: Session, member: FamilyMember) -> list[Written]:
    """Return what was written down for a person and waits for their word, the oldest first."""
    asked = select(Question).where(Question.family_member_id == member.id)
    told = select(Contribution).where(Contribution.family_member_id == member.id)
    return _waiting(db, asked, told)


def waiting_in(db: Session, reviews: Sequence[Review]) -> list[Written]:
    """Return what waits for somebody's word in some families, the oldest first."""
    ids = [review.id for review in reviews]
    asked = select(Question).where(Question.review_id.in_(ids))
    told = select(Contribution).where(Contribution.review_id.in_(ids))
    return _waiting(db, asked, told)


def _waiting(db: Session, asked: Select[Question], told: Select[Contribution]) -> list[Written]:
    rows: list[Written] = [
        *db.scalars(asked.where(Question.state == Standing.TOLD_ALOUD).order_by(Question.id)),
        *db.scalars(told.where(Contribution.state == Place.TOLD_ALOUD).order_by(Contribution.id)),
    ]
    return sorted(rows, key=lambda row: (row.kept_at, row.id))


def for_key_worker(db: Session, key_worker: StaffMember, row_id: UUID) -> Written:
    """Return one thing of the key worker's own families, whichever it is. Raises NotHere for every other."""
    found: Written | None = db.get(Question, row_id) or db.get(Contribution, row_id)
    review = db.get(Review, found.review_id) if found else None
    gone = (Standing.WITHDRAWN, Place.WITHDRAWN)
    if found is None or review is None or not is_mine(db, key_worker, review) or found.state in gone:
        raise NotHere
    return found
