"""Who did what, and when: append-only, and without a word that a family wrote or a secret in it."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Index, String, event
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base


class Actor(Protocol):
    """Anybody with a row of their own."""

    __tablename__: str

    @property
    def id(self) -> UUID:
        """The id of the row."""


class Entry(Base):
    """One line of history: a person, a verb, and the rows it was about."""

    __tablename__ = "history"
    __table_args__ = (Index(None, "review_id", "at"),)

    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    verb: Mapped[str] = mapped_column(String(60))
    review_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]


def add(
    db: Session, actor: Actor | None, verb: str, *, review_id: UUID | None = None, subject_id: UUID | None = None
) -> None:
    """Add one line; without an actor it was the portal itself (the courier, the clock)."""
    kind = {"staff_members": "staff", "family_members": "family"}[actor.__tablename__] if actor else "portal"
    db.add(
        Entry(
            at=clock.now(),
            actor_kind=kind,
            actor_id=actor.id if actor else None,
            verb=verb,
            review_id=review_id,
            subject_id=subject_id,
        )
    )


@event.listens_for(Entry, "before_update")
@event.listens_for(Entry, "before_delete")
def _only_ever_added(*_: object) -> None:
    raise RuntimeError("History is only ever added to.")
