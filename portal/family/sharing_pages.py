"""What the pages of showing one thing to one relative show, and its lines of the start."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal.door import Here
from portal.family.pages import Waiting
from portal.page import Page
from portal.review import sharing
from portal.review.people import FamilyMember
from portal.review.sharing import Consent, Looking, Text, Thing
from portal.words import gettext


@dataclass(frozen=True)
class Showing:
    """One thing that the person shows, or wishes to show."""

    url: str
    label: str
    reference: str
    wish: str
    standing: str
    button: str
    undo_url: str


@dataclass(frozen=True)
class SharingPage(Page):
    """Everything that the person shows, and what is shown to them."""

    template: ClassVar[str] = "family/sharing.html"
    showing: Sequence[Showing]
    shown: Sequence[tuple[str, str]]
    key_worker: str


@dataclass(frozen=True)
class ShownPage(Page):
    """Something from somebody in the family: nothing of it until the person says so."""

    template: ClassVar[str] = "family/share_shown.html"
    called: str
    what: str
    texts: Sequence[Text]
    foreign: bool
    is_shown: bool
    put_away: bool
    picture_url: str
    sound_url: str
    file_url: str
    key_worker: str


def label_of(thing: Thing) -> str:
    """Name a thing of one's own."""
    return {
        Thing.QUESTION: gettext("Your question"),
        Thing.CONTRIBUTION: gettext("What you told the panel"),
        Thing.ANSWER: gettext("The answer of the panel"),
        Thing.FILE: gettext("What you brought"),
    }[thing]


def what_is(thing: Thing) -> str:
    """Say what it is that somebody shows."""
    return {
        Thing.QUESTION: gettext("It is a question to the panel."),
        Thing.CONTRIBUTION: gettext("It is something that was told to the panel."),
        Thing.ANSWER: gettext("It is an answer of the panel."),
        Thing.FILE: gettext("It is a picture, a document or a spoken message."),
    }[thing]


def standing_of(consent: Consent, key_worker: str) -> str:
    """Say how far a wish has come; one that cannot be met looks like one that nobody has come to yet."""
    if consent is Consent.AGREED:
        return gettext("It is shown.")
    return gettext("Your %(key_worker)s will speak with you about it.", key_worker=key_worker)


def waits(here: Here[FamilyMember]) -> list[Waiting]:
    """Return what a relative shows and the person has not chosen about, for the start; not even who shows it."""
    return [
        Waiting(
            url_for("family.shown", share_id=share.id),
            gettext("Somebody in your family shows you something. It waits until you want it."),
            gettext("Choose whether to look"),
        )
        for share in sharing.shown_to(here.db, here.caller)
        if share.looking is Looking.NOT_SAID
    ]
