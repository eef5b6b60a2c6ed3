"""Drafts of whole forms: every field as it stands, sealed as one, until the form is sent.

A person's own are for that person alone. What a key worker begins to write down of what a person said is for that key
worker alone, while they look after the person: it is sealed with the person's key, and no page, copy or pack of anybody
else reads it. The rules are those of every draft (drafting.py).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.review.drafting import Pad, Unsent, begun, sent
from portal.review.kept import clean
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review


class FormDraft(Unsent):
    """A form that is not sent yet; ``words`` are its fields (see ``Filled``)."""

    __tablename__ = "form_drafts"
    __table_args__ = (UniqueConstraint("family_member_id", "once"), Index(None, "family_member_id", "place"))

    staff_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("staff_members.id"), index=True
    )  # nobody: the person's own


@dataclass(frozen=True)
class Filled:
    """What stands in a form: what was typed, and what was chosen beside it, by the names of the fields."""

    typed: dict[str, str]
    chosen: dict[str, Any]

    @property
    def said(self) -> str:
        """What was typed, to be read."""
        return "\n".join(text for text in self.typed.values() if text.strip())

    def as_words(self) -> str:
        """Return it as the words of a draft; the same fields are always the same words."""
        typed = {name: clean(text) for name, text in self.typed.items()}
        return json.dumps({"typed": typed, "chosen": self.chosen}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, words: str | None) -> "Filled":
        """Read it from the words of a draft."""
        return cls(**json.loads(words)) if words else cls({}, {})


def pad_of(member: FamilyMember, by: StaffMember | None = None) -> Pad[FormDraft]:
    """Return where a person's own drafts are, or those of whoever of the staff writes down what the person says."""
    whose = {"family_member_id": member.id, "staff_id": by.id if by else None}
    return Pad(FormDraft, whose, {"key_id": member.key_id})


def sent_elsewhere(db: Session, pad: Pad[FormDraft], place: str, words: str) -> None:
    """Note that these words, which a form had held, are kept where they belong now."""
    for one in begun(db, pad, place):
        if Filled.of(one.words).said == clean(words):
            sent(db, one, "")


def begun_about(db: Session, key_worker: StaffMember, reviews: Sequence[Review]) -> Sequence[FamilyMember]:
    """Return the people in some families of whose words a key worker has begun to write something down."""
    mine = select(FormDraft.family_member_id).where(
        FormDraft.staff_id == key_worker.id,
        FormDraft.words_ct.is_not(None),
        FormDraft.let_go_at.is_(None),
    )
    people = select(FamilyMember).where(
        FamilyMember.review_id.in_([review.id for review in reviews]), FamilyMember.id.in_(mine)
    )
    return db.scalars(people.order_by(FamilyMember.joined_at, FamilyMember.id)).all()
