"""What the pages of bringing something show, and every refusal, said kindly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from flask import url_for

from portal.forms import HiddenField, Line, StringField, no_longer_than
from portal.looking.kinds import Kind, Refusal
from portal.page import Page
from portal.review.files import File, Keeping, shown_name
from portal.review.kept import LONGEST
from portal.sealing import opened
from portal.unsent import Begun, DraftedForm
from portal.words import gettext, later

_MEGA = 1024 * 1024


class BringForm(DraftedForm):
    """What somebody wants to say of a file, beside the file itself, which the page reads by its own name."""

    what = StringField(
        later("What it is, if you want to say"),
        description=later("In your own words. You can leave this empty."),
        widget=Line(),
        validators=[no_longer_than(LONGEST)],
    )
    way_back = HiddenField()


@dataclass(frozen=True)
class Brought:
    """One line of what a person brought."""

    url: str
    label: str
    reference: str
    name: str
    standing: str


@dataclass(frozen=True)
class BringPage(Page):
    """The place to choose a file or to record a message, and what was brought before."""

    template: ClassVar[str] = "family/bring.html"
    form: BringForm
    begun: Begun
    problem: str
    sizes: str
    megabytes: int
    sentences: Sequence[str]
    brought: Sequence[Brought]
    begin_url: str
    brought_url: str


@dataclass(frozen=True)
class BroughtPage(Page):
    """One thing that a person brought: to look at or listen to, and to send, take back or let go."""

    template: ClassVar[str] = "family/brought.html"
    title: str
    name: str
    words: str
    standing: str
    reference: str
    sent_at: datetime | None
    form: BringForm | None
    sentences: Sequence[str]
    so_far: str
    picture_url: str
    sound_url: str
    file_url: str
    whole_url: str
    send_url: str
    let_go_url: str
    take_back_url: str
    bring_back_url: str
    again_url: str
    all_url: str
    show_url: str
    sharing_url: str


@dataclass(frozen=True)
class BroughtKeptPage(Page):
    """What was sent, who can see it now, and what happens next."""

    template: ClassVar[str] = "family/brought_kept.html"
    title: str
    reference: str
    sent_at: datetime
    sentences: Sequence[str]
    who: str
    brought_url: str


def label_of(file: File) -> str:
    """Say what something is that a person brought."""
    labels = {
        Kind.PICTURE: gettext("Your photograph"),
        Kind.DOCUMENT: gettext("Your document"),
        Kind.SOUND: gettext("Your spoken message"),
    }
    if file.kind is None:
        return gettext("Your spoken message") if file.spoken else gettext("What you began to bring")
    return labels[file.kind]


def words_of(file: File) -> str:
    """Return what the person said that it is."""
    return opened(lambda: file.words) or ""


def standing_of(file: File, key_worker: str) -> str:
    """Say in plain words where something is that a person brought."""
    if file.state is Keeping.ARRIVING:
        return gettext("It has not come whole. Only you can see it.")
    if file.state is Keeping.KEPT:
        return gettext("It is kept and not sent. Only you can see it.")
    if file.state is Keeping.WITHDRAWN:
        return gettext("You took this back. Nobody but you can see it. You can bring it back at any time.")
    if file.state is Keeping.WITH_PANEL:
        return gettext("The review team has it and will bring it to the panel.")
    return gettext("We have kept it. Your %(key_worker)s and the review team can see it.", key_worker=key_worker)


def megabytes(size: int) -> str:
    """Return a size as people say it, never as nothing."""
    tenths = max(1, round(size * 10 / _MEGA))
    return f"{tenths / 10:g}"


def so_far(file: File) -> str:
    """Say how much of something has come that has not come whole."""
    if file.spoken or file.expected is None:
        return ""
    return gettext(
        "%(have)s of %(whole)s megabytes have come.", have=megabytes(file.size), whole=megabytes(file.expected)
    )


def why_not(why: Refusal, key_worker: str, most: int) -> str:
    """Say kindly why something was not taken, and what to do instead."""
    sentences = {
        Refusal.NOTHING: gettext("No file is chosen yet. Please choose one."),
        Refusal.EMPTY: gettext("There is nothing in this file. Perhaps it did not come whole. Please choose it again."),
        Refusal.TOO_LARGE: gettext(
            "This file is larger than %(size)s megabytes. A picture of the screen, or a part of it, may be smaller.",
            size=most,
        ),
        Refusal.NO_ROOM: gettext(
            "There is no more room here for files. Your %(key_worker)s can take what you have in another way.",
            key_worker=key_worker,
        ),
        Refusal.NOT_THIS_KIND: gettext(
            "We cannot take this kind of file. A photograph of it, or a picture of the screen, works instead. "
            "Your %(key_worker)s can also take it on paper.",
            key_worker=key_worker,
        ),
        Refusal.FILM: gettext(
            "We cannot take films here. Your %(key_worker)s can help you to bring it in another way.",
            key_worker=key_worker,
        ),
        Refusal.PROGRAM: gettext(
            "Something in this document could act by itself, so we cannot take it. A photograph of it, or a picture of "
            "the screen, works instead."
        ),
        Refusal.TOO_FINE: gettext("This picture is too large for us to open. A picture of the screen works instead."),
        Refusal.DOES_NOT_OPEN: gettext(
            "We could not open this file. Perhaps it did not come whole. Please choose it again. A photograph of it "
            "works, too."
        ),
    }
    return sentences[why]


def row_of(file: File, key_worker: str) -> Brought:
    """Return something that was brought as a line of a list."""
    url = url_for("family.brought", reference=file.reference)
    return Brought(url, label_of(file), file.reference, shown_name(file), standing_of(file, key_worker))
