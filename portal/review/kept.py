"""What a family wrote: kept as written, sealed with its writer's key, with a reference to read aloud.

Sending twice makes one: each form carries a mark of its own, and one person's mark can stand in the table only once.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.review import history
from portal.review.people import StaffMember
from portal.sealing import Sealed

LONGEST = 100_000  # characters; far beyond what anybody types, far below what the server refuses


class WordsKept:
    """The columns that everything written by a family has."""

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"))
    panel: Mapped[str] = mapped_column(String(60))
    reference: Mapped[str] = mapped_column(String(7), unique=True)
    once: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(12))
    words_ct: Mapped[bytes] = mapped_column(LargeBinary)
    words = Sealed[str]("words_ct")
    translation_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    translation = Sealed[str | None]("translation_ct")
    translator_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    translator = Sealed[str | None]("translator_ct")
    kept_at: Mapped[datetime]


W = TypeVar("W", bound=WordsKept)


def clean(text: str) -> str:
    """Return a text as it is kept: every character as typed, but for NUL."""
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return lines.encode("utf-8", "replace").decode()


def kept_before(db: Session, kind: type[W], family_member_id: UUID, once: str) -> W | None:
    """Return what this person sent with this form already, if they did."""
    same = select(kind).where(kind.family_member_id == family_member_id, kind.once == once)
    return db.scalars(same).one_or_none()


def some_of_panel(
    db: Session, kind: type[W], reader: StaffMember, state: Enum, after: tuple[datetime, UUID] | None, most: int
) -> Sequence[W]:
    """Return at most so many of what the reader's panel has in one state, the oldest first, after a place."""
    column: Any = kind
    ours = select(kind).where(kind.panel == reader.panel, column.state == state)
    if after is not None:
        at, last = after
        # The first half lets the index find the place; the second tells apart what was kept in the same moment.
        ours = ours.where(kind.kept_at >= at, or_(kind.kept_at > at, column.id > last))
    return db.scalars(ours.order_by(kind.kept_at, column.id).limit(most)).all()


def translate(db: Session, staff: StaffMember, row: WordsKept, translation: str, translator: str) -> None:
    """Stand a translation beside a person's own words, with the name of who translated it."""
    row.translation = clean(translation)
    row.translator = translator.strip()
    history.add(db, staff, "words translated", review_id=row.review_id, subject_id=row.id)
