"""Nothing may be sent to a person: every way out of the house stops, and their links rest if the key worker says so."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.review import codes, coming_back, invitations, messages, safety, sent
from portal.review.history import Entry
from portal.review.messages import Kind, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import NotNow
from portal.review.wishes import Hold
from tests import make
from tests.browser import Browser, as_family
from tests.keyworker.conftest import Desk, a_desk

WHY, LIFTED = "The police asked for it on 22 November.", "Sergeant Vale rang: it is safe again."
STOPPED = "Nothing may be sent to them."


def _invited(desk: Desk, way: Way = Way.EMAIL) -> UUID:
    member_id = desk.a_person(desk.a_family(), way, "amina@example.org" if way is Way.EMAIL else None)
    _invite(desk, member_id, way)
    return member_id


def _invite(desk: Desk, member_id: UUID, way: Way) -> UUID:
    with desk.house.database.writing() as db:
        member, by = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        return invitations.invite(db, by, member, way).id


def _stop(desk: Desk, member_id: UUID, *, rest: bool = False) -> Browser:
    browser = desk.browser.open(f"/keyworker/people/{member_id}")
    browser.follow("Nothing may be sent: police, court, safety").fill("Why may nothing be sent to them?", WHY)
    if rest:
        browser.choose("Their private links rest as well")
    return browser.press("Let nothing be sent to them")


def _lift(desk: Desk, member_id: UUID, *, send: bool = False) -> Browser:
    browser = desk.browser.open(f"/keyworker/people/{member_id}").follow("See how it stands, or lift it")
    browser.fill("Why may things be sent to them again?", LIFTED)
    if send:
        browser.choose("What waited for them may go out now")
    return browser.press("Lift it")


def _states(desk: Desk, member_id: UUID) -> list[tuple[Travel, str | None]]:
    with desk.house.database.reading() as db:
        found = messages.to_family(db, db.get_one(FamilyMember, member_id))
        return [(one.state, one.hold) for one in found]


def _letters_and_mails(desk: Desk) -> int:
    return len(list(desk.house.settings.messages_folder.glob("*")))


def test_it_takes_a_reason_and_stands_first_on_the_persons_page_with_it(desk: Desk) -> None:
    member_id = _invited(desk)
    desk.browser.open(f"/keyworker/people/{member_id}/safety").press("Let nothing be sent to them")
    assert desk.browser.status == 422
    assert "Please write why nothing may be sent to them." in desk.browser.main
    _stop(desk, member_id)
    text = desk.browser.open(f"/keyworker/people/{member_id}").main
    assert text.index(STOPPED) < text.index(WHY) < text.index("Messages to them")
    assert "Set by Kit Worker" in text
    assert "Their private links still open." in text
    with desk.house.database.reading() as db:
        family = db.get_one(FamilyMember, member_id).review_id
        entry = db.scalars(select(Entry).where(Entry.verb == "nothing may be sent")).one()
        assert (entry.actor_id, entry.subject_id) == (desk.key_worker_id, member_id)
    assert STOPPED in desk.browser.open("/keyworker/").main
    assert STOPPED in desk.browser.open(f"/keyworker/families/{family}").main
    assert WHY not in desk.browser.main


@pytest.mark.parametrize("way", [Way.EMAIL, Way.TEXT])
def test_what_waits_is_held_at_once_and_no_courier_takes_it(desk: Desk, way: Way) -> None:
    member_id = _invited(desk, way)
    _stop(desk, member_id)
    assert _states(desk, member_id) == [(Travel.HELD, Hold.NO_LINK.value)]
    desk.courier_comes()
    assert _states(desk, member_id) == [(Travel.HELD, Hold.NO_LINK.value)]
    assert _letters_and_mails(desk) == 0


def test_nobody_sends_anything_by_any_path(desk: Desk) -> None:
    member_id = _invited(desk)
    desk.courier_comes()
    before = _letters_and_mails(desk)
    send = desk.browser.open(f"/keyworker/people/{member_id}/send")  # lies open in another tab
    mark = {one.get("name"): one.get("value") for one in send.tree.iter() if one.get("name") == "csrf_token"}
    _stop(desk, member_id)
    for path in (f"/keyworker/people/{member_id}", f"/keyworker/people/{member_id}/send"):
        desk.browser.open(path)
        assert "Nothing may be sent to them" in desk.browser.main
        assert "Send a new link" not in [*desk.browser.links, *desk.browser.buttons]
    for way in ("email", "text", "paper"):
        address = {"email": "a@example.org", "text": "07700 900123", "paper": ""}[way]
        answer = desk.browser.client.post(
            f"/keyworker/people/{member_id}/send", data={**mark, "way": way, "address": address}
        )
        assert answer.status_code in (409, 422), way
    with desk.house.database.writing() as db:
        member, by = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        with pytest.raises(NotNow):
            sent.send_again(db, by, member, Way.PAPER, None)
        news = messages.queue_for_family(db, Kind.NEWS, member, Way.TEXT, by)
        assert (news.state, news.hold) == (Travel.HELD, Hold.NO_LINK.value)
        with pytest.raises(NotNow):
            messages.send_despite(db, by, news, member, "I want to.")
        despite = f"/keyworker/messages/{news.id}/despite"
    assert desk.browser.open(despite).path == f"/keyworker/people/{member_id}"
    answer = desk.browser.client.post(despite, data={**mark, "reason": "I want to."})
    assert answer.status_code in (303, 409)
    desk.courier_comes()
    assert _letters_and_mails(desk) == before


def test_a_letter_that_waits_to_be_printed_cannot_be_printed_any_more(desk: Desk) -> None:
    member_id = _invited(desk, Way.PAPER)
    with desk.house.database.reading() as db:
        message = messages.to_family(db, db.get_one(FamilyMember, member_id))[0]
        assert message.state is Travel.TO_PRINT
        letter = f"/keyworker/messages/{message.id}/letter"
        code = codes.in_groups((message.text or "").partition(" ")[2])
    assert code in desk.browser.open(letter).html
    _stop(desk, member_id)
    desk.browser.open(letter)
    assert "Nothing may be sent to them" in desk.browser.main
    assert code not in desk.browser.html
    assert "I have printed it" not in desk.browser.buttons
    assert "Print the letter" not in desk.browser.open(f"/keyworker/people/{member_id}").links
    assert not [one for one in desk.browser.open("/keyworker/").links if "waits to be printed" in one]


def test_an_answer_is_brought_without_a_message(desk: Desk) -> None:
    member_id = _invited(desk)
    desk.courier_comes()
    question_id = desk.a_question_with_a_checked_answer(member_id, "Why?", "Because.")
    assert "Also send them" in desk.browser.open(f"/keyworker/questions/{question_id}/bring").main
    _stop(desk, member_id)
    desk.browser.open(f"/keyworker/questions/{question_id}/bring")
    assert "Nothing may be sent to them" in desk.browser.main
    assert "Also send them" not in desk.browser.main


def test_who_asks_for_a_way_back_gets_no_new_link_and_the_page_says_why(desk: Desk) -> None:
    member_id = desk.a_person(desk.a_family())
    with desk.house.database.writing() as db:
        member, by = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        secret, _ = make.a_link(db, desk.house, by, member)
        asked = coming_back.Asked("Amina", "07700 900123", "", "en", make.PANEL, codes.hash_of_secret(secret))
        coming_back.ask(db, asked, "one")
        request_id = db.scalars(select(coming_back.WayBackRequest.id)).one()
    _stop(desk, member_id)
    desk.browser.open(f"/keyworker/ways-back/{request_id}")
    assert STOPPED in desk.browser.main
    desk.browser.press("I see to it")
    mark = {one.get("name"): one.get("value") for one in desk.browser.tree.iter() if one.get("name") == "csrf_token"}
    assert "They get a new link or a new number" not in desk.browser.main
    done = desk.browser.client.post(
        f"/keyworker/ways-back/{request_id}/done", data={**mark, "how": "new link or number"}
    )
    assert done.status_code == 422
    desk.browser.choose("I reached them, and they need nothing more").press("It is seen to")
    assert "Seen to on" in desk.browser.main


def test_links_that_rest_open_for_nobody_end_every_visit_and_open_again_afterwards(desk: Desk, app: Flask) -> None:
    member_id = desk.a_person(desk.a_family())
    with desk.house.database.writing() as db:
        member, by = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        secret, number = make.a_link(db, desk.house, by, member)
        link_id = invitations.of_member(db, member)[0].id
        messages.settle(messages.to_family(db, member)[0], Travel.SENT)
    inside = as_family(app, desk.house, link_id)
    assert inside.open("/en/your-space").status == 200
    _stop(desk, member_id, rest=True)
    assert "Their private links rest: none of them opens." in desk.browser.main
    assert inside.open("/en/your-space").status == 401
    for _ in range(3):
        outside = Browser(app).open(f"/i/{secret}").fill("Your number", number).press("Open my space")
        assert outside.status == 422
        assert outside.client.get_cookie("family") is None
    _lift(desk, member_id)
    assert inside.open("/en/your-space").status == 401, "a visit that ended stays ended"
    outside = Browser(app).open(f"/i/{secret}").fill("Your number", number).press("Open my space")
    assert (outside.status, outside.path) == (200, "/en/your-space")


def test_links_that_do_not_rest_still_open_and_can_be_let_rest_and_wake_later(desk: Desk, app: Flask) -> None:
    member_id = desk.a_person(desk.a_family())
    with desk.house.database.writing() as db:
        member, by = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        make.a_link(db, desk.house, by, member)
        link_id = invitations.of_member(db, member)[0].id
    inside = as_family(app, desk.house, link_id)
    _stop(desk, member_id)
    assert inside.open("/en/your-space").status == 200
    assert WHY not in inside.html
    desk.browser.open(f"/keyworker/people/{member_id}/safety").press("Let their links rest as well")
    assert inside.open("/en/your-space").status == 401
    desk.browser.press("Let their links open again")
    assert as_family(app, desk.house, link_id).open("/en/your-space").status == 200
    assert STOPPED in desk.browser.open(f"/keyworker/people/{member_id}").main, "resting or awake, it still stands"


def test_it_is_lifted_with_a_reason_and_nothing_that_waited_goes_out_by_itself(desk: Desk) -> None:
    member_id = _invited(desk)
    _stop(desk, member_id)
    desk.browser.open(f"/keyworker/people/{member_id}/safety").press("Lift it")
    assert desk.browser.status == 422
    _lift(desk, member_id)
    assert LIFTED in desk.browser.main
    assert "Lifted by Kit Worker" in desk.browser.main
    desk.courier_comes()
    assert [state for state, _ in _states(desk, member_id)] == [Travel.STOPPED]
    assert _letters_and_mails(desk) == 0
    text = desk.browser.open(f"/keyworker/people/{member_id}").main
    assert STOPPED not in text
    assert "Send a new link" in desk.browser.links
    with desk.house.database.reading() as db:
        row = db.scalars(select(safety.LinkStop)).one()
        assert (row.why, row.lifted_why, row.lifted_by) == (WHY, LIFTED, desk.key_worker_id)
        assert [one.ended_at is not None for one in invitations.of_member(db, db.get_one(FamilyMember, member_id))] == [
            True
        ]


def test_what_waited_goes_out_when_whoever_lifts_it_says_so(desk: Desk) -> None:
    member_id = _invited(desk)
    _stop(desk, member_id)
    desk.courier_comes()
    _lift(desk, member_id, send=True)
    desk.courier_comes()
    assert [state for state, _ in _states(desk, member_id)] == [Travel.SENT]


def test_pressed_twice_at_once_it_is_set_once_and_lifted_once(desk: Desk) -> None:
    member_id = _invited(desk)
    path = f"/keyworker/people/{member_id}/safety"
    desk.browser.open(path)
    assert set(desk.post_at_once(path, {"why": WHY, "links_rest": "y"})) == {303}
    with desk.house.database.reading() as db:
        assert len(db.scalars(select(safety.LinkStop)).all()) == 1
    desk.browser.open(path)
    assert set(desk.post_at_once(f"{path}/lift", {"why": LIFTED})) == {303}
    with desk.house.database.reading() as db:
        member = db.get_one(FamilyMember, member_id)
        assert (member.no_link_ct, member.links_rest) == (None, False)


def test_another_key_worker_neither_sees_nor_sets_nor_lifts_it(desk: Desk) -> None:
    member_id = _invited(desk)
    _stop(desk, member_id)
    other = a_desk(desk.app, desk.house)
    for part in ("", "/lift", "/rest", "/wake"):
        path = f"/keyworker/people/{member_id}/safety{part}"
        assert other.browser.open(path).status in (404, 405)
        assert other.browser.client.post(path, data={"why": "x"}).status_code in (404, 422)
    with desk.house.database.reading() as db:
        assert db.get_one(FamilyMember, member_id).no_link == WHY
