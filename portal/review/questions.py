"""Questions to the panel, from the moment they are asked until each reaches an end. No path drops one.

told aloud > asked > taken up > at a meeting > answer drafted > answer checked > answered, partly answered, or cannot be
answered; and, until an answer is brought: withdrawn
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import history, kept
from portal.review.kept import WordsKept
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import NotHere, Review, is_mine, of_mine


class Standing(Enum):
    """Where a question is."""

    TOLD_ALOUD = "told aloud"  # waits for the word of the person who said it
    ASKED = "asked"
    TAKEN_UP = "taken up"
    AT_MEETING = "at a meeting"
    DRAFTED = "answer drafted"
    CHECKED = "answer checked"
    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly answered"
    CANNOT_BE_ANSWERED = "cannot be answered"
    WITHDRAWN = "withdrawn"


_ENDS = (Standing.ANSWERED, Standing.PARTLY_ANSWERED, Standing.CANNOT_BE_ANSWERED)
ENDED = frozenset({*_ENDS, Standing.WITHDRAWN})
NOT_FOR_PANEL = frozenset({Standing.TOLD_ALOUD, Standing.WITHDRAWN})
# Every move that there is.
MOVES: dict[Standing, frozenset[Standing]] = {
    Standing.TOLD_ALOUD: frozenset({Standing.ASKED, Standing.WITHDRAWN}),
    Standing.ASKED: frozenset({Standing.TAKEN_UP, Standing.WITHDRAWN}),
    Standing.TAKEN_UP: frozenset({Standing.AT_MEETING, Standing.DRAFTED, Standing.WITHDRAWN}),
    Standing.AT_MEETING: frozenset({Standing.AT_MEETING, Standing.DRAFTED, Standing.WITHDRAWN}),
    Standing.DRAFTED: frozenset({Standing.DRAFTED, Standing.CHECKED, Standing.WITHDRAWN}),
    Standing.CHECKED: frozenset({Standing.DRAFTED, *_ENDS, Standing.WITHDRAWN}),
    Standing.ANSWERED: frozenset(),
    Standing.PARTLY_ANSWERED: frozenset(),
    Standing.CANNOT_BE_ANSWERED: frozenset(),
    Standing.WITHDRAWN: frozenset({Standing.ASKED, Standing.TOLD_ALOUD}),
}


class NotNow(Exception):
    """This cannot be done where the question is now; somebody else may have moved it on."""


class Question(WordsKept, Base):
    """One question from one person, in their own words."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("family_member_id", "once"), Index(None, "panel", "state", "kept_at", "id"))

    state: Mapped[Standing] = mapped_column(one_of(Standing))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    taken_up_at: Mapped[datetime | None]
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    at_meeting_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


def ask(db: Session, member: FamilyMember, words: str, once: str) -> Question:
    """Keep a question; the same form sent twice makes one."""
    return kept.keep(db, Question, member, words, once, Standing.ASKED, "question asked")


def move(question: Question, to: Standing) -> None:
    """Move a question on. Raises NotNow for a move that there is not."""
    if to not in MOVES[question.state]:
        raise NotNow(f"{question.state.value} > {to.value}")
    question.state = to
    question.ended_at = clock.now() if to in ENDED else None


def asked_by(db: Session, member: FamilyMember) -> Sequence[Question]:
    """Return a person's questions, the newest first."""
    return kept.of_member(db, Question, member)


def one_of_theirs(db: Session, member: FamilyMember, reference: str) -> Question:
    """Return one of a person's own questions. Raises NotHere for every other."""
    return kept.one_of_member(db, Question, member, reference)


def one_of_panel(db: Session, reader: StaffMember, question_id: UUID) -> Question:
    """Return one question to the reader's own panel. Raises NotHere for what is not theirs to read."""
    found = db.get(Question, question_id)
    if found is None or found.panel != reader.panel or found.state in NOT_FOR_PANEL:
        raise NotHere
    return found


def for_key_worker(db: Session, key_worker: StaffMember, *states: Standing) -> Sequence[Question]:
    """Return the questions of a key worker's own families, the oldest first."""
    theirs = (
        select(Question)
        .join(Review, Review.id == Question.review_id)
        .where(of_mine(db, key_worker), Question.state != Standing.WITHDRAWN)
    )
    if states:
        theirs = theirs.where(Question.state.in_(states))
    return db.scalars(theirs.order_by(Question.kept_at, Question.id)).all()


def one_for_key_worker(db: Session, key_worker: StaffMember, question_id: UUID) -> Question:
    """Return one question of the key worker's own families. Raises NotHere for every other."""
    found = db.get(Question, question_id)
    review = db.get(Review, found.review_id) if found else None
    if found is None or review is None or not is_mine(db, key_worker, review) or found.state is Standing.WITHDRAWN:
        raise NotHere
    return found


def take_up(db: Session, coordinator: StaffMember, question: Question) -> None:
    """Take up a question for the panel; from here on it has an owner."""
    move(question, Standing.TAKEN_UP)
    question.owner_id = coordinator.id
    question.taken_up_at = clock.now()
    history.add(db, coordinator, "question taken up", review_id=question.review_id, subject_id=question.id)


def withdraw(db: Session, member: FamilyMember, question: Question) -> None:
    """Take a question back; it leaves every list of staff at once, and no reason is asked."""
    move(question, Standing.WITHDRAWN)
    history.add(db, member, "question withdrawn", review_id=question.review_id, subject_id=question.id)


def bring_back(db: Session, member: FamilyMember, question: Question) -> None:
    """Ask a withdrawn question after all; one that was told aloud waits again until its words are confirmed."""
    if question.state is not Standing.WITHDRAWN:
        raise NotNow
    move(question, Standing.TOLD_ALOUD if kept.waits_for_a_word(question) else Standing.ASKED)
    question.owner_id = question.taken_up_at = question.meeting_id = question.at_meeting_at = None
    history.add(db, member, "question brought back", review_id=question.review_id, subject_id=question.id)
