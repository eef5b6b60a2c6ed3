"""Cover: while a key worker is away a colleague has their families, and no family stays with somebody who left."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access import Role
from portal.house import House
from portal.review import cover, leaves, questions, reviews
from portal.review.history import Entry
from portal.review.leaves import Days, Leave
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review
from tests import make
from tests.browser import as_family
from tests.keyworker.conftest import CHILD, NAME, Desk, a_desk

NOTE = "They like to be rung at noon."


@pytest.fixture
def colleague(app: Flask, house: House) -> Desk:
    """Another key worker of the same panel."""
    return a_desk(app, house)


def name(desk: Desk) -> str:
    """Return the name of whose desk it is."""
    with desk.house.database.reading() as db:
        return db.get_one(StaffMember, desk.key_worker_id).name


def away(desk: Desk, other: Desk, begins: int = 0, lasts: int = 5) -> UUID:
    """Let a key worker be away from so many days from now, for so many more days."""
    with desk.house.database.writing() as db:
        first = leaves.today() + timedelta(days=begins)
        people = [db.get_one(StaffMember, one.key_worker_id) for one in (desk, other)]
        return leaves.take(db, people[0], Days(first, first + timedelta(days=lasts)), people[1], NOTE, "1").id


def as_typed(days: int) -> str:
    """Return a day as somebody types it."""
    return f"{leaves.today() + timedelta(days=days):%d/%m/%Y}"


def fill_in_leave(desk: Desk, other: Desk) -> Desk:
    """Fill the form for days of leave in."""
    browser = desk.browser.open("/keyworker/").follow("Cover and handing over")
    browser.follow("Write down days of leave and who covers")
    browser.fill("The first day on which you are away", as_typed(0))
    browser.fill("The last day on which you are away", as_typed(7))
    browser.fill("Who is there for your families meanwhile?", str(other.key_worker_id))
    browser.fill("What should they know? (may be left empty)", NOTE)
    return desk


def test_while_a_key_worker_is_away_the_cover_has_the_family_on_their_own_desk_and_may_do_the_same(
    desk: Desk, colleague: Desk
) -> None:
    review_id = desk.a_family()
    member_id = desk.a_person(review_id)
    question_id = desk.a_question_with_a_checked_answer(member_id, "Was she alone?", "A nurse was with her.")
    assert CHILD not in colleague.browser.open("/keyworker/").main
    fill_in_leave(desk, colleague).browser.press("Keep these days")
    assert desk.browser.heading == "Cover and handing over"
    main = colleague.browser.open("/keyworker/").main
    assert CHILD in main
    assert f"You cover for {name(desk)} until" in main
    assert "An answer is ready for you to bring" in main
    colleague.browser.follow(CHILD)
    assert f"You cover for {name(desk)} until" in colleague.browser.main
    for path in (f"people/{member_id}", f"questions/{question_id}", f"families/{review_id}/stage"):
        assert colleague.browser.open(f"/keyworker/{path}").status == 200, path
    colleague.browser.choose("The panel").press("Keep this")
    with desk.house.database.reading() as db:
        acts = select(Entry.actor_id).where(Entry.verb == "stage set", Entry.review_id == review_id)
        assert db.scalars(acts).all() == [colleague.key_worker_id]
    assert CHILD in desk.browser.open("/keyworker/").main
    assert f"{name(colleague)} is there for your families" in desk.browser.main
    assert NOTE in colleague.browser.open("/keyworker/cover").main


@pytest.mark.parametrize(("begins", "lasts"), [(1, 3), (-9, 8)])
def test_it_begins_and_ends_by_itself_on_the_day(desk: Desk, colleague: Desk, begins: int, lasts: int) -> None:
    review_id = desk.a_family()
    away(desk, colleague, begins, lasts)
    assert CHILD not in colleague.browser.open("/keyworker/").main
    assert colleague.browser.open(f"/keyworker/families/{review_id}").status == 404


def test_the_first_and_the_last_day_are_covered(desk: Desk, colleague: Desk) -> None:
    review_id = desk.a_family()
    away(desk, colleague, 0, 0)
    assert colleague.browser.open(f"/keyworker/families/{review_id}").status == 200


def test_it_is_ended_in_one_press_and_the_family_is_gone_from_the_other_desk(desk: Desk, colleague: Desk) -> None:
    review_id = desk.a_family()
    away(desk, colleague)
    desk.browser.open("/keyworker/cover").press("I am there after all")
    assert "No days of leave are written down." in desk.browser.main
    assert colleague.browser.open(f"/keyworker/families/{review_id}").status == 404


def test_nobody_else_sees_the_family_or_ends_the_leave(app: Flask, house: House, desk: Desk, colleague: Desk) -> None:
    review_id, leave_id = desk.a_family(), away(desk, colleague)
    third = a_desk(app, house)
    assert third.browser.open(f"/keyworker/families/{review_id}").status == 404
    for other in (third, colleague):
        hidden = other.browser.open("/keyworker/start").html.split('name="csrf_token" type="hidden" value="')[1]
        data = {"csrf_token": hidden.split('"')[0]}
        assert other.browser.client.post(f"/keyworker/cover/leaves/{leave_id}/end", data=data).status_code == 404


def test_whoever_covers_for_the_cover_covers_for_both(app: Flask, house: House, desk: Desk, colleague: Desk) -> None:
    review_id, third = desk.a_family(), a_desk(app, house)
    away(desk, colleague, -2)
    away(colleague, third)
    assert third.browser.open(f"/keyworker/families/{review_id}").status == 200
    with house.database.reading() as db:
        found = leaves.there_for(db, desk.key_worker_id)
        assert found is not None
        assert found[1].id == third.key_worker_id


def test_a_colleague_who_is_away_then_cannot_be_named_and_every_word_is_kept(desk: Desk, colleague: Desk) -> None:
    away(colleague, desk, 3)
    fill_in_leave(desk, colleague).browser.press("Keep these days")
    assert desk.browser.status == 422
    assert "is away on some of these days" in desk.browser.main
    assert desk.browser.value("What should they know? (may be left empty)") == NOTE


def test_days_that_are_leave_already_or_the_wrong_way_round_are_not_taken(desk: Desk, colleague: Desk) -> None:
    away(desk, colleague, 6)
    assert "days of leave already" in fill_in_leave(desk, colleague).browser.press("Keep these days").main
    desk.browser.fill("The last day on which you are away", as_typed(-1)).press("Keep these days")
    assert "already behind us" in desk.browser.main
    desk.browser.fill("The first day on which you are away", as_typed(5))
    desk.browser.fill("The last day on which you are away", as_typed(4)).press("Keep these days")
    assert "The last day is before the first" in desk.browser.main
    desk.browser.fill("The last day on which you are away", as_typed(900)).press("Keep these days")
    assert "longer than a year" in desk.browser.main


def test_twenty_presses_keep_the_days_once(desk: Desk, colleague: Desk) -> None:
    desk.browser.open("/keyworker/cover/away")
    filled = {"first": as_typed(0), "last": as_typed(2), "colleague": str(colleague.key_worker_id), "note": ""}
    assert set(desk.post_at_once("/keyworker/cover/away", filled)) == {303}
    with desk.house.database.reading() as db:
        assert len(db.scalars(select(Leave.id)).all()) == 1


def test_the_family_reads_who_is_there_while_their_key_worker_is_away(
    app: Flask, house: House, desk: Desk, colleague: Desk
) -> None:
    member_id = desk.a_person(desk.a_family())
    with house.database.writing() as db:
        make.a_link(db, house, db.get_one(StaffMember, desk.key_worker_id), db.get_one(FamilyMember, member_id))
        from portal.review.invitations import of_member

        invitation_id = of_member(db, db.get_one(FamilyMember, member_id))[0].id
    browser = as_family(app, house, invitation_id)
    assert "is there for you" not in browser.open("/en/your-space").main
    leave_id = away(desk, colleague)
    main = browser.open("/en/your-space").main
    assert f"{name(desk)} is away until" in main
    assert f"{name(colleague)} is there for you." in main
    assert NOTE not in browser.html
    browser.open("/en/your-space/not-now").press("Not now")
    assert f"{name(colleague)} is there for you." in browser.open("/en/your-space").main
    with house.database.writing() as db:
        leaves.end(db, db.get_one(StaffMember, desk.key_worker_id), db.get_one(Leave, leave_id))
    assert "is there for you" not in browser.open("/en/your-space").main


def hand_over(desk: Desk, other: Desk, review_id: UUID) -> Desk:
    """Hand a family over."""
    browser = desk.browser.open(f"/keyworker/families/{review_id}").follow("Hand this family over")
    browser.fill("To whom do you hand over?", str(other.key_worker_id))
    browser.fill("A note for them (may be left empty)", NOTE).press("Hand over")
    return desk


def test_a_family_is_handed_over_with_a_note_that_the_other_key_worker_reads(desk: Desk, colleague: Desk) -> None:
    review_id = desk.a_family()
    hand_over(desk, colleague, review_id)
    assert desk.browser.heading == "Cover and handing over"
    assert CHILD not in desk.browser.open("/keyworker/").main
    assert desk.browser.open(f"/keyworker/families/{review_id}").status == 404
    colleague.browser.open("/keyworker/").follow(f"A family was handed to you by {name(desk)}")
    assert NOTE in colleague.browser.main
    colleague.browser.press("I have read it and look after this family")
    assert colleague.browser.heading == "One family"
    assert "A family was handed to you" not in colleague.browser.main
    note = next(words for words in colleague.browser.links if words.startswith("Note from"))
    assert NOTE in colleague.browser.follow(note).main
    with desk.house.database.reading() as db:
        verbs = {entry.verb: entry.actor_id for entry in db.query(Entry) if entry.review_id == review_id}
    assert verbs["family handed over"] == desk.key_worker_id
    assert verbs["handing over seen"] == colleague.key_worker_id


def test_what_the_colleague_has_not_seen_is_taken_back_in_one_press(desk: Desk, colleague: Desk) -> None:
    review_id = desk.a_family()
    hand_over(desk, colleague, review_id).browser.press("Take it back")
    assert CHILD in desk.browser.open("/keyworker/").main
    assert CHILD not in colleague.browser.open("/keyworker/").main
    hand_over(desk, colleague, review_id)
    with desk.house.database.writing() as db:
        other = db.get_one(StaffMember, colleague.key_worker_id)
        cover.seen(db, other, cover.new_for(db, other)[0])
    assert desk.browser.press("Take it back").status == 409


def test_pressing_twice_hands_over_once_and_says_so(desk: Desk, colleague: Desk) -> None:
    review_id = desk.a_family()
    desk.browser.open(f"/keyworker/families/{review_id}/hand-over")
    filled = {"colleague": str(colleague.key_worker_id), "note": NOTE}
    assert set(desk.post_at_once(f"/keyworker/families/{review_id}/hand-over", filled)) <= {303, 409}
    with desk.house.database.reading() as db:
        assert len(db.scalars(select(cover.Handover.id)).all()) == 1


def test_all_families_are_handed_over_at_once_but_not_those_that_are_only_covered(
    app: Flask, house: House, desk: Desk, colleague: Desk
) -> None:
    third = a_desk(app, house)
    desk.a_family(), desk.a_family(), third.a_family()
    away(third, desk)
    browser = desk.browser.open("/keyworker/cover").follow("Hand all my families over")
    assert "So many families are yours now: 2." in browser.main
    assert browser.press("Hand over").status == 422
    browser.fill("To whom do you hand over?", str(colleague.key_worker_id)).press("Hand over")
    with house.database.reading() as db:
        assert len(cover.own_families(db, db.get_one(StaffMember, colleague.key_worker_id))) == 2
        assert len(cover.own_families(db, db.get_one(StaffMember, third.key_worker_id))) == 1


def test_a_family_goes_to_no_other_panel_and_to_nobody_who_left_or_is_no_key_worker(
    app: Flask, house: House, desk: Desk, colleague: Desk
) -> None:
    review_id, elsewhere = desk.a_family(), a_desk(app, house, "worcestershire")
    with house.database.writing() as db:
        coordinator = make.a_coordinator(db).id
        db.get_one(StaffMember, colleague.key_worker_id).active = False
        for one in (elsewhere.key_worker_id, coordinator, colleague.key_worker_id):
            mine, to = (db.get_one(StaffMember, who) for who in (desk.key_worker_id, one))
            family = db.get_one(Review, review_id)
            with pytest.raises(NotHere):
                cover.hand_over(db, mine, [family], to, "")
    browser = desk.browser.open(f"/keyworker/families/{review_id}/hand-over")
    assert "There is no other key worker of your panel here yet." in browser.main
    assert browser.press("Hand over").status == 422


def test_a_family_whose_key_worker_left_stands_before_the_panel_without_a_name_until_somebody_takes_it_on(
    app: Flask, house: House, desk: Desk, colleague: Desk
) -> None:
    review_id, elsewhere = desk.a_family(), a_desk(app, house, "worcestershire")
    with house.database.writing() as db:
        db.get_one(StaffMember, desk.key_worker_id).active = False
    assert "whose key worker has left" not in elsewhere.browser.open("/keyworker/").main
    third = a_desk(app, house)
    third.browser.open("/keyworker/cover")
    colleague.browser.open("/keyworker/").follow("Families whose key worker has left: 1")
    assert CHILD not in colleague.browser.main
    colleague.browser.press("I take this family on")
    assert CHILD in colleague.browser.main
    assert third.browser.press("I take this family on").status == 409
    never_left = third.a_family()
    third.browser.open("/keyworker/cover")
    assert set(elsewhere.post_at_once(f"/keyworker/cover/families/{review_id}/take-on", {})) == {404}
    for nobodys in (uuid4(), never_left):
        assert set(third.post_at_once(f"/keyworker/cover/families/{nobodys}/take-on", {})) == {404}
    with house.database.reading() as db:
        assert db.get_one(Review, review_id).key_worker_id == colleague.key_worker_id


def test_every_question_of_a_key_worker_answers_for_the_cover_too(house: House, desk: Desk, colleague: Desk) -> None:
    review_id = desk.a_family()
    member_id = desk.a_person(review_id, Way.PAPER)
    question_id = desk.a_question_with_a_checked_answer(member_id, "Why?", "Because.")
    with house.database.reading() as db:
        other = db.get_one(StaffMember, colleague.key_worker_id)
        assert not questions.for_key_worker(db, other)
    away(desk, colleague)
    with house.database.reading() as db:
        other = db.get_one(StaffMember, colleague.key_worker_id)
        assert [one.id for one in questions.for_key_worker(db, other)] == [question_id]
        assert reviews.member_of_mine(db, other, member_id).name == NAME
        assert [one.id for one in reviews.looked_after_by(db, other)] == [review_id]
        assert not cover.own_families(db, other)


def test_whoever_stops_being_a_key_worker_leaves_no_family_behind_unseen(
    house: House, desk: Desk, colleague: Desk
) -> None:
    desk.a_family()
    with house.database.writing() as db:
        db.get_one(StaffMember, desk.key_worker_id).roles_held = [Role.COORDINATOR.value]
        other = db.get_one(StaffMember, colleague.key_worker_id)
        (waits,) = cover.without_anybody(db, other)
        assert not cover.without_anybody(db, db.get_one(StaffMember, desk.key_worker_id))
        cover.take_on(db, other, waits.id)
        with pytest.raises(NotNow):
            cover.take_on(db, other, waits.id)
