"""News of the review and where it is: behind the person's own press, to be taken back, and no relative's."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.house import House
from portal.review import hearing_news, news, reviews, talks, whereabouts
from portal.review.answers import Hearing, SamePerson, ToldHow
from portal.review.meetings import MeetingKind
from portal.review.news import About, NewsFor, Piece
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review, Stage
from portal.stages import LONGER_THAN_USUAL
from tests import make
from tests.family.conftest import Family, invited
from tests.family.relatives import four_relatives

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

CANARY = "The yellow canary sings at noon"
LINE = "There is news about the review. It waits until you want it."
WHERE = "/en/your-space/where"


def _member(db: Session) -> FamilyMember:
    return db.scalars(select(FamilyMember).order_by(FamilyMember.joined_at)).one()


def _key_worker(db: Session) -> StaffMember:
    return db.get_one(StaffMember, _review(db).key_worker_id)


def _review(db: Session) -> Review:
    return db.get_one(Review, _member(db).review_id)


def _bring(house: House, words: str = CANARY) -> str:
    """Bring what the panel found to the one person that there is; return the address of the news."""
    with house.database.writing() as db:
        return f"/en/your-space/news/{make.news_brought(db, _member(db), _key_worker(db), make.a_chair(db), words).id}"


def _brought(house: House, piece: Piece) -> str:
    with house.database.writing() as db:
        written = news.write(db, _key_worker(db), _review(db), piece, "once")
        day = clock.now().date()
        row = hearing_news.release(db, _key_worker(db), written, _member(db), ToldHow.BY_TELEPHONE, day)
        return f"/en/your-space/news/{row.id}"


def test_news_is_only_news_until_the_person_says_so(mother: Family) -> None:
    url = _bring(mother.house)
    browser = mother.inside()
    assert LINE in browser.main
    browser.follow("Choose how you want to hear it")
    assert browser.path.endswith(url.removeprefix("/en"))
    assert CANARY not in browser.html
    assert "What the panel found" not in browser.main, "not even what it is about"
    browser.press("Read it now")
    assert CANARY in browser.main
    assert LINE not in browser.open("/en/your-space").main
    assert CANARY not in browser.html


@pytest.mark.parametrize(
    ("button", "kept", "waits"),
    [
        ("Keep it for later", Hearing.LATER, True),
        ("Ask my key worker to go through it with me", Hearing.WITH_KEY_WORKER, True),
        ("Do not show it to me", Hearing.NOT_AT_ALL, False),
    ],
)
def test_each_choice_about_news_can_be_taken_back(mother: Family, button: str, kept: Hearing, waits: bool) -> None:
    url = _bring(mother.house)
    browser = mother.inside().open(url).press(button)
    assert CANARY not in browser.html
    assert (LINE in browser.open("/en/your-space").main) is waits
    with mother.house.database.reading() as db:
        assert db.scalars(select(NewsFor.hearing)).one() is kept
    browser.open(WHERE).follow(next(link for link in browser.links if link.startswith("News that was brought")))
    browser.press("Read it now")
    assert CANARY in browser.main
    browser.press("Put it away again")
    assert CANARY not in browser.html


def test_the_day_of_a_meeting_and_a_stage_say_themselves_in_the_persons_language(app: Flask, house: House) -> None:
    mother = invited(app, house, "ur")
    day = clock.now().date() + timedelta(days=20)
    url = _brought(house, Piece(About.MEETING, "", MeetingKind.REVIEW_MEETING, day))
    browser = mother.inside().open(url.replace("/en/", "/ur/"))
    assert str(day.year) not in browser.main
    with house.database.writing() as db:
        hearing_news.choose(db, _member(db), db.scalars(select(NewsFor)).one(), Hearing.NOW)
    assert str(day.year) in browser.open(browser.path).main


def test_words_in_her_language_come_with_their_translator(app: Flask, house: House) -> None:
    mother = invited(app, house, "pl")
    url = _bring(house).replace("/en/", "/pl/")
    with house.database.writing() as db:
        hearing_news.choose(db, _member(db), db.scalars(select(NewsFor)).one(), Hearing.NOW)
    browser = mother.inside().open(url)
    assert f"{CANARY} (pl)" in browser.main
    assert "Example Translations" in browser.main


def test_news_that_is_no_longer_so_says_it_to_who_had_read_it_and_is_gone_for_everybody_else(mother: Family) -> None:
    read, unread = _bring(mother.house), _bring(mother.house, "Another canary")
    browser = mother.inside().open(read).press("Read it now")
    with mother.house.database.writing() as db:
        for row in db.scalars(select(NewsFor).order_by(NewsFor.id)):
            hearing_news.take_back(db, _key_worker(db), row)
    assert "This is no longer so." in browser.open(read).main
    assert CANARY not in browser.html
    assert browser.open(unread).status == 404
    assert LINE not in browser.open("/en/your-space").main


def test_one_relative_finds_nothing_of_what_another_was_told(app: Flask, house: House) -> None:
    family = four_relatives(app, house)
    with house.database.writing() as db:
        row = make.news_brought(db, family.member(db, "mother"), family.key_worker(db), make.a_chair(db), CANARY)
        hearing_news.choose(db, family.member(db, "mother"), row, Hearing.NOW)
        url = f"/en/your-space/news/{row.id}"
    assert CANARY in family.spaces["mother"].inside().open(url).main
    for who in ("father", "grandmother", "sister"):
        browser = family.spaces[who].inside()
        assert LINE not in browser.main
        assert browser.open(url).status == 404
        assert "News" not in browser.open(WHERE).main


def test_what_the_panel_found_goes_to_nobody_before_a_second_person_read_it(house: House, mother: Family) -> None:
    day = clock.now().date()
    with house.database.writing() as db:
        key_worker, member = _key_worker(db), _member(db)
        written = news.write(db, key_worker, _review(db), Piece(About.OUTCOME, CANARY), "once")
        with pytest.raises(NotNow):
            hearing_news.release(db, key_worker, written, member, ToldHow.IN_PERSON, day)
        with pytest.raises(SamePerson):
            news.check(db, key_worker, written)
        news.check(db, make.a_chair(db), written)
        news.rewrite(db, key_worker, written, Piece(About.OUTCOME, "Other words"))
        with pytest.raises(NotNow):
            hearing_news.release(db, key_worker, written, member, ToldHow.IN_PERSON, day)
        news.check(db, make.a_chair(db), written)
        hearing_news.release(db, key_worker, written, member, ToldHow.IN_PERSON, day)
        with pytest.raises(NotNow):
            news.rewrite(db, key_worker, written, Piece(About.OUTCOME, "Too late"))
        stranger = make.a_family_member(db, make.a_review(db, key_worker))
        with pytest.raises(NotHere):
            hearing_news.release(db, key_worker, written, stranger, ToldHow.IN_PERSON, day)


# --- where are we now ------------------------------------------------------------------------------------------------


def test_where_the_review_is_stands_nowhere_before_she_asks_for_it(mother: Family) -> None:
    browser = mother.inside()
    assert "Gathering information" not in browser.main
    browser.follow("Where are we now")
    assert "Gathering information" not in browser.main
    assert "Nothing of it is shown until you say so." in browser.main
    browser.press("Read it now")
    assert "You are here" in browser.main
    assert "People who knew or cared for your child are being asked for what they know." in browser.main
    assert "You do not have to do any of this." in browser.main
    browser.press("Put it away again")
    assert "You are here" not in browser.main


@pytest.mark.parametrize("button", ["Keep it for later", "Do not show it to me"])
def test_a_choice_about_the_stage_is_remembered_and_can_be_taken_back(mother: Family, button: str) -> None:
    mother.inside().open(WHERE).press(button)
    browser = mother.inside().open(WHERE)
    assert "Gathering information" not in browser.main
    browser.press("Read it now")
    assert "You are here" in mother.inside().open(WHERE).main


def test_when_the_review_moves_on_she_is_asked_anew(mother: Family) -> None:
    browser = mother.inside().open(WHERE).press("Read it now")
    with mother.house.database.writing() as db:
        reviews.set_stage(db, _key_worker(db), _review(db), Stage.PANEL, None)
    browser.open(WHERE)
    assert "Something has changed since you last looked." in browser.main
    assert "You are here" not in browser.main
    assert "You are here" in browser.press("Read it now").main


@pytest.mark.parametrize("stage", list(LONGER_THAN_USUAL))
def test_a_stage_that_lasts_long_is_spoken_of_honestly(mother: Family, stage: Stage) -> None:
    with mother.house.database.writing() as db:
        reviews.set_stage(db, _key_worker(db), _review(db), stage, None)
    browser = mother.inside().open(WHERE).press("Read it now")
    assert "About the wait" not in browser.main
    with mother.house.database.writing() as db:
        _review(db).stage_since = clock.now().date() - LONGER_THAN_USUAL[stage] - timedelta(days=2)
    assert "This stage has lasted longer than it does for many families." in browser.open(WHERE).main
    assert "It does not mean that your child has been forgotten." in browser.main


def test_days_of_contact_are_her_own_and_shown_only_where_the_key_worker_said_so(app: Flask, house: House) -> None:
    family = four_relatives(app, house)
    last, following = clock.now().date() - timedelta(days=3), clock.now().date() + timedelta(days=9)
    for who in ("mother", "father"):
        family.spaces[who].inside().open(WHERE).press("Read it now")
    with house.database.writing() as db:
        member = family.member(db, "mother")
        spoken = talks.Told(last, talks.How.TELEPHONE, True, [member], "CanarySaid")
        talks.write_down(db, family.key_worker(db), db.get_one(Review, member.review_id), spoken, "one")

    def noted(*, shown: bool) -> str:
        with house.database.writing() as db:
            member = family.member(db, "mother")
            whereabouts.note_contact(db, family.key_worker(db), member, following, shown=shown)
        return family.spaces["mother"].inside().open(WHERE).main

    assert "You were last in touch" not in noted(shown=False)
    assert "You were last in touch on" in noted(shown=True)
    assert "plans to be in touch with you on" in noted(shown=True)
    assert "CanarySaid" not in family.spaces["mother"].inside().open(WHERE).html
    assert "in touch with you on" not in family.spaces["father"].inside().open(WHERE).main


def test_the_day_for_the_whole_family_is_seen_only_where_the_key_worker_says_so(mother: Family) -> None:
    following = clock.now().date() + timedelta(days=9)
    browser = mother.inside().open(WHERE).press("Read it now")

    def seen(*, of_all: bool, own: bool | None = None) -> bool:
        with mother.house.database.writing() as db:
            reviews.set_stage(db, _key_worker(db), _review(db), _review(db).stage, following, shown=of_all)
            if own is not None:
                whereabouts.note_contact(db, _key_worker(db), db.scalars(select(FamilyMember)).one(), None, shown=own)
        return "plans to be in touch with you on" in browser.open(WHERE).main

    assert not seen(of_all=False)
    assert seen(of_all=True)
    assert not seen(of_all=True, own=False)  # what is said for one person holds before what is said for all
    assert seen(of_all=True, own=True)
    assert not seen(of_all=False, own=True)
