"""How a person likes to read, remembered in their own space alone, so that no public page needs a cookie."""

from collections.abc import Sequence
from enum import Enum

from sqlalchemy.orm import Session

from portal.review import history
from portal.review.people import FamilyMember


class Liking(Enum):
    """One thing that makes reading easier for somebody."""

    LARGE = "large"
    PLAIN = "plain"
    EASY_WORDS = "easy words"
    LISTENING = "listening"


def likings(member: FamilyMember) -> tuple[Liking, ...]:
    """Return what a person likes, in the order in which it is offered."""
    return tuple(one for one in Liking if one.value in member.display)


def keep(db: Session, member: FamilyMember, chosen: Sequence[Liking]) -> None:
    """Remember what a person likes."""
    wanted = [one.value for one in Liking if one in chosen]
    if wanted != member.display:
        member.display = wanted
        history.add(db, member, "way of reading chosen", review_id=member.review_id, subject_id=member.id)
