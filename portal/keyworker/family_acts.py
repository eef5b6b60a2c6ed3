"""What can be done about each person, message and piece of news of a family, one press away from the family's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from portal import stage_letters
from portal.door import Here
from portal.keyworker import needs, news_pages, wishes_pages, wishes_words, wording
from portal.page import Choice
from portal.review import news
from portal.review.messages import Message, Travel
from portal.review.news import News
from portal.review.people import FamilyMember, Presence, StaffMember, Way
from portal.review.reviews import Review
from portal.review.sent import Post
from portal.words import day, gettext


@dataclass(frozen=True)
class MessageRow:
    """One message to one person, and what can be done about it."""

    who: str
    url: str
    sentence: str
    held: Sequence[str]
    despite_url: str
    seen_to_url: str
    letter_url: str


@dataclass(frozen=True)
class NewsRow:
    """One piece of news, how it stands, and what can be done about it."""

    url: str
    title: str
    standing: str
    acts: Sequence[Choice]


def for_person(here: Here[StaffMember], member: FamilyMember, post: Post) -> list[Choice]:
    """Return everything that a key worker can do for a person."""

    def to(title: str, view: str, **also: Any) -> Choice:
        return Choice(title, url_for(f"keyworker.{view}", member_id=member.id, **also))

    stage = here.db.get_one(Review, member.review_id).stage
    letters = [name for name, of in stage_letters.STAGES.items() if of is stage]
    acts = needs.about_person(here, member)
    acts += [
        to(gettext("The letter for this stage"), "stage_letter", code=member.language, letter_name=name)
        for name in letters
    ]
    if member.no_link_ct is None:
        acts.append(to(gettext("Send a new link"), "send"))
    acts += [
        to(gettext("Make a new number"), "new_number"),
        to(gettext("See what they will see"), "preview_person"),
        to(gettext("Change how to reach them"), "change"),
        *(to(wishes_pages.title_of(part), "wish", wish=part) for part in ("ways", "times", "knowing")),
        to(wishes_pages.title_of("days"), "quiet_days_page"),
    ]
    if member.presence is not Presence.HERE:
        acts.append(to(gettext("They told me that they want to use their space again"), "here_again_page"))
    acts.append(to(gettext("Nothing may be sent: police, court, safety"), "safety_of"))
    for link in post.links:
        if link.invitation.ended_at is None:
            way, made = wording.way(Way(link.invitation.way)), day(link.invitation.invited_at)
            title = gettext("End the link of %(day)s (%(way)s)", day=made, way=way)
            acts.append(Choice(title, url_for("keyworker.end", invitation_id=link.invitation.id)))
    return acts


def messages_to(here: Here[StaffMember], people: Sequence[FamilyMember], post: dict[UUID, Post]) -> list[MessageRow]:
    """Return the messages to all people of a family, the newest first."""
    sent = [(message, member) for member in people for message in post[member.id].messages]
    sent.sort(key=lambda one: (one[0].queued_at, one[0].id), reverse=True)
    return [_message(here, message, member, message is post[member.id].in_doubt) for message, member in sent]


def _message(here: Here[StaffMember], message: Message, member: FamilyMember, in_doubt: bool) -> MessageRow:
    to_print = message.state is Travel.TO_PRINT and member.no_link_ct is None
    held, despite_url = wishes_words.of_message(here, message, member)
    return MessageRow(
        wording.name_of(member),
        url_for("keyworker.person", member_id=member.id),
        wording.message(message),
        held if message.despite_ct is None else [],  # why it did not wait stands on the person's own page alone
        despite_url,
        url_for("keyworker.seen_to", message_id=message.id) if in_doubt else "",
        url_for("keyworker.letter", message_id=message.id) if to_print else "",
    )


def news_of(here: Here[StaffMember], review: Review) -> list[NewsRow]:
    """Return the news of a family."""
    return [_news(here, one) for one in news.of_review(here.db, review)]


def _news(here: Here[StaffMember], one: News) -> NewsRow:
    page = news_pages.news_page(here, one)
    acts = [Choice(gettext("Bring it to %(name)s", name=row.name), row.tell_url) for row in page.people if row.tell_url]
    acts += [
        Choice(gettext("Take it back from %(name)s", name=row.name), row.take_back_url)
        for row in page.people
        if row.take_back_url
    ]
    acts += [
        Choice(gettext("Translate it: %(language)s", language=row.name), row.url)
        for row in page.translations
        if row.url
    ]
    if page.rewrite_url:
        acts.append(Choice(gettext("Write it anew"), page.rewrite_url))
    return NewsRow(url_for("keyworker.news", news_id=one.id), page.title, page.standing, acts)
