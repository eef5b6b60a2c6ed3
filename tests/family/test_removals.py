"""Asking that words are taken out: said truly, kept for a person, taken back with one press."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.review import contributions, history, questions, removals
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import Standing
from portal.review.removals import Removal, RemovalRequest
from portal.review.reviews import Review
from tests import make
from tests.family.conftest import Family, invited

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

PAGE = "/en/your-space/take-out"


def _member(house: House) -> tuple[FamilyMember, list[str]]:
    with house.database.writing() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.id)).one()
        asked = make.a_question(db, member, "Asked")
        told = contributions.tell(db, member, "Told", "one")
        return member, [asked.reference, told.reference]


def _requests(house: House) -> list[tuple[list[str], Removal]]:
    with house.database.reading() as db:
        return [(one.what, one.state) for one in db.scalars(select(RemovalRequest).order_by(RemovalRequest.asked_at))]


def test_somebody_asks_that_one_thing_is_taken_out_and_takes_the_request_back(mother: Family) -> None:
    _, (asked, _) = _member(mother.house)
    browser = mother.inside().open("/en/your-space/copy").follow("Ask that something be taken out")
    browser.choose(f"Your question {asked}").press("Ask for this to be taken out")
    assert browser.heading == "What you asked to be taken out"
    assert "It waits for a person to read it." in browser.main
    assert asked in browser.main
    assert _requests(mother.house) == [([asked], Removal.ASKED)]
    browser.press("Take this request back: everything stays")
    assert "Everything stays." in browser.main
    assert "Take this request back: everything stays" not in browser.buttons
    assert _requests(mother.house) == [([asked], Removal.TAKEN_BACK)]


def test_everything_is_one_choice(mother: Family) -> None:
    _member(mother.house)
    browser = mother.inside().open(PAGE).choose("Everything that I wrote").press("Ask for this to be taken out")
    assert "Everything that I wrote" in browser.main
    assert _requests(mother.house) == [([], Removal.ASKED)]


def test_nothing_chosen_is_said_kindly_and_nothing_is_asked(mother: Family) -> None:
    _member(mother.house)
    browser = mother.inside().open(PAGE).press("Ask for this to be taken out")
    assert browser.status == 422
    assert "Please choose what is to be taken out." in browser.main
    assert _requests(mother.house) == []


def test_asked_twice_for_the_same_it_is_one_request(mother: Family) -> None:
    _, (asked, _) = _member(mother.house)
    browser = mother.inside()
    for _ in range(2):
        browser.open(PAGE).choose(f"Your question {asked}").press("Ask for this to be taken out")
    assert len(_requests(mother.house)) == 1


def test_what_is_somebody_elses_cannot_be_asked_for(app: Flask, house: House, mother: Family) -> None:
    with house.database.writing() as db:
        review = db.scalars(select(Review).order_by(Review.id)).one()
        other = make.a_family_member(db, review, "Daniel Quill")
        reference = make.a_question(db, other).reference
    browser = mother.inside().open(PAGE)
    token = next(one.get("value") for one in browser.tree.iter() if one.get("name") == "csrf_token")
    answer = browser.client.post(PAGE, data={"csrf_token": token, "what": reference})
    assert answer.status_code == 422
    assert reference not in answer.get_data(as_text=True)


def test_a_request_of_somebody_else_is_not_there(app: Flask, house: House, mother: Family) -> None:
    _, (asked, _) = _member(house)
    mother.inside().open(PAGE).choose(f"Your question {asked}").press("Ask for this to be taken out")
    with house.database.reading() as db:
        request_id = db.scalars(select(RemovalRequest.id).order_by(RemovalRequest.id)).one()
        review = db.scalars(select(Review).order_by(Review.id)).one()
    with house.database.writing() as db:
        key_worker = db.get_one(StaffMember, review.key_worker_id)
        father = make.a_family_member(db, db.get_one(Review, review.id), "Daniel Quill")
        secret, number = make.a_link(db, house, key_worker, father)
    browser = Family(app, house, secret, number).inside()
    assert browser.open(f"{PAGE}/{request_id}").status == 404
    assert browser.open(f"/en/your-space/write/removal-{request_id}").status == 404


def test_more_can_be_said_about_it_in_ones_own_words(mother: Family) -> None:
    _, (asked, _) = _member(mother.house)
    browser = mother.inside().open(PAGE).choose(f"Your question {asked}").press("Ask for this to be taken out")
    browser.follow("Say more, if you like")
    browser.fill("In your own words", "Her name is in it.").press("Look at it and send").press("Send it")
    assert browser.heading == "What you asked to be taken out"
    assert "Her name is in it." in browser.main


def test_what_was_done_is_said_truly(app: Flask, house: House, mother: Family) -> None:
    _, (asked, told) = _member(house)
    with house.database.writing() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.id)).one()
        key_worker = db.get_one(StaffMember, db.get_one(Review, member.review_id).key_worker_id)
        answered = make.a_question(db, member, "Answered")
        make.a_released_answer(db, answered, make.a_coordinator(db), make.a_chair(db), key_worker)
        stays = answered.reference
    browser = mother.inside().open(PAGE).choose("Everything that I wrote").press("Ask for this to be taken out")
    with house.database.writing() as db:
        request = db.scalars(select(RemovalRequest).order_by(RemovalRequest.id)).one()
        key_worker = db.get_one(StaffMember, db.get_one(Review, request.review_id).key_worker_id)
        removals.done(db, key_worker, request)
        assert sorted(request.taken_out) == sorted([asked, told])
        member = db.get_one(FamilyMember, request.family_member_id)
        states = {one.reference: one.state for one in questions.asked_by(db, member)}
        assert states == {asked: Standing.WITHDRAWN, stays: Standing.ANSWERED}
        done = [one.verb for one in db.scalars(select(history.Entry).order_by(history.Entry.at))]
        assert done.count("taken out as asked") == 2
    browser.open(browser.path)
    assert "It was done on" in browser.main
    before, _, after = browser.main.partition("What stays")
    assert asked in before
    assert told in before
    assert stays in after


def test_the_page_promises_no_more_than_is_done(mother: Family) -> None:
    main = mother.inside().open(PAGE).main
    for word in ("delete", "destroy", "erase", "for ever"):
        assert word not in main.lower()
    assert "stays locked" in main
    assert "A professional is still checking the facts on this page." in main


def test_it_works_from_right_to_left(app: Flask, house: House) -> None:
    browser = invited(app, house, "ur").inside().open("/ur/your-space/take-out")
    assert 'dir="rtl"' in browser.html
