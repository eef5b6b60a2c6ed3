"""Drafts: what a person is writing, kept on the server while they write, on any device, seen by nobody else.

The rules are those of every draft (drafting.py); here are the words of one text each, at the places of a space.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.review import drafting
from portal.review.drafting import Outcome, Pad, Saved, Typed, bring_back, forget_let_go, let_go, sent, was_sent
from portal.review.people import FamilyMember


class Draft(drafting.Unsent):
    """Words of one text that are not sent yet; ``place`` is one of portal/family/places.py."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("family_member_id", "once"), Index(None, "family_member_id", "place"))

    language: Mapped[str] = mapped_column(String(12))


def _pad(member: FamilyMember) -> Pad[Draft]:
    return Pad(Draft, {"family_member_id": member.id}, {"key_id": member.key_id, "language": member.language})


def save(db: Session, member: FamilyMember, place: str, typed: Typed, begin: str = "") -> Saved[Draft]:
    """Keep what a form says; ``begin`` is what an untouched form says, which nobody wrote."""
    return drafting.save(db, _pad(member), place, typed, begin)


def begun_by(db: Session, member: FamilyMember, place: str = "", *, let_go: bool = False) -> Sequence[Draft]:
    """Return what a person began and has neither sent nor let go, or what they let go; the oldest first."""
    return drafting.begun(db, _pad(member), place, let_go=let_go)


def one_of_theirs(db: Session, member: FamilyMember, place: str, draft_id: UUID, *, lock: bool = False) -> Draft:
    """Return one of a person's own drafts at a place. Raises NotHere for every other."""
    return drafting.one_of(db, _pad(member), place, draft_id, lock=lock)


def move(draft: Draft, place: str) -> None:
    """Let words go on at another place."""
    draft.place = place


def put_together(db: Session, member: FamilyMember, place: str) -> Draft | None:
    """Put all drafts of a place one after the other into a new one; each of them can still be brought back."""
    found = begun_by(db, member, place)
    if len(found) < 2:
        return found[0] if found else None
    words = "\n\n".join(one.words or "" for one in found)
    for one in found:
        let_go(one)
    return drafting.new(db, _pad(member), place, str(uuid4()), words, Typed("", words))


__all__ = [
    "Draft",
    "Outcome",
    "Saved",
    "Typed",
    "begun_by",
    "bring_back",
    "forget_let_go",
    "let_go",
    "move",
    "one_of_theirs",
    "put_together",
    "save",
    "sent",
    "was_sent",
]
