"""What a key worker's desk asks about many families at once, with as many questions to the database as for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.review.contributions import Contribution, Place
from portal.review.files import FOR_STAFF, File
from portal.review.people import FamilyMember
from portal.review.questions import Question, Standing
from portal.review.reviews import Review
from portal.review.whereabouts import Contact, InTouch

Written = Question | Contribution | File


@dataclass(frozen=True)
class ContactDays:
    """When somebody was last in touch with a person, and will next be, as far as it is written down."""

    last: date | None
    next: date | None

    def is_due(self, today: date) -> bool:
        """Whether the next day has come, and nobody was in touch since."""
        return self.next is not None and self.next <= today and (self.last is None or self.last < self.next)


def contact_days(db: Session, people: Sequence[FamilyMember]) -> dict[UUID, ContactDays]:
    """Return the days of contact with each of these people."""
    ids = [member.id for member in people]
    whose = InTouch.family_member_id
    was = select(whose, func.max(InTouch.was_on)).where(whose.in_(ids), InTouch.counts.is_(True))
    last = {row[0]: row[1] for row in db.execute(was.group_by(whose).order_by(whose))}
    planned = select(Contact).where(Contact.family_member_id.in_(ids))
    coming = {contact.family_member_id: contact.next_on for contact in db.scalars(planned.order_by(Contact.id))}
    return {one: ContactDays(last.get(one), coming.get(one)) for one in ids}


def of_family(review: Review, people: Sequence[FamilyMember], days: dict[UUID, ContactDays]) -> ContactDays:
    """Return the last day on which anybody of a family was in touch, and the first of the days to come."""
    last = [found for member in people if (found := days[member.id].last)]
    coming = [found for member in people if (found := days[member.id].next)]
    coming += [review.next_contact_on] if review.next_contact_on else []
    return ContactDays(max(last, default=None), min(coming, default=None))


def written_in(db: Session, reviews: Sequence[Review]) -> list[Written]:
    """Return everything with a reference that the people of these families sent and did not take back."""
    ids = [review.id for review in reviews]
    asked = select(Question).where(Question.review_id.in_(ids), Question.state != Standing.WITHDRAWN)
    told = select(Contribution).where(Contribution.review_id.in_(ids), Contribution.state != Place.WITHDRAWN)
    files = select(File).where(File.review_id.in_(ids), File.state.in_(FOR_STAFF))
    return [
        *db.scalars(asked.order_by(Question.kept_at, Question.id)),
        *db.scalars(told.order_by(Contribution.kept_at, Contribution.id)),
        *db.scalars(files.order_by(File.kept_at, File.id)),
    ]
