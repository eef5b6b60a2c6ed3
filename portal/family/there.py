"""Who is there for a family today: their key worker by name, and while that person is away the colleague who covers."""

from dataclasses import dataclass

from portal.door import Here
from portal.review import leaves
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from portal.words import day


@dataclass(frozen=True)
class Away:
    """The colleague who is there while the key worker is away, and until when."""

    cover: str
    until: str


def name_of(here: Here[FamilyMember], review: Review) -> str:
    """Return the name of a family's own key worker."""
    return here.db.get_one(StaffMember, review.key_worker_id).name


def away(here: Here[FamilyMember], review: Review) -> Away | None:
    """Return who is there instead of the key worker today; None while the key worker is there."""
    found = leaves.there_for(here.db, review.key_worker_id)
    return Away(found[1].name, day(found[0].until_on)) if found else None
