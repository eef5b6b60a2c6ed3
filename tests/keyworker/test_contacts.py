"""Calls, visits and promises: written down in one form, kept with one press, for the family's key workers alone."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.review import cover, invitations, leaves, promises, talks, whereabouts
from portal.review.history import Entry
from portal.review.people import FamilyMember, Relation, StaffMember
from portal.review.promises import Promise, PromiseMove, PromiseState
from portal.review.questions import NotNow
from portal.review.reviews import Review
from portal.review.talks import How, Talk
from portal.words import weekday
from tests import make
from tests.browser import Browser, as_family, as_staff
from tests.house.world import everything_in
from tests.keyworker.conftest import NAME, Desk, a_desk

SAID, PROMISE, DAY = "What was said?", "I said that I would (may be left empty)", "By which day?"


@pytest.fixture
def family_id(desk: Desk) -> UUID:
    """A family with one person."""
    review_id = desk.a_family()
    desk.a_person(review_id)
    return review_id


@pytest.fixture
def colleague(app: Flask, house: House) -> Desk:
    """Another key worker of the same panel."""
    return a_desk(app, house)


def _name(desk: Desk) -> str:
    with desk.house.database.reading() as db:
        return db.get_one(StaffMember, desk.key_worker_id).name


def _in_days(days: int) -> date:
    return leaves.today() + timedelta(days=days)


def _in_words(app: Flask, day: date) -> str:
    with app.test_request_context("/en/"):
        return f"{weekday(day.weekday())} {day.day} {day:%B %Y}"


def _a_promise(desk: Desk, family_id: UUID, days: int = 0, what: str = "ring about the meeting") -> UUID:
    """Promise something by so many days from now, to everybody in the family."""
    with desk.house.database.writing() as db:
        by, review = db.get_one(StaffMember, desk.key_worker_id), db.get_one(Review, family_id)
        people = db.scalars(select(FamilyMember).where(FamilyMember.review_id == family_id)).all()
        told = talks.Told(_in_days(min(days, 0)), How.TELEPHONE, True, people, "We spoke.")
        talk = talks.write_down(db, by, review, told, uuid4().hex)
        return promises.make(db, by, talk, what, _in_days(days), by).id


def _standing(desk: Desk, promise_id: UUID) -> tuple[PromiseState, date]:
    with desk.house.database.reading() as db:
        promise = db.get_one(Promise, promise_id)
        return promise.state, promise.until_on


def test_a_call_with_a_promise_is_one_form_and_the_promise_is_kept_with_one_press(
    desk: Desk, family_id: UUID, app: Flask
) -> None:
    browser = desk.browser.open(f"/keyworker/families/{family_id}").follow(NAME).follow("Calls, visits and promises")
    browser.fill(SAID, "She asked when the meeting is.").fill(PROMISE, "ring her about the meeting.")
    browser.fill(DAY, leaves.today().isoformat()).press("Keep this")
    assert browser.status == 200
    today = _in_words(app, leaves.today())
    assert f"{today}. By telephone, with {NAME}." in browser.main
    sentence = f"You said that you would ring her about the meeting, by {today}."
    assert sentence in browser.main
    browser.open("/keyworker/").follow(sentence).press("I have kept this")
    assert "What is promised" not in browser.main
    assert f"Kept on {leaves.today().day}" in browser.main
    assert sentence not in browser.open("/keyworker/").main


def test_a_promise_needs_a_day_and_a_day_needs_a_promise_and_every_word_is_kept(desk: Desk, family_id: UUID) -> None:
    browser = desk.browser.open(f"/keyworker/families/{family_id}/contacts")
    browser.fill(SAID, "She  cried.\nI stayed.").fill(PROMISE, "come again").press("Keep this")
    assert browser.status == 422
    assert "Please write by which day." in browser.main
    assert browser.value(SAID).replace("\r", "") == "She  cried.\nI stayed."
    assert browser.value(PROMISE) == "come again"
    browser.fill(PROMISE, "").fill(DAY, _in_days(3).isoformat()).press("Keep this")
    assert "Please write what you said that you would do, or leave the day empty." in browser.main
    browser.fill(PROMISE, "come again").fill(DAY, _in_days(-1).isoformat()).press("Keep this")
    assert "This day is already behind us." in browser.main
    browser.fill(SAID, "").fill(PROMISE, "").fill(DAY, "").press("Keep this")
    assert "Please write in a few words what was said." in browser.main
    with desk.house.database.reading() as db:
        assert db.scalars(select(Talk.id)).all() == []


def test_twenty_presses_write_one_talk_and_one_promise(desk: Desk, family_id: UUID) -> None:
    path = f"/keyworker/families/{family_id}/contacts"
    desk.browser.open(path)
    filled = {"how": "visit", "was_on": leaves.today().isoformat(), "said": "Tea.", "promise": "ring", "until_on": ""}
    filled |= {"until_on": _in_days(2).isoformat()}
    assert set(desk.post_at_once(path, filled)) == {303}
    with desk.house.database.reading() as db:
        assert len(db.scalars(select(Talk.id)).all()) == 1
        assert len(db.scalars(select(Promise.id)).all()) == 1
        assert len(db.scalars(select(whereabouts.InTouch.id)).all()) == 1


def test_whoever_goes_back_and_promises_something_else_loses_neither(desk: Desk, family_id: UUID) -> None:
    path = f"/keyworker/families/{family_id}/contacts"
    desk.browser.open(path)
    filled = {"how": "visit", "was_on": leaves.today().isoformat(), "said": "Tea.", "once": "one form"}
    for what, days in (("ring", 2), ("ring her sister", 2), ("ring her sister", 3), ("ring", 2)):
        promised = {"promise": what, "until_on": _in_days(days).isoformat()}
        assert set(desk.post_at_once(path, filled | promised)) == {303}
    with desk.house.database.reading() as db:
        made = sorted((one.what, one.until_on) for one in db.scalars(select(Promise)))
    assert made == [("ring", _in_days(2)), ("ring her sister", _in_days(2)), ("ring her sister", _in_days(3))]


def test_a_promise_that_was_let_go_is_not_let_go_for_another_reason_without_a_word(desk: Desk, family_id: UUID) -> None:
    promise_id = _a_promise(desk, family_id)
    desk.browser.open(f"/keyworker/families/{family_id}/contacts")
    path = f"/keyworker/promises/{promise_id}/let-go"
    assert set(desk.post_at_once(path, {"why": "She rang herself."})) == {303}
    assert set(desk.post_at_once(path, {"why": "It was done in March."})) == {409}
    with desk.house.database.reading() as db:
        assert db.get_one(Promise, promise_id).why == "She rang herself."


def test_twenty_fingers_keep_a_promise_once_and_let_it_go_once(desk: Desk, family_id: UUID) -> None:
    promise_id = _a_promise(desk, family_id)
    desk.browser.open(f"/keyworker/families/{family_id}/contacts")
    assert set(desk.post_at_once(f"/keyworker/promises/{promise_id}/kept", {})) == {303}
    assert set(desk.post_at_once(f"/keyworker/promises/{promise_id}/let-go", {"why": "No."})) == {409}
    moved = {"until_on": _in_days(2).isoformat()}
    assert set(desk.post_at_once(f"/keyworker/promises/{promise_id}/move", moved)) == {409}
    with desk.house.database.reading() as db:
        verbs = db.scalars(select(Entry.verb).where(Entry.subject_id == promise_id).order_by(Entry.at)).all()
    assert verbs == ["promise made", "promise kept"]
    assert set(desk.post_at_once(f"/keyworker/promises/{promise_id}/open", {})) == {303}
    assert set(desk.post_at_once(f"/keyworker/promises/{promise_id}/move", moved)) == {303}
    with desk.house.database.reading() as db:
        assert len(db.scalars(select(PromiseMove.id)).all()) == 1


def test_a_promise_is_moved_and_the_day_before_stays_to_be_seen(desk: Desk, family_id: UUID, app: Flask) -> None:
    promise_id = _a_promise(desk, family_id)
    browser = desk.browser.open(f"/keyworker/families/{family_id}/contacts").follow("Move it to another day")
    browser.press("Move it")
    assert browser.status == 422
    browser.fill("By which day now?", _in_days(4).isoformat()).press("Move it")
    assert f"It was to be by {_in_words(app, leaves.today())} before." in browser.main
    assert _standing(desk, promise_id) == (PromiseState.OPEN, _in_days(4))
    assert "You said that you would" not in browser.open("/keyworker/").main


def test_a_promise_is_let_go_with_a_word_why_and_may_be_taken_up_again(desk: Desk, family_id: UUID) -> None:
    promise_id = _a_promise(desk, family_id)
    browser = desk.browser.open(f"/keyworker/families/{family_id}/contacts").follow("Let it go").press("Let it go")
    assert browser.status == 422
    browser.fill("Why is it let go?", "She would rather not know.").press("Let it go")
    assert "She would rather not know." in browser.main
    assert "You said that you would" not in browser.open("/keyworker/").main
    browser.open(f"/keyworker/families/{family_id}/contacts").press("It is still to be kept")
    assert _standing(desk, promise_id)[0] is PromiseState.OPEN


def test_a_word_why_stays_to_be_seen_when_a_promise_is_to_be_kept_again(
    desk: Desk, family_id: UUID, colleague: Desk
) -> None:
    promise_id, words = _a_promise(desk, family_id), ("She would rather not know.", "Her sister told her.")
    with desk.house.database.writing() as db:
        mine, other = (db.get_one(StaffMember, one.key_worker_id) for one in (desk, colleague))
        promise, names = db.get_one(Promise, promise_id), (mine.name, other.name)
        promises.let_go(db, mine, promise, words[0])
        promises.open_again(db, other, promise)
        promises.keep(db, mine, promise)
        promises.open_again(db, mine, promise)
        promises.let_go(db, other, promise, words[1])
    main = desk.browser.open(f"/keyworker/families/{family_id}/contacts").main
    today = f"{leaves.today().day} {leaves.today():%B %Y}"
    for sentence in (
        f"Let go on {today} by {names[0]}. Still to be kept, said {names[1]} on {today}.",
        f"Kept on {today}, says {names[0]}. Still to be kept, said {names[0]} on {today}.",
        f"Let go on {today} by {names[1]}.",
    ):
        assert sentence in main
    assert main.index(words[0]) < main.index(words[1])


def test_what_is_not_due_yet_waits_and_what_was_due_before_still_stands_there(
    desk: Desk, family_id: UUID, app: Flask
) -> None:
    _a_promise(desk, family_id, days=1, what="write")
    _a_promise(desk, family_id, days=-3, what="come by")
    main = desk.browser.open("/keyworker/").main
    assert "would write" not in main
    assert f"You said that you would come by, by {_in_words(app, _in_days(-3))}." in main


def test_only_the_owner_and_whoever_covers_see_what_is_due(desk: Desk, family_id: UUID, colleague: Desk) -> None:
    promise_id = _a_promise(desk, family_id)
    other = colleague.browser
    assert "would ring about the meeting" not in other.open("/keyworker/").main
    assert other.open(f"/keyworker/promises/{promise_id}/move").status == 404
    other.open("/keyworker/cover/away")
    assert set(colleague.post_at_once(f"/keyworker/promises/{promise_id}/kept", {})) == {404}
    with desk.house.database.writing() as db:
        people = [db.get_one(StaffMember, one.key_worker_id) for one in (desk, colleague)]
        leave = leaves.take(db, people[0], leaves.Days(_in_days(0), _in_days(3)), people[1], "", "1")
        leave_id = leave.id
    assert f"{_name(desk)} said that they would ring about the meeting" in other.open("/keyworker/").main
    other.open(f"/keyworker/families/{family_id}/contacts").press("I have kept this")
    assert _standing(desk, promise_id)[0] is PromiseState.KEPT
    with desk.house.database.writing() as db:
        leaves.end(db, db.get_one(StaffMember, desk.key_worker_id), db.get_one(leaves.Leave, leave_id))
    assert other.open(f"/keyworker/families/{family_id}/contacts").status == 404


def test_while_a_key_worker_is_away_a_promise_can_be_the_covers_own_and_afterwards_it_is_the_key_workers(
    desk: Desk, family_id: UUID, colleague: Desk
) -> None:
    with desk.house.database.writing() as db:
        people = [db.get_one(StaffMember, one.key_worker_id) for one in (desk, colleague)]
        leave_id = leaves.take(db, people[0], leaves.Days(_in_days(0), _in_days(3)), people[1], "", "1").id
    browser = colleague.browser.open(f"/keyworker/families/{family_id}/contacts")
    browser.fill(SAID, "Hello.").fill(PROMISE, "bring the box").fill(DAY, leaves.today().isoformat())
    browser.press("Keep this")  # who covers keeps it, unless they choose the other
    assert "You keep it." in browser.main
    assert "You said that you would bring the box" in browser.open("/keyworker/").main
    assert "would bring the box" not in desk.browser.open("/keyworker/").main
    with desk.house.database.writing() as db:
        leaves.end(db, db.get_one(StaffMember, desk.key_worker_id), db.get_one(leaves.Leave, leave_id))
    assert f"{_name(colleague)} said that they would bring the box" in desk.browser.open("/keyworker/").main


def test_promises_go_along_when_a_family_is_handed_over_and_hold_nobody_back_who_leaves(
    desk: Desk, family_id: UUID, colleague: Desk
) -> None:
    promise_id = _a_promise(desk, family_id)
    with desk.house.database.writing() as db:
        mine, other = (db.get_one(StaffMember, one.key_worker_id) for one in (desk, colleague))
        assert cover.why_not_leave(db, mine)[0] == 1
        cover.hand_over(db, mine, [db.get_one(Review, family_id)], other, "")
        assert cover.why_not_leave(db, mine) == (0, [])
        mine.active = False
    with desk.house.database.reading() as db:
        assert promises.keeper_of(db, db.get_one(Promise, promise_id)).id == colleague.key_worker_id
    assert f"{_name(desk)} said that they would ring" in colleague.browser.open("/keyworker/").main
    colleague.browser.open(f"/keyworker/families/{family_id}/contacts").press("I have kept this")
    assert _standing(desk, promise_id)[0] is PromiseState.KEPT


def test_last_in_touch_follows_from_what_was_written_down_for_each_person_apart(desk: Desk, family_id: UUID) -> None:
    with desk.house.database.writing() as db:
        other = make.a_family_member(db, db.get_one(Review, family_id), "Daniel Quill", relation=Relation.FATHER)
        father_id, mother_id = other.id, db.scalars(select(FamilyMember.id).where(FamilyMember.id != other.id)).one()

    def last(member_id: UUID) -> date | None:
        with desk.house.database.reading() as db:
            return whereabouts.last_in_touch(db, db.get_one(FamilyMember, member_id))

    def write(days: int, *ticks: str) -> Browser:
        browser = desk.browser.open(f"/keyworker/people/{mother_id}/contacts")
        browser.fill(SAID, f"Words of {days}.").fill("On which day?", _in_days(days).isoformat())
        for tick in ticks:
            browser.choose(tick)
        return browser.press("Keep this")

    write(-3)
    assert (last(mother_id), last(father_id)) == (_in_days(-3), None)
    write(-1, "I did not reach them")
    assert "They were not reached." in desk.browser.main
    assert last(mother_id) == _in_days(-3)
    assert write(1).status == 422
    write(-2)
    assert "Words of -2." not in desk.browser.open(f"/keyworker/people/{father_id}/contacts").main
    desk.browser.open(f"/keyworker/people/{mother_id}/contacts")
    desk.browser.open(f"/keyworker/people/{mother_id}/contact")
    assert f"You were last in touch on {_in_days(-2).day} " in desk.browser.main


def test_what_is_taken_back_only_its_writer_sees_and_its_day_counts_no_more(
    desk: Desk, family_id: UUID, colleague: Desk
) -> None:
    _a_promise(desk, family_id)
    with desk.house.database.reading() as db:
        member_id, talk_id = db.scalars(select(FamilyMember.id)).one(), db.scalars(select(Talk.id)).one()

    def last() -> date | None:
        with desk.house.database.reading() as db:
            return whereabouts.last_in_touch(db, db.get_one(FamilyMember, member_id))

    browser = desk.browser.open(f"/keyworker/families/{family_id}/contacts").press("Take this back")
    assert "Taken back: only you see it here." in browser.main
    assert last() is None
    with desk.house.database.writing() as db:
        db.get_one(Review, family_id).key_worker_id = colleague.key_worker_id
    other = colleague.browser.open(f"/keyworker/families/{family_id}/contacts")
    assert "We spoke." not in other.main
    assert browser.open(f"/keyworker/families/{family_id}/contacts").status == 404
    with desk.house.database.writing() as db:
        db.get_one(Review, family_id).key_worker_id = desk.key_worker_id
    browser.open(f"/keyworker/families/{family_id}/contacts").press("Leave it after all")
    assert last() == leaves.today()
    with desk.house.database.reading() as db:
        assert db.get_one(Talk, talk_id).taken_back_at is None


def test_with_whom_a_talk_was_is_ticked_and_begins_with_the_person_from_whose_page_one_comes(
    desk: Desk, family_id: UUID
) -> None:
    with desk.house.database.writing() as db:
        make.a_family_member(db, db.get_one(Review, family_id), "Daniel Quill", relation=Relation.FATHER)
    browser = desk.browser.open(f"/keyworker/families/{family_id}").follow("Daniel Quill")
    browser.follow("Calls, visits and promises").fill(SAID, "He wants to know more.").press("Keep this")
    assert "By telephone, with Daniel Quill." in browser.main
    browser.open(f"/keyworker/families/{family_id}/contacts").fill(SAID, "An aunt rang.").press("Keep this")
    assert "By telephone, with the family." in browser.main
    browser.choose(NAME).fill(SAID, "She rang.").press("Keep this")
    assert f"By telephone, with {NAME}." in browser.main


def test_a_family_in_which_nobody_is_invited_yet_can_be_rung_and_promised_something(desk: Desk) -> None:
    browser = desk.browser.open(f"/keyworker/families/{desk.a_family()}/contacts")
    browser.fill(SAID, "The grandmother rang.").fill(PROMISE, "ring back").fill(DAY, leaves.today().isoformat())
    browser.press("Keep this")
    assert "Said to the family on" in browser.main


def test_the_day_of_the_next_contact_is_kept_for_one_person(desk: Desk, family_id: UUID) -> None:
    browser = desk.browser.open(f"/keyworker/families/{family_id}").follow(NAME)
    browser.follow("When you will next be in touch")
    browser.fill("The day on which you will next be in touch", _in_days(-1).isoformat()).press("Keep this")
    assert browser.status == 422
    browser.fill("The day on which you will next be in touch", _in_days(30).isoformat())
    browser.choose("They may see these days").press("Keep this")
    assert browser.status == 200
    with desk.house.database.reading() as db:
        contact = whereabouts.contact_with(db, db.scalars(select(FamilyMember)).one())
        assert contact is not None
        assert (contact.next_on, contact.shown) == (_in_days(30), True)


def test_a_promise_is_not_kept_and_let_go_at_once(desk: Desk, family_id: UUID) -> None:
    promise_id = _a_promise(desk, family_id)
    with desk.house.database.writing() as db:
        by = db.get_one(StaffMember, desk.key_worker_id)
        promise = promises.one_of_mine(db, by, promise_id, to_change=True)
        promises.let_go(db, by, promise, "It is no longer wanted.")
        with pytest.raises(NotNow):
            promises.keep(db, by, promise)
        with pytest.raises(NotNow):
            promises.move(db, by, promise, _in_days(5))


def test_no_message_is_ever_made_of_a_promise(desk: Desk, family_id: UUID) -> None:
    _a_promise(desk, family_id, days=-2)
    desk.browser.open("/keyworker/")
    desk.courier_comes()
    assert list(desk.house.settings.messages_folder.glob("*")) == []


@pytest.mark.whole
def test_a_talk_and_a_promise_are_on_no_page_message_print_or_copy_of_the_family_and_not_at_the_panel(
    desk: Desk, family_id: UUID
) -> None:
    said, what, why = "CanaryOfATalk", "CanaryOfAPromise", "CanaryOfLettingGo"
    _a_promise(desk, family_id, what=what)
    promise_id = _a_promise(desk, family_id, what=what)
    with desk.house.database.writing() as db:
        key_worker, review = db.get_one(StaffMember, desk.key_worker_id), db.get_one(Review, family_id)
        member = db.scalars(select(FamilyMember)).one()
        talks.write_down(
            db, key_worker, review, talks.Told(leaves.today(), How.VISIT, True, [member], said), uuid4().hex
        )
        promises.let_go(db, key_worker, promises.one_of_mine(db, key_worker, promise_id, to_change=True), why)
        whereabouts.note_contact(db, key_worker, member, _in_days(4), shown=True)
        make.a_question(db, member)
        link_id = invitations.invite(db, key_worker, member, member.way).id
        staff = [as_staff(desk.app, one) for one in (make.a_coordinator(db), make.a_chair(db), make.a_panel_member(db))]
    desk.courier_comes()
    sent = [one.read_text("utf-8") for one in desk.house.settings.messages_folder.iterdir()]
    assert sent
    assert not [text for text in sent if _any_in(text, (said, what, why))]
    browser, waiting, seen = as_family(desk.app, desk.house, link_id), ["/en/your-space"], set()
    browser.open("/en/your-space/where").press("Read it now")
    assert "You were last in touch on" in browser.main
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = browser.client.get(path)
        assert not _any_in(everything_in(answer), (said, what, why)), path
        if answer.mimetype == "text/html" and answer.status_code == 200:
            browser.open(path)
            links = [one.get("href") or "" for one in browser.tree.iter("{http://www.w3.org/1999/xhtml}a")]
            waiting += {one for one in links if one.startswith("/en/your-space")} - {*seen, *waiting}
    assert len(seen) > 10
    for path in ("/panel/questions", "/panel/contributions", "/panel/brought", "/panel/concerns", "/panel/meetings"):
        for one in staff:
            assert not _any_in(one.open(path).html, (said, what, why)), path
    assert desk.browser.open(f"/keyworker/families/{family_id}/contacts").main.count(said) == 1


def _any_in(text: str, canaries: Iterable[str]) -> bool:
    return any(canary in text for canary in canaries)
