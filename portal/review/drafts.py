"""Drafts: what a person is writing, kept on the server while they write, on any device, seen by nobody else."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.sealing import Sealed


class Draft(Base):
    """Words that are not sent yet, of one form that lay open; two forms of one place are two drafts, side by side.

    Once sent its words are gone from here and the row stays, so that a save that comes late changes nothing.
    """

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("family_member_id", "once"), Index(None, "family_member_id", "place"))

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"))
    place: Mapped[str] = mapped_column(String(60))  # which page it belongs to: see portal/family/places.py
    once: Mapped[str] = mapped_column(String(40))  # the form's own mark
    language: Mapped[str] = mapped_column(String(12))
    words_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = Sealed[str | None]("words_ct")
    saved: Mapped[int]  # how often it was saved: what a form says it has seen
    tab: Mapped[str] = mapped_column(String(40), default="")  # which open page saved it last, and with which turn
    turn: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
