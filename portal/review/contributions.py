"""Contributions: what a person wants the panel to know, in their own words."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review import history, kept, prompts
from portal.review.kept import WordsKept
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review, is_mine


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


def tell(db: Session, member: FamilyMember, words: str, once: str, prompt: str = prompts.FREE) -> Contribution:
    """Keep what a person wants to be known, by the panel or the key worker; the same form sent twice is kept once."""
    if prompts.is_for_key_worker(prompt):
        place, verb = Place.FOR_KEY_WORKER, "told the key worker something"
    else:
        place, verb = Place.KEPT, "told the panel something"
    return kept.keep(db, Contribution, member, words, once, place, verb, prompt=prompt)


def place_of(prompt: str) -> Place:
    """Return where what answers a prompt goes: to the panel, or to the key worker alone."""
    return Place.FOR_KEY_WORKER if prompts.is_for_key_worker(prompt) else Place.KEPT


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


def one_for_key_worker(db: Session, key_worker: StaffMember, contribution_id: UUID) -> Contribution:
    """Return one contribution of the key worker's own families. Raises NotHere for every other."""
    found = db.get(Contribution, contribution_id)
    review = db.get(Review, found.review_id) if found else None
    if found is None or review is None or not is_mine(db, key_worker, review) or found.state is Place.WITHDRAWN:
        raise NotHere
    return found


def take_up(db: Session, coordinator: StaffMember, told: Contribution) -> None:
    """Say that the panel has it now."""
    if told.state is Place.KEPT:
        told.state = Place.WITH_PANEL
        told.taken_up_by = coordinator.id
        told.taken_up_at = clock.now()
        history.add(db, coordinator, "contribution taken up", review_id=told.review_id, subject_id=told.id)


def seen_by_key_worker(db: Session, key_worker: StaffMember, told: Contribution) -> None:
    """Say that the key worker has read what was written for them; the one who wrote it sees that."""
    if told.state is not Place.FOR_KEY_WORKER:
        raise NotNow
    if told.taken_up_at is None:
        told.taken_up_by, told.taken_up_at = key_worker.id, clock.now()
        history.add(db, key_worker, "read what was written for them", review_id=told.review_id, subject_id=told.id)


def unread_by_key_worker(db: Session, reviews: Sequence[Review]) -> Sequence[Contribution]:
    """Return what was written for the key worker in some families and is not read yet, the oldest first."""
    theirs = select(Contribution).where(
        Contribution.review_id.in_([review.id for review in reviews]),
        Contribution.state == Place.FOR_KEY_WORKER,
        Contribution.taken_up_at.is_(None),
    )
    return db.scalars(theirs.order_by(Contribution.kept_at, Contribution.id)).all()


def withdraw(db: Session, member: FamilyMember, told: Contribution) -> None:
    """Take a contribution back; it leaves every list of staff at once."""
    told.state = Place.WITHDRAWN
    history.add(db, member, "contribution withdrawn", review_id=told.review_id, subject_id=told.id)


def bring_back(db: Session, member: FamilyMember, told: Contribution) -> None:
    """Tell what was taken back after all; what was told aloud waits again until its words are confirmed."""
    if told.state is not Place.WITHDRAWN:
        raise NotNow
    told.state = Place.TOLD_ALOUD if kept.waits_for_a_word(told) else place_of(told.prompt)
    told.taken_up_by = told.taken_up_at = None
    history.add(db, member, "contribution brought back", review_id=told.review_id, subject_id=told.id)
