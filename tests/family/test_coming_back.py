"""Coming back: one page for everybody, which knows nothing, tells nothing, and reaches a person."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from portal import clock
from portal.house import House
from portal.review import codes, coming_back, invitations
from portal.review.coming_back import LONGEST, LONGEST_LINE, How, WayBackRequest
from portal.review.gate import A_NETWORK_IN_AN_HOUR, ALL_IN_AN_HOUR, Gate
from portal.review.invitations import Invitation
from portal.review.messages import Message
from portal.review.people import StaffMember
from tests import make
from tests.browser import Browser
from tests.family.conftest import Family

ASK, SEND = "Ask for a new link or a new number", "Send my request"
NAME, REACH, AREA, WORDS = (
    "The name by which your key worker knows you",
    "How a person can reach you safely",
    "Your area, if you know it",
    "Anything else that you would like to say",
)
THANKS = "Your request is with the people who can help"
PAGE = "/en/ask-for-my-link"


def kept(house: House) -> list[dict[str, Any]]:
    """Return what is kept of every request, opened."""
    with house.database.reading() as db:
        rows = db.scalars(select(WayBackRequest).order_by(WayBackRequest.asked_at))
        parts = ("name", "reach", "words", "panel", "language", "link_hash")
        return [{part: getattr(row, part) for part in parts} for row in rows]


def fill(browser: Browser, name: str = "Amina") -> Browser:
    """Fill in the form."""
    return browser.fill(NAME, name).fill(REACH, "07700 900123, after ten").fill(WORDS, "The number is gone.")


def same(html: str) -> str:
    """Leave out the hidden marks of a form, which differ in every answer."""
    html = re.sub(r"<input[^>]*(?:csrf_token|name=\"once\"|name=\"link\")[^>]*>", "", html)
    return re.sub(r"\?link=[0-9A-Za-z._-]*", "", html)


def ended(family: Family) -> None:
    """End a link."""
    with family.house.database.writing() as db:
        row = db.scalars(select(Invitation).where(Invitation.secret_hash == codes.hash_of_secret(family.secret))).one()
        invitations.end(db, db.get_one(StaffMember, row.invited_by), row)


def test_who_lost_a_number_asks_from_the_page_of_the_link(mother: Family) -> None:
    browser = Browser(mother.app).open(mother.link).follow(ASK)
    assert browser.heading == ASK
    assert mother.secret not in browser.path + browser.html
    assert fill(browser).press(SEND).heading == THANKS
    assert "Nothing is sent by a machine" in browser.main
    assert kept(mother.house) == [
        {
            "name": "Amina",
            "reach": "07700 900123, after ten",
            "words": "The number is gone.",
            "panel": "",
            "language": "en",
            "link_hash": codes.hash_of_secret(mother.secret),
        }
    ]


def test_who_has_no_link_at_all_asks_from_the_public_page(app: Flask, house: House) -> None:
    browser = Browser(app).open("/ur/your-way-back")
    browser = Browser(app).open("/en/your-way-back").follow(ASK)
    fill(browser).choose("Worcestershire").press(SEND)
    assert browser.heading == THANKS
    (row,) = kept(house)
    assert (row["panel"], row["link_hash"]) == ("worcestershire", "")


def test_every_page_that_does_not_open_leads_there(mother: Family) -> None:
    wrong = Browser(mother.app).open(mother.link).fill("Your number", "00000000").press("Open my space")
    asleep = Browser(mother.app).open("/en/your-space")
    for browser in (wrong, asleep):
        assert browser.follow(ASK).heading == ASK


def test_live_ended_mistyped_and_unknown_are_asked_for_on_the_same_pages(mother: Family, father: Family) -> None:
    ended(father)
    pages, work = set(), set()
    for link in (mother.link, father.link, "/i/" + "z" * 26, "/i/abc"):
        browser = Browser(mother.app).open(link).follow(ASK)
        form = same(browser.html)
        asked: list[str] = []

        def hear(_connection: Any, _cursor: Any, statement: str, *_: Any, asked: list[str] = asked) -> None:
            asked.append(statement)

        event.listen(mother.house.database.engine, "before_cursor_execute", hear)
        try:
            fill(browser).press(SEND)
        finally:
            event.remove(mother.house.database.engine, "before_cursor_execute", hear)
        pages.add((form, same(browser.html), browser.status))
        work.add(tuple(asked))
    assert len(pages) == 1
    assert len(work) == 1, "the database was asked for different things, so that time could tell"
    assert not any("invitations" in statement or "family_members" in statement for statement in work.pop())
    assert len(kept(mother.house)) == 4
    for word in ("invalid", "error", "denied", "viewed", "expired", "death", "child", "panel", "review"):
        assert not any(word in page.partition("<main")[2].partition("</main")[0].lower() for page, _, _ in pages)


def test_nobody_is_written_to_by_a_machine(mother: Family) -> None:
    with mother.house.database.reading() as db:
        before = len(db.scalars(select(Message.id)).all())
    fill(Browser(mother.app).open(mother.link).follow(ASK)).press(SEND)
    with mother.house.database.reading() as db:
        assert len(db.scalars(select(Message.id)).all()) == before
        assert db.scalars(select(WayBackRequest.name_ct)).one().find(b"Amina") == -1


def test_left_empty_it_is_asked_kindly_and_every_word_stays(app: Flask, house: House) -> None:
    browser = Browser(app).open(PAGE).fill(WORDS, "Ring  my sister\nfirst <b>").choose("West of England").press(SEND)
    assert (browser.status, browser.heading) == (422, ASK)
    assert browser.title.startswith("There is a problem")
    assert "Please write the name by which your key worker knows you." in browser.main
    assert browser.value(WORDS) == "Ring  my sister\nfirst <b>"
    assert re.search(r'value="west-of-england" selected', browser.html)
    assert not kept(house)
    fill(browser).press(SEND)
    assert kept(house)[0]["panel"] == "west-of-england"


@pytest.mark.parametrize(("label", "most"), [(NAME, LONGEST_LINE), (REACH, LONGEST_LINE), (WORDS, LONGEST)])
def test_more_than_can_be_kept_stays_in_the_form(app: Flask, house: House, label: str, most: int) -> None:
    long = "مادر" * (most // 4 + 1)
    browser = fill(Browser(app).open(PAGE)).fill(label, long).press(SEND)
    assert browser.status == 422
    assert browser.value(label) == long
    assert browser.value(REACH if label != REACH else NAME) != ""
    assert not kept(house)


def test_an_old_form_comes_back_with_every_word(app: Flask, house: House) -> None:
    sent = {"name": "Amina", "reach": "Through my sister", "words": "Long\nthoughts", "area": "worcestershire"}
    browser = Browser(app)
    browser._arrive(PAGE, browser.client.post(PAGE, data={**sent, "once": "1", "csrf_token": "old"}))
    assert browser.status == 422
    assert browser.value("What you wrote") == "Long\nthoughts"
    assert browser.press("Send it").heading == THANKS
    assert [kept(house)[0][part] for part in ("name", "reach", "words")] == list(sent.values())[:3]


def test_pressing_twice_or_twenty_times_at_once_makes_one(app: Flask, house: House) -> None:
    browser = fill(Browser(app).open(PAGE))
    cookie = browser.client.get_cookie("session")
    assert cookie is not None
    names = ("csrf_token", "once")
    data = {name: re.findall(rf'name="{name}"[^>]*value="([^"]+)"', browser.html)[-1] for name in names}
    data |= browser.typed
    together, statuses = Barrier(12), []

    def press() -> None:
        client = app.test_client()
        client.set_cookie("session", cookie.value)
        together.wait()
        statuses.append(client.post(PAGE, data=data).status_code)

    threads = [Thread(target=press) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [303] * 12
    assert len(kept(house)) == 1


def test_a_flood_is_met_with_telephone_numbers_and_keeps_the_words(app: Flask, house: House) -> None:
    for turn in range(A_NETWORK_IN_AN_HOUR):
        assert fill(Browser(app).open(PAGE), f"Amina {turn}").press(SEND).heading == THANKS
    browser = fill(Browser(app).open(PAGE), "Amina at last").press(SEND)
    assert (browser.status, browser.value(NAME), browser.value(WORDS)) == (422, "Amina at last", "The number is gone.")
    assert "01632 960 111" in browser.main
    assert len(kept(house)) == A_NETWORK_IN_AN_HOUR
    house.gate.forget()
    assert browser.press(SEND).heading == THANKS


def test_the_gate_counts_by_network_and_in_all_and_keeps_no_address() -> None:
    gate = Gate()
    one = [gate.lets_through(f"203.0.113.{turn}") for turn in range(A_NETWORK_IN_AN_HOUR + 5)]
    assert one == [True] * A_NETWORK_IN_AN_HOUR + [False] * 5
    others = [gate.lets_through(f"10.{turn // 250}.{turn % 250}.1") for turn in range(2 * ALL_IN_AN_HOUR)]
    assert others.count(True) == ALL_IN_AN_HOUR - A_NETWORK_IN_AN_HOUR
    assert b"203.0.113" not in repr(vars(gate)).encode()
    gate._began -= 3601
    assert gate.lets_through("203.0.113.1")


def test_what_was_seen_to_is_forgotten_after_a_month_and_what_waits_never(app: Flask, house: House) -> None:
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        for name in ("waits", "fresh", "old"):
            coming_back.ask(db, coming_back.Asked(name, "Ring", "", "en", make.PANEL, ""), name)
        for found in coming_back.for_key_worker(db, key_worker):
            found.request.asked_at = clock.now() - timedelta(days=900)
            if found.request.name != "waits":
                coming_back.take(db, key_worker, found, None)
                coming_back.done(db, key_worker, found, How.REACHED)
            if found.request.name == "old":
                found.request.done_at = clock.now() - timedelta(days=31)
    with house.database.writing() as db:
        coming_back.forget_done(db)
    assert {row["name"] for row in kept(house)} == {"waits", "fresh"}
