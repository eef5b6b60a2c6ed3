"""Requests for a way back at the key worker's desk: whose they are, who takes them, and that no machine answers."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.review import coming_back
from portal.review.coming_back import Asked, WayBackRequest
from portal.review.history import Entry
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import NotHere
from tests import make
from tests.keyworker.conftest import NAME, Desk, a_desk

NOBODY = "Somebody asks for a new link or number; nobody has taken it yet"


def asks(house: House, panel: str = make.PANEL, link_hash: str = "") -> None:
    """Let somebody ask for a way back."""
    with house.database.writing() as db:
        coming_back.ask(db, Asked("Amina <b>", "Ring my sister", "The number is gone.", "ur", panel, link_hash), "1")


def link_of(desk: Desk) -> str:
    """Invite somebody, and return the hash of their link."""
    member_id = desk.a_person(desk.a_family())
    with desk.house.database.writing() as db:
        member = db.get_one(FamilyMember, member_id)
        make.a_link(db, desk.house, db.get_one(StaffMember, desk.key_worker_id), member)
        from portal.review.invitations import of_member

        return of_member(db, member)[0].secret_hash or ""


@pytest.fixture
def colleague(app: Flask, house: House) -> Desk:
    """Another key worker of the same panel."""
    return a_desk(app, house)


def _open(desk: Desk) -> Desk:
    """Open the one request that waits."""
    desk.browser.open("/keyworker/")
    found = [words for words in desk.browser.links if words.startswith("Somebody")]
    desk.browser.follow(found[0])
    return desk


def test_a_request_without_a_link_stands_on_every_desk_of_its_panel_until_somebody_takes_it(
    app: Flask, house: House, desk: Desk, colleague: Desk
) -> None:
    elsewhere = a_desk(app, house, "worcestershire")
    asks(house)
    assert NOBODY in desk.browser.open("/keyworker/").main
    assert NOBODY in colleague.browser.open("/keyworker/").main
    assert NOBODY not in elsewhere.browser.open("/keyworker/").main
    assert "Amina" not in desk.browser.main
    _open(desk).browser.press("I see to it")
    assert "you have taken it" in desk.browser.open("/keyworker/").main
    assert "a colleague has taken it" in colleague.browser.open("/keyworker/").main
    _open(desk).browser.press("Leave it to somebody else")
    assert NOBODY in colleague.browser.open("/keyworker/").main


def test_without_an_area_it_reaches_everybody_and_then_the_one_who_takes_it(
    app: Flask, house: House, desk: Desk
) -> None:
    elsewhere = a_desk(app, house, "worcestershire")
    asks(house, panel="")
    assert NOBODY in desk.browser.open("/keyworker/").main
    _open(elsewhere).browser.press("I see to it")
    assert NOBODY not in desk.browser.open("/keyworker/").main
    assert "you have taken it" in elsewhere.browser.open("/keyworker/").main


def test_through_a_known_link_it_reaches_that_persons_key_worker_alone(
    house: House, desk: Desk, colleague: Desk
) -> None:
    asks(house, panel="worcestershire", link_hash=link_of(desk))
    assert f"Somebody with a link of {NAME} asks" in desk.browser.open("/keyworker/").main
    assert "Somebody" not in colleague.browser.open("/keyworker/").main
    with house.database.reading() as db:
        row_id = db.scalars(select(WayBackRequest.id)).one()
    assert colleague.browser.open(f"/keyworker/ways-back/{row_id}").status == 404
    browser = _open(desk).browser
    assert "Somebody else may hold that link" in browser.main
    assert browser.follow("Go to this person's page").heading == "One person"


def test_when_the_key_worker_has_left_the_panel_sees_to_it(house: House, desk: Desk, colleague: Desk) -> None:
    asks(house, link_hash=link_of(desk))
    with house.database.writing() as db:
        db.get_one(StaffMember, desk.key_worker_id).active = False
    browser = _open(colleague).browser
    assert "Go to this person's page" not in browser.links
    assert "you have taken it" not in browser.press("I see to it").main
    assert "Taken by" in browser.main


def test_what_they_wrote_is_text_and_reading_it_is_noted(house: House, desk: Desk) -> None:
    asks(house)
    browser = _open(desk).browser
    assert "Amina &lt;b&gt;" in browser.html
    assert "Ring my sister" in browser.main
    assert 'lang="ur"' in browser.html
    with house.database.reading() as db:
        assert "way back read" in set(db.scalars(select(Entry.verb)))


def test_it_is_seen_to_said_how_and_can_be_opened_again(house: House, desk: Desk) -> None:
    asks(house)
    browser = _open(desk).browser.press("I see to it")
    assert browser.press("It is seen to").status == 422
    browser.choose("They get a new link or a new number").press("It is seen to")
    assert "Seen to on" in browser.main
    assert "Somebody" not in browser.open("/keyworker/").main
    browser.follow("Who asks for a way back")
    assert "Seen to in the last month" in browser.main
    browser.follow(next(words for words in browser.links if words.startswith("Somebody")))
    browser.press("It is not seen to after all")
    assert "you have taken it" in browser.open("/keyworker/").main


def test_of_two_who_take_it_the_second_is_told_and_may_take_it_over(house: House, desk: Desk, colleague: Desk) -> None:
    asks(house)
    _open(desk)
    _open(colleague)
    desk.browser.press("I see to it")
    assert colleague.browser.press("I see to it").status == 409
    _open(colleague).browser.press("Take it over")
    assert "Taken by" in colleague.browser.main
    assert "a colleague has taken it" in desk.browser.open("/keyworker/").main


def test_whoever_is_no_key_worker_finds_nothing(house: House, desk: Desk) -> None:
    asks(house)
    with house.database.writing() as db:
        found = coming_back.for_key_worker(db, db.get_one(StaffMember, desk.key_worker_id))
        coordinator = make.a_coordinator(db)
        assert len(found) == 1
        assert not coming_back.for_key_worker(db, coordinator)
        with pytest.raises(NotHere):
            coming_back.one_for(db, coordinator, found[0].request.id)


def test_an_old_page_takes_nobodys_request_away(house: House, desk: Desk, colleague: Desk) -> None:
    asks(house)
    _open(desk).browser.press("I see to it")
    path = f"{desk.browser.path}/again"
    page = colleague.browser.open("/keyworker/").html
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    assert colleague.browser.client.post(path, data={"csrf_token": token}).status_code == 409
    assert "you have taken it" in desk.browser.open("/keyworker/").main
