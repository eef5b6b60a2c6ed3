"""News of a review: its stage, the day of a meeting, its outcome, as a key worker writes it down for a family.

It is written once and let through to each person apart (``hearing_news``), so that nobody can tell from their own space
what another was told, or wants to hear. What the panel found is read by a second person before it goes to anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID, uuid5

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.languages import ENGLISH
from portal.review import history, reviews
from portal.review.answers import Hearing, SamePerson, ToldHow
from portal.review.kept import clean
from portal.review.meetings import MeetingKind
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review, Stage, of_mine
from portal.sealing import Sealed


class About(Enum):
    """What a piece of news is about."""

    STAGE = "stage"
    MEETING = "meeting"
    OUTCOME = "outcome"


class News(Base):
    """One piece of news of one review, with its English words in ``NewsWords``."""

    __tablename__ = "news"
    __table_args__ = (CheckConstraint("checked_by IS NULL OR checked_by <> drafted_by", name="two_people"),)

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    about: Mapped[About] = mapped_column(one_of(About))
    review_stage: Mapped[Stage | None] = mapped_column(one_of(Stage))
    meeting_kind: Mapped[MeetingKind | None] = mapped_column(one_of(MeetingKind))
    day: Mapped[date | None]
    drafted_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    drafted_at: Mapped[datetime]
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    checked_at: Mapped[datetime | None]
    remark_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    remark = Sealed[str | None]("remark_ct")  # from the second person to the one who wrote it; never for a family
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class NewsWords(Base):
    """The words of a piece of news in one language, with the name of who translated them."""

    __tablename__ = "news_words"
    __table_args__ = (UniqueConstraint("news_id", "language"),)

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    news_id: Mapped[UUID] = mapped_column(ForeignKey("news.id"))
    language: Mapped[str] = mapped_column(String(12))
    words_ct: Mapped[bytes] = mapped_column(LargeBinary)
    words = Sealed[str]("words_ct")
    translator_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    translator = Sealed[str | None]("translator_ct")


class NewsFor(Base):
    """A piece of news as it was let through to one person: how they were told, and how they want to hear it."""

    __tablename__ = "news_for"
    __table_args__ = (UniqueConstraint("news_id", "family_member_id"),)

    news_id: Mapped[UUID] = mapped_column(ForeignKey("news.id"))
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), index=True)
    told_how: Mapped[ToldHow] = mapped_column(one_of(ToldHow))
    told_on: Mapped[date]
    released_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    released_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    hearing: Mapped[Hearing] = mapped_column(one_of(Hearing), default=Hearing.NOT_SAID)
    hearing_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


@dataclass(frozen=True)
class Piece:
    """What a key worker writes down as news; the words are English, and may be missing but for an outcome."""

    about: About
    words: str = ""
    meeting: MeetingKind | None = None
    day: date | None = None


def write(db: Session, key_worker: StaffMember, review: Review, piece: Piece, once: str) -> News:
    """Write down a piece of news, which nobody of the family finds yet; the same form sent twice makes one.

    A form that is sent again with other words is another piece, so that nothing that was typed is lost.
    """
    news_id = uuid5(review.id, f"{once} {piece}")
    if (before := db.get(News, news_id)) is not None:
        return before
    try:
        with db.begin_nested():
            news = News(id=news_id, review_id=review.id, key_id=review.key_id)
            _fill(key_worker, review, news, piece)
            db.add(news)
            db.flush()
    except IntegrityError:
        return db.get_one(News, news_id)
    _keep_words(db, news, ENGLISH, piece.words, "")
    history.add(db, key_worker, "news written", review_id=review.id, subject_id=news.id)
    return news


def rewrite(db: Session, key_worker: StaffMember, news: News, piece: Piece) -> None:
    """Write a piece of news anew while nobody was told it; other words are translated and checked again."""
    db.refresh(news, with_for_update=True)
    if let_through(db, news):
        raise NotNow
    if clean(piece.words) != words_of(db, news):
        for row in _all_words(db, news):
            db.delete(row)
        db.flush()
        _keep_words(db, news, ENGLISH, piece.words, "")
    _fill(key_worker, db.get_one(Review, news.review_id), news, piece)
    news.checked_by = news.checked_at = news.remark = None
    history.add(db, key_worker, "news written anew", review_id=news.review_id, subject_id=news.id)


def _fill(key_worker: StaffMember, review: Review, news: News, piece: Piece) -> None:
    news.about = piece.about
    news.review_stage = review.stage if piece.about is About.STAGE else None
    news.meeting_kind = piece.meeting if piece.about is About.MEETING else None
    news.day = piece.day if piece.about is About.MEETING else None
    news.drafted_by, news.drafted_at = key_worker.id, clock.now()


def translate(db: Session, key_worker: StaffMember, news: News, language: str, words: str, translator: str) -> None:
    """Stand a translation beside the English words; an outcome is then looked at again by the second person."""
    db.refresh(news, with_for_update=True)
    if let_through(db, news, language):
        raise NotNow
    _keep_words(db, news, language, words, translator)
    news.checked_by = news.checked_at = news.remark = None
    history.add(db, key_worker, "news translated", review_id=news.review_id, subject_id=news.id)


def _keep_words(db: Session, news: News, language: str, words: str, translator: str) -> None:
    if not words.strip():
        return
    row = _words(db, news, language)
    if row is None:
        row = NewsWords(key_id=news.key_id, news_id=news.id, language=language)
        db.add(row)
    row.words, row.translator = clean(words), translator.strip() or None
    db.flush()


def _words(db: Session, news: News, language: str) -> NewsWords | None:
    same = select(NewsWords).where(NewsWords.news_id == news.id, NewsWords.language == language)
    return db.scalars(same).one_or_none()


def _all_words(db: Session, news: News) -> Sequence[NewsWords]:
    all_of_it = select(NewsWords).where(NewsWords.news_id == news.id)
    return db.scalars(all_of_it.order_by(NewsWords.language)).all()


def words_of(db: Session, news: News) -> str:
    """Return the English words of a piece of news; it may have none."""
    found = _words(db, news, ENGLISH)
    return found.words if found else ""


def translations_of(db: Session, news: News) -> list[tuple[str, str, str]]:
    """Return each translation: its language, its words, and who translated them."""
    return [(row.language, row.words, row.translator or "") for row in _all_words(db, news) if row.language != ENGLISH]


def lacks(db: Session, news: News, language: str) -> bool:
    """Whether somebody who reads this language could not read what was written."""
    return language != ENGLISH and _words(db, news, ENGLISH) is not None and _words(db, news, language) is None


def may_go(news: News) -> bool:
    """Whether a piece of news may be let through: an outcome only after a second person read it."""
    return news.about is not About.OUTCOME or news.checked_by is not None


def to_check(db: Session, reader: StaffMember) -> Sequence[News]:
    """Return the outcomes that wait for a second person of the reader's panel, the oldest first."""
    waiting = (
        select(News)
        .join(Review, Review.id == News.review_id)
        .where(
            Review.panel == reader.panel,
            News.about == About.OUTCOME,
            News.checked_by.is_(None),
            News.remark_ct.is_(None),
        )
    )
    return db.scalars(waiting.order_by(News.drafted_at, News.id)).all()


def one_of_panel(db: Session, reader: StaffMember, news_id: UUID) -> News:
    """Return an outcome of the reader's own panel that waits to be checked. Raises NotHere for every other."""
    found = next((one for one in to_check(db, reader) if one.id == news_id), None)
    if found is None:
        raise NotHere
    return found


def held_for_panel(db: Session, reader: StaffMember, news_id: UUID) -> News:
    """Return an outcome of the reader's own panel, held alone, whether or not another press has decided already."""
    found = db.get(News, news_id)
    review = db.get(Review, found.review_id) if found else None
    if found is None or review is None or review.panel != reader.panel or found.about is not About.OUTCOME:
        raise NotHere
    db.refresh(found, with_for_update=True)
    return found


def waits_for_check(news: News) -> bool:
    """Whether a second person has neither let an outcome through nor asked for other words."""
    return news.checked_by is None and news.remark_ct is None


def sent_back_to(db: Session, key_worker: StaffMember) -> Sequence[News]:
    """Return what other words are asked for, of the key worker's own families, the oldest first."""
    back = (
        select(News)
        .join(Review, Review.id == News.review_id)
        .where(of_mine(db, key_worker), News.remark_ct.is_not(None), News.checked_by.is_(None))
    )
    return db.scalars(back.order_by(News.drafted_at, News.id)).all()


def to_bring(db: Session, key_worker: StaffMember) -> Sequence[News]:
    """Return what the panel found in the key worker's own families, checked, and brought to nobody yet."""
    brought = select(NewsFor.id).where(NewsFor.news_id == News.id).exists()
    ready = (
        select(News)
        .join(Review, Review.id == News.review_id)
        .where(of_mine(db, key_worker), News.about == About.OUTCOME, News.checked_by.is_not(None), ~brought)
    )
    return db.scalars(ready.order_by(News.drafted_at, News.id)).all()


def check(db: Session, staff: StaffMember, news: News) -> None:
    """Say that the words are plain, kind and true to what the panel found. Raises SamePerson for who wrote them."""
    if news.drafted_by == staff.id:
        raise SamePerson
    news.checked_by, news.checked_at = staff.id, clock.now()
    history.add(db, staff, "news checked", review_id=news.review_id, subject_id=news.id)


def send_back(db: Session, staff: StaffMember, news: News, remark: str) -> None:
    """Ask for other words, with a remark for who wrote them."""
    news.remark = clean(remark)
    history.add(db, staff, "news sent back", review_id=news.review_id, subject_id=news.id)


def of_review(db: Session, review: Review) -> Sequence[News]:
    """Return everything that was written down as news of a review, the newest first."""
    theirs = select(News).where(News.review_id == review.id)
    return db.scalars(theirs.order_by(News.drafted_at.desc(), News.id)).all()


def one_of_mine(db: Session, key_worker: StaffMember, news_id: UUID) -> News:
    """Return a piece of news of the key worker's own families. Raises NotHere for every other."""
    if (found := db.get(News, news_id)) is None:
        raise NotHere
    reviews.one_of_mine(db, key_worker, found.review_id)
    return found


def let_through(db: Session, news: News, language: str = "") -> Sequence[NewsFor]:
    """Return the persons' rows of a piece of news, of all or of those who read one language; taken back ones too."""
    rows = select(NewsFor).join(FamilyMember, FamilyMember.id == NewsFor.family_member_id)
    rows = rows.where(NewsFor.news_id == news.id)
    if language:
        rows = rows.where(FamilyMember.language == language)
    return db.scalars(rows.order_by(FamilyMember.joined_at, NewsFor.id)).all()


def wording(db: Session, news: News, language: str) -> tuple[str, str, str]:
    """Return the words for who reads a language, the language that they are in, and who translated them."""
    row = _words(db, news, language) or _words(db, news, ENGLISH)
    return (row.words, row.language, row.translator or "") if row else ("", ENGLISH, "")
