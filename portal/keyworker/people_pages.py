"""What a key worker sees of one person: how they are reached, and what has to be done for them now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal import kind_words, languages
from portal.door import Here
from portal.keyworker import needs, readiness, safety_pages, wishes_words, wording
from portal.keyworker.invite_forms import SendForm
from portal.keyworker.link_pages import LinkRow, link_row
from portal.keyworker.people_forms import PersonForm
from portal.keyworker.preview import Box
from portal.keyworker.reach import shown
from portal.keyworker.wording import name_of
from portal.page import Choice, Page
from portal.review import codes, invitations, sent
from portal.review.messages import Message, Travel
from portal.review.people import FamilyMember, StaffMember
from portal.sealing import opened
from portal.words import gettext

_PRINTING = ("letter", "letter_pdf", "printed")


@dataclass(frozen=True)
class MessageRow:
    """One message: how far it came, what was added to it, and what can be done about it."""

    sentence: str
    added: str
    advice: str
    held: Sequence[str]
    despite_url: str
    seen_to_url: str
    print_urls: dict[str, str]


@dataclass(frozen=True)
class Person:
    """What is written down about a person."""

    name: str
    relation: str
    language: str
    way: str
    address: str
    care: str
    standing: str
    said: Sequence[str]


@dataclass(frozen=True)
class PersonPage(Page):
    """One person of a family."""

    template: ClassVar[str] = "keyworker/person.html"
    person: Person
    stopped: Sequence[str]
    stopped_why: str
    wishes: Sequence[str]
    wishes_url: str
    number: str
    links: Sequence[LinkRow]
    now: Sequence[MessageRow]
    messages: Sequence[MessageRow]
    urls: dict[str, str]
    more: Sequence[Choice]


@dataclass(frozen=True)
class ChangePage(Page):
    """What is written down about a person, to be changed."""

    template: ClassVar[str] = "keyworker/change.html"
    form: PersonForm
    back_url: str


@dataclass(frozen=True)
class SendPage(Page):
    """Another link for a person."""

    template: ClassVar[str] = "keyworker/send.html"
    form: SendForm
    came_back: bool
    wishes: Sequence[str]
    held: Sequence[str]
    held_for_good: bool
    back_url: str


@dataclass(frozen=True)
class ConfirmPage(Page):
    """One act to confirm."""

    template: ClassVar[str] = "keyworker/confirm.html"
    title: str
    sentences: Sequence[str]
    button_words: str
    warning: bool
    back_url: str
    mark: str = ""  # of what the page was made for, where a second press must not do it once more


@dataclass(frozen=True)
class PreviewPage(Page):
    """What a person will see, without a live link and without their words."""

    template: ClassVar[str] = "keyworker/preview.html"
    language: str
    boxes: Sequence[Box]
    back_url: str


def person_page(here: Here[StaffMember], member: FamilyMember) -> PersonPage:
    """Return the page of one person."""
    post = sent.post_of(here.db, [member])[member.id]
    person = Person(
        name_of(member),
        wording.relation(member.relation),
        languages.language(member.language).own_name,
        wording.way(member.way),
        shown(member.way, opened(lambda: member.address)),
        opened(lambda: member.care) or "",
        wording.post(post),
        readiness.said_by(here, member),
    )
    messages = [_message_row(here, member, message, message is post.in_doubt) for message in post.messages]
    names = ("noted", "number_sheet_pdf", "new_number", "send", "change", "preview_person", "safety_of")
    urls = {name: url_for(f"keyworker.{name}", member_id=member.id) for name in names}
    urls["noted"] += f"?of={invitations.mark_of_number(member)}"
    urls["family"] = url_for("keyworker.family", review_id=member.review_id)
    return PersonPage(
        person,
        *safety_pages.note_for(here, member),
        wishes_words.everything(here, member),
        url_for("keyworker.wishes_of", member_id=member.id),
        codes.spoken(number) if (number := opened(lambda: member.number)) else "",
        [link_row(link, member) for link in post.links],
        [one for one in messages if one.advice or one.print_urls],
        messages,
        urls,
        needs.about_person(here, member),
    )


def _message_row(here: Here[StaffMember], member: FamilyMember, message: Message, in_doubt: bool) -> MessageRow:
    advice = ""
    if message.state is Travel.CAME_BACK and in_doubt:
        advice = gettext(
            "Please telephone rather than send it again: the address may be wrong, or somebody else's. "
            "When you know more, change what is written down and send a new link."
        )
    elif in_doubt:
        advice = gettext(
            "Please telephone and ask whether it came. Nothing is sent again by itself, so that nobody gets it twice."
        )
    to_print = message.state is Travel.TO_PRINT and member.no_link_ct is None
    return MessageRow(
        wording.message(message),
        " ".join(kind_words.said(opened(lambda: message.own) or "")),
        advice,
        *wishes_words.of_message(here, message, member),
        url_for("keyworker.seen_to", message_id=message.id) if in_doubt else "",
        {name: url_for(f"keyworker.{name}", message_id=message.id) for name in _PRINTING} if to_print else {},
    )
