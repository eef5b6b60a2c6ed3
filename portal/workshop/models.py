"""Versions of the library's texts: only ever added to, so that each can be read, compared and brought back."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, one_of
from portal.library.source import Key, Source
from portal.sealing import HOUSE_KEY, Sealed


class VersionState(Enum):
    """Where a version is on its way to readers."""

    FROM_FILES = "from the files"
    DRAFT = "draft"
    WAITING = "waits for a second person"
    PUBLISHED = "published"
    PUT_ASIDE = "put aside"
    WITHDRAWN = "withdrawn"


# What somebody has in hand.
ON_THE_WAY = frozenset({VersionState.DRAFT, VersionState.WAITING})
# What readers were given, or were no longer given, in the order of the serial.
REACHED_READERS = frozenset({VersionState.PUBLISHED, VersionState.WITHDRAWN})


class ContentVersion(Base):
    """One version of one text: the whole file with its front matter, who wrote it, and from what."""

    __tablename__ = "content_versions"
    __table_args__ = (
        UniqueConstraint("panel", "language", "page", "number"),
        # The text of a withdrawal has no author: an editor takes away what somebody else wrote.
        CheckConstraint("published_by IS NULL OR author_id IS NULL OR published_by <> author_id", name="two_people"),
        CheckConstraint(
            "serial IS NULL OR (published_at IS NOT NULL AND published_by IS NOT NULL)", name="by_somebody"
        ),
        Index(None, "state", "language"),
    )

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"), default=HOUSE_KEY)
    panel: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(12))
    page: Mapped[str] = mapped_column(String(100))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    state: Mapped[VersionState] = mapped_column(one_of(VersionState))
    based_on: Mapped[UUID | None] = mapped_column(ForeignKey("content_versions.id"))
    note_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    note = Sealed[str | None]("note_ct")  # the author's, for the second person
    remark_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    remark = Sealed[str | None]("remark_ct")  # from whoever sent it back
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    serial: Mapped[int | None] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def key(self) -> Key:
        """Which text this is a version of."""
        return Key(self.panel, self.language, self.page)

    @property
    def source(self) -> Source:
        """The text as it is read. Raises ValueError when it cannot be."""
        return Source.parse(self.text)


_NEVER_CHANGED = ("panel", "language", "page", "number", "author_id", "created_at")


@event.listens_for(ContentVersion, "before_update")
def _only_ever_added(_mapper: object, _connection: object, one: ContentVersion) -> None:
    changes = inspect(one).attrs
    if any(changes[name].history.has_changes() for name in _NEVER_CHANGED):
        raise RuntimeError("A version is only ever added to.")
    before = changes.text.history.deleted
    # Publishing puts signatures into the front matter: who cleared it, who checked it. The words stay as they were.
    if before and (one.state is not VersionState.PUBLISHED or Source.parse(before[0]).body != one.source.body):
        raise RuntimeError("The words of a version never change.")


@event.listens_for(ContentVersion, "before_delete")
def _never_deleted(*_: object) -> None:
    raise RuntimeError("A version is only ever added to.")
