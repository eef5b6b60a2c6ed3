"""News reaches each person of a family apart, only through their key worker, after they were told how and when."""

import time
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import clock
from portal.review import hearing_news, invitations, messages, news, presence, whereabouts
from portal.review.answers import Hearing, ToldHow
from portal.review.news import News, NewsFor
from portal.review.people import FamilyMember, Presence, StaffMember, Way
from portal.review.reviews import Review
from tests import make
from tests.browser import Browser, as_staff
from tests.keyworker.conftest import NAME, Desk

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

FOUND = "The panel found that a rule was missing."


@pytest.fixture
def family_id(desk: Desk) -> UUID:
    """A family with a mother who has a link."""
    review_id = desk.a_family()
    member_id = desk.a_person(review_id)
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        invitations.invite(db, key_worker, member, member.way)
    return review_id


def _write(desk: Desk, family_id: UUID, about: str, words: str = "") -> Browser:
    browser = desk.browser.open(f"/keyworker/families/{family_id}").follow("News of the review").follow("Write news")
    return browser.choose(about).fill("Your words, in plain English", words).press("Keep this")


def _chair(desk: Desk) -> Browser:
    with desk.house.database.writing() as db:
        chair = make.a_chair(db)
        chair.tf_primary_method = "authenticator"
        browser = as_staff(desk.app, chair)
    with browser.client.session_transaction() as session:
        session["since"] = session["seen"] = time.time()
    return browser


def _tell(browser: Browser) -> Browser:
    browser.choose("By telephone").fill("On which day?", "1 November 2026")
    return browser.choose("I have told them that there is news").press("Let them find it")


def test_what_the_panel_found_walks_from_the_key_worker_to_a_second_person_and_on_to_one_person(
    desk: Desk, family_id: UUID
) -> None:
    browser = _write(desk, family_id, "What the panel found, when it has met", FOUND)
    assert "A coordinator or the chair reads it before it goes to anybody." in browser.main
    assert "It cannot be brought yet." in browser.main
    page = browser.path
    chair = _chair(desk).open("/panel/news")
    chair.follow(next(link for link in chair.links if link.startswith("What the panel found, written on")))
    assert FOUND in chair.main
    assert NAME not in chair.html
    assert "Zebedee" not in chair.html
    chair.follow("Send it back for other words").fill("What should be different?", "Say which rule.").press(
        "Send it back"
    )
    assert "Nothing waits to be read." in chair.main
    assert "Other words are asked for" in browser.open("/keyworker/").main
    browser.open(page)
    assert "Say which rule." in browser.main
    browser.follow("Write it anew")
    assert browser.value("Your words, in plain English") == FOUND
    browser.fill("Your words, in plain English", f"{FOUND} It is the rule about who rings.").press("Keep this")
    chair.open("/panel/news").follow(next(link for link in chair.links if link.startswith("What the panel found, wr")))
    chair.choose("These words are plain").press("The key worker can bring it")
    assert chair.status == 200
    browser.open(page).follow(f"Bring it to {NAME}")
    _tell(browser)
    assert "They have not said yet how they want to hear it." in browser.main
    assert "Write it anew" not in browser.links
    with desk.house.database.reading() as db:
        row = db.scalars(select(NewsFor)).one()
        assert row.hearing is Hearing.NOT_SAID
        assert db.query(messages.Message).where(messages.Message.kind == messages.Kind.NEWS).count() == 0


def test_what_was_sent_back_for_its_translation_alone_goes_to_the_second_person_again(desk: Desk) -> None:
    family_id = desk.a_family()
    news_id = UUID(_write(desk, family_id, "What the panel found, when it has met", FOUND).path.rsplit("/", 1)[-1])
    with desk.house.database.writing() as db:
        chair, key_worker = make.a_chair(db), db.get_one(StaffMember, desk.key_worker_id)
        found = db.get_one(News, news_id)
        news.send_back(db, chair, found, "The Urdu says something else.")
        assert (list(news.to_check(db, chair)), list(news.sent_back_to(db, key_worker))) == ([], [found])
        news.translate(db, key_worker, found, "ur", "پینل نے یہ پایا۔", "Nadia Begum")
        assert (list(news.to_check(db, chair)), list(news.sent_back_to(db, key_worker))) == ([found], [])


def test_the_stage_and_the_day_of_a_meeting_need_no_words_and_no_second_person(desk: Desk, family_id: UUID) -> None:
    browser = _write(desk, family_id, "The stage at which the review is now")
    assert f"Bring it to {NAME}" in browser.links
    browser = _write(desk, family_id, "The day of a meeting")
    assert browser.status == 422
    assert "Please choose which meeting it is." in browser.main
    assert "Please write the day of the meeting." in browser.main
    browser.choose("The day of a meeting").choose("The review meeting").fill("The day of the meeting", "3 March 2027")
    browser.press("Keep this")
    assert "The review meeting on 3 March 2027" in browser.main
    assert f"Bring it to {NAME}" in browser.links


@pytest.mark.parametrize(
    ("day", "tick", "sentence"),
    [
        ("", True, "Please write the day on which you told them."),
        ("31/12/2099", True, "This day is still to come."),
        ("1 November 2026", False, "Please tell them first. When you have, tick this."),
    ],
)
def test_news_is_let_through_only_with_how_and_when_and_the_tick(
    desk: Desk, family_id: UUID, day: str, tick: bool, sentence: str
) -> None:
    browser = _write(desk, family_id, "The stage at which the review is now").follow(f"Bring it to {NAME}")
    browser.choose("By telephone").fill("On which day?", day)
    if tick:
        browser.choose("I have told them that there is news")
    browser.press("Let them find it")
    assert browser.status == 422
    assert sentence in browser.main
    with desk.house.database.reading() as db:
        assert db.scalars(select(NewsFor)).all() == []


def test_somebody_who_reads_another_language_is_brought_words_only_in_it(desk: Desk, family_id: UUID) -> None:
    polish = desk.a_person(family_id, Way.PAPER, None, "pl")
    browser = _write(desk, family_id, "The stage at which the review is now", "It went well.")
    assert "Your words are not there in their language yet" in browser.main
    with desk.house.database.reading() as db:
        news_id = db.scalars(select(News.id)).one()
    assert browser.open(f"/keyworker/news/{news_id}/tell/{polish}").path.endswith(f"/news/{news_id}")
    browser.follow(next(link for link in browser.links if link.startswith("Add the translation")))
    browser.press("Keep this")
    assert browser.status == 422
    browser.fill("The same words, translated", "Poszło dobrze.").fill("Name of the translator", "A. Kowalska")
    browser.press("Keep this")
    assert "Poszło dobrze." in browser.main
    assert "Your words are not there in their language yet" not in browser.main


def test_news_is_taken_back_from_one_person_and_can_be_brought_again(desk: Desk, family_id: UUID) -> None:
    browser = _write(desk, family_id, "The stage at which the review is now").follow(f"Bring it to {NAME}")
    _tell(browser).follow(f"Take it back from {NAME}").press("Take it back")
    assert "You took it back on" in browser.main
    with desk.house.database.reading() as db:
        assert hearing_news.for_member(db, db.scalars(select(FamilyMember)).one()) == []
    _tell(browser.follow(f"Bring it to {NAME}"))
    assert "They have not said yet how they want to hear it." in browser.main


def test_who_wants_to_hear_something_from_the_key_worker_stands_on_their_desk(desk: Desk, family_id: UUID) -> None:
    _tell(_write(desk, family_id, "The stage at which the review is now").follow(f"Bring it to {NAME}"))
    with desk.house.database.writing() as db:
        member = db.scalars(select(FamilyMember)).one()
        hearing_news.choose(db, member, db.scalars(select(NewsFor)).one(), Hearing.WITH_KEY_WORKER)
        whereabouts.choose(db, member, db.get_one(Review, member.review_id), Hearing.WITH_KEY_WORKER)
    browser = desk.browser.open("/keyworker/")
    assert "Somebody would like to go through news with you" in browser.main
    assert f"{NAME} would like to hear from you where the review is" in browser.main
    browser.open(f"/keyworker/families/{family_id}")
    assert "Where the review is: they would like to hear it from you." in browser.main


@pytest.mark.parametrize(
    ("kind", "sentence"), [(Presence.NOT_NOW, "Not now: they left"), (Presence.NOT_AT_ALL, "Not at all: on")]
)
def test_a_space_that_rests_is_seen_and_nothing_is_sent_there(
    desk: Desk, family_id: UUID, kind: Presence, sentence: str
) -> None:
    with desk.house.database.writing() as db:
        member = db.scalars(select(FamilyMember)).one()
        presence.choose(db, member, kind)
        person = f"/keyworker/people/{member.id}"
    browser = _write(desk, family_id, "The stage at which the review is now")
    for path in ("/keyworker/", f"/keyworker/families/{family_id}", person):
        assert sentence in desk.browser.open(path).main, path
    with desk.house.database.reading() as db:
        news_id = db.scalars(select(News.id)).one()
    browser.open(f"/keyworker/news/{news_id}").follow(f"Bring it to {NAME}")
    assert "Nothing is sent to them meanwhile." in browser.main
    assert "Also send them a short message" not in browser.main
    _tell(browser)
    assert "They have not said yet how they want to hear it." in browser.main


def test_twenty_presses_at_one_moment_write_one_piece_and_bring_it_once(desk: Desk, family_id: UUID) -> None:
    desk.browser.open(f"/keyworker/families/{family_id}/news/write")
    assert set(desk.post_at_once(desk.browser.path, {"about": "stage", "words": ""})) == {303}
    with desk.house.database.reading() as db:
        news_id = db.scalars(select(News.id)).one()
        member_id = db.scalars(select(FamilyMember.id)).one()
    desk.browser.open(f"/keyworker/news/{news_id}/tell/{member_id}")
    filled = {"told_how": "in person", "told_on": "1 November 2026", "told": "y", "also_send": "y"}
    assert set(desk.post_at_once(desk.browser.path, filled)) == {303}
    with desk.house.database.reading() as db:
        assert len(db.scalars(select(NewsFor.id)).all()) == 1
        assert db.query(messages.Message).where(messages.Message.kind == messages.Kind.NEWS).count() == 1


@pytest.mark.parametrize("where", ["write", "translate/ur"])
def test_when_somebody_was_told_meanwhile_what_was_written_stays_on_the_page(desk: Desk, where: str) -> None:
    family_id, other = desk.a_family(), "These are other words."
    member_id = desk.a_person(family_id, language="ur")
    with desk.house.database.writing() as db:
        by, chair = db.get_one(StaffMember, desk.key_worker_id), make.a_chair(db)
        found = make.news_of(db, db.get_one(Review, family_id), by, chair, "The panel found this.")
        news_id = found.id
    browser = desk.browser.open(f"/keyworker/news/{news_id}/{where}")
    with desk.house.database.writing() as db:
        found, member = db.get_one(News, news_id), db.get_one(FamilyMember, member_id)
        by, chair = db.get_one(StaffMember, desk.key_worker_id), make.a_chair(db)
        news.translate(db, by, found, "ur", "پینل نے یہ پایا۔", "Sana Malik")
        news.check(db, chair, found)
        hearing_news.release(db, by, found, member, ToldHow.IN_PERSON, clock.now().date())
    field = next(one for one in browser.tree.iter("{http://www.w3.org/1999/xhtml}textarea")).get("name")
    browser.typed[field] = other
    if where != "write":
        browser.typed["translator"] = "Nadia Begum"
    browser.press("Keep this")
    assert browser.status == 409
    assert "Your words are still here." in browser.main
    assert other in browser.main
    with desk.house.database.reading() as db:
        assert other not in [words for _, words, _ in news.translations_of(db, db.get_one(News, news_id))]
