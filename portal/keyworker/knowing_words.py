"""Who of a family may not know of whom, in the calm sentences that stand where a key worker works."""

from collections.abc import Iterable, Sequence

from portal.door import Here
from portal.keyworker import wording
from portal.review import knowing, reviews
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from portal.words import gettext


def with_relation(member: FamilyMember) -> str:
    """Return a person's name and what they are to the child."""
    return gettext(
        "%(name)s (%(relation)s)", name=wording.name_of(member), relation=wording.relation(member.relation).lower()
    )


def about(here: Here[StaffMember], member: FamilyMember) -> list[str]:
    """Say who may not know that a person is here, and of whom that person may not know."""
    family = _family(here, reviews.one_of_mine(here.db, here.caller, member.review_id))
    allowed = knowing.allowed(here.db, family)
    others = [one for one in family if one.id != member.id]
    not_of_them = {one for one in others if (one.id, member.id) not in allowed}
    not_by_them = {one for one in others if (member.id, one.id) not in allowed}
    found = []
    if names := _names(one for one in others if one in not_of_them & not_by_them):
        found.append(gettext("They and these people may not know of each other here: %(names)s.", names=names))
    if names := _names(one for one in others if one in not_of_them - not_by_them):
        found.append(gettext("These people may not know that they are here: %(names)s.", names=names))
    if names := _names(one for one in others if one in not_by_them - not_of_them):
        found.append(gettext("They may not know that these people are here: %(names)s.", names=names))
    return found


def between(here: Here[StaffMember], review: Review) -> list[str]:
    """Say which people of a family may not know of each other, a sentence for each two."""
    family = _family(here, review)
    allowed = knowing.allowed(here.db, family)
    if len(family) > 2 and not allowed:
        return [gettext("No two people of this family may know of each other here.")]
    found = []
    for number, one in enumerate(family):
        for other in family[number + 1 :]:
            names = {"name": with_relation(one), "other": with_relation(other)}
            if not allowed & {(one.id, other.id), (other.id, one.id)}:
                found.append(gettext("%(name)s and %(other)s may not know of each other here.", **names))
            elif (one.id, other.id) not in allowed:
                found.append(gettext("%(name)s may not know that %(other)s is here.", **names))
            elif (other.id, one.id) not in allowed:
                found.append(gettext("%(other)s may not know that %(name)s is here.", **names))
    return found


def _family(here: Here[StaffMember], review: Review) -> Sequence[FamilyMember]:
    return reviews.family_of(here.db, review)


def _names(people: Iterable[FamilyMember]) -> str:
    return ", ".join(map(with_relation, people))
