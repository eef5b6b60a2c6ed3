"""What the pages show on which a person asks that words of theirs are taken out, and sees what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.page import Page
from portal.review.removals import Removal
from portal.words import day, gettext


@dataclass(frozen=True)
class Thing:
    """One thing that can be meant."""

    reference: str
    label: str
    kept_at: datetime
    standing: str
    chosen: bool


@dataclass(frozen=True)
class Before:
    """A request that was made already."""

    url: str
    asked_at: datetime
    standing: str


@dataclass(frozen=True)
class RemovalPage(Page):
    """What taking out means at each stage, and what is to be taken out."""

    template: ClassVar[str] = "family/removal.html"
    things: Sequence[Thing]
    all_chosen: bool
    problem: str
    stages: Sequence[tuple[str, str]]
    before: Sequence[Before]
    key_worker: str


@dataclass(frozen=True)
class AskedPage(Page):
    """One request: what is to be taken out, where it stands, and what the person can do with it."""

    template: ClassVar[str] = "family/removal_asked.html"
    everything: bool
    references: Sequence[tuple[str, str]]
    standing: str
    asked_at: datetime
    words: str
    taken_out: Sequence[tuple[str, str]]
    stays: Sequence[tuple[str, str]]
    say_more_url: str
    take_back_url: str
    key_worker: str


def removal_standing(state: Removal, settled_at: datetime | None) -> str:
    """Say in plain words where a request is."""
    settled = day(settled_at) if settled_at else ""
    return {
        Removal.ASKED: gettext("It waits for a person to read it. No machine decides about it."),
        Removal.BEING_DONE: gettext("A person has read it and is seeing to it."),
        Removal.TALKED: gettext("A person has spoken with you about it and is seeing to it."),
        Removal.DONE: gettext("It was done on %(day)s.", day=settled),
        Removal.TAKEN_BACK: gettext("You took this request back on %(day)s. Everything stays.", day=settled),
    }[state]


def what_it_means(key_worker: str) -> list[tuple[str, str]]:
    """Say at each stage what can be taken out and what cannot: not more than is so."""
    return [
        (
            gettext("Before the review team takes it up"),
            gettext("You can take it back yourself, at once. Then nobody but you can see it."),
        ),
        (
            gettext("After that, until the panel meets"),
            gettext(
                "It leaves every list that the review team and the panel have here. Somebody may have read it already, "
                "and it may be on paper."
            ),
        ),
        (
            gettext("After the panel has met"),
            gettext("What the panel learned stays, without names. Your own words leave every list here."),
        ),
        (
            gettext("When an answer was brought to you"),
            gettext(
                "The question and its answer stay. Your %(key_worker)s can tell you what else can be done.",
                key_worker=key_worker,
            ),
        ),
        (
            gettext("What is always so"),
            gettext(
                "What was taken out stays locked, and only you can open it, until the panel's time for keeping its "
                "records is over. Your %(key_worker)s can ask the panel how long that is.",
                key_worker=key_worker,
            ),
        ),
    ]
