"""What became of each message, with its day and hour; and nothing goes blindly to where one came back from."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.review import invitations, messages, quiet_days, sent
from portal.review.history import Entry
from portal.review.messages import Message, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.quiet import Span
from tests.keyworker.conftest import NAME, Desk

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday


@pytest.fixture(autouse=True)
def now() -> Iterator[time_machine.Traveller]:
    """The clock, that stands until it is moved."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def _invited(desk: Desk) -> UUID:
    """Return a person who was invited by e-mail a little while ago."""
    member_id = desk.a_person(desk.a_family())
    with desk.house.database.writing() as db:
        member, by = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        invitations.invite(db, by, member, Way.EMAIL).invited_at -= sent.ONE_PRESS
    return member_id


def _heard(desk: Desk, member_id: UUID, *fates: Travel) -> None:
    """Let a message leave that waits, and let something be heard of it."""
    with desk.house.database.writing() as db:
        message = messages.to_family(db, db.get_one(FamilyMember, member_id))[0]
        message.tries = 1
        for fate in fates:
            messages.heard(message, fate)


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        (Travel.SENT, "sent on 22 November 2026, 12:00"),
        (Travel.DELAYED, "on its way: their e-mail provider had not taken it by 22 November 2026, 12:00, and it is"),
        (Travel.ARRIVED, "arrived on 22 November 2026, 12:00"),
        (Travel.CAME_BACK, "came back on 22 November 2026, 12:00"),
        (Travel.UNCERTAIN, "since 22 November 2026, 12:00 it is not certain that it reached them"),
    ],
)
def test_how_far_a_message_came_is_said_with_its_day_and_hour(desk: Desk, fate: Travel, words: str) -> None:
    member_id = _invited(desk)
    _heard(desk, member_id, Travel.SENT, fate)
    browser = desk.browser.open(f"/keyworker/people/{member_id}")
    assert f"Private link, E-mail: {words}" in browser.main
    doubtful = fate in (Travel.CAME_BACK, Travel.UNCERTAIN)
    assert ("Please telephone" in browser.main) is doubtful


def test_a_message_that_could_not_go_yet_says_until_when_it_is_tried(desk: Desk) -> None:
    member_id = _invited(desk)
    with desk.house.database.writing() as db:
        message = messages.to_family(db, db.get_one(FamilyMember, member_id))[0]
        message.tries = 1
        messages.try_later(message)
    browser = desk.browser.open(f"/keyworker/people/{member_id}")
    assert "it could not go out yet, and is tried again until 24 November 2026, 12:00" in browser.main


def test_a_held_message_says_when_it_goes_and_goes_sooner_only_for_a_written_reason(desk: Desk) -> None:
    member_id = _invited(desk)
    with desk.house.database.writing() as db:
        member = db.get_one(FamilyMember, member_id)
        quiet_days.keep(db, member, member, Span(date(2026, 11, 22), date(2026, 11, 23)), None, "one")
        messages.hold_all(db, member)
    browser = desk.browser.open(f"/keyworker/people/{member_id}")
    assert "It goes out on Tuesday 24 November 2026 at 00:00." in browser.main
    browser.follow("Send it now all the same").press("Send it now")
    assert browser.status == 422


def test_to_an_address_from_which_a_message_came_back_nothing_goes_before_somebody_asked(desk: Desk) -> None:
    member_id = _invited(desk)
    _heard(desk, member_id, Travel.CAME_BACK)
    browser = desk.browser.open(f"/keyworker/people/{member_id}/send").press("Send a new link")
    assert browser.status == 422
    assert "The last message to this address came back" in browser.main
    assert _count(desk, member_id) == 1
    browser.choose("I have spoken with them, and this address is right").press("Send a new link")
    assert _count(desk, member_id) == 2


@pytest.mark.parametrize("other", ["another address", "paper"])
def test_by_another_way_or_to_another_address_it_goes_at_once(
    desk: Desk, now: time_machine.Traveller, other: str
) -> None:
    member_id = _invited(desk)
    _heard(desk, member_id, Travel.CAME_BACK)
    now.shift(60)
    browser = desk.browser.open(f"/keyworker/people/{member_id}/send")
    if other == "paper":
        browser.choose("Letter on paper")
    else:
        browser.fill("The address for that way", "new@example.org")
    browser.press("Send a new link")
    assert _count(desk, member_id) == 2
    assert "Please telephone" not in browser.main


def _count(desk: Desk, member_id: UUID) -> int:
    with desk.house.database.reading() as db:
        return len(messages.to_family(db, db.get_one(FamilyMember, member_id)))


def test_what_comes_back_late_is_shown_although_something_went_after_it(
    desk: Desk, now: time_machine.Traveller
) -> None:
    member_id = _invited(desk)
    _heard(desk, member_id, Travel.SENT)
    now.shift(300)
    with desk.house.database.writing() as db:
        member, by = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        messages.queue_for_family(db, messages.Kind.NEWS, member, Way.EMAIL, by)
        first = messages.to_family(db, member)[1]
        now.shift(300)
        messages.heard(first, Travel.CAME_BACK)
    browser = desk.browser.open("/keyworker/").follow(f"The message to {NAME} came back. Please telephone.")
    browser.press("I have reached them another way")
    assert "came back" not in browser.open("/keyworker/").main


def test_one_press_sees_to_everything_that_came_back_from_a_person(desk: Desk) -> None:
    member_id = _invited(desk)
    _heard(desk, member_id, Travel.CAME_BACK)
    with desk.house.database.writing() as db:
        member, by = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        message = messages.queue_for_family(db, messages.Kind.NEWS, member, Way.EMAIL, by)
        message.tries = 1
        messages.heard(message, Travel.CAME_BACK)
    desk.browser.open(f"/keyworker/people/{member_id}").press("I have reached them another way")
    assert "Please telephone" not in desk.browser.main
    with desk.house.database.reading() as db:
        states = {one.state for one in messages.to_family(db, db.get_one(FamilyMember, member_id))}
    assert states == {Travel.STOPPED}


@pytest.mark.whole
def test_twenty_presses_that_somebody_was_reached_are_one(desk: Desk) -> None:
    member_id = _invited(desk)
    _heard(desk, member_id, Travel.CAME_BACK)
    with desk.house.database.reading() as db:
        message_id = messages.to_family(db, db.get_one(FamilyMember, member_id))[0].id
    desk.browser.open(f"/keyworker/people/{member_id}")
    assert set(desk.post_at_once(f"/keyworker/messages/{message_id}/seen-to", {})) <= {303, 409}
    with desk.house.database.reading() as db:
        assert db.get_one(Message, message_id).state is Travel.STOPPED
        assert len(_said(db, member_id)) == 1


def _said(db: Session, member_id: UUID) -> list[str]:
    told = select(Entry.verb).where(Entry.subject_id == member_id, Entry.verb == "reached another way")
    return list(db.scalars(told.order_by(Entry.verb)))
