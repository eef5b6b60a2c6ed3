"""How long a sign-in stands, what ends it, and that an ended one costs nobody their words."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.access import Role
from portal.door import Here
from portal.house import House
from portal.review.history import Entry
from portal.review.people import StaffMember
from portal.signin import desk
from tests.browser import Browser
from tests.signin.people import Known, give_password, now_of, sign_in, somebody

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

TODAY = "2026-11-24T10:00:00Z"
SIGN_IN = "Sign in to the staff pages"


def test_a_desk_asks_for_the_sign_in_and_says_where_to_go_afterwards(app: Flask) -> None:
    answer = app.test_client().get("/panel/questions?where=new")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/staff/login?next=/panel/questions?where%3Dnew"


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.KEY_WORKER, "/keyworker/"),
        (Role.COORDINATOR, "/panel/questions"),
        (Role.CHAIR, "/panel/questions"),
        (Role.PANEL_MEMBER, "/panel/questions"),
        (Role.EDITOR, "/panel/library"),
        (Role.TRANSLATOR, "/panel/library"),
        (Role.ADMINISTRATOR, "/panel/staff"),
    ],
)
def test_each_role_comes_to_its_desk(app: Flask, role: Role, address: str) -> None:
    browser = Browser(app)
    assert sign_in(browser, somebody(app, role)).path == address
    assert browser.status == 200


def test_a_person_with_several_roles_chooses(app: Flask) -> None:
    browser = sign_in(Browser(app), somebody(app, Role.KEY_WORKER, Role.CHAIR, Role.ADMINISTRATOR))
    assert browser.heading == "Where you work"
    assert {"Your families", "The panel's questions", "Staff"} <= set(browser.links)
    assert "The library" not in browser.links


def test_nothing_done_for_twenty_minutes_ends_it_but_work_goes_on(app: Flask) -> None:
    with time_machine.travel(TODAY, tick=False) as journey:
        browser = sign_in(Browser(app), somebody(app, Role.ADMINISTRATOR))
        for _ in range(6):
            journey.shift(19 * 60)
            assert browser.open("/panel/staff").heading == "Staff"
        journey.shift(20 * 60 + 1)
        assert browser.open("/panel/staff").heading == SIGN_IN


def test_ten_hours_are_the_end_of_it(app: Flask) -> None:
    with time_machine.travel(TODAY, tick=False) as journey:
        browser = sign_in(Browser(app), somebody(app, Role.ADMINISTRATOR))
        for _ in range(40):
            journey.shift(15 * 60)
            assert browser.open("/panel/staff").heading == "Staff"
        journey.shift(60)
        assert browser.open("/panel/staff").heading == SIGN_IN


def test_signing_out_ends_it_everywhere_and_for_a_copied_cookie_too(app: Flask) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    with time_machine.travel(TODAY, tick=False) as journey:
        first = sign_in(Browser(app), who)
        journey.shift(31)
        second = sign_in(Browser(app), who)
        copied = second.client.get_cookie("session")
        assert copied
        assert second.press("Sign out").heading == SIGN_IN
        second.client.set_cookie("session", copied.value)
        assert second.open("/panel/staff").heading == SIGN_IN
        assert first.open("/panel/staff").heading == SIGN_IN


def test_whoever_is_switched_off_is_out_with_the_next_request(app: Flask, house: House) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    browser = sign_in(Browser(app), who)
    with house.database.writing() as db:
        db.get_one(StaffMember, who.person.id).active = False
    assert browser.open("/panel/staff").heading == SIGN_IN
    assert browser.open("/staff/you").heading == SIGN_IN
    assert browser.open("/staff/tf-setup").heading == SIGN_IN


def test_words_sent_after_the_end_are_shown_and_can_be_sent_again(app: Flask, house: House) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    with time_machine.travel(TODAY, tick=False) as journey:
        browser = sign_in(Browser(app), who).follow("Give somebody access")
        browser.fill("Name", "Nour Sample of the very long name that nobody would like to type a second time")
        browser.fill("E-mail address", "nour@example.org").choose("Editor: looks after the library")
        journey.shift(21 * 60)
        browser.press("Give access and send the invitation")
        assert browser.status == 401
        assert browser.heading == "Please sign in again: what you wrote is still here"
        assert browser.value("What you wrote").startswith("Nour Sample of the very long name")
        waiting = (browser.path, browser.tree, browser.answer)
        sign_in(browser, who)
        browser.path, browser.tree, browser.answer = waiting
        browser.press("Send it again")
        assert browser.heading.startswith("Nour Sample of the very long name")


def test_acts_with_great_effect_ask_for_the_password_after_half_an_hour(app: Flask) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    with time_machine.travel(TODAY, tick=False) as journey:
        browser = sign_in(Browser(app), who)
        for _ in range(2):
            journey.shift(16 * 60)
            assert browser.open("/panel/staff").heading == "Staff"
        browser.follow("Give somebody access")
        assert browser.heading == "Please give your password once more"
        browser.fill("Password", "not the right words at all").press("Continue")
        assert "This password does not fit." in browser.main
        browser.fill("Password", "lantern meadow copper violin").press("Continue")
        assert browser.heading == "Give somebody access"


def test_the_password_asked_once_more_cannot_be_guessed_either(app: Flask, house: House) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    browser = sign_in(Browser(app), who)
    browser.open("/staff/verify")
    for _ in range(5):
        browser.fill("Password", "not the right words at all").press("Continue")
    assert now_of(house, who).misses == 5
    browser.fill("Password", "lantern meadow copper violin").press("Continue")
    assert "This password does not fit." in browser.main


def test_a_reading_is_recorded_even_when_the_form_comes_back(app: Flask, house: House) -> None:
    who = somebody(app)
    here = Here(who.person, house, "en", None)
    with app.test_request_context("/panel/questions", method="POST"):
        desk.note_reading(here, "question read", None, who.person.id)
        app.process_response(app.response_class())
    with house.database.reading() as db:
        assert db.scalars(select(Entry.verb).where(Entry.actor_id == who.person.id)).all() == ["question read"]


def test_every_page_of_the_sign_in_is_private_and_ours(app: Flask) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    seen = []
    browser = Browser(app)
    for step in _steps(browser, who):
        assert browser.status in (200, 422), step
        assert browser.answer is not None
        assert browser.answer.headers["Cache-Control"] == "no-store", step
        assert "Skip to the main text" in browser.links, step
        assert not re.search(r"(?i)flask|authenticat(e|ion) fail|invalid|\berror\b", browser.text), step
        assert "<style" not in browser.html, step
        seen.append(browser.heading)
    assert len(set(seen)) == 10


def _steps(browser: Browser, who: Known) -> Iterator[str]:
    yield browser.open("/staff/login").path
    yield browser.fill("E-mail address", "not an address").press("Continue").path
    yield browser.open("/staff/reset").path
    yield browser.press("Send me a link").path
    yield give_password(browser, who.email).path
    yield browser.press("Continue").path
    yield browser.follow("Use a recovery code instead").path
    yield browser.press("Continue").path
    yield sign_in(browser, who).path
    yield browser.open("/staff/you").path
    yield browser.open("/staff/verify").path
    yield browser.open("/staff/mf-recovery-codes").path
    yield browser.open("/staff/tf-setup").path
    yield browser.press("Show me the picture to scan").path
