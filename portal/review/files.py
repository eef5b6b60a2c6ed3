"""What a person brings: photographs, documents, spoken messages; kept sealed in parts, exactly as they came.

arriving > kept, not sent > sent > with the panel; and, once it was sent: withdrawn, and sent again. What is not sent is
there for the person alone, is never taken away by a clock, and goes for good when the person lets it go.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.looking.kinds import Form, Found, Kind, NotTaken, Refusal
from portal.review import codes, history
from portal.review.kept import clean
from portal.review.people import FamilyMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review
from portal.sealing import Sealed, opened, vault_of

PART = 256 * 1024  # bytes of one part; so much at most is lost when a line breaks
_TRIES = 5
_LONGEST_NAME = 1000  # characters
_LONGEST_SHOWN = 120
# Signs that turn the words beside them round, that cannot be seen, or with which this house marks its own words.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ue000-\ue002]")
_MOST_BEGUN = 40  # of one person at one time, that have not come whole


class Keeping(Enum):
    """Where something is that a person brings."""

    ARRIVING = "arriving"
    KEPT = "kept, not sent"
    SENT = "sent"
    WITH_PANEL = "with the panel"
    WITHDRAWN = "withdrawn"


BEGUN = (Keeping.ARRIVING, Keeping.KEPT)
FOR_STAFF = (Keeping.SENT, Keeping.WITH_PANEL)


class File(Base):
    """One photograph, document or spoken message."""

    __tablename__ = "files"
    __table_args__ = (UniqueConstraint("family_member_id", "once"), Index(None, "panel", "state", "kept_at", "id"))

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"))
    panel: Mapped[str] = mapped_column(String(60))
    reference: Mapped[str] = mapped_column(String(7), unique=True)
    once: Mapped[str] = mapped_column(String(40))
    mark: Mapped[str] = mapped_column(String(64))  # by which the same file is known again, to go on where it broke off
    language: Mapped[str] = mapped_column(String(12))
    name_ct: Mapped[bytes] = mapped_column(LargeBinary)
    name = Sealed[str]("name_ct")  # as it came; shown as text, and never used as a path
    words_ct: Mapped[bytes] = mapped_column(LargeBinary)
    words = Sealed[str]("words_ct")  # what it is, in the person's own words, if they want to say
    spoken: Mapped[bool]  # recorded here: it grows until the person stops
    expected: Mapped[int | None]  # bytes that it will have, where that is known
    size: Mapped[int]  # bytes that are here
    shown_size: Mapped[int]  # of the clean copy of a picture
    state: Mapped[Keeping] = mapped_column(one_of(Keeping))
    form: Mapped[Form | None] = mapped_column(one_of(Form))  # once it was looked into
    begun_at: Mapped[datetime]
    kept_at: Mapped[datetime | None]  # when it was sent
    taken_up_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    taken_up_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def kind(self) -> Kind | None:
        """What a person would call it; None until it was looked into."""
        return self.form.kind if self.form else None


class FilePart(Base):
    """A sealed stretch of a file, or of the clean copy of a picture."""

    __tablename__ = "file_parts"
    __table_args__ = (UniqueConstraint("file_id", "shown", "first_byte"),)

    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    shown: Mapped[bool]
    first_byte: Mapped[int]
    size: Mapped[int]
    part_ct: Mapped[bytes] = mapped_column(LargeBinary)


Sealed.everywhere.append((FilePart.__name__, "part_ct"))  # by hand below, because it is no text


def begin(
    db: Session,
    member: FamilyMember,
    once: str,
    name: str = "",
    words: str = "",
    *,
    mark: str = "",
    expected: int | None = None,
    spoken: bool = False,
    room: int,
) -> File:
    """Begin to take something in, or find what was begun: by its form's mark, or the same file chosen again.

    ``room`` is how many bytes one person may bring in all. Raises NotTaken when there is none left.
    """
    once = hashlib.sha256(once.encode("utf-8", "replace")).hexdigest()[:40]
    mark = vault_of(db).keyring.blind(f"{member.id} {mark}") if mark else ""
    if (before := _begun_before(db, member, once, mark)) is not None:
        return before
    waiting = select(func.count(File.id)).where(File.family_member_id == member.id, File.state == Keeping.ARRIVING)
    if used(db, member) + (expected or PART) > room or db.scalar(waiting) >= _MOST_BEGUN:  # type: ignore[operator]  # a count is a number
        raise NotTaken(Refusal.NO_ROOM)
    review = db.get_one(Review, member.review_id)
    for _ in range(_TRIES):
        file = File(
            key_id=member.key_id,
            review_id=review.id,
            family_member_id=member.id,
            panel=review.panel,
            reference=codes.new_reference(),
            once=once,
            mark=mark,
            language=member.language,
            name=clean(name)[:_LONGEST_NAME],
            words=clean(words),
            spoken=spoken,
            expected=expected,
            size=0,
            shown_size=0,
            state=Keeping.ARRIVING,
            begun_at=clock.now(),
        )
        try:
            with db.begin_nested():
                db.add(file)
                db.flush()
        except IntegrityError:
            if (before := _begun_before(db, member, once, "")) is not None:
                return before
            continue  # the reference stands for something else already
        history.add(db, member, "file begun", review_id=review.id, subject_id=file.id)
        return file
    raise RuntimeError("No reference was free.")


def _begun_before(db: Session, member: FamilyMember, once: str, mark: str) -> File | None:
    theirs = select(File).where(File.family_member_id == member.id)
    if (found := db.scalars(theirs.where(File.once == once)).one_or_none()) is not None or not mark:
        return found
    same = theirs.where(File.mark == mark, File.state == Keeping.ARRIVING)
    return db.scalars(same.order_by(File.begun_at, File.id)).first()


def add_part(db: Session, file: File, at: int, data: bytes, most: int) -> None:
    """Take in the next bytes; bytes that are here already are taken as they are. Raises NotTaken beyond ``most``.

    Raises NotNow when bytes before them are missing, or nothing more is expected.
    """
    if at < file.size:
        return
    if file.state is not Keeping.ARRIVING or at > file.size:
        raise NotNow("parts come in their order")
    if file.size + len(data) > (most if file.expected is None else min(most, file.expected)):
        raise NotTaken(Refusal.TOO_LARGE)
    _seal(db, file, data, shown=False, begin=file.size)
    file.size += len(data)


def whole(db: Session, member: FamilyMember, file: File, found: Found) -> None:
    """Say that all of it is here and what it is; done twice, it is done once."""
    if file.state is not Keeping.ARRIVING:
        return
    file.form, file.state, file.shown_size = found.form, Keeping.KEPT, len(found.shown)
    _seal(db, file, found.shown, shown=True)
    history.add(db, member, "file kept", review_id=file.review_id, subject_id=file.id)


def is_whole(file: File) -> bool:
    """Whether everything has come that was said to come; of a spoken message what is here is all."""
    return file.size > 0 and file.expected in (None, file.size)


def _seal(db: Session, file: File, data: bytes, *, shown: bool, begin: int = 0) -> None:
    for start in range(0, len(data), PART):
        piece = data[start : start + PART]
        part = FilePart(file_id=file.id, shown=shown, first_byte=begin + start, size=len(piece), part_ct=b"")
        part.part_ct = vault_of(db).seal_bytes(db, file.key_id, _label(file, part), piece)
        db.add(part)
    db.flush()


def _label(file: File, part: FilePart) -> bytes:
    return f"v1|file_parts|{part.id}|{file.id}|{part.shown}|{part.first_byte}|{file.key_id}".encode()


def bytes_from(db: Session, file: File, at: int, *, shown: bool = False) -> bytes:
    """Return the bytes from a place to the end of the part in which it lies; nothing beyond the end."""
    around = select(FilePart).where(FilePart.file_id == file.id, FilePart.shown == shown, FilePart.first_byte <= at)
    part = db.scalars(around.order_by(FilePart.first_byte.desc())).first()
    if part is None or at >= part.first_byte + part.size:
        return b""
    found = vault_of(db).open_bytes(db, file.key_id, _label(file, part), part.part_ct)[at - part.first_byte :]
    db.expunge(part)  # so that a large file is never held whole
    return found


def original(db: Session, file: File) -> bytes:
    """Return all of a file, exactly as it came."""
    pieces: list[bytes] = []
    at = 0
    while piece := bytes_from(db, file, at):
        pieces.append(piece)
        at += len(piece)
    return b"".join(pieces)


def used(db: Session, member: FamilyMember) -> int:
    """Return how many bytes a person has brought, with those that are still to come."""
    sizes = func.coalesce(File.expected, File.size) + File.shown_size
    return int(db.scalar(select(func.coalesce(func.sum(sizes), 0)).where(File.family_member_id == member.id)) or 0)


def let_go(db: Session, member: FamilyMember, file: File) -> None:
    """Take away for good what was not sent."""
    if file.state not in BEGUN:
        raise NotNow("it was sent")
    history.add(db, member, "file let go", review_id=file.review_id, subject_id=file.id)
    take_out(db, file)


def shown_name(file: File) -> str:
    """Return what a file was called on its person's own device, as text that cannot mislead and is never a path."""
    name = _UNSEEN.sub("", opened(lambda: file.name) or "")
    return name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"


def take_out(db: Session, file: File) -> None:
    """Take a file and all its parts out of the database."""
    db.execute(delete(FilePart).where(FilePart.file_id == file.id))
    db.delete(file)
    db.flush()


def of_member(db: Session, member: FamilyMember) -> Sequence[File]:
    """Return what a person has brought, the newest first."""
    theirs = select(File).where(File.family_member_id == member.id)
    return db.scalars(theirs.order_by(File.begun_at.desc(), File.id)).all()


def one_of_theirs(db: Session, member: FamilyMember, reference: str) -> File:
    """Return one thing that a person has brought, by its reference. Raises NotHere for every other."""
    theirs = select(File).where(File.family_member_id == member.id, File.reference == clean(reference))
    if (found := db.scalars(theirs).one_or_none()) is None:
        raise NotHere
    return found
