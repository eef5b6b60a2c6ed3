"""How I wish to be reached: nobody is asked, everything can be said, changed and taken away, and every word is kept."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.review import quiet_days, wishes
from portal.review.history import Entry
from portal.review.people import FamilyMember, StaffMember
from portal.review.quiet import Feast
from portal.review.wishes import ContactWishes, MayKnow
from tests.browser import Browser
from tests.family.conftest import Family, invited

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _there(home: House) -> ContactWishes:
    with home.database.reading() as db:
        found = db.scalars(select(ContactWishes)).one()
        db.expunge(found)
        return found


def _days(home: House) -> list[tuple[date, date, bool]]:
    with home.database.reading() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.joined_at)).all()[0]
        return [(one.first, one.last, one.every_year) for one in quiet_days.of(db, member)]


def _at(mother: Family, page: str) -> Browser:
    browser = mother.inside().follow("How I wish to be reached")
    assert browser.heading == "How I wish to be reached"
    return browser.follow(f"Change this: {page}")


def test_nothing_is_set_until_the_person_sets_it(mother: Family) -> None:
    browser = mother.inside().follow("How I wish to be reached")
    assert browser.main.count("Nothing is set.") == 4
    assert "You need not set anything here." in browser.main


def test_a_person_says_which_ways_are_fine_and_which_number_never_to_ring(mother: Family, house: House) -> None:
    browser = _at(mother, "How to reach me")
    browser.choose("E-mail").choose("The telephone")
    browser.fill("Numbers never to ring", "01632 960 001").fill("An interpreter for calls", "Sylheti")
    browser.press("Keep this")
    assert browser.heading == "How I wish to be reached"
    for words in ("E-mail", "The telephone", "01632 960 001", "Sylheti", "You set this on"):
        assert words in browser.main
    found = _there(house)
    assert (found.ways, found.shared, found.reach_by) == (["email"], ["phone"], None)
    assert b"01632" not in (found.never_ring_ct or b"")
    browser.follow("Change this: How to reach me")
    assert browser.value("Numbers never to ring") == "01632 960 001"
    browser.fill("Numbers never to ring", "").press("Keep this")
    assert "01632" not in browser.main, "undone in one press"


def test_a_person_says_at_which_hours_and_on_which_days(mother: Family, house: House) -> None:
    with time_machine.travel(NOW, tick=False):
        browser = _at(mother, "When to reach me")
        browser.typed |= {"earliest": "10", "latest": "20", "weekdays": "1"}
        browser.press("Keep this")
    assert "10:00" in browser.main
    assert "Tuesday" in browser.main
    found = _there(house)
    assert (found.earliest, found.latest, found.weekdays) == (time(10), time(20), [1])


def test_two_equal_hours_come_back_with_everything_as_it_was(mother: Family) -> None:
    browser = _at(mother, "When to reach me")
    browser.typed |= {"earliest": "10", "latest": "10", "weekdays": "3"}
    browser.press("Keep this")
    assert browser.status == 422
    assert browser.title.startswith("There is a problem")
    assert browser.html.count('value="10" selected') == 2
    assert 'value="3" checked' in browser.html


def test_a_person_says_who_may_know_in_words_of_their_own(mother: Family, house: House) -> None:
    browser = _at(mother, "Who may know that I am here").choose("Only these people").press("Keep this")
    assert browser.status == 422
    browser.fill("Who they are", "میری بہن").press("Keep this")
    assert "میری بہن" in browser.main
    assert _there(house).may_know is MayKnow.THESE
    browser.follow("Change this: Who may know that I am here").choose("Nobody").press("Keep this")
    assert _there(house).may_know is MayKnow.NOBODY


@pytest.mark.parametrize(
    ("first", "last", "every_year", "kept"),
    [
        ("3 May 2027", "", False, (date(2027, 5, 3), date(2027, 5, 3), False)),
        ("3/5", "", False, (date(2027, 5, 3), date(2027, 5, 3), False)),
        ("24 December", "2 January", True, (date(2026, 12, 24), date(2027, 1, 2), True)),
        ("20 November", "25 November", False, (date(2026, 11, 20), date(2026, 11, 25), False)),
        ("29 Feb", "", True, (date(2028, 2, 29), date(2028, 2, 29), True)),
        ("1/2/2019", "", True, (date(2019, 2, 1), date(2019, 2, 1), True)),
    ],
)
def test_a_quiet_day_is_read_however_it_is_written(
    mother: Family, house: House, first: str, last: str, every_year: bool, kept: tuple[date, date, bool]
) -> None:
    with time_machine.travel(NOW, tick=False):
        browser = _at(mother, "Quiet days").fill("The day", first).fill("The last day", last)
        if every_year:
            browser.choose("Every year")
        browser.press("Keep this day quiet")
        assert browser.status == 200, browser.main
        assert _days(house) == [kept]


@pytest.mark.parametrize(
    ("first", "last", "every_year"),
    [
        ("soon", "", False),
        ("", "", True),
        ("3/5/2020", "", False),
        ("3/5/2027", "1/5/2027", False),
        ("1/1", "31/12", True),
    ],
)
def test_a_day_that_cannot_be_kept_comes_back_with_every_word(
    mother: Family, house: House, first: str, last: str, every_year: bool
) -> None:
    with time_machine.travel(NOW, tick=False):
        browser = _at(mother, "Quiet days").fill("The day", first).fill("The last day", last)
        browser.fill("What it is for", "her day")
        if every_year:
            browser.choose("Every year")
        browser.press("Keep this day quiet")
        assert browser.status == 422
        assert (browser.value("The day"), browser.value("The last day")) == (first, last)
        assert browser.value("What it is for") == "her day"
        assert _days(house) == []


def test_a_day_in_the_months_and_digits_of_the_readers_language_is_read(app: Flask, house: House) -> None:
    with time_machine.travel(NOW, tick=False):
        for language, typed in (("ur", "۲۴ دسمبر ۲۰۲۷"), ("pt", "24 de dezembro de 2027"), ("pl", "24 grudnia 2027")):
            browser = invited(app, house, language).inside().open(f"/{language}/your-space/reaching/quiet-days")
            browser.typed["first"] = typed
            form = next(one for one in browser.tree.iter() if str(one.get("action")).endswith("/quiet-days"))
            browser._send(form, next(one for one in form.iter() if one.tag.endswith("button")))
            assert browser.status == 200, language
    with house.database.reading() as db:
        found = db.scalars(select(quiet_days.QuietDay.first)).all()
        assert found == [date(2027, 12, 24)] * 3


def test_one_press_keeps_a_feast_quiet_one_takes_it_away_and_one_puts_it_back(mother: Family, house: House) -> None:
    browser = _at(mother, "Quiet days").press("Mothering Sunday")
    assert "Mothering Sunday" not in browser.buttons
    assert "Every year" in browser.main
    browser.press("Take this day away")
    assert "Taken away just now" in browser.main
    assert _days(house) == []
    browser.press("Put it back")
    assert "Taken away just now" not in browser.main
    with house.database.reading() as db:
        assert db.scalars(select(quiet_days.QuietDay.feast)).all() == [Feast.MOTHERING_SUNDAY]
        verbs = db.scalars(select(Entry.verb).where(Entry.verb.like("quiet day%")).order_by(Entry.at)).all()
    assert verbs == ["quiet day kept", "quiet day taken away", "quiet day kept"]


def test_one_press_that_arrives_twice_keeps_one_day(mother: Family, house: House) -> None:
    browser = _at(mother, "Quiet days").fill("The day", "3/5/2030")
    form = next(one for one in browser.tree.iter() if str(one.get("action")).endswith("/quiet-days"))
    button = next(one for one in form.iter() if one.tag.endswith("button"))
    typed = dict(browser.typed)
    path = browser.path
    browser._send(form, button)
    browser.path, browser.typed = path, typed
    browser._send(form, button)
    assert len(_days(house)) == 1


def test_what_the_key_worker_wrote_down_bears_their_name(mother: Family, house: House) -> None:
    with house.database.writing() as db:
        member = db.scalars(select(FamilyMember)).one()
        key_worker = db.scalars(select(StaffMember)).one()
        name = key_worker.name
        wishes.wish(db, key_worker, member, wishes.Times(time(10)), "")
    browser = mother.inside().follow("How I wish to be reached")
    assert f"{name} wrote this down for you on" in browser.main
    browser.follow("Change this: When to reach me").press("Keep this")
    assert f"{name} wrote this down" not in browser.main


def test_a_day_of_somebody_else_is_simply_not_there(mother: Family, father: Family, house: House) -> None:
    _at(father, "Quiet days").press("Father's Day")
    with house.database.reading() as db:
        day_id: UUID = db.scalars(select(quiet_days.QuietDay.id)).one()
    browser = _at(mother, "Quiet days").press("Mothering Sunday")
    form = next(one for one in browser.tree.iter() if str(one.get("action")).endswith("/take-away"))
    form.set("action", f"/en/your-space/reaching/quiet-days/{day_id}/take-away")
    assert browser.press("Take this day away").status == 404


def test_words_that_were_being_set_when_the_visit_ended_are_still_there(mother: Family) -> None:
    browser = mother.inside().open("/en/your-space/reaching/quiet-days")
    browser.fill("The day", "3 May").fill("The last day", "5 May").fill("What it is for", "Her birthday")
    browser.client.delete_cookie("family")
    browser.press("Keep this day quiet")
    assert browser.status == 401
    assert browser.value("What you wrote, to copy before you go") == "3 May\n5 May\nHer birthday"


def test_a_form_that_was_begun_in_somebody_elses_space_sets_nothing(
    mother: Family, father: Family, house: House
) -> None:
    browser = _at(mother, "How to reach me").fill("Numbers never to ring", "01632 960 001")
    cookie = father.inside().client.get_cookie("family")
    assert cookie is not None
    browser.client.set_cookie("family", cookie.value)
    browser.press("Keep this")
    assert "01632 960 001" in browser.html
    with house.database.reading() as db:
        assert db.scalars(select(ContactWishes)).all() == []
