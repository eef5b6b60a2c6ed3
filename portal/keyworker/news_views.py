"""News of a review, which only the key worker brings: written, translated, let through to each person, taken back."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.keyworker import news_pages, readiness, wishes_words
from portal.keyworker.door import door, show_page
from portal.keyworker.news_forms import NewsForm, NewsTranslationForm, TellForm
from portal.keyworker.news_pages import NewsTranslationPage, TellPage, WriteNewsPage
from portal.keyworker.people_pages import ConfirmPage
from portal.keyworker.wording import name_of
from portal.review import hearing_news, messages, reviews
from portal.review import news as told
from portal.review.answers import ToldHow
from portal.review.news import News
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.words import day, gettext

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/families/<uuid:review_id>/news", may=_MAY)
def all_news(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show everything that was written down as news of a family."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    return show_page(here, news_pages.all_news_page(here, review))


@door.show("/families/<uuid:review_id>/news/write", may=_MAY)
def write_news(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show the form in which news is written."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    return show_page(here, WriteNewsPage(NewsForm(), "", translated=False, moved_on=False, back_url=_all(review.id)))


@door.change("/families/<uuid:review_id>/news/write", may=_MAY)
def keep_news(here: Here[StaffMember], review_id: UUID) -> Response:
    """Keep a piece of news, which nobody of the family finds yet."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    form = NewsForm()
    if not form.validate():
        return show_page(here, WriteNewsPage(form, "", translated=False, moved_on=False, back_url=_all(review.id)), 422)
    return _to(told.write(here.db, here.caller, review, form.piece, form.once.data))


@door.show("/news/<uuid:news_id>", may=_MAY)
def news(here: Here[StaffMember], news_id: UUID) -> Response:
    """Show one piece of news, and where it is with each person."""
    return show_page(here, news_pages.news_page(here, told.one_of_mine(here.db, here.caller, news_id)))


@door.show("/news/<uuid:news_id>/write", may=_MAY)
def rewrite_news(here: Here[StaffMember], news_id: UUID) -> Response:
    """Show a piece of news to be written anew, while nobody was told it."""
    found = told.one_of_mine(here.db, here.caller, news_id)
    if told.let_through(here.db, found):
        return redirect(_url(found), 302)
    form = NewsForm(
        data={
            "about": found.about.value,
            "meeting": found.meeting_kind.value if found.meeting_kind else None,
            "day": day(found.day) if found.day else "",
            "words": told.words_of(here.db, found),
        }
    )
    return _rewrite(here, found, form, 200)


@door.change("/news/<uuid:news_id>/write", may=_MAY)
def keep_rewritten_news(here: Here[StaffMember], news_id: UUID) -> Response:
    """Keep other words for a piece of news; when somebody was told meanwhile, what was written stays on the page."""
    found = told.one_of_mine(here.db, here.caller, news_id)
    form = NewsForm()
    if not form.validate():
        return _rewrite(here, found, form, 422)
    try:
        told.rewrite(here.db, here.caller, found, form.piece)
    except NotNow:
        return _rewrite(here, found, form, 409)
    return _to(found)


@door.show("/news/<uuid:news_id>/translate/<code>", may=_MAY)
def translate_news(here: Here[StaffMember], news_id: UUID, code: str) -> Response:
    """Show the words of a piece of news to be translated."""
    found = _to_translate(here, news_id, code)
    if told.let_through(here.db, found, code):
        raise NotNow
    there = {language: (words, who) for language, words, who in told.translations_of(here.db, found)}
    words, translator = there.get(code, ("", ""))
    return _translate(here, found, code, NewsTranslationForm(data={"words": words, "translator": translator}), 200)


@door.change("/news/<uuid:news_id>/translate/<code>", may=_MAY)
def keep_news_translation(here: Here[StaffMember], news_id: UUID, code: str) -> Response:
    """Stand a translation beside the words of a piece of news."""
    found = _to_translate(here, news_id, code)
    form = NewsTranslationForm()
    if not form.validate():
        return _translate(here, found, code, form, 422)
    try:
        told.translate(here.db, here.caller, found, code, form.words.data, form.translator.data)
    except NotNow:
        return _translate(here, found, code, form, 409)
    return _to(found)


@door.show("/news/<uuid:news_id>/tell/<uuid:member_id>", may=_MAY)
def tell_news(here: Here[StaffMember], news_id: UUID, member_id: UUID) -> Response:
    """Show what to do before one person can find a piece of news."""
    found, member = _found_for(here, news_id, member_id)
    if not told.may_go(found) or told.lacks(here.db, found, member.language):
        return redirect(_url(found), 302)
    return _tell(here, found, member, TellForm(), 200)


@door.change("/news/<uuid:news_id>/tell/<uuid:member_id>", may=_MAY)
def release_news(here: Here[StaffMember], news_id: UUID, member_id: UUID) -> Response:
    """Let one person find a piece of news, after they were told how and when."""
    found, member = _found_for(here, news_id, member_id)
    here.db.refresh(found, with_for_update=True)
    form = TellForm()
    told_on = form.told_on.day if form.validate() else None
    if told_on is None:
        return _tell(here, found, member, form, 422)
    before = {row.id for row in told.let_through(here.db, found) if row.taken_back_at is None}
    row = hearing_news.release(here.db, here.caller, found, member, ToldHow(form.told_how.data), told_on)
    if row.id not in before and form.also_send.data and wishes_words.can_be_told(here, member):
        messages.queue_for_family(here.db, messages.Kind.NEWS, member, member.way, here.caller)
    return _to(found)


@door.show("/news-told/<uuid:told_id>/take-back", may=_MAY)
def take_news_back(here: Here[StaffMember], told_id: UUID) -> Response:
    """Ask before a piece of news is taken back from one person."""
    row = hearing_news.row_of_mine(here.db, here.caller, told_id)
    found = here.db.get_one(News, row.news_id)
    name = name_of(here.db.get_one(FamilyMember, row.family_member_id))
    sentences = (
        gettext("%(title)s, for %(name)s.", title=readiness.title_of(found), name=name),
        gettext(
            "If they have read it, they find there that it is no longer so, and that you can say what has changed."
        ),
        gettext("If they have not, nothing of it is left in their space. You can bring it again."),
    )
    page = ConfirmPage(
        gettext("Take news back"), sentences, gettext("Take it back"), warning=False, back_url=_url(found)
    )
    return show_page(here, page)


@door.change("/news-told/<uuid:told_id>/take-back", may=_MAY)
def keep_taken_back(here: Here[StaffMember], told_id: UUID) -> Response:
    """Take a piece of news back from one person."""
    row = hearing_news.row_of_mine(here.db, here.caller, told_id)
    hearing_news.take_back(here.db, here.caller, row)
    return _to(here.db.get_one(News, row.news_id))


def _found_for(here: Here[StaffMember], news_id: UUID, member_id: UUID) -> tuple[News, FamilyMember]:
    found = told.one_of_mine(here.db, here.caller, news_id)
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    if member.review_id != found.review_id:
        raise NotHere
    return found, member


def _to_translate(here: Here[StaffMember], news_id: UUID, code: str) -> News:
    found = told.one_of_mine(here.db, here.caller, news_id)
    if code == languages.ENGLISH or code not in here.house.settings.languages or not told.words_of(here.db, found):
        raise NotHere
    return found


def _rewrite(here: Here[StaffMember], found: News, form: NewsForm, status: int) -> Response:
    translated = bool(told.translations_of(here.db, found))
    page = WriteNewsPage(form, found.remark or "", translated, moved_on=status == 409, back_url=_url(found))
    return show_page(here, page, status)


def _translate(here: Here[StaffMember], found: News, code: str, form: NewsTranslationForm, status: int) -> Response:
    name = languages.language(code).own_name
    page = NewsTranslationPage(told.words_of(here.db, found), name, form, status == 409, _url(found))
    return show_page(here, page, status)


def _tell(here: Here[StaffMember], found: News, member: FamilyMember, form: TellForm, status: int) -> Response:
    page = TellPage(
        name_of(member),
        readiness.title_of(found),
        readiness.if_away(member),
        wishes_words.held_now(here, member),
        form,
        wishes_words.can_be_told(here, member),
        _url(found),
    )
    return show_page(here, page, status)


def _all(review_id: UUID) -> str:
    return url_for(".all_news", review_id=review_id)


def _url(found: News) -> str:
    return url_for(".news", news_id=found.id)


def _to(found: News) -> Response:
    return redirect(_url(found), 303)
