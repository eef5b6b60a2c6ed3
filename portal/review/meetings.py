"""Meetings at which questions are looked at: the review meeting and the panel's own."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import history
from portal.review.people import StaffMember
from portal.review.questions import NotNow, Question, Standing, move
from portal.review.reviews import NotHere


class MeetingKind(Enum):
    """Which meeting it is."""

    REVIEW_MEETING = "review meeting"
    PANEL_MEETING = "panel meeting"


class MeetingState(Enum):
    """Whether a meeting is still to come."""

    PLANNED = "planned"
    HELD = "held"


class StillOpen(Exception):
    """A meeting cannot be said to be over while a question for it has neither an answer on its way nor an end."""


class Meeting(Base):
    """One meeting of one panel."""

    __tablename__ = "meetings"

    panel: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[MeetingKind] = mapped_column(one_of(MeetingKind))
    held_on: Mapped[date]
    pack_made_at: Mapped[datetime | None]  # from here on the words for it stay as they are
    state: Mapped[MeetingState] = mapped_column(one_of(MeetingState))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


def plan(db: Session, staff: StaffMember, kind: MeetingKind, held_on: date) -> Meeting:
    """Plan a meeting."""
    meeting = Meeting(panel=staff.panel, kind=kind, held_on=held_on, state=MeetingState.PLANNED)
    db.add(meeting)
    db.flush()
    history.add(db, staff, "meeting planned", subject_id=meeting.id)
    return meeting


def of_panel(db: Session, reader: StaffMember, *states: MeetingState) -> Sequence[Meeting]:
    """Return a panel's meetings, the next ones last."""
    ours = select(Meeting).where(Meeting.panel == reader.panel)
    if states:
        ours = ours.where(Meeting.state.in_(states))
    return db.scalars(ours.order_by(Meeting.held_on, Meeting.id)).all()


def one_of_panel(db: Session, reader: StaffMember, meeting_id: UUID) -> Meeting:
    """Return one meeting of the reader's own panel. Raises NotHere for every other."""
    found = db.get(Meeting, meeting_id)
    if found is None or found.panel != reader.panel:
        raise NotHere
    return found


def put_to(db: Session, coordinator: StaffMember, question: Question, meeting: Meeting) -> None:
    """Put a question to a meeting; a question can be put to a later one again. Raises NotNow once its pack is made."""
    if meeting.state is not MeetingState.PLANNED:
        raise NotHere
    if meeting.pack_made_at is not None:
        raise NotNow
    move(question, Standing.AT_MEETING)
    question.meeting_id = meeting.id
    question.at_meeting_at = clock.now()
    history.add(db, coordinator, "question put to a meeting", review_id=question.review_id, subject_id=question.id)


def questions_for(db: Session, meeting: Meeting) -> Sequence[Question]:
    """Return the questions put to a meeting, the oldest first."""
    there = select(Question).where(Question.meeting_id == meeting.id, Question.state != Standing.WITHDRAWN)
    return db.scalars(there.order_by(Question.kept_at, Question.id)).all()


def make_pack(db: Session, coordinator: StaffMember, meeting: Meeting) -> None:
    """Fix the words for a meeting: from here on the people who wrote them can add to them or take them back."""
    if meeting.state is not MeetingState.PLANNED or meeting.pack_made_at is not None:
        raise NotNow
    meeting.pack_made_at = clock.now()
    history.add(db, coordinator, "pack made", subject_id=meeting.id)


def unmake_pack(db: Session, coordinator: StaffMember, meeting: Meeting) -> None:
    """Let the words for a meeting be changed again, until it is held."""
    if meeting.state is not MeetingState.PLANNED or meeting.pack_made_at is None:
        raise NotNow
    meeting.pack_made_at = None
    history.add(db, coordinator, "pack unmade", subject_id=meeting.id)


def held(db: Session, staff: StaffMember, meeting: Meeting) -> None:
    """Say that a meeting was held. Raises StillOpen while a question put to it has no answer drafted."""
    if any(question.state is Standing.AT_MEETING for question in questions_for(db, meeting)):
        raise StillOpen
    meeting.state = MeetingState.HELD
    history.add(db, staff, "meeting held", subject_id=meeting.id)
