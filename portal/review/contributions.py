"""Contributions: what a person wants the panel to know, in their own words."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import history, kept
from portal.review.kept import WordsKept
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import NotHere


class Place(Enum):
    """Where a contribution is."""

    TOLD_ALOUD = "told aloud"  # waits for the word of the person who said it
    KEPT = "kept"
    FOR_KEY_WORKER = "for the key worker"  # what the panel does not need: support, how to be reached
    WITH_PANEL = "with the panel"
    WITHDRAWN = "withdrawn"


NOT_FOR_PANEL = frozenset({Place.TOLD_ALOUD, Place.FOR_KEY_WORKER, Place.WITHDRAWN})


class Contribution(WordsKept, Base):
    """Something that a person wants the panel to know."""

    __tablename__ = "contributions"
    __table_args__ = (UniqueConstraint("family_member_id", "once"), Index(None, "panel", "state", "kept_at", "id"))

    prompt: Mapped[str] = mapped_column(String(40), default="free")  # see portal/review/prompts.py
    state: Mapped[Place] = mapped_column(one_of(Place))
    taken_up_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    taken_up_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


def tell(db: Session, member: FamilyMember, words: str, once: str) -> Contribution:
    """Keep what a person wants the panel to know; the same form sent twice is kept once."""
    return kept.keep(db, Contribution, member, words, once, Place.KEPT, "told the panel something")


def told_by(db: Session, member: FamilyMember) -> Sequence[Contribution]:
    """Return what a person has told, the newest first."""
    return kept.of_member(db, Contribution, member)


def one_of_theirs(db: Session, member: FamilyMember, reference: str) -> Contribution:
    """Return one of a person's own contributions. Raises NotHere for every other."""
    return kept.one_of_member(db, Contribution, member, reference)


def one_of_panel(db: Session, reader: StaffMember, contribution_id: UUID) -> Contribution:
    """Return one contribution to the reader's own panel. Raises NotHere for what is not theirs to read."""
    found = db.get(Contribution, contribution_id)
    if found is None or found.panel != reader.panel or found.state in NOT_FOR_PANEL:
        raise NotHere
    return found


def take_up(db: Session, coordinator: StaffMember, told: Contribution) -> None:
    """Say that the panel has it now."""
    if told.state is Place.KEPT:
        told.state = Place.WITH_PANEL
        told.taken_up_by = coordinator.id
        told.taken_up_at = clock.now()
        history.add(db, coordinator, "contribution taken up", review_id=told.review_id, subject_id=told.id)


def withdraw(db: Session, member: FamilyMember, told: Contribution) -> None:
    """Take a contribution back; it leaves every list of staff at once."""
    told.state = Place.WITHDRAWN
    history.add(db, member, "contribution withdrawn", review_id=told.review_id, subject_id=told.id)
