"""What the pages of news and of where the review is show: nothing of it before the person said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from portal.family.answer_pages import Offer
from portal.page import Choice, Page
from portal.review.meetings import MeetingKind
from portal.review.news import About, News
from portal.stages import now_in, stage_labels
from portal.words import day, gettext


@dataclass(frozen=True)
class NewsPage(Page):
    """One piece of news: four choices, and what it says only where the person chose to read it."""

    template: ClassVar[str] = "family/news.html"
    shown: bool
    taken_back: bool
    choices: Sequence[Offer]
    chosen: str
    sentences: Sequence[str]
    words: str
    words_language: str
    translator: str
    key_worker: str


@dataclass(frozen=True)
class NewsRow:
    """One piece of news in the list: when it was brought, and nothing of what it says."""

    url: str
    title: str
    standing: str


@dataclass(frozen=True)
class Where:
    """Where the review is, for somebody who wants to see it."""

    stages: Sequence[tuple[str, str]]
    stage: str
    since: date
    now: Sequence[str]
    waiting: Sequence[str]
    you_may: Sequence[str]
    last_on: date | None
    next_on: date | None
    reading: Sequence[Choice]


@dataclass(frozen=True)
class WherePage(Page):
    """Where the review is: four choices first, then the picture and what belongs to it."""

    template: ClassVar[str] = "family/where.html"
    where: Where | None
    moved_on: bool
    choices: Sequence[Offer]
    chosen: str
    news: Sequence[NewsRow]
    key_worker: str
    ask_url: str
    tell_url: str


def what_it_says(news: News, key_worker: str) -> list[str]:
    """Return what a piece of news says by itself, beside the words that somebody wrote to it."""
    if news.about is About.STAGE and news.review_stage is not None:
        name = dict(stage_labels())[news.review_stage.value]
        return [gettext("The review is at this stage: %(stage)s.", stage=name), *now_in(news.review_stage, key_worker)]
    if news.about is About.MEETING and news.day is not None:
        told = {
            MeetingKind.REVIEW_MEETING: gettext("The review meeting is planned for %(day)s.", day=day(news.day)),
            MeetingKind.PANEL_MEETING: gettext("The meeting of the panel is planned for %(day)s.", day=day(news.day)),
        }
        brings = gettext(
            "Families do not go to this meeting. Your %(key_worker)s can take your questions there and bring back what "
            "was said.",
            key_worker=key_worker,
        )
        return [told[news.meeting_kind or MeetingKind.PANEL_MEETING], brings]
    return [gettext("The panel has met. This is what it found.")]
