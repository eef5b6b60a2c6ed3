"""News on its way to one person: let through by the key worker, taken back, and heard as that person wants it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.review import history
from portal.review.answers import Hearing, ToldHow
from portal.review.news import News, NewsFor, lacks, let_through, may_go, one_of_mine
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review, of_mine


def release(
    db: Session, key_worker: StaffMember, news: News, member: FamilyMember, told_how: ToldHow, told_on: date
) -> NewsFor:
    """Let one person find a piece of news, after the key worker told them how and when."""
    if member.review_id != news.review_id:
        raise NotHere
    if not may_go(news) or lacks(db, news, member.language):
        raise NotNow
    row = next((one for one in let_through(db, news) if one.family_member_id == member.id), None)
    if row is None:
        row = NewsFor(news_id=news.id, family_member_id=member.id)
        db.add(row)
    elif row.taken_back_at is None:
        return row
    row.told_how, row.told_on = told_how, told_on
    row.released_by, row.released_at, row.taken_back_at = key_worker.id, clock.now(), None
    row.hearing, row.hearing_at = Hearing.NOT_SAID, None
    db.flush()
    history.add(db, key_worker, "news released", review_id=news.review_id, subject_id=row.id)
    return row


def take_back(db: Session, key_worker: StaffMember, row: NewsFor) -> None:
    """Take a piece of news back from one person, because it is no longer so."""
    if row.taken_back_at is None:
        row.taken_back_at = clock.now()
        review_id = db.get_one(News, row.news_id).review_id
        history.add(db, key_worker, "news taken back", review_id=review_id, subject_id=row.id)


def row_of_mine(db: Session, key_worker: StaffMember, row_id: UUID) -> NewsFor:
    """Return what one person was let find, to their key worker. Raises NotHere for every other."""
    if (row := db.get(NewsFor, row_id)) is None:
        raise NotHere
    one_of_mine(db, key_worker, row.news_id)
    return row


def for_member(db: Session, member: FamilyMember) -> Sequence[NewsFor]:
    """Return what a person was let find, the newest first; what was taken back only if they had read it."""
    theirs = select(NewsFor).where(NewsFor.family_member_id == member.id)
    rows = db.scalars(theirs.order_by(NewsFor.released_at.desc(), NewsFor.id)).all()
    return [row for row in rows if row.taken_back_at is None or row.hearing is Hearing.NOW]


def one_of_theirs(db: Session, member: FamilyMember, row_id: UUID) -> tuple[NewsFor, News]:
    """Return one piece of a person's own news. Raises NotHere for every other."""
    row = next((one for one in for_member(db, member) if one.id == row_id), None)
    if row is None:
        raise NotHere
    return row, db.get_one(News, row.news_id)


def choose(db: Session, member: FamilyMember, row: NewsFor, hearing: Hearing) -> None:
    """Keep how the person wants to hear a piece of news; each choice can be taken back."""
    if row.family_member_id != member.id or row.taken_back_at is not None:
        raise NotNow
    row.hearing, row.hearing_at = hearing, clock.now()
    history.add(db, member, "hearing of news chosen", review_id=member.review_id, subject_id=row.id)


def asked_to_go_through(db: Session, key_worker: StaffMember) -> Sequence[tuple[NewsFor, News]]:
    """Return the news that somebody would like to hear together with the key worker, the oldest first."""
    theirs = (
        select(NewsFor, News)
        .join(News, News.id == NewsFor.news_id)
        .join(Review, Review.id == News.review_id)
        .where(
            of_mine(db, key_worker),
            NewsFor.hearing == Hearing.WITH_KEY_WORKER,
            NewsFor.taken_back_at.is_(None),
        )
    )
    return [(row, news) for row, news in db.execute(theirs.order_by(NewsFor.released_at, NewsFor.id))]
