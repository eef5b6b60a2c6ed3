"""A key worker meets their own families, and nobody else's; the two answers to anything else are never told apart."""

import pytest
from flask import Flask

from portal.house import House
from portal.review import codes, history, invitations, messages
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from tests import make
from tests.browser import Browser, as_staff
from tests.keyworker.conftest import Desk, a_desk

LOOKED_AT = [
    "families/{review}",
    "families/{review}/stage",
    "families/{review}/invite",
    "people/{member}",
    "people/{member}/preview",
    "people/{member}/new-number",
    "people/{member}/change",
    "people/{member}/send",
    "links/{link}/end",
    "messages/{message}/letter",
    "questions/{question}",
    "questions/{question}/bring",
    "questions/{question}/other-words",
]
CHANGED = [
    "families/{review}/stage",
    "families/{review}/invite",
    "people/{member}/noted",
    "people/{member}/new-number",
    "people/{member}/change",
    "people/{member}/send",
    "links/{link}/end",
    "messages/{message}/seen-to",
    "messages/{message}/printed",
    "questions/{question}/bring",
    "questions/{question}/other-words",
]


@pytest.fixture
def theirs(desk: Desk) -> dict[str, str]:
    """Ids of everything that another key worker's family has."""
    review_id = desk.a_family()
    member_id = desk.a_person(review_id)
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        link = invitations.invite(db, key_worker, member, member.way)
        message = messages.to_family(db, member)[0]
        message.state, message.text = messages.Travel.TO_PRINT, f"{codes.new_secret()} {codes.new_letter_code()}"
        link_id, message_id = link.id, message.id
    question_id = desk.a_question_with_a_checked_answer(member_id, "Why?", "Because.")
    ids = {"review": review_id, "member": member_id, "link": link_id, "message": message_id, "question": question_id}
    return {name: str(value) for name, value in ids.items()}


def _statuses(browser: Browser, ids: dict[str, str]) -> dict[str, int]:
    token = browser.open("/keyworker/start").tree
    value = next(one.get("value") for one in token.iter() if one.get("name") == "csrf_token")
    found = {}
    for path in LOOKED_AT:
        found[f"GET {path}"] = browser.client.get(f"/keyworker/{path.format(**ids)}").status_code
    for path in CHANGED:
        answer = browser.client.post(f"/keyworker/{path.format(**ids)}", data={"csrf_token": value})
        found[f"POST {path}"] = answer.status_code
    return found


@pytest.mark.parametrize("panel", [make.PANEL, "worcestershire"])
def test_another_key_workers_family_is_not_there(app: Flask, house: House, theirs: dict[str, str], panel: str) -> None:
    found = _statuses(a_desk(app, house, panel).browser, theirs)
    assert found == dict.fromkeys(found, 404)


def test_ones_own_family_is_there(desk: Desk, theirs: dict[str, str]) -> None:
    found = {what: status for what, status in _statuses(desk.browser, theirs).items() if what.startswith("GET")}
    assert found == dict.fromkeys(found, 200)


def test_nobody_of_the_panel_comes_through_this_door(app: Flask, house: House, theirs: dict[str, str]) -> None:
    with house.database.writing() as db:
        coordinator = make.a_coordinator(db)
        coordinator.tf_primary_method = "authenticator"
        browser = as_staff(app, coordinator)
    sit = a_desk(app, house)
    with sit.browser.client.session_transaction() as session:
        times = {name: session[name] for name in ("since", "seen")}
    with browser.client.session_transaction() as session:
        session.update(times)
    for path in ["", "start", *LOOKED_AT]:
        assert browser.client.get(f"/keyworker/{path.format(**theirs)}").status_code == 404, path


def test_somebody_who_has_not_signed_in_is_led_to_the_sign_in(app: Flask, theirs: dict[str, str]) -> None:
    answer = app.test_client().get(f"/keyworker/people/{theirs['member']}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/staff/")


def test_one_family_whose_name_cannot_be_opened_does_not_empty_the_list(desk: Desk) -> None:
    broken, whole = desk.a_family(), desk.a_family()
    desk.a_person(whole)
    with desk.house.database.writing() as db:
        db.get_one(Review, broken).child_ct = b"\x01" + bytes(60)
    desk.browser.open("/keyworker/")
    assert desk.browser.status == 200
    assert "A name that cannot be shown" in desk.browser.main
    assert "Zebedee" in desk.browser.main


def test_reading_a_familys_words_is_itself_recorded(desk: Desk, theirs: dict[str, str]) -> None:
    desk.browser.open(f"/keyworker/questions/{theirs['question']}")
    desk.browser.open(f"/keyworker/messages/{theirs['message']}/letter")
    with desk.house.database.reading() as db:
        verbs = {entry.verb for entry in db.query(history.Entry) if entry.actor_id == desk.key_worker_id}
    assert {"question read", "letter shown"} <= verbs
