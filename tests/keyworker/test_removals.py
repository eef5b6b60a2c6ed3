"""Taking out, at the key worker's desk: it waits in plain sight, and a person does it."""

from sqlalchemy import select

from portal.review import contributions, questions, removals
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import Standing
from portal.review.removals import Removal, RemovalRequest
from portal.review.reviews import Review
from tests import make
from tests.keyworker.conftest import Desk, a_desk


def _asked(desk: Desk, *, everything: bool = False) -> str:
    """Let somebody of this key worker's family ask that a question be taken out; return its reference."""
    with desk.house.database.writing() as db:
        key_worker = db.get_one(StaffMember, desk.key_worker_id)
        member = make.a_family_member(db, make.a_review(db, key_worker))
        question = make.a_question(db, member, "A canary question")
        contributions.tell(db, member, "Stays", "one")
        asked = removals.ask(db, member, () if everything else (question.reference,))
        removals.say_more(db, member, asked, "Her name is in it.")
        return question.reference


def _state(desk: Desk) -> Removal:
    with desk.house.database.reading() as db:
        return db.scalars(select(RemovalRequest).order_by(RemovalRequest.id)).one().state


def test_a_request_waits_at_the_desk_and_is_done_by_a_person(desk: Desk) -> None:
    reference = _asked(desk)
    browser = desk.browser.open("/keyworker/").follow("Somebody asks that something of theirs be taken out")
    assert browser.heading == "Something is to be taken out"
    assert "Her name is in it." in browser.main
    assert reference in browser.main
    browser.press("I see to it")
    assert _state(desk) is Removal.BEING_DONE
    browser.press("I have spoken with them")
    assert _state(desk) is Removal.TALKED
    browser.follow("Take it out")
    assert "Nothing is destroyed" in browser.main
    browser.press("Take it out: it is done")
    assert "It was done on" in browser.main
    with desk.house.database.reading() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.id)).one()
        assert [one.state for one in questions.asked_by(db, member)] == [Standing.WITHDRAWN]
        assert [one.words for one in contributions.told_by(db, member) if one.state is contributions.Place.KEPT]
    assert "Somebody asks that something of theirs be taken out" not in desk.browser.open("/keyworker/").main
    assert not any("A canary question" in page for page in desk.every_page().values())


def test_pressed_twice_it_is_done_once(desk: Desk) -> None:
    _asked(desk)
    browser = desk.browser.open("/keyworker/removals").follow("Amina Quill")
    path = browser.path
    browser.open(f"{path}/finish").press("Take it out: it is done")
    browser.open(f"{path}/finish").press("Take it out: it is done")
    assert browser.status == 200
    assert _state(desk) is Removal.DONE


def test_a_request_that_was_taken_back_and_that_of_another_family_are_not_there(desk: Desk) -> None:
    _asked(desk)
    with desk.house.database.writing() as db:
        request = db.scalars(select(RemovalRequest).order_by(RemovalRequest.id)).one()
        request_id = request.id
    other = a_desk(desk.app, desk.house)
    assert other.browser.open(f"/keyworker/removals/{request_id}").status == 404
    with desk.house.database.writing() as db:
        request = db.get_one(RemovalRequest, request_id)
        removals.take_back(db, db.get_one(FamilyMember, request.family_member_id), request)
    assert desk.browser.open(f"/keyworker/removals/{request_id}").status == 404
    assert "Nobody in your families waits" in desk.browser.open("/keyworker/removals").main


def test_what_cannot_be_taken_out_is_said_before_anything_is_pressed(desk: Desk) -> None:
    with desk.house.database.writing() as db:
        key_worker = db.get_one(StaffMember, desk.key_worker_id)
        member = make.a_family_member(db, make.a_review(db, key_worker))
        question = make.a_question(db, member)
        make.a_released_answer(db, question, make.a_coordinator(db), make.a_chair(db), key_worker)
        removals.ask(db, member, ())
        review_id = db.scalars(select(Review.id).order_by(Review.id)).one()
    browser = desk.browser.open(f"/keyworker/families/{review_id}").follow("Asked to be taken out")
    browser.follow("Amina Quill")
    assert "It stays, whatever is pressed here." in browser.main
