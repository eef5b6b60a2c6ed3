"""People, their numbers, links and messages, as their key worker handles them."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import delete

from portal import clock
from portal.letters_on_paper import secrets_of
from portal.review import codes, invitations, messages, reviews, sent
from portal.review.history import Entry
from portal.review.messages import Kind, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.reviews import Review, Stage
from portal.sealing import KeyWrap
from tests.browser import Browser
from tests.keyworker.conftest import ADDRESS, CARE, NAME, Desk

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute


def _invited(desk: Desk, way: Way = Way.EMAIL, address: str | None = ADDRESS) -> tuple[UUID, UUID]:
    """Return a person who was invited, and their link."""
    member_id = desk.a_person(desk.a_family(), way, address)
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        invitation = invitations.invite(db, key_worker, member, way)
        invitations.give_number(db, key_worker, member, desk.house.numbers)
        return member_id, invitation.id


def _travelled(desk: Desk, member_id: UUID, state: Travel) -> None:
    with desk.house.database.writing() as db:
        messages.settle(messages.to_family(db, db.get_one(FamilyMember, member_id))[0], state)


def test_a_number_is_shown_until_it_is_noted_and_then_nowhere(desk: Desk) -> None:
    member_id, _ = _invited(desk)
    with desk.house.database.reading() as db:
        number = db.get_one(FamilyMember, member_id).number
    assert number is not None
    spoken = f"{number[:4]} {number[4:]}"
    assert spoken in desk.browser.open(f"/keyworker/people/{member_id}").main
    desk.browser.press("I have noted the number")
    for path, html in desk.every_page().items():
        assert spoken not in html, path
        assert number not in html, path
    with desk.house.database.reading() as db:
        assert db.get_one(FamilyMember, member_id).number_ct is None


def test_a_new_number_is_made_only_after_being_asked(desk: Desk) -> None:
    member_id, _ = _invited(desk)
    browser = desk.browser.open(f"/keyworker/people/{member_id}").press("I have noted the number")
    browser.follow("Make a new number")
    assert browser.heading == "Make a new number"
    assert "stops opening their space at once" in browser.main
    browser.press("Make a new number")
    assert re.search(r"\d{4} \d{4}", browser.main)


def test_pressing_twenty_times_makes_one_new_number(desk: Desk) -> None:
    member_id, _ = _invited(desk)
    path = f"/keyworker/people/{member_id}/new-number"
    before = _hidden(desk.browser.open(path), "of")
    assert set(desk.post_at_once(path, {"of": before})) == {303}
    with desk.house.database.reading() as db:
        verbs = [entry.verb for entry in db.query(Entry) if entry.subject_id == member_id]
    assert verbs.count("number made") == 2  # the first, and one new
    assert re.search(r"\d{4} \d{4}", desk.browser.press("Make a new number").main)
    desk.browser.press("I have noted the number").open(path)
    assert (
        desk.browser.client.post(
            path, data={"csrf_token": _hidden(desk.browser, "csrf_token"), "of": before}
        ).status_code
        == 409
    )


def test_a_link_is_ended_at_once_and_another_link_stays(desk: Desk) -> None:
    member_id, link_id = _invited(desk)
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        other = invitations.invite(db, key_worker, member, Way.PAPER).id
    browser = desk.browser.open(f"/keyworker/links/{link_id}/end")
    assert browser.heading == "End this link"
    assert "Everything that the person wrote stays" in browser.main
    browser.press("End this link now")
    assert "Ended on" in browser.main
    with desk.house.database.reading() as db:
        assert db.get_one(invitations.Invitation, link_id).ended_at is not None
        assert db.get_one(invitations.Invitation, other).ended_at is None
    browser.open(f"/keyworker/links/{link_id}/end").press("End this link now")
    assert browser.status == 200


def test_sending_again_keeps_the_older_link_and_two_presses_make_one(desk: Desk) -> None:
    member_id, link_id = _invited(desk)
    desk.courier_comes()
    browser = desk.browser.open(f"/keyworker/people/{member_id}/send")
    assert "An older link stays as it is, unless you end it." in browser.main
    assert browser.value("The address for that way") == ADDRESS
    later = clock.now() + timedelta(minutes=5)
    with time_machine.travel(later, tick=True):
        browser.choose("Text message").fill("The address for that way", "07700 900 123").press("Send a new link")
        assert browser.status == 200
        browser.open(f"/keyworker/people/{member_id}/send").press("Send a new link")
    with desk.house.database.reading() as db:
        member = db.get_one(FamilyMember, member_id)
        links = invitations.of_member(db, member)
        assert [link.way for link in links] == ["text", "email"]
        assert all(link.ended_at is None for link in links)
        assert (member.way, member.address) == (Way.TEXT, "+447700900123")
        assert links[1].id == link_id


def test_a_letter_can_be_sent_without_changing_how_messages_reach_the_person(desk: Desk) -> None:
    member_id, _ = _invited(desk)
    desk.browser.open(f"/keyworker/people/{member_id}/send").choose("Letter on paper").press("Send a new link")
    assert "A letter waits for you to print it" in desk.browser.main
    with desk.house.database.reading() as db:
        member = db.get_one(FamilyMember, member_id)
        assert (member.way, member.address) == (Way.EMAIL, ADDRESS)


def test_a_message_that_came_back_suggests_to_telephone_and_not_to_send_it_again(desk: Desk) -> None:
    member_id, _ = _invited(desk)
    _travelled(desk, member_id, Travel.CAME_BACK)
    desk.browser.open("/keyworker/").follow(f"The message to {NAME} came back. Please telephone.")
    assert "Please telephone rather than send it again" in desk.browser.main
    desk.browser.follow("Send a new link")
    assert "Please telephone first" in desk.browser.main
    desk.browser.open(f"/keyworker/people/{member_id}").press("I have reached them another way")
    assert "Please telephone" not in desk.browser.main
    assert "came back" not in desk.browser.open("/keyworker/").main


def test_a_message_that_may_not_have_gone_says_so_and_is_not_sent_again_by_itself(desk: Desk) -> None:
    member_id, _ = _invited(desk)
    _travelled(desk, member_id, Travel.UNCERTAIN)
    assert "It is not certain that the message" in desk.browser.open("/keyworker/").main
    assert "Nothing is sent again by itself" in desk.browser.open(f"/keyworker/people/{member_id}").main


def test_what_opens_a_space_is_on_the_letter_to_print_and_on_no_other_page(desk: Desk) -> None:
    member_id, _ = _invited(desk, Way.PAPER, "1 Hill Lane\nBristol\nBS1 1AA")
    with desk.house.database.reading() as db:
        member = db.get_one(FamilyMember, member_id)
        message = messages.to_family(db, member)[0]
        number, letter = member.number, f"/keyworker/messages/{message.id}/letter"
        secrets = secrets_of(message)
    assert number is not None
    assert secrets is not None
    pages = desk.every_page()
    assert [path for path, html in pages.items() if codes.in_groups(secrets.code) in html] == [letter]
    assert not [path for path, html in pages.items() if secrets.link in html], "only its square leads there"
    browser = desk.browser.open("/keyworker/").follow(f"A letter to {NAME} waits to be printed")
    assert 'src="data:image/svg+xml' in browser.html
    assert "1 Hill Lane" in browser.main
    assert number not in browser.html
    assert f"{number[:4]} {number[4:]}" not in browser.html
    assert browser.answer is not None
    assert browser.answer.headers["Cache-Control"] == "no-store"
    browser.press("I have printed it")
    assert "Letter on paper: sent on" in browser.main
    assert browser.open(letter).status == 404
    assert not any(codes.in_groups(secrets.code) in html for html in desk.every_page().values())
    with desk.house.database.reading() as db:
        assert messages.to_family(db, db.get_one(FamilyMember, member_id))[0].text_ct is None


def test_a_short_message_on_paper_is_a_letter_without_a_link(desk: Desk) -> None:
    member_id, _ = _invited(desk, Way.PAPER, None)
    desk.courier_comes()
    desk.browser.open("/keyworker/").follow(f"A letter to {NAME} waits to be printed").press("I have printed it")
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        messages.queue_for_family(db, Kind.NEWS, member, Way.PAPER, key_worker)
    desk.courier_comes()
    desk.browser.open("/keyworker/").follow(f"A letter to {NAME} waits to be printed")
    assert desk.browser.status == 200
    assert "something new in your space" in desk.browser.main
    assert "data:image" not in desk.browser.html


@pytest.mark.parametrize(
    ("way", "typed", "sentence"),
    [
        ("E-mail", "amina at example", "Please write an e-mail address in full"),
        ("E-mail", "", "Please write an e-mail address in full"),
        ("Text message", "0117 496 0000", "Please write a UK mobile number"),
        ("Text message", "amina@example.org", "Please write a UK mobile number"),
        ("Letter on paper", "1 Hill Lane, Bristol", "Please write the address in lines"),
    ],
)
def test_an_address_that_does_not_fit_its_way_keeps_every_word(desk: Desk, way: str, typed: str, sentence: str) -> None:
    review_id = desk.a_family()
    browser = desk.browser.open(f"/keyworker/families/{review_id}/invite")
    browser.fill("Their name", "Ämina  O’Quill").choose("Grandparent").choose("Polish – polski").choose(way)
    browser.fill("The address for that way", typed).fill("How to reach them safely", CARE).press("Add and invite")
    assert browser.status == 422
    assert browser.title.startswith("There is a problem: Add and invite a person")
    assert sentence in browser.main
    assert browser.value("Their name") == "Ämina  O’Quill"
    assert browser.value("The address for that way") == typed
    assert browser.value("How to reach them safely") == CARE
    again = browser.press("Add and invite")
    assert again.status == 422, "the choices were kept as well, so only the address is asked for"
    assert "Please choose" not in again.main
    with desk.house.database.reading() as db:
        assert db.query(FamilyMember).count() == 0


def test_an_empty_form_asks_for_each_thing_in_its_own_words(desk: Desk) -> None:
    browser = desk.browser.open(f"/keyworker/families/{desk.a_family()}/invite").press("Add and invite")
    assert browser.status == 422
    for sentence in ("Please write their name.", "Please choose who they are", "Please choose a language."):
        assert sentence in browser.main


def test_one_form_sent_twenty_times_at_once_adds_one_person_and_one_link(desk: Desk) -> None:
    path = f"/keyworker/families/{desk.a_family()}/invite"
    desk.browser.open(path)
    filled = {"name": NAME, "relation": "mother", "language": "en", "way": "email", "address": ADDRESS}
    assert set(desk.post_at_once(path, filled)) == {303}
    with desk.house.database.reading() as db:
        member = db.query(FamilyMember).one()
        assert len(invitations.of_member(db, member)) == len(messages.to_family(db, member)) == 1


def test_one_form_sent_twenty_times_at_once_begins_one_review_with_one_person_and_one_letter(desk: Desk) -> None:
    desk.browser.open("/keyworker/start")
    filled = {
        "child": "Zebedee",
        "stage": "panel",
        "name": NAME,
        "relation": "mother",
        "language": "ur",
        "way": "paper",
    }
    assert set(desk.post_at_once("/keyworker/start", filled)) == {303}
    with desk.house.database.reading() as db:
        assert db.query(Review).one().stage is Stage.PANEL
        member = db.query(FamilyMember).one()
        assert len(invitations.of_member(db, member)) == len(messages.to_family(db, member)) == 1


def test_pressing_twenty_times_sends_one_new_link(desk: Desk) -> None:
    member_id, _ = _invited(desk)
    desk.browser.open(f"/keyworker/people/{member_id}/send")
    assert set(desk.post_at_once(desk.browser.path, {"way": "paper"})) == {303}
    with desk.house.database.reading() as db:
        links = invitations.of_member(db, db.get_one(FamilyMember, member_id))
        assert sorted(link.way for link in links) == ["email", "paper"]


def test_how_to_reach_somebody_is_changed_and_nothing_is_sent(desk: Desk) -> None:
    member_id = desk.a_person(desk.a_family())
    browser = desk.browser.open(f"/keyworker/people/{member_id}").follow("Change how to reach them")
    assert browser.value("Their name") == NAME
    browser.choose("Text message").fill("The address for that way", "+44 7700-900-123").choose("Polish – polski")
    browser.press("Keep this")
    assert "07700 900123" in browser.main
    assert "polski" in browser.main
    assert "Nothing was sent to them yet." in browser.main
    assert browser.follow("Change how to reach them").value("The address for that way") == "07700 900123"
    browser.fill("The address for that way", "1").press("Keep this")
    assert browser.status == 422
    with desk.house.database.reading() as db:
        assert db.get_one(FamilyMember, member_id).address == "+447700900123"


def test_a_link_that_was_opened_says_more_than_a_newer_message(desk: Desk) -> None:
    member_id, link_id = _invited(desk)
    with desk.house.database.writing() as db:
        db.get_one(invitations.Invitation, link_id).opened_at = clock.now()
        member = db.get_one(FamilyMember, member_id)
        review = reviews.one_of_mine(db, db.get_one(StaffMember, desk.key_worker_id), member.review_id)
        post = sent.post_of(db, reviews.family_of(db, review))[member_id]
        assert post.standing is sent.LinkStanding.OPENED
    assert "Opened for the first time in the hour from" in desk.browser.open(f"/keyworker/people/{member_id}").main


def test_the_page_of_a_person_whose_key_was_destroyed_stays_and_says_so_calmly(desk: Desk) -> None:
    member_id, _ = _invited(desk)
    with desk.house.database.writing() as db:
        db.execute(delete(KeyWrap).where(KeyWrap.key_id == db.get_one(FamilyMember, member_id).key_id))
    browser = desk.browser.open(f"/keyworker/people/{member_id}")
    assert browser.status == 200
    assert "A name that cannot be shown" in browser.main


def test_going_back_and_writing_down_somebody_else_adds_them_too(desk: Desk) -> None:
    browser = desk.browser.open(f"/keyworker/families/{desk.a_family()}/invite")
    form, path = browser.tree, browser.path
    for name in ("Amina", "Daniel", "Amina"):
        browser.tree, browser.path = form, path  # as a browser's Back shows it
        browser.typed.clear()
        browser.fill("Their name, as they wish to be called", name).choose("Parent")
        browser.fill("The language that they read best", "en").choose("Letter on paper").press("Add and invite")
        assert name in browser.main
    with desk.house.database.reading() as db:
        assert sorted(one.name for one in db.query(FamilyMember)) == ["Amina", "Daniel"]


def _hidden(browser: Browser, name: str) -> str:
    """Return what a hidden field of the page carries."""
    return next(str(one.get("value")) for one in browser.tree.iter() if one.get("name") == name)
