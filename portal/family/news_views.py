"""Where the review is, and news of it: each behind the person's own press, and each choice can be taken back."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.days import today
from portal.door import Here
from portal.family import news_pages, places
from portal.family.answer_pages import hearing_chosen, offers
from portal.family.answer_views import chosen
from portal.family.door import door, review_here
from portal.family.news_pages import NewsPage, NewsRow, Where, WherePage
from portal.family.pages import Waiting
from portal.page import render
from portal.reading import at_a_stage
from portal.review import hearing_news, whereabouts
from portal.review.answers import Hearing
from portal.review.news import NewsFor, wording
from portal.review.people import FamilyMember
from portal.review.reviews import Review
from portal.stages import now_in, stage_labels, when_it_lasts, you_may
from portal.words import gettext, moment

_MAY = May.USE_OWN_SPACE


def waiting(here: Here[FamilyMember]) -> list[Waiting]:
    """Return that there is news for the person, in one line; not how much, and not even what it is about."""
    waits = (Hearing.NOT_SAID, Hearing.LATER, Hearing.WITH_KEY_WORKER)
    rows = [row for row in hearing_news.for_member(here.db, here.caller) if row.hearing in waits]
    if not rows:
        return []
    one = url_for("family.news", piece_id=rows[0].id)
    url = one if len(rows) == 1 else url_for("family.where", _anchor="news")
    sentence = gettext("There is news about the review. It waits until you want it.")
    return [Waiting(url, sentence, gettext("Choose how you want to hear it"))]


@door.show("/<lang:lang>/your-space/where", may=_MAY)
def where(here: Here[FamilyMember]) -> Response:
    """Offer the four choices; show where the review is only to somebody who chose to see it."""
    review, key_worker = review_here(here)
    choice = whereabouts.choice_of(here.db, here.caller)
    hearing = whereabouts.hearing_of(choice, review)
    page = WherePage(
        _where(here, review, key_worker) if hearing is Hearing.NOW else None,
        whereabouts.has_moved_on(choice, review),
        offers(hearing, key_worker),
        hearing_chosen(hearing, key_worker),
        [_row(row, key_worker) for row in hearing_news.for_member(here.db, here.caller)],
        key_worker,
        places.url_of("ask"),
        url_for("family.tell_page"),
    )
    return render(page)


@door.change("/<lang:lang>/your-space/where", may=_MAY)
def choose_where(here: Here[FamilyMember]) -> Response:
    """Keep how the person wants to hear where the review is."""
    review = here.db.get_one(Review, here.caller.review_id)
    whereabouts.choose(here.db, here.caller, review, chosen())
    return redirect(url_for("family.where"), 303)


@door.show("/<lang:lang>/your-space/news/<uuid:piece_id>", may=_MAY)
def news(here: Here[FamilyMember], piece_id: UUID) -> Response:
    """Offer the four choices; show the news only to somebody who chose to read it now."""
    row, found = hearing_news.one_of_theirs(here.db, here.caller, piece_id)
    _, key_worker = review_here(here)
    taken_back = row.taken_back_at is not None
    shown = row.hearing is Hearing.NOW and not taken_back
    words, language, translator = wording(here.db, found, here.caller.language) if shown else ("", "", "")
    page = NewsPage(
        shown,
        taken_back,
        offers(row.hearing, key_worker),
        hearing_chosen(row.hearing, key_worker),
        news_pages.what_it_says(found, key_worker) if shown else (),
        words,
        language,
        translator,
        key_worker,
    )
    return render(page)


@door.change("/<lang:lang>/your-space/news/<uuid:piece_id>", may=_MAY)
def choose_news(here: Here[FamilyMember], piece_id: UUID) -> Response:
    """Keep how the person wants to hear a piece of news."""
    row, _ = hearing_news.one_of_theirs(here.db, here.caller, piece_id)
    hearing_news.choose(here.db, here.caller, row, chosen())
    return redirect(url_for("family.news", piece_id=piece_id), 303)


def _where(here: Here[FamilyMember], review: Review, key_worker: str) -> Where:
    last_on, next_on = whereabouts.days_seen_by(here.db, here.caller, review)
    return Where(
        stage_labels(),
        review.stage.value,
        review.stage_since,
        now_in(review.stage, key_worker),
        when_it_lasts(review.stage, review.stage_since, today(), key_worker),
        you_may(review.stage, key_worker),
        last_on,
        next_on if next_on is not None and next_on >= today() else None,
        at_a_stage(review.stage, here.house.panels.named(review.panel)),
    )


def _row(row: NewsFor, key_worker: str) -> NewsRow:
    if row.taken_back_at is not None:
        standing = gettext("This is no longer so.")
    elif row.hearing is Hearing.NOT_SAID:
        standing = gettext("It waits until you want it.")
    else:
        standing = hearing_chosen(row.hearing, key_worker)
    title = gettext("News that was brought to you on %(moment)s", moment=moment(row.released_at))
    return NewsRow(url_for("family.news", piece_id=row.id), title, standing)
