"""What a key worker sees of a private link: how it stands, and the page on which a newer one takes its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal.door import Here
from portal.forms import Form, OneOf, RadioField
from portal.keyworker import wishes_words, wording
from portal.keyworker.reach import shown
from portal.page import Page
from portal.review import resting, sent
from portal.review.invitations import Invitation
from portal.review.people import FamilyMember, StaffMember, Way
from portal.sealing import opened
from portal.words import day, gettext, later

KEEP, END = "keep", "end"


class ReplaceForm(Form):
    """What becomes of the link in whose place a newer one goes."""

    old = RadioField(
        later("What happens to the link that they have now?"),
        widget=OneOf(),
        choices=[
            (KEEP, later("It stays as it is, until I end it")),
            (END, later("It ends now, and whoever came in through it is signed out")),
        ],
        default=KEEP,
    )


@dataclass(frozen=True)
class LinkRow:
    """One private link, and what can be done with it; an address that is empty is not offered."""

    sentence: str
    replace_url: str
    pause_url: str
    resume_url: str
    end_url: str


@dataclass(frozen=True)
class ReplacePage(Page):
    """A newer link in the place of one."""

    template: ClassVar[str] = "keyworker/replace.html"
    form: ReplaceForm
    way: str
    address: str
    wishes: Sequence[str]
    held: Sequence[str]
    held_for_good: bool
    back_url: str


def link_row(link: sent.Link, member: FamilyMember) -> LinkRow:
    """Return one link as it stands on the page of its person."""
    one = link.invitation
    sentence = gettext(
        "%(way)s, made on %(day)s: %(standing)s",
        way=wording.way(Way(one.way)),
        day=day(one.invited_at),
        standing=wording.link(link),
    )

    def url(act: str, offered: bool) -> str:
        return url_for(f"keyworker.{act}", invitation_id=one.id) if offered and one.ended_at is None else ""

    return LinkRow(
        sentence,
        url("replace", resting.can_replace(one, member) and member.no_link_ct is None),
        url("pause_link", one.paused_at is None and one.secret_hash is not None),
        url("resume_link", one.paused_at is not None),
        url("end", offered=True),
    )


def replace_page(
    here: Here[StaffMember], invitation: Invitation, member: FamilyMember, form: ReplaceForm
) -> ReplacePage:
    """Return the page on which a newer link takes the place of one."""
    way = Way(invitation.way)
    return ReplacePage(
        form,
        wording.way(way),
        "" if way is Way.PAPER else shown(way, opened(lambda: member.address)),
        wishes_words.everything(here, member),
        wishes_words.held_now(here, member),
        wishes_words.held_for_good(here, member, way),
        url_for("keyworker.person", member_id=member.id),
    )
