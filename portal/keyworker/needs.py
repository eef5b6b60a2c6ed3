"""What waits for a key worker in each family, and what can be done for a family and for a person, from every subject.

Each subject says it in its own module; here they are only put together, in the order in which they matter.
"""

from collections.abc import Sequence
from uuid import UUID

from flask import url_for

from portal.door import Here
from portal.keyworker import (
    concern_pages,
    cover_pages,
    files_pages,
    readiness,
    told_marks,
    way_back_pages,
    wishes_words,
)
from portal.page import Choice
from portal.review import coming_back, concerns, removals, sharing
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review, looked_after_by
from portal.words import gettext


def waiting(here: Here[StaffMember], reviews: Sequence[Review]) -> dict[UUID, list[Choice]]:
    """Return what waits in each of these families, beside answers, messages and numbers."""
    found: dict[UUID, list[Choice]] = {review.id: [] for review in reviews}
    for concern in concerns.unread(here.db, reviews):
        sentence = gettext("Nobody at the panel has read that somebody may be in danger. Please ring them.")
        found[concern.review_id].append(Choice(sentence, concern_pages.url_of(concern)))
    for review_id, handed in cover_pages.waiting(here, reviews):
        found[review_id].append(handed)
    for review_id, choices in readiness.needs(here, reviews).items():
        found[review_id] += choices
    for review_id, need in told_marks.waiting(here, reviews):
        found[review_id].append(need)
    for share, owner in sharing.waiting(here.db, reviews):
        sentence = gettext("Somebody would like to show something to a relative")
        found[owner.review_id].append(Choice(sentence, url_for("keyworker.share", share_id=share.id)))
    for one in coming_back.for_key_worker(here.db, here.caller):
        if one.member is not None and one.request.done_at is None and one.member.review_id in found:
            found[one.member.review_id].append(way_back_pages.choice(here, one))
    for request in removals.in_families(here.db, reviews, *removals.OPEN):
        sentence = gettext("Somebody asks that something of theirs be taken out")
        found[request.review_id].append(Choice(sentence, url_for("keyworker.removal", removal_id=request.id)))
    for review, need in files_pages.waiting(here, reviews):
        found[review.id].append(need)
    for review_id, need in wishes_words.waiting(here, reviews):
        found[review_id].append(need)
    return found


def of_no_family(here: Here[StaffMember]) -> list[Choice]:
    """Return what waits for the key workers of a panel together, until one of them takes it."""
    found = coming_back.for_key_worker(here.db, here.caller)
    mine = {review.id for review in looked_after_by(here.db, here.caller)}
    waits = [one for one in found if one.request.done_at is None]
    asked = [one for one in waits if one.member is None or one.member.review_id not in mine]
    return [*cover_pages.of_no_family(here), *(way_back_pages.choice(here, one) for one in asked)]


def about_family(here: Here[StaffMember], review: Review) -> list[Choice]:
    """Return what can be done for a family, beside inviting and setting the stage."""
    return [
        Choice(gettext("Notes to colleagues"), url_for("keyworker.colleague_notes", review_id=review.id)),
        Choice(gettext("News of the review"), url_for("keyworker.all_news", review_id=review.id)),
        Choice(gettext("What the family brought"), url_for("keyworker.files_of_family", review_id=review.id)),
        Choice(gettext("What they show one another"), url_for("keyworker.sharing", review_id=review.id)),
        Choice(gettext("Asked to be taken out"), url_for("keyworker.removals")),
        *cover_pages.about_family(here, review),
    ]


def about_person(here: Here[StaffMember], member: FamilyMember) -> list[Choice]:
    """Return what can be done for a person, beside links, numbers and how to reach them."""
    return [
        Choice(gettext("Write down what they say"), url_for("keyworker.tell_page", member_id=member.id)),
        Choice(gettext("When you are in touch with them"), url_for("keyworker.contact", member_id=member.id)),
    ]
