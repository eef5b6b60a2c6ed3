"""What a key worker sees of their families: the list with what needs them, and one family."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import url_for

from portal import languages
from portal.door import Here
from portal.keyworker import cover_pages, needs, readiness, wording
from portal.keyworker.forms import StageForm, StartForm
from portal.page import Choice, Page
from portal.review import answers, contributions, families, questions, reviews, sent
from portal.review.messages import Travel
from portal.review.people import FamilyMember, StaffMember
from portal.review.prompts import for_staff
from portal.review.questions import ENDED, Question, Standing
from portal.review.reviews import Review
from portal.review.sent import Post
from portal.stages import stage_labels
from portal.words import day, gettext


@dataclass(frozen=True)
class FamilyRow:
    """One family in the list."""

    child: str
    url: str
    stage: str
    people: Sequence[tuple[str, str]]
    needs: Sequence[Choice]
    covered: str


@dataclass(frozen=True)
class MyFamilies(Page):
    """The key worker's families, and what needs them in each."""

    template: ClassVar[str] = "keyworker/my_families.html"
    families: Sequence[FamilyRow]
    of_no_family: Sequence[Choice]
    start_url: str
    ways_back_url: str
    cover_url: str
    cover_lines: Sequence[str]


@dataclass(frozen=True)
class StartPage(Page):
    """The beginning of a review."""

    template: ClassVar[str] = "keyworker/start.html"
    form: StartForm
    back_url: str


@dataclass(frozen=True)
class PersonRow:
    """One person of a family, and how they can be reached."""

    name: str
    url: str
    relation: str
    language: str
    way: str
    standing: str
    said: Sequence[str]


@dataclass(frozen=True)
class WordsRow:
    """One thing that somebody wrote: its reference and where it is, none of its words."""

    reference: str
    url: str
    who: str
    kept_on: str
    standing: str
    hearing: str


@dataclass(frozen=True)
class FamilyPage(Page):
    """One family."""

    template: ClassVar[str] = "keyworker/family.html"
    child: str
    needs: Sequence[Choice]
    stages: Sequence[tuple[str, str]]
    stage: str
    stage_since: str
    next_contact: str
    people: Sequence[PersonRow]
    asked: Sequence[WordsRow]
    told: Sequence[WordsRow]
    stage_url: str
    invite_url: str
    more: Sequence[Choice]
    covered: str


@dataclass(frozen=True)
class StagePage(Page):
    """Where a review is, to be set."""

    template: ClassVar[str] = "keyworker/stage.html"
    form: StageForm
    back_url: str


def my_families(here: Here[StaffMember]) -> MyFamilies:
    """Return the page of all families of the one who calls."""
    mine = reviews.looked_after_by(here.db, here.caller)
    people = families.people_of(here.db, mine)
    post = sent.post_of(here.db, people)
    ready = questions.for_key_worker(here.db, here.caller, Standing.CHECKED)
    together = families.asked_to_go_through(here.db, here.caller)
    also = needs.waiting(here, mine)
    stages = dict(stage_labels())
    rows = []
    for review in mine:
        theirs = [member for member in people if member.review_id == review.id]
        rows.append(
            FamilyRow(
                wording.child_of(review),
                url_for("keyworker.family", review_id=review.id),
                stages[review.stage.value],
                [
                    (wording.name_of(member), readiness.standing(member, wording.post(post[member.id])))
                    for member in theirs
                ],
                [*also[review.id], *_needs(theirs, post, _of(review, ready), _of(review, together))],
                cover_pages.whose(here, review),
            )
        )
    return MyFamilies(
        rows,
        needs.of_no_family(here),
        url_for("keyworker.start"),
        url_for("keyworker.ways_back"),
        url_for("keyworker.cover_page"),
        cover_pages.desk_lines(here),
    )


def family_page(here: Here[StaffMember], review: Review) -> FamilyPage:
    """Return the page of one family."""
    people = reviews.family_of(here.db, review)
    post = sent.post_of(here.db, people)
    asked = [one for one in questions.for_key_worker(here.db, here.caller) if one.review_id == review.id]
    ready = [one for one in asked if one.state is Standing.CHECKED]
    together = _of(review, families.asked_to_go_through(here.db, here.caller))
    names = {member.id: wording.name_of(member) for member in people}
    return FamilyPage(
        wording.child_of(review),
        [*needs.waiting(here, [review])[review.id], *_needs(people, post, ready, together)],
        stage_labels(),
        review.stage.value,
        day(review.stage_since),
        day(review.next_contact_on) if review.next_contact_on else "",
        [_person(here, member, post[member.id]) for member in people],
        [_asked(here, one, names) for one in asked],
        [
            _told(one, names[member.id])
            for member in people
            for one in contributions.told_by(here.db, member)
            if one.state is not contributions.Place.WITHDRAWN
        ],
        url_for("keyworker.stage", review_id=review.id),
        url_for("keyworker.invite", review_id=review.id),
        needs.about_family(here, review),
        cover_pages.whose(here, review),
    )


def _of(review: Review, found: Sequence[Question]) -> list[Question]:
    return [question for question in found if question.review_id == review.id]


def _person(here: Here[StaffMember], member: FamilyMember, post: Post) -> PersonRow:
    return PersonRow(
        wording.name_of(member),
        url_for("keyworker.person", member_id=member.id),
        wording.relation(member.relation),
        languages.language(member.language).own_name,
        wording.way(member.way),
        wording.post(post),
        [*readiness.stopped(member), *readiness.said_by(here, member)],
    )


def _asked(here: Here[StaffMember], question: Question, names: dict[UUID, str]) -> WordsRow:
    answer = answers.to(here.db, question) if question.state in ENDED else None
    return WordsRow(
        question.reference,
        url_for("keyworker.question", question_id=question.id),
        names[question.family_member_id],
        day(question.kept_at),
        wording.standing(question.state),
        wording.hearing(answer.hearing) if answer else "",
    )


def _told(one: contributions.Contribution, who: str) -> WordsRow:
    url = url_for("keyworker.contribution", contribution_id=one.id)
    return WordsRow(one.reference, url, who, day(one.kept_at), wording.place(one.state), for_staff(one.prompt))


def _needs(
    people: Sequence[FamilyMember], post: dict[UUID, Post], ready: Sequence[Question], together: Sequence[Question]
) -> list[Choice]:
    """Return what waits for the key worker in one family; each is one act away."""
    found = [
        Choice(
            gettext("An answer is ready for you to bring: %(reference)s", reference=question.reference),
            url_for("keyworker.bring", question_id=question.id),
        )
        for question in ready
    ]
    found += [
        Choice(
            gettext(
                "Somebody would like to go through an answer with you: %(reference)s", reference=question.reference
            ),
            url_for("keyworker.question", question_id=question.id),
        )
        for question in together
    ]
    for member in people:
        found += _needs_for(member, post[member.id])
    return found


def _needs_for(member: FamilyMember, post: Post) -> list[Choice]:
    name, url = wording.name_of(member), url_for("keyworker.person", member_id=member.id)
    found = []
    if (doubtful := post.in_doubt) is not None:
        if doubtful.state is Travel.CAME_BACK:
            found.append(Choice(gettext("The message to %(name)s came back. Please telephone.", name=name), url))
        else:
            sentence = gettext("It is not certain that the message to %(name)s went out. Please telephone.", name=name)
            found.append(Choice(sentence, url))
    for message in post.to_print if member.no_link_ct is None else ():
        letter_url = url_for("keyworker.letter", message_id=message.id)
        found.append(Choice(gettext("A letter to %(name)s waits to be printed", name=name), letter_url))
    if member.number_ct is not None:
        found.append(Choice(gettext("The number for %(name)s is not noted yet", name=name), url))
    return found
