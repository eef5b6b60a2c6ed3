"""Answers: drafted by one person, the plain words checked by a second, brought by the key worker, opened when ready.

Until the person says "show me", nothing of an answer's words goes anywhere near them; of the four choices each can be
taken back, and the key worker sees which it is.
"""

from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.languages import ENGLISH
from portal.review import history
from portal.review.kept import clean, no_relative
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow, Question, Standing, move
from portal.sealing import Sealed


class Outcome(Enum):
    """How far an answer goes."""

    WHOLE = "whole"
    PARTLY = "partly"
    CANNOT = "cannot"


class ToldHow(Enum):
    """How the key worker told the person that there is an answer."""

    IN_PERSON = "in person"
    BY_TELEPHONE = "by telephone"
    BY_VIDEO = "by video"
    BY_LETTER = "by letter"


class Hearing(Enum):
    """How a person wants to hear an answer."""

    NOT_SAID = "not said"
    NOW = "read it now"
    LATER = "keep it for later"
    WITH_KEY_WORKER = "with the key worker"
    NOT_AT_ALL = "not at all"


_END = {
    Outcome.WHOLE: Standing.ANSWERED,
    Outcome.PARTLY: Standing.PARTLY_ANSWERED,
    Outcome.CANNOT: Standing.CANNOT_BE_ANSWERED,
}


class SamePerson(Exception):
    """The plain words of an answer are checked by somebody else than the person who drafted it."""


class Answer(Base):
    """The panel's answer to one question, sealed with the key of the person who asked."""

    __tablename__ = "answers"
    __table_args__ = (
        CheckConstraint("checked_by IS NULL OR checked_by <> drafted_by", name="two_people"),
        CheckConstraint("released_at IS NULL OR (checked_by IS NOT NULL AND told_on IS NOT NULL)", name="in_order"),
    )

    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id"), unique=True)
    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome))
    words_ct: Mapped[bytes] = mapped_column(LargeBinary)
    words = Sealed[str]("words_ct")
    translation_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    translation = Sealed[str | None]("translation_ct")
    translated_into: Mapped[str | None] = mapped_column(String(12))  # the person may read another language since
    translator_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    translator = Sealed[str | None]("translator_ct")
    remark_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    remark = Sealed[str | None]("remark_ct")  # from the person who sent the draft back; never shown to a family
    drafted_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    drafted_at: Mapped[datetime]
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    checked_at: Mapped[datetime | None]
    told_how: Mapped[ToldHow | None] = mapped_column(one_of(ToldHow))
    told_on: Mapped[date | None]
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    released_at: Mapped[datetime | None]
    hearing: Mapped[Hearing] = mapped_column(one_of(Hearing))
    hearing_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


def to(db: Session, question: Question) -> Answer | None:
    """Return the answer to a question, however far it has come."""
    return db.scalars(select(Answer).where(Answer.question_id == question.id)).one_or_none()


def draft(
    db: Session,
    staff: StaffMember,
    question: Question,
    outcome: Outcome,
    words: str,
    translation: str = "",
    translator: str = "",
) -> Answer:
    """Write down an answer, or write it anew; whoever checked an earlier wording has to look again. Raises Relative."""
    no_relative(db, question.review_id, translator)
    move(question, Standing.DRAFTED)
    language = language_for(db, question)  # looked up before a new answer stands half made
    answer = to(db, question)
    if answer is None:
        answer = Answer(question_id=question.id, key_id=question.key_id, hearing=Hearing.NOT_SAID)
        db.add(answer)
    answer.outcome = outcome
    answer.words = clean(words)
    answer.translation = clean(translation) or None
    answer.translated_into = language if answer.translation else None
    answer.translator = translator.strip() or None
    answer.drafted_by, answer.drafted_at = staff.id, clock.now()
    answer.checked_by = answer.checked_at = None
    answer.remark = None
    db.flush()
    history.add(db, staff, "answer drafted", review_id=question.review_id, subject_id=question.id)
    return answer


def check(db: Session, staff: StaffMember, question: Question, answer: Answer) -> None:
    """Say that the words are plain, kind and true to the panel's answer. Raises SamePerson for the drafter."""
    if answer.drafted_by == staff.id:
        raise SamePerson
    move(question, Standing.CHECKED)
    answer.checked_by, answer.checked_at = staff.id, clock.now()
    answer.remark = None
    history.add(db, staff, "answer checked", review_id=question.review_id, subject_id=question.id)


def send_back(db: Session, staff: StaffMember, question: Question, answer: Answer, remark: str) -> None:
    """Ask for other words, with a remark for the drafter; possible until the moment of release."""
    move(question, Standing.DRAFTED)
    answer.checked_by = answer.checked_at = None
    answer.remark = clean(remark)
    history.add(db, staff, "answer sent back", review_id=question.review_id, subject_id=question.id)


def release(
    db: Session, key_worker: StaffMember, question: Question, answer: Answer, told_how: ToldHow, told_on: date
) -> None:
    """Let a person find the answer, after the key worker told them how and when."""
    if question.state is not Standing.CHECKED:
        raise NotNow
    answer.told_how, answer.told_on = told_how, told_on
    answer.released_by, answer.released_at = key_worker.id, clock.now()
    move(question, _END[answer.outcome])
    history.add(db, key_worker, "answer released", review_id=question.review_id, subject_id=question.id)


def reads_it(answer: Answer, language: str) -> bool:
    """Whether an answer is there in a language: in the English in which it was written, or translated into it."""
    return language in (ENGLISH, answer.translated_into)


def language_for(db: Session, question: Question) -> str:
    """Return the language into which an answer is translated: what the person reads, in whichever they spoke."""
    return db.get_one(FamilyMember, question.family_member_id).language


def there_for(db: Session, question: Question) -> Answer | None:
    """Return the answer if it has been released, whatever the person chose."""
    answer = to(db, question)
    return answer if answer is not None and answer.released_at is not None else None


def choose(db: Session, member: FamilyMember, question: Question, answer: Answer, hearing: Hearing) -> None:
    """Keep how the person wants to hear an answer; each choice can be taken back."""
    if answer.released_at is None or question.family_member_id != member.id:
        raise NotNow
    answer.hearing, answer.hearing_at = hearing, clock.now()
    history.add(db, member, "hearing chosen", review_id=question.review_id, subject_id=question.id)
