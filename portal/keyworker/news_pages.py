"""What a key worker sees of the news of a family: what was written, who was told, and how each wants to hear it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal import languages
from portal.door import Here
from portal.keyworker import readiness, wording
from portal.keyworker.news_forms import NewsForm, NewsTranslationForm, TellForm
from portal.keyworker.readiness import title_of
from portal.keyworker.wording import name_of
from portal.page import Page
from portal.review import news as told
from portal.review import reviews
from portal.review.news import News, NewsFor
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from portal.sealing import opened
from portal.words import day, gettext, moment


@dataclass(frozen=True)
class NewsRow:
    """One piece of news in the list."""

    url: str
    title: str
    written_on: str
    standing: str


@dataclass(frozen=True)
class AllNewsPage(Page):
    """The news of one family."""

    template: ClassVar[str] = "keyworker/news_all.html"
    rows: Sequence[NewsRow]
    write_url: str
    back_url: str


@dataclass(frozen=True)
class WriteNewsPage(Page):
    """A piece of news, to be written."""

    template: ClassVar[str] = "keyworker/news_write.html"
    form: NewsForm
    remark: str
    translated: bool
    moved_on: bool
    back_url: str


@dataclass(frozen=True)
class Translation:
    """The words in one language of the family: there, or still to be written."""

    code: str
    direction: str
    name: str
    words: str
    translator: str
    url: str


@dataclass(frozen=True)
class ToldRow:
    """One person, and where the news is with them."""

    name: str
    sentences: Sequence[str]
    tell_url: str
    take_back_url: str


@dataclass(frozen=True)
class NewsPage(Page):
    """One piece of news: its words, and each person apart."""

    template: ClassVar[str] = "keyworker/news.html"
    title: str
    words: str
    translations: Sequence[Translation]
    standing: str
    remark: str
    people: Sequence[ToldRow]
    rewrite_url: str
    back_url: str


@dataclass(frozen=True)
class NewsTranslationPage(Page):
    """The words of a piece of news, to be translated."""

    template: ClassVar[str] = "keyworker/news_translate.html"
    words: str
    language: str
    form: NewsTranslationForm
    moved_on: bool
    back_url: str


@dataclass(frozen=True)
class TellPage(Page):
    """A piece of news, to be let through to one person."""

    template: ClassVar[str] = "keyworker/news_tell.html"
    name: str
    title: str
    away: str
    held: Sequence[str]
    form: TellForm
    can_send: bool
    back_url: str


def all_news_page(here: Here[StaffMember], review: Review) -> AllNewsPage:
    """Return the list of news of one family."""
    rows = [
        NewsRow(url_for("keyworker.news", news_id=one.id), title_of(one), day(one.drafted_at), _standing(here, one))
        for one in told.of_review(here.db, review)
    ]
    write_url = url_for("keyworker.write_news", review_id=review.id)
    return AllNewsPage(rows, write_url, url_for("keyworker.family", review_id=review.id))


def news_page(here: Here[StaffMember], news: News) -> NewsPage:
    """Return the page of one piece of news."""
    review = here.db.get_one(Review, news.review_id)
    people = reviews.family_of(here.db, review)
    rows = {row.family_member_id: row for row in told.let_through(here.db, news)}
    return NewsPage(
        title_of(news),
        opened(lambda: told.words_of(here.db, news)) or "",
        _translations(here, news, people),
        _standing(here, news),
        opened(lambda: news.remark) or "",
        [_told(here, news, member, rows.get(member.id)) for member in people],
        "" if rows else url_for("keyworker.rewrite_news", news_id=news.id),
        url_for("keyworker.all_news", review_id=review.id),
    )


def _standing(here: Here[StaffMember], news: News) -> str:
    if any(row.taken_back_at is None for row in told.let_through(here.db, news)):
        return gettext("Somebody of the family was told.")
    if news.remark_ct is not None and news.checked_by is None:
        return gettext("The second person asks for other words.")
    if not told.may_go(news):
        return gettext("A coordinator or the chair reads it before it goes to anybody.")
    return gettext("It can be brought. Nobody of the family finds it before you told them.")


def _translations(here: Here[StaffMember], news: News, people: Sequence[FamilyMember]) -> list[Translation]:
    """Return the other languages that this family reads; none where nothing was written to be translated."""
    if not told.words_of(here.db, news):
        return []
    there = {code: (words, who) for code, words, who in told.translations_of(here.db, news)}
    found = []
    for code in dict.fromkeys(member.language for member in people if member.language != languages.ENGLISH):
        words, translator = there.get(code, ("", ""))
        open_yet = not told.let_through(here.db, news, code)
        known = languages.language(code)
        url = url_for("keyworker.translate_news", news_id=news.id, code=code) if open_yet else ""
        found.append(Translation(code, known.direction, known.own_name, words, translator, url))
    return found


def _told(here: Here[StaffMember], news: News, member: FamilyMember, row: NewsFor | None) -> ToldRow:
    name, sentences, tell_url, take_back_url = name_of(member), [readiness.presence_of(member)], "", ""
    if row is not None and row.taken_back_at is None:
        how = wording.told_how(row.told_how)
        sentences.append(gettext("You told them on %(day)s: %(how)s.", day=day(row.told_on), how=how))
        sentences.append(wording.hearing(row.hearing))
        if row.hearing_at is not None:
            sentences.append(gettext("Chosen on %(when)s.", when=moment(row.hearing_at)))
        take_back_url = url_for("keyworker.take_news_back", told_id=row.id)
    else:
        if row is not None and row.taken_back_at is not None:
            sentences.append(gettext("You took it back on %(day)s.", day=day(row.taken_back_at)))
        if not told.may_go(news):
            sentences.append(gettext("It cannot be brought yet."))
        elif told.lacks(here.db, news, member.language):
            own = languages.language(member.language).own_name
            sentences.append(gettext("Your words are not there in their language yet: %(language)s.", language=own))
        else:
            tell_url = url_for("keyworker.tell_news", news_id=news.id, member_id=member.id)
    return ToldRow(name, [one for one in sentences if one], tell_url, take_back_url)
