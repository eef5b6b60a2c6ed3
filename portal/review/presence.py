"""Whether a person uses their space now: "not now" and "not at all" for the whole of it, kept without a reason."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal import clock
from portal.review import history
from portal.review.people import FamilyMember, Presence


def choose(db: Session, member: FamilyMember, presence: Presence) -> None:
    """Keep whether a person wants anything of this now. Nothing that they wrote or chose changes with it."""
    if member.presence is presence:
        return
    member.presence, member.presence_at = presence, clock.now()
    history.add(db, member, "presence chosen", review_id=member.review_id, subject_id=member.id)


def is_away(member: FamilyMember) -> bool:
    """Whether the person does not use their space now."""
    return member.presence is not Presence.HERE


def away(people: Sequence[FamilyMember]) -> list[FamilyMember]:
    """Return those who do not use their space now."""
    return [member for member in people if is_away(member)]
