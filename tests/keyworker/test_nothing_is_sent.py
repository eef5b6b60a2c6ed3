"""While nothing may be sent to a person, no way out of the house is open: not by any way, for any kind, ever."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from portal import clock, stage_letters
from portal.review import invitations, messages, safety, sent, wishes
from portal.review.messages import Kind, Message, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import NotNow
from portal.review.wishes import Hold
from tests.house.world import everything_in
from tests.keyworker.conftest import Desk

pytestmark = pytest.mark.whole
ADDRESSES = {Way.EMAIL: "amina@example.org", Way.TEXT: "07700 900123", Way.PAPER: "1 Quill Lane"}
NOTHING = "Nothing may be sent to them"
Send = Callable[[Session, StaffMember, FamilyMember], object]


def _invited(db: Session, by: StaffMember, member: FamilyMember) -> object:
    return invitations.invite(db, by, member, member.way)


def _sent_again(db: Session, by: StaffMember, member: FamilyMember) -> object:
    return sent.send_again(db, by, member, member.way, member.address)


def _told(db: Session, by: StaffMember, member: FamilyMember) -> object:
    return messages.queue_for_family(db, Kind.NEWS, member, member.way, by)


SENDS: dict[str, Send] = {"invite": _invited, "send again": _sent_again, "news": _told}


def _stop(db: Session, by: StaffMember, member: FamilyMember) -> None:
    safety.stop(db, by, member, "The police asked for it.", links_rest=False)


def _out(desk: Desk) -> int:
    return len(list(desk.house.settings.messages_folder.glob("*")))


def _theirs(desk: Desk, member_id: UUID) -> list[tuple[Travel, str | None]]:
    with desk.house.database.reading() as db:
        return [(one.state, one.hold) for one in messages.to_family(db, db.get_one(FamilyMember, member_id))]


@pytest.fixture(params=list(Way), ids=lambda way: way.value)
def member_id(request: pytest.FixtureRequest, desk: Desk) -> UUID:
    """Somebody whom messages reach by each way in turn, and who has a link already."""
    made = desk.a_person(desk.a_family(), request.param, ADDRESSES[request.param])
    with desk.house.database.writing() as db:
        by, member = db.get_one(StaffMember, desk.key_worker_id), db.get_one(FamilyMember, made)
        link = invitations.invite(db, by, member, Way.PAPER)
        link.invited_at -= sent.ONE_PRESS
        (letter,) = messages.to_family(db, member)
        sent.printed(db, by, letter, member)
    return made


@pytest.mark.parametrize("kind", SENDS)
@pytest.mark.parametrize("stopped_first", [True, False])
def test_nothing_leaves_the_house(desk: Desk, member_id: UUID, kind: str, stopped_first: bool) -> None:
    before = _out(desk)
    with desk.house.database.writing() as db:
        by, member = db.get_one(StaffMember, desk.key_worker_id), db.get_one(FamilyMember, member_id)
        if not stopped_first:
            SENDS[kind](db, by, member)
        _stop(db, by, member)
        if stopped_first and kind == "send again":
            with pytest.raises(NotNow):
                SENDS[kind](db, by, member)
        elif stopped_first:
            SENDS[kind](db, by, member)
    with desk.house.database.writing() as db:
        assert messages.claim(db) is None, "the courier takes nothing up"
    desk.courier_comes()
    assert _out(desk) == before
    waits = [one for one in _theirs(desk, member_id) if one[0] is not Travel.SENT]
    assert all(one in ((Travel.HELD, Hold.NO_LINK.value), (Travel.TO_PRINT, None)) for one in waits)
    assert bool(waits) == (kind != "send again" or not stopped_first)


def test_what_was_held_for_another_reason_stays_when_that_reason_is_gone(desk: Desk, member_id: UUID) -> None:
    with desk.house.database.writing() as db:
        by, member = db.get_one(StaffMember, desk.key_worker_id), db.get_one(FamilyMember, member_id)
        other = {Way.EMAIL: Way.TEXT, Way.TEXT: Way.PAPER, Way.PAPER: Way.EMAIL}[member.way]
        wishes.wish(db, member, member, wishes.Reach(frozenset({wishes.Means(other.value)})))
        held = messages.queue_for_family(db, Kind.NEWS, member, member.way, by)
        assert held.hold == Hold.NOT_THIS_WAY.value
        _stop(db, by, member)
        wishes.wish(db, member, member, wishes.Reach())
        messages.look_again(db, member)
        with pytest.raises(NotNow):
            messages.send_despite(db, by, held, member, "It is urgent.")
        message_id = held.id
    desk.courier_comes()
    with desk.house.database.reading() as db:
        message = db.get_one(Message, message_id)
        assert (message.state, message.hold) == (Travel.HELD, Hold.NO_LINK.value)
        assert message.next_try_at > clock.now()


def test_nothing_that_is_on_paper_is_shown_printed_or_said_to_be_printed(desk: Desk, member_id: UUID) -> None:
    with desk.house.database.writing() as db:
        by, member = db.get_one(StaffMember, desk.key_worker_id), db.get_one(FamilyMember, member_id)
        invitations.invite(db, by, member, Way.PAPER)
        letter = next(one for one in messages.to_family(db, member) if one.state is Travel.TO_PRINT)
        invitations.give_number(db, by, member, desk.house.numbers)
        secret, _, code = (letter.text or "").partition(" ")
        hidden, letter_id = (secret, code, member.number or ""), letter.id
        _stop(db, by, member)
    theirs = f"/keyworker/people/{member_id}"
    pages = [f"/keyworker/messages/{letter_id}/letter", f"{theirs}/number-sheet"]
    pages += [f"{theirs}/letters/en/{name}" for name in stage_letters.NAMES]
    for path in pages:
        browser = desk.browser.open(path)
        assert NOTHING in browser.main, path
        assert not [word for word in hidden if word in everything_in(browser.client.get(path))], path
        assert not {"I have printed it", "Print it", "I have noted the number"} & set(browser.buttons), path
        pdf = f"{path}/letter.pdf" if "/letters/" in path else f"{path}.pdf"
        assert not [one for one in browser.links if "PDF" in one], path
        assert browser.client.get(pdf).status_code == 409, pdf
    assert "waits to be printed" not in desk.browser.open("/keyworker/").main
