"""What a key worker wrote of the panel's findings for a family, read by a second person before it goes to anybody."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.forms import Form
from portal.page import Choice, Page
from portal.panel.door import door, show_page
from portal.panel.forms import CheckForm, SendBackForm
from portal.panel.labels import language_label, plain_words
from portal.panel.showing import changed_meanwhile, key_worker_word
from portal.review import news as told
from portal.review.kept import clean
from portal.review.news import News
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.sealing import opened
from portal.signin.desk import note_reading
from portal.words import gettext, moment

_MAY = May.CHECK_ANSWERS


@dataclass(frozen=True)
class NewsListPage(Page):
    """What waits for a second person."""

    template: ClassVar[str] = "panel/news_list.html"
    rows: Sequence[Choice]


@dataclass(frozen=True)
class Translated:
    """The same words in another language."""

    language: str
    code: str
    direction: str
    words: str
    translator: str


@dataclass(frozen=True)
class NewsCheckPage(Page):
    """One piece of news, for the second person."""

    template: ClassVar[str] = "panel/news_check.html"
    key_worker: str
    words: str
    translations: Sequence[Translated]
    wanted: Sequence[str]
    form: Form
    refused: str
    changed: str
    send_back_url: str
    back: str


@dataclass(frozen=True)
class NewsBackPage(Page):
    """The form that asks for other words."""

    template: ClassVar[str] = "panel/news_back.html"
    words: str
    form: Form
    changed: str
    back: str


@door.show("/news", may=_MAY)
def news_list(here: Here[StaffMember]) -> Response:
    """List what waits for a second person, the oldest first; no name of a child or family."""
    rows = [
        Choice(
            gettext("What the panel found, written on %(moment)s", moment=moment(one.drafted_at)),
            url_for("panel.news", news_id=one.id),
        )
        for one in told.to_check(here.db, here.caller)
    ]
    return show_page(here, NewsListPage(rows))


@door.show("/news/<uuid:news_id>", may=_MAY)
def news(here: Here[StaffMember], news_id: UUID) -> Response:
    """Show the words to the second person."""
    found = told.one_of_panel(here.db, here.caller, news_id)
    return _looking(here, found, CheckForm(seen=_seen(here, found)))


@door.change("/news/<uuid:news_id>", may=_MAY)
def check_news(here: Here[StaffMember], news_id: UUID) -> Response:
    """Keep that a second person found the words plain and true; from here on the key worker may bring them."""
    found = told.held_for_panel(here.db, here.caller, news_id)
    if not told.waits_for_check(found):
        raise NotNow
    form = CheckForm()
    if not form.validate() or _refusal(here, found):
        return _looking(here, found, form, "", 422)
    if form.seen.data != _seen(here, found):
        form.seen.data, form.plain.data = _seen(here, found), False
        return _looking(here, found, form, changed_meanwhile(), 409)
    told.check(here.db, here.caller, found)
    return redirect(url_for(".news_list"), 303)


@door.show("/news/<uuid:news_id>/send-back", may=_MAY)
def ask_for_other_news(here: Here[StaffMember], news_id: UUID) -> Response:
    """Show the form that asks the key worker for other words."""
    found = told.one_of_panel(here.db, here.caller, news_id)
    return _sending_back(here, found, SendBackForm(seen=_seen(here, found)))


@door.change("/news/<uuid:news_id>/send-back", may=_MAY)
def send_news_back(here: Here[StaffMember], news_id: UUID) -> Response:
    """Ask the key worker for other words, with a remark."""
    found = told.held_for_panel(here.db, here.caller, news_id)
    form = SendBackForm()
    if not form.validate():
        return _sending_back(here, found, form, "", 422)
    if found.remark == clean(form.remark.data):
        return redirect(url_for(".news_list"), 303)  # pressed twice
    if form.seen.data != _seen(here, found) or not told.waits_for_check(found):
        form.seen.data = _seen(here, found)
        return _sending_back(here, found, form, changed_meanwhile(), 409)
    told.send_back(here.db, here.caller, found, form.remark.data)
    return redirect(url_for(".news_list"), 303)


def _seen(here: Here[StaffMember], found: News) -> str:
    """Return what stands for the words on the screen, so that nobody agrees to words that they did not see."""
    shown = repr((_words(here, found), _translations(here, found)))
    return hashlib.sha256(shown.encode()).hexdigest()


def _refusal(here: Here[StaffMember], found: News) -> str:
    if found.drafted_by != here.caller.id:
        return ""
    return gettext(
        "You wrote these words yourself. Somebody who did not write them sees sooner what a family might not "
        "understand, so please ask a coordinator or the chair to check them."
    )


def _looking(here: Here[StaffMember], found: News, form: CheckForm, changed: str = "", status: int = 200) -> Response:
    note_reading(here, "news read", found.review_id, found.id)
    page = NewsCheckPage(
        key_worker_word(here),
        _words(here, found),
        _translations(here, found),
        plain_words(),
        form,
        _refusal(here, found),
        changed,
        url_for(".ask_for_other_news", news_id=found.id),
        url_for(".news_list"),
    )
    return show_page(here, page, status)


def _sending_back(
    here: Here[StaffMember], found: News, form: SendBackForm, changed: str = "", status: int = 200
) -> Response:
    note_reading(here, "news read", found.review_id, found.id)
    words = _words(here, found) if told.waits_for_check(found) else ""  # what is decided is not read here any more
    page = NewsBackPage(words, form, changed, url_for(".news", news_id=found.id))
    return show_page(here, page, status)


def _words(here: Here[StaffMember], found: News) -> str:
    return opened(lambda: told.words_of(here.db, found)) or ""


def _translations(here: Here[StaffMember], found: News) -> list[Translated]:
    return [
        Translated(language_label(code), code, languages.language(code).direction, words, translator)
        for code, words, translator in told.translations_of(here.db, found)
    ]
