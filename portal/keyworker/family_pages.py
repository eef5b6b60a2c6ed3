"""One family, on one page: people, messages, words, news, contacts, dates, the stage, and what is among colleagues."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import url_for

from portal import danger, languages
from portal.door import Here
from portal.keyworker import contacts_pages, cover_pages, family_acts, needs, readiness, wishes_words, wording
from portal.keyworker.contacts_pages import PromiseRow
from portal.keyworker.family_acts import MessageRow, NewsRow
from portal.keyworker.forms import StageForm
from portal.keyworker.help_words import StageHelp
from portal.page import Choice, Page
from portal.review import answers, at_a_glance, contributions, meetings, questions, quiet_days, reviews, sent
from portal.review.people import FamilyMember, StaffMember
from portal.review.prompts import for_staff
from portal.review.questions import ENDED, Question, Standing
from portal.review.reviews import Review
from portal.review.sent import Post
from portal.stages import stage_labels
from portal.words import day, gettext

PLACES = ("stage", "invite", "write_news", "contacts_of_family")


@dataclass(frozen=True)
class PersonRow:
    """One person of a family, how they can be reached, and what can be done for them."""

    name: str
    url: str
    relation: str
    language: str
    way: str
    standing: str
    said: Sequence[str]
    acts: Sequence[Choice]


@dataclass(frozen=True)
class WordsRow:
    """One thing that somebody wrote: its reference and where it is, none of its words."""

    reference: str
    url: str
    who: str
    kept_on: str
    standing: str
    hearing: str
    danger_url: str


@dataclass(frozen=True)
class FamilyPage(Page):
    """One family."""

    template: ClassVar[str] = "keyworker/family.html"
    child: str
    covered: Sequence[str]
    parts: Sequence[tuple[str, str]]
    needs: Sequence[Choice]
    people: Sequence[PersonRow]
    messages: Sequence[MessageRow]
    asked: Sequence[WordsRow]
    told: Sequence[WordsRow]
    news: Sequence[NewsRow]
    promises: Sequence[PromiseRow]
    stages: Sequence[tuple[str, str]]
    stage: str
    dates: Sequence[str]
    urls: dict[str, str]
    more: Sequence[Choice]
    colleagues: Sequence[Choice]


@dataclass(frozen=True)
class StagePage(Page):
    """Where a review is, to be set."""

    template: ClassVar[str] = "keyworker/stage.html"
    form: StageForm
    stages: Sequence[StageHelp]
    letters_url: str
    back_url: str


def family_page(here: Here[StaffMember], review: Review) -> FamilyPage:
    """Return the page of one family."""
    people = reviews.family_of(here.db, review)
    post = sent.post_of(here.db, people)
    asked = [one for one in questions.for_key_worker(here.db, here.caller) if one.review_id == review.id]
    names = {member.id: wording.name_of(member) for member in people}
    covered = cover_pages.whose(here, review)
    return FamilyPage(
        wording.child_of(review),
        [covered] if covered else [],
        _parts(),
        [need for _, need in needs.waiting(here, [review])],
        [_person(here, member, post[member.id]) for member in people],
        family_acts.messages_to(here, people, post),
        [_asked(here, one, names) for one in asked],
        [
            _told(one, names[member.id])
            for member in people
            for one in contributions.told_by(here.db, member)
            if one.state is not contributions.Place.WITHDRAWN
        ],
        family_acts.news_of(here, review),
        contacts_pages.open_promises(here, review),
        stage_labels(),
        review.stage.value,
        [*_days(here, review, people), *_meetings(here, asked), *_quiet(here, people)],
        {name: url_for(f"keyworker.{name}", review_id=review.id) for name in PLACES},
        needs.about_family(here, review),
        needs.among_colleagues(here, review),
    )


def _parts() -> list[tuple[str, str]]:
    """Return the parts of the page in their order, each with its title."""
    return [
        ("people", gettext("People")),
        ("messages", gettext("Messages")),
        ("asked", gettext("Questions")),
        ("told", gettext("What they told")),
        ("news", gettext("News")),
        ("promises", gettext("Contacts and promises")),
        ("stage", gettext("Stage and dates")),
        ("more", gettext("More for this family")),
        ("colleagues", gettext("Among colleagues")),
    ]


def _days(here: Here[StaffMember], review: Review, people: Sequence[FamilyMember]) -> list[str]:
    days = at_a_glance.of_family(review, people, at_a_glance.contact_days(here.db, people))
    found = [gettext("At this stage since %(day)s.", day=day(review.stage_since))]
    if days.last:
        found.append(gettext("You were last in touch on %(day)s.", day=day(days.last)))
    if days.next:
        found.append(gettext("You will next be in touch on %(day)s.", day=day(days.next)))
    else:
        found.append(gettext("No day is set on which you will next be in touch."))
    return found


def _meetings(here: Here[StaffMember], asked: Sequence[Question]) -> list[str]:
    found = {
        one.meeting_id: here.db.get_one(meetings.Meeting, one.meeting_id)
        for one in asked
        if one.state is Standing.AT_MEETING and one.meeting_id
    }
    return [
        gettext("Questions of this family are put to the meeting on %(day)s.", day=day(one.held_on))
        for one in sorted(found.values(), key=lambda one: one.held_on)
    ]


def _quiet(here: Here[StaffMember], people: Sequence[FamilyMember]) -> list[str]:
    return [
        gettext("Quiet for %(name)s: %(day)s.", name=wording.name_of(member), day=wishes_words.day_words(one))
        for member in people
        for one in quiet_days.of(here.db, member)
    ]


def _person(here: Here[StaffMember], member: FamilyMember, post: Post) -> PersonRow:
    return PersonRow(
        wording.name_of(member),
        url_for("keyworker.person", member_id=member.id),
        wording.relation(member.relation),
        languages.language(member.language).own_name,
        wording.way(member.way),
        wording.post(post),
        [*readiness.stopped(member), *readiness.said_by(here, member)],
        family_acts.for_person(here, member, post),
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
        "" if question.state in ENDED else danger.url_at("keyworker", question),
    )


def _told(one: contributions.Contribution, who: str) -> WordsRow:
    url = url_for("keyworker.contribution", contribution_id=one.id)
    standing, danger_url = wording.place(one.state), danger.url_at("keyworker", one)
    return WordsRow(one.reference, url, who, day(one.kept_at), standing, for_staff(one.prompt), danger_url)
