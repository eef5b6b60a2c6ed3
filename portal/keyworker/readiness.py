"""What each person of a family wants to hear, in plain words for their key worker; never a reason: none is asked."""

from collections.abc import Sequence
from uuid import UUID

from flask import url_for

from portal.door import Here
from portal.page import Choice
from portal.review import hearing_news, whereabouts
from portal.review import news as told
from portal.review.answers import Hearing
from portal.review.meetings import MeetingKind
from portal.review.news import About, News
from portal.review.people import FamilyMember, Presence, StaffMember
from portal.review.reviews import Review
from portal.sealing import opened
from portal.stages import stage_labels
from portal.words import day, gettext


def presence_of(member: FamilyMember) -> str:
    """Return since when a person does not use their space; nothing when they do."""
    since = day(member.presence_at) if member.presence_at else ""
    return {
        Presence.HERE: "",
        Presence.NOT_NOW: gettext("Not now: they left their space for a while on %(day)s.", day=since),
        Presence.NOT_AT_ALL: gettext("Not at all: on %(day)s they chose not to use their space.", day=since),
    }[member.presence]


def if_away(member: FamilyMember) -> str:
    """Return what to know before something is brought to a person to whom nothing may be sent, or who is away."""
    if member.no_link_ct is not None:
        return gettext("Nothing may be sent to them. What you let them find only waits for them in their space.")
    if member.presence is Presence.HERE:
        return ""
    return gettext(
        "%(presence)s Nothing is sent to them meanwhile. What you let them find only waits there until they come back.",
        presence=presence_of(member),
    )


def standing(member: FamilyMember, link: str) -> str:
    """Return how a person can be reached, for a list; before it, that they do not use their space now."""
    if member.no_link_ct is not None:
        return gettext("Nothing may be sent to them. %(link)s", link=link)
    if member.presence is Presence.HERE:
        return link
    return gettext("%(presence)s %(link)s", presence=presence_of(member), link=link)


def where_wish(here: Here[StaffMember], member: FamilyMember) -> str:
    """Return whether a person wants to be shown where the review is."""
    choice = whereabouts.choice_of(here.db, member)
    review = here.db.get_one(Review, member.review_id)
    if whereabouts.has_moved_on(choice, review):
        return gettext("Where the review is: they have not looked since it moved on.")
    return {
        Hearing.NOT_SAID: gettext("Where the review is: they have not said yet whether they want to see it."),
        Hearing.NOW: gettext("Where the review is: they chose to see it."),
        Hearing.LATER: gettext("Where the review is: they are keeping it for later."),
        Hearing.WITH_KEY_WORKER: gettext("Where the review is: they would like to hear it from you."),
        Hearing.NOT_AT_ALL: gettext("Where the review is: they do not want to be shown it."),
    }[whereabouts.hearing_of(choice, review)]


def stopped(member: FamilyMember) -> list[str]:
    """Say that nothing may be sent to a person, where that is so; the reason stands on their own page alone."""
    return [gettext("Nothing may be sent to them.")] if member.no_link_ct is not None else []


def said_by(here: Here[StaffMember], member: FamilyMember) -> list[str]:
    """Return what a person chose for their space as a whole, and for where the review is."""
    return [sentence for sentence in (presence_of(member), where_wish(here, member)) if sentence]


def title_of(news: News) -> str:
    """Return what a piece of news is about, in one line."""
    if news.about is About.STAGE and news.review_stage is not None:
        return gettext("The stage: %(stage)s", stage=dict(stage_labels())[news.review_stage.value])
    if news.about is About.MEETING and news.day is not None:
        if news.meeting_kind is MeetingKind.REVIEW_MEETING:
            return gettext("The review meeting on %(day)s", day=day(news.day))
        return gettext("The meeting of the panel on %(day)s", day=day(news.day))
    return gettext("What the panel found")


def waiting(here: Here[StaffMember], reviews: Sequence[Review]) -> list[tuple[UUID, Choice]]:
    """Return who wants to hear something together, what can be brought, and for what other words are asked."""
    found = []
    for _, news in hearing_news.asked_to_go_through(here.db, here.caller):
        sentence = gettext("Somebody would like to go through news with you: %(title)s", title=title_of(news))
        found.append((news.review_id, Choice(sentence, url_for("keyworker.news", news_id=news.id))))
    for member in whereabouts.asked_the_key_worker(here.db, here.caller):
        name = opened(lambda member=member: member.name) or gettext("Somebody")  # type: ignore[misc]  # bound now
        sentence = gettext("%(name)s would like to hear from you where the review is", name=name)
        found.append((member.review_id, Choice(sentence, url_for("keyworker.person", member_id=member.id))))
    for news in told.sent_back_to(here.db, here.caller):
        sentence = gettext("Other words are asked for: %(title)s", title=title_of(news))
        found.append((news.review_id, Choice(sentence, url_for("keyworker.news", news_id=news.id))))
    for news in told.to_bring(here.db, here.caller):
        sentence = gettext("News is ready for you to bring: %(title)s", title=title_of(news))
        found.append((news.review_id, Choice(sentence, url_for("keyworker.news", news_id=news.id))))
    ours = {review.id for review in reviews}
    return [need for need in found if need[0] in ours]
