"""What a family wrote: kept as written, sealed with its writer's key, with a reference to read aloud.

Sending twice makes one: each form carries a mark of its own, and one person's mark can stand in the table only once.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base
from portal.review import codes, history
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import NotHere, Review
from portal.sealing import Sealed, opened

_TRIES = 5  # of a hundred million references one is free long before that
_MARK = 40  # characters of the hash that stands for a form and the words in it
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
    changed_at: Mapped[datetime | None]  # when the person last put other words in their place
    follows_id: Mapped[UUID | None]  # what it was added to: something else by the same person
    # Told aloud: who of the staff wrote it down, on which day it was said, since when the person knows that it waits
    # for their word, and when they gave it.
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    said_on: Mapped[date | None]
    announced_on: Mapped[date | None]
    confirmed_at: Mapped[datetime | None]


class EarlierWords(Base):
    """What a person had written before they put other words in its place: kept as written, for them alone."""

    __tablename__ = "earlier_words"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), index=True)
    of_id: Mapped[UUID] = mapped_column(index=True)  # the question or contribution
    words_ct: Mapped[bytes] = mapped_column(LargeBinary)
    words = Sealed[str]("words_ct")
    kept_at: Mapped[datetime]
    until_at: Mapped[datetime]


W = TypeVar("W", bound=WordsKept)


def clean(text: str) -> str:
    """Return a text as it is kept: every character as typed, but for NUL."""
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return lines.encode("utf-8", "replace").decode()


def keep(
    db: Session,
    kind: type[W],
    member: FamilyMember,
    words: str,
    once: str,
    state: Enum,
    verb: str,
    by: StaffMember | None = None,
    **also: Any,
) -> W:
    """Keep what a person sent; the same form sent twice, or twenty times at the same moment, is kept once.

    Somebody who goes back, changes their words and sends the form again has sent something else: both are kept. ``by``
    is whoever of the staff wrote it down for them; ``also`` is what else stands in the row.
    """
    words = clean(words)
    once = hashlib.sha256(f"{once}\n{words}".encode("utf-8", "replace")).hexdigest()[:_MARK]
    if (before := _sent(db, kind, member, once)) is not None:
        return before
    review = db.get_one(Review, member.review_id)
    make: Any = kind
    for _ in range(_TRIES):
        columns = {
            "key_id": member.key_id,
            "review_id": review.id,
            "family_member_id": member.id,
            "panel": review.panel,
            "reference": codes.new_reference(),
            "once": once,
            "language": member.language,
            "words": words,
            "state": state,
            "kept_at": clock.now(),
        }
        row: W = make(**columns | also)
        try:
            with db.begin_nested():
                db.add(row)
                db.flush()
        except IntegrityError:
            if (before := _sent(db, kind, member, once)) is not None:
                return before
            continue  # the reference stands for something else already
        history.add(db, by or member, verb, review_id=review.id, subject_id=row.id)
        return row
    raise RuntimeError("No reference was free.")


def of_member(db: Session, kind: type[W], member: FamilyMember) -> Sequence[W]:
    """Return what a person sent, the newest first."""
    theirs = select(kind).where(kind.family_member_id == member.id)
    return db.scalars(theirs.order_by(kind.kept_at.desc(), kind.id)).all()


def one_of_member(db: Session, kind: type[W], member: FamilyMember, reference: str) -> W:
    """Return one thing that a person sent, by its reference. Raises NotHere for every other."""
    theirs = select(kind).where(kind.family_member_id == member.id, kind.reference == clean(reference))
    if (found := db.scalars(theirs).one_or_none()) is None:
        raise NotHere
    return found


def _sent(db: Session, kind: type[W], member: FamilyMember, once: str) -> W | None:
    same = select(kind).where(kind.family_member_id == member.id, kind.once == once)
    return db.scalars(same).one_or_none()


def some_of_panel(
    db: Session, kind: type[W], reader: StaffMember, state: Enum, after: tuple[datetime, UUID] | None, most: int
) -> Sequence[W]:
    """Return at most so many of what the reader's panel has in one state, the oldest first, after a place."""
    stated: Any = kind
    ours = select(kind).where(kind.panel == reader.panel, stated.state == state)
    if after is not None:
        at, last = after
        # The first half lets the index find the place; the second tells apart what was kept in the same moment.
        ours = ours.where(kind.kept_at >= at, or_(kind.kept_at > at, kind.id > last))
    return db.scalars(ours.order_by(kind.kept_at, kind.id).limit(most)).all()


def waits_for_a_word(row: WordsKept) -> bool:
    """Whether somebody else wrote this down and the person has not said yet that it is right."""
    return row.written_by is not None and row.confirmed_at is None


class Relative(Exception):
    """A relative is never asked to translate: somebody named here is of the family."""


def no_relative(db: Session, review_id: UUID, translator: str) -> None:
    """Raise Relative when a translator has the name of somebody of the review's family."""
    family = db.scalars(select(FamilyMember).where(FamilyMember.review_id == review_id).order_by(FamilyMember.id))
    if _folded(translator) in {_folded(_name(one)) for one in family} - {""}:
        raise Relative


def _name(member: FamilyMember) -> str:
    return opened(lambda: member.name) or ""


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def translate(db: Session, staff: StaffMember, row: WordsKept, translation: str, translator: str) -> None:
    """Stand a translation beside a person's own words, with the name of who translated it. Raises Relative."""
    no_relative(db, row.review_id, translator)
    row.translation = clean(translation)
    row.translator = translator.strip()
    history.add(db, staff, "words translated", review_id=row.review_id, subject_id=row.id)
