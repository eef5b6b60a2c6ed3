"""What waits for a key worker, and what can be done for a family and for a person, from every subject.

Each subject says it once for all families; here they are put together, in the order in which they matter.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from flask import url_for

from portal.days import today
from portal.door import Here
from portal.keyworker import (
    concern_pages,
    contacts_pages,
    cover_pages,
    files_pages,
    readiness,
    told_marks,
    way_back_pages,
    wishes_words,
)
from portal.keyworker.wording import name_of
from portal.page import Choice
from portal.review import at_a_glance, coming_back, concerns, families, questions, removals, sent, sharing
from portal.review.at_a_glance import ContactDays
from portal.review.concerns import FamilyTold
from portal.review.messages import Travel
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import Standing
from portal.review.reviews import Review, looked_after_by
from portal.words import day, gettext


def waiting(here: Here[StaffMember], reviews: Sequence[Review]) -> list[tuple[UUID, Choice]]:
    """Return what waits in these families, the most pressing first, each with its review and one press away."""
    return [need for source in SOURCES for need in source(here, reviews)]


def _concerns(here: Here[StaffMember], reviews: Sequence[Review]) -> Iterator[tuple[UUID, Choice]]:
    unread = gettext("Nobody at the panel has read that somebody may be in danger. Please ring them.")
    feared = gettext("The panel fears that somebody may be in danger. Please look now, and ring them.")
    for concern in concerns.for_key_worker(here.db, reviews):
        sentence = feared if concern.told is FamilyTold.NOT_YET else unread
        yield concern.review_id, Choice(sentence, concern_pages.url_of(concern))


def _ways_back(here: Here[StaffMember], reviews: Sequence[Review]) -> Iterator[tuple[UUID, Choice]]:
    ids = {review.id for review in reviews}
    for one in coming_back.for_key_worker(here.db, here.caller):
        if one.member is not None and one.request.done_at is None and one.member.review_id in ids:
            yield one.member.review_id, way_back_pages.choice(here, one)


def _post(here: Here[StaffMember], reviews: Sequence[Review]) -> Iterator[tuple[UUID, Choice]]:
    people = families.people_of(here.db, reviews)
    post = sent.post_of(here.db, people)
    for member in people:
        name, url = name_of(member), url_for("keyworker.person", member_id=member.id)
        if (doubtful := post[member.id].in_doubt) is not None:
            if doubtful.state is Travel.CAME_BACK:
                sentence = gettext("The message to %(name)s came back. Please telephone.", name=name)
            else:
                sentence = gettext(
                    "It is not certain that the message to %(name)s reached them. Please telephone.", name=name
                )
            yield member.review_id, Choice(sentence, url)
        for message in post[member.id].to_print if member.no_link_ct is None else ():
            letter_url = url_for("keyworker.letter", message_id=message.id)
            yield member.review_id, Choice(gettext("A letter to %(name)s waits to be printed", name=name), letter_url)
        if member.number_ct is not None:
            yield member.review_id, Choice(gettext("The number for %(name)s is not noted yet", name=name), url)


def _answers(here: Here[StaffMember], reviews: Sequence[Review]) -> Iterator[tuple[UUID, Choice]]:
    ids = {review.id for review in reviews}
    for question in families.asked_to_go_through(here.db, here.caller):
        if question.review_id in ids:
            sentence = gettext(
                "Somebody would like to go through an answer with you: %(reference)s", reference=question.reference
            )
            yield question.review_id, Choice(sentence, url_for("keyworker.question", question_id=question.id))
    for question in questions.for_key_worker(here.db, here.caller, Standing.CHECKED):
        if question.review_id in ids:
            sentence = gettext("An answer is ready for you to bring: %(reference)s", reference=question.reference)
            yield question.review_id, Choice(sentence, url_for("keyworker.bring", question_id=question.id))


def _contact_days(here: Here[StaffMember], reviews: Sequence[Review]) -> Iterator[tuple[UUID, Choice]]:
    people = families.people_of(here.db, reviews)
    days, now = at_a_glance.contact_days(here.db, people), today()
    for member in people:
        if (planned := days[member.id]).is_due(now) and planned.next:
            sentence = gettext(
                "You planned to be in touch with %(name)s on %(day)s.", name=name_of(member), day=day(planned.next)
            )
            yield member.review_id, Choice(sentence, url_for("keyworker.contact", member_id=member.id))
    for review in reviews:
        theirs = at_a_glance.of_family(review, [one for one in people if one.review_id == review.id], days)
        of_all = ContactDays(theirs.last, review.next_contact_on)
        if of_all.is_due(now) and of_all.next:
            sentence = gettext("You planned to be in touch with the family on %(day)s.", day=day(of_all.next))
            yield review.id, Choice(sentence, url_for("keyworker.stage", review_id=review.id))


def _sharing(here: Here[StaffMember], reviews: Sequence[Review]) -> Iterator[tuple[UUID, Choice]]:
    sentence = gettext("Somebody would like to show something to a relative")
    _held = at_a_glance.written_in(here.db, reviews)  # so that the database is not asked once for each of them
    for share, owner in sharing.waiting(here.db, reviews):
        yield owner.review_id, Choice(sentence, url_for("keyworker.share", share_id=share.id))


def _removals(here: Here[StaffMember], reviews: Sequence[Review]) -> Iterator[tuple[UUID, Choice]]:
    sentence = gettext("Somebody asks that something of theirs be taken out")
    for request in removals.in_families(here.db, reviews, *removals.OPEN):
        yield request.review_id, Choice(sentence, url_for("keyworker.removal", removal_id=request.id))


Source = Callable[[Here[StaffMember], Sequence[Review]], Iterable[tuple[UUID, Choice]]]
# The most pressing first. A subject that has something to say adds a line; it asks once for all families together.
SOURCES: tuple[Source, ...] = (
    _concerns,
    _ways_back,
    cover_pages.waiting,
    _post,
    wishes_words.waiting,
    _answers,
    readiness.waiting,
    told_marks.waiting,
    contacts_pages.waiting,
    _contact_days,
    _removals,
    _sharing,
    files_pages.waiting,
)


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
        Choice(gettext("Calls, visits and promises"), url_for("keyworker.contacts_of_family", review_id=review.id)),
        Choice(gettext("News of the review"), url_for("keyworker.all_news", review_id=review.id)),
        Choice(gettext("Letters and cards"), url_for("keyworker.letters_of_family", review_id=review.id)),
        Choice(gettext("What the family brought"), url_for("keyworker.files_of_family", review_id=review.id)),
        Choice(gettext("What they show one another"), url_for("keyworker.sharing", review_id=review.id)),
        Choice(gettext("Who may know of whom"), url_for("keyworker.who_may_know", review_id=review.id)),
        Choice(gettext("Asked to be taken out"), url_for("keyworker.removals")),
    ]


def among_colleagues(here: Here[StaffMember], review: Review) -> list[Choice]:
    """Return what stands between colleagues about a family: notes, and handing it over."""
    notes = Choice(gettext("Notes to colleagues"), url_for("keyworker.colleague_notes", review_id=review.id))
    return [notes, *cover_pages.about_family(here, review)]


def about_person(here: Here[StaffMember], member: FamilyMember) -> list[Choice]:
    """Return what can be done for a person, beside links, numbers and how to reach them."""
    return [
        Choice(gettext("Write down what they say"), url_for("keyworker.tell_page", member_id=member.id)),
        Choice(gettext("Calls, visits and promises"), url_for("keyworker.contacts_of_person", member_id=member.id)),
        Choice(gettext("Letters and cards"), url_for("keyworker.letters_of_person", member_id=member.id)),
        Choice(gettext("When you will next be in touch"), url_for("keyworker.contact", member_id=member.id)),
    ]
