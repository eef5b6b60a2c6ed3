"""What a key worker sees of one person: how they are reached, how their links stand, and the letter to print."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import segno
from flask import url_for

from portal import languages
from portal.door import Here
from portal.keyworker import needs, readiness, safety_pages, wishes_words, wording
from portal.keyworker.forms import PersonForm, SendForm
from portal.keyworker.preview import Box
from portal.keyworker.reach import shown
from portal.keyworker.wording import name_of
from portal.letters import beside_picture, in_language, letter
from portal.page import Choice, Page
from portal.review import codes, sent
from portal.review.messages import Message, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.reviews import Review
from portal.sealing import opened
from portal.words import day, gettext

_LINK = re.compile(rf"https?://\S+/i/[0-9a-z]{{{codes.SECRET_LENGTH}}}")


@dataclass(frozen=True)
class InvitePage(Page):
    """One person, to be added and invited in one form."""

    template: ClassVar[str] = "keyworker/invite.html"
    form: PersonForm
    previews: Sequence[Choice]
    back_url: str


@dataclass(frozen=True)
class LinkRow:
    """One private link."""

    sentence: str
    end_url: str


@dataclass(frozen=True)
class MessageRow:
    """One message: how far it came, and what can be done about it."""

    sentence: str
    advice: str
    held: Sequence[str]
    despite_url: str
    seen_to_url: str
    letter_url: str


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


@dataclass(frozen=True)
class PreviewPage(Page):
    """What a person will see, without a live link and without their words."""

    template: ClassVar[str] = "keyworker/preview.html"
    language: str
    boxes: Sequence[Box]
    back_url: str


@dataclass(frozen=True)
class LetterPage(Page):
    """A letter, ready to print."""

    template: ClassVar[str] = "keyworker/letter.html"
    before: Sequence[str]
    held_for_good: bool
    language: str
    direction: str
    lines: Sequence[str]
    link: str
    picture: str
    picture_words: str
    envelope: str
    printed_url: str
    back_url: str


def invite_page(here: Here[StaffMember], review: Review, form: PersonForm) -> InvitePage:
    """Return the form for one person, with what they would see in each language."""
    offered = [languages.language(code) for code in here.house.settings.languages]
    previews = [
        Choice(
            one.own_name,
            url_for("keyworker.preview_language", review_id=review.id, code=one.code),
            code=one.code,
            dir=one.direction,
        )
        for one in offered
    ]
    return InvitePage(form, previews, url_for("keyworker.family", review_id=review.id))


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
    names = ("noted", "new_number", "send", "change", "preview_person", "safety_of")
    urls = {name: url_for(f"keyworker.{name}", member_id=member.id) for name in names}
    urls["family"] = url_for("keyworker.family", review_id=member.review_id)
    return PersonPage(
        person,
        *safety_pages.note_for(here, member),
        wishes_words.everything(here, member),
        url_for("keyworker.wishes_of", member_id=member.id),
        codes.spoken(number) if (number := opened(lambda: member.number)) else "",
        [_link_row(link) for link in post.links],
        [_message_row(here, member, message, message is post.in_doubt) for message in post.messages],
        urls,
        needs.about_person(here, member),
    )


def letter_page(here: Here[StaffMember], message: Message, member: FamilyMember) -> LetterPage:
    """Return a letter as it goes on paper: the words, the link in clear and as a picture, and never the number."""
    lines = [line.strip() for line in (message.text or "").splitlines() if line.strip()]
    link = next((line for line in lines if _LINK.fullmatch(line)), "")
    language = letter(message.kind, Way.PAPER, member.language, link).language
    with in_language(language):
        words = beside_picture()
    return LetterPage(
        wishes_words.before_a_letter(here, member),
        wishes_words.held_for_good(here, member, Way.PAPER),
        language,
        languages.language(language).direction,
        lines,
        link,
        segno.make(link, error="m", micro=False).svg_data_uri(border=4) if link else "",
        words if link else "",
        "\n".join(filter(None, [name_of(member), member.address if member.way is Way.PAPER else None])),
        url_for("keyworker.printed", message_id=message.id),
        url_for("keyworker.person", member_id=member.id),
    )


def _link_row(link: sent.Link) -> LinkRow:
    invitation = link.invitation
    sentence = gettext(
        "%(way)s, made on %(day)s: %(standing)s",
        way=wording.way(Way(invitation.way)),
        day=day(invitation.invited_at),
        standing=wording.link(link),
    )
    ended = invitation.ended_at is not None
    return LinkRow(sentence, "" if ended else url_for("keyworker.end", invitation_id=invitation.id))


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
        advice,
        *wishes_words.of_message(here, message, member),
        url_for("keyworker.seen_to", message_id=message.id) if in_doubt else "",
        url_for("keyworker.letter", message_id=message.id) if to_print else "",
    )
