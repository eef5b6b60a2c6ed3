"""The key worker and how a person wishes to be reached: seen before anything is sent, never overwritten unseen."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.review import invitations, messages, quiet_days, wishes
from portal.review.history import Entry
from portal.review.messages import Message, Travel
from portal.review.people import FamilyMember, Presence, StaffMember, Way
from portal.review.quiet import Span
from portal.review.wishes import Means, Reach, Times
from tests.keyworker.conftest import Desk, a_desk

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday


def _person(desk: Desk, way: Way = Way.EMAIL) -> UUID:
    member_id = desk.a_person(desk.a_family(), way)
    with desk.house.database.writing() as db:
        key_worker = db.get_one(StaffMember, desk.key_worker_id)
        invitations.invite(db, key_worker, db.get_one(FamilyMember, member_id), way)
    return member_id


def _wish(desk: Desk, member_id: UUID, *parts: wishes.Part) -> None:
    with desk.house.database.writing() as db:
        member = db.get_one(FamilyMember, member_id)
        for part in parts:
            wishes.wish(db, member, member, part)
        messages.look_again(db, member)


def _message(desk: Desk, member_id: UUID) -> Message:
    with desk.house.database.reading() as db:
        found = messages.to_family(db, db.get_one(FamilyMember, member_id))[0]
        db.expunge(found)
        return found


def test_what_a_person_wishes_stands_above_whatever_is_sent_to_them(desk: Desk) -> None:
    member_id = _person(desk)
    _wish(desk, member_id, Reach(never_ring="01632 960 001\n01632 960 002"), Times(time(10), None, frozenset({1})))
    for page in ("", "/send"):
        browser = desk.browser.open(f"/keyworker/people/{member_id}{page}")
        for words in ("Never ring 01632 960 001, 01632 960 002.", "Not before 10:00.", "Only on these days: Tuesday."):
            assert words in browser.main, page


def test_the_page_says_before_sending_that_it_waits_and_until_when(desk: Desk) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        desk = a_desk(desk.app, desk.house)  # signed in at that time
        member_id = _person(desk)
        _wish(desk, member_id, Times(time(10), time(17), frozenset({1})))
        browser = desk.browser.open(f"/keyworker/people/{member_id}/send")
        assert "A message that you send now goes out on Tuesday 24 November 2026 at 10:00." in browser.main
        now.shift(60)
        browser.press("Send a new link")
        assert "It goes out on Tuesday 24 November 2026 at 10:00." in browser.main
        assert _message(desk, member_id).state is Travel.HELD
        desk.courier_comes()
        assert _message(desk, member_id).state is Travel.HELD


def test_only_a_typed_reason_sends_in_a_quiet_time_and_it_stays_with_the_message(desk: Desk) -> None:
    with time_machine.travel(NOON, tick=False):
        desk = a_desk(desk.app, desk.house)  # signed in at that time
        member_id = _person(desk)
        _wish(desk, member_id, Times(weekdays=frozenset({1})))
        desk.courier_comes()
        browser = desk.browser.open(f"/keyworker/people/{member_id}").follow("Send it now all the same")
        assert "It goes out on Tuesday 24 November 2026 at 00:00." in browser.main
        browser.press("Send it now")
        assert browser.status == 422
        browser.fill("Why does it have to go now?", "They rang and asked for it.").press("Send it now")
        assert "because: They rang and asked for it." in browser.main
        desk.courier_comes()
        assert _message(desk, member_id).state is Travel.SENT
    with desk.house.database.reading() as db:
        message = messages.to_family(db, db.get_one(FamilyMember, member_id))[0]
        assert message.despite == "They rang and asked for it."
        by = db.scalars(select(Entry.actor_id).where(Entry.verb == "sent in a quiet time")).all()
    assert by == [desk.key_worker_id]


def test_nothing_is_offered_where_nothing_may_be_sent(desk: Desk) -> None:
    member_id = _person(desk)
    with desk.house.database.writing() as db:
        db.get_one(FamilyMember, member_id).no_link = "The police asked for it."
    desk.courier_comes()
    browser = desk.browser.open(f"/keyworker/people/{member_id}")
    assert "Nothing may be sent to them" in browser.main
    assert "Send it now all the same" not in browser.links
    browser.open(f"/keyworker/messages/{_message(desk, member_id).id}/despite")
    assert browser.path == f"/keyworker/people/{member_id}"
    assert "Send a new link" not in browser.open(f"/keyworker/people/{member_id}/send").buttons


def test_what_waits_because_of_its_way_is_shown_among_what_needs_the_key_worker(desk: Desk) -> None:
    member_id = _person(desk)
    sentence = "A message waits, because they did not choose the way in which it goes"
    assert sentence not in desk.browser.open("/keyworker/").main
    _wish(desk, member_id, Reach(frozenset({Means.TELEPHONE})))
    desk.courier_comes()
    desk.browser.open("/keyworker/").follow(sentence)
    assert "These ways are fine, and no other: A telephone call." in desk.browser.main


def test_a_letter_says_on_which_days_it_must_not_arrive(desk: Desk) -> None:
    with time_machine.travel(NOON, tick=False):
        desk = a_desk(desk.app, desk.house)  # signed in at that time
        member_id = _person(desk, Way.PAPER)
        with desk.house.database.writing() as db:
            member = db.get_one(FamilyMember, member_id)
            quiet_days.keep(db, member, member, Span(date(2026, 11, 24), date(2026, 11, 24)), "her birthday", "one")
        desk.courier_comes()
        browser = desk.browser.open(f"/keyworker/messages/{_message(desk, member_id).id}/letter")
        assert "They want to hear nothing on these days: 24 November 2026." in browser.main
        assert "I have printed it" in browser.buttons


def test_what_is_said_in_a_conversation_is_written_down_with_a_name(desk: Desk) -> None:
    member_id = _person(desk)
    browser = desk.browser.open(f"/keyworker/people/{member_id}").follow("How they wish to be reached")
    browser.follow("Write this down: How to reach them")
    browser.choose("A letter").fill("Numbers never to ring", "01632 960 001").press("Keep this")
    assert "These ways are fine, and no other: A letter." in browser.main
    assert "Written down by Kit Worker" in browser.main
    browser.follow("Write this down: Who may know that they are here")
    browser.choose("Nobody").press("Keep this")
    assert "Nobody may know that they are here." in browser.main


def test_what_a_person_set_themselves_is_changed_only_when_they_asked_for_it(desk: Desk) -> None:
    member_id = _person(desk)
    _wish(desk, member_id, Times(time(10)))
    browser = desk.browser.open(f"/keyworker/people/{member_id}/wishes/times")
    assert "They set this themselves on" in browser.main
    browser.typed["earliest"] = "8"
    browser.press("Keep this")
    assert browser.status == 422
    assert 'value="8" selected' in browser.html
    browser.choose("They asked me to change this").press("Keep this")
    assert "Not before 08:00." in browser.main
    _wish(desk, member_id, Times(time(11)))
    assert "Not before 11:00." in browser.open(f"/keyworker/people/{member_id}/wishes").main, "the person's word wins"


def test_what_a_person_set_meanwhile_is_shown_and_not_overwritten(desk: Desk) -> None:
    member_id = _person(desk)
    browser = desk.browser.open(f"/keyworker/people/{member_id}/wishes/times")
    _wish(desk, member_id, Times(time(10)))
    browser.typed["earliest"] = "8"
    browser.press("Keep this")
    assert browser.status == 422
    assert "Not before 10:00." in browser.main
    assert 'value="8" selected' in browser.html
    with desk.house.database.reading() as db:
        found = wishes.of(db, db.get_one(FamilyMember, member_id))
        assert found is not None
        assert found.earliest == time(10)


def test_quiet_days_are_written_down_and_only_those_can_be_taken_away_here(desk: Desk) -> None:
    member_id = _person(desk)
    with desk.house.database.writing() as db:
        member = db.get_one(FamilyMember, member_id)
        own = quiet_days.keep(db, member, member, Span(date(2090, 5, 3), date(2090, 5, 3)), "her birthday", "one").id
    browser = desk.browser.open(f"/keyworker/people/{member_id}/quiet-days")
    assert "3 May 2090 (her birthday)" in browser.main
    assert "Take this day away" not in browser.buttons
    browser.press("24 to 26 December")
    assert browser.buttons.count("Take this day away") == 1
    form = next(one for one in browser.tree.iter() if str(one.get("action")).endswith("/take-away"))
    mine = str(form.get("action"))
    form.set("action", mine.replace(mine.split("/")[-2], str(own)))
    assert browser.press("Take this day away").status == 409
    browser.open(f"/keyworker/people/{member_id}/quiet-days").press("Take this day away")
    assert "24 to 26 December, every year" not in browser.main
    browser.fill("The day", "some day").press("Keep this day quiet")
    assert browser.status == 422
    assert browser.value("The day") == "some day"


@pytest.mark.parametrize("presence", [Presence.NOT_NOW, Presence.NOT_AT_ALL])
def test_who_was_away_and_says_that_they_want_their_space_again_can_be_sent_a_link(
    desk: Desk, presence: Presence
) -> None:
    member_id = _person(desk)
    with desk.house.database.writing() as db:
        db.get_one(FamilyMember, member_id).presence = presence
    browser = desk.browser.open(f"/keyworker/people/{member_id}/wishes")
    browser.follow("They told me that they want to use their space again").press("They told me so")
    desk.courier_comes()
    assert _message(desk, member_id).state is Travel.SENT


def test_another_key_workers_person_is_not_there(desk: Desk, app: Flask, house: House) -> None:
    member_id = _person(desk)
    other = a_desk(app, house).browser
    for page in ("wishes", "wishes/times", "quiet-days", "here-again"):
        assert other.open(f"/keyworker/people/{member_id}/{page}").status == 404
    assert other.open(f"/keyworker/messages/{_message(desk, member_id).id}/despite").status == 404
    assert desk.browser.open(f"/keyworker/people/{member_id}/wishes/something").status == 404
