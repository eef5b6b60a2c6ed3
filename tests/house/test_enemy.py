"""What an enemy tries: forms of other sites, crowds of guesses, other people's spaces, markup everywhere, our logs."""

import threading
import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import html5lib
import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.access import STAFF, Role
from portal.family.door import way_back
from portal.house import House
from portal.review import answers, brake, codes, contributions, invitations, messages, questions, spaces
from portal.review.brake import A_NETWORK_IN_A_MINUTE, ALL_AT_ONCE, Brake
from portal.review.codes import Numbers
from portal.review.invitations import DEAD_AT, FREE_TRIES, Invitation, Misses
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import Question
from portal.review.spaces import Visit
from tests import make
from tests.browser import Browser, as_family, as_staff

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

EVIL = "</textarea></title>\"'><img src=x onerror=alert(1)><script>alert(1)</script><svg onload=alert(1)>{{7*7}}"


@pytest.fixture
def link(house: House) -> tuple[str, str]:
    """The secret and the number of somebody who was invited."""
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        return make.a_link(db, house, key_worker, make.a_family_member(db, make.a_review(db, key_worker)))


def another(house: House) -> tuple[str, str]:
    """Invite somebody else, of another family."""
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        return make.a_link(db, house, key_worker, make.a_family_member(db, make.a_review(db, key_worker), "Daniel"))


def inside(app: Flask, link: tuple[str, str], browser: Browser | None = None) -> Browser:
    """Open a space with its link and number."""
    browser = (browser or Browser(app)).open(f"/i/{link[0]}")
    return browser.fill("Your number", link[1]).press("Open my space")


def token(browser: Browser) -> str:
    """Return the form token of the page."""
    return browser.html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "https://other.localhost", "Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["write/ask", "write/tell", "leave", "leave-everywhere", "leave-quickly"])
def test_another_site_sends_nothing_in_a_persons_name(
    app: Flask, house: House, link: tuple[str, str], path: str, said: dict[str, str]
) -> None:
    browser = inside(app, link).open("/en/your-space/write/ask")
    address = f"/en/{path}" if path == "leave-quickly" else f"/en/your-space/{path}"
    sent = {"csrf_token": token(browser), "words": "Not mine", "once": "1"}
    answer = browser.client.post(address, data=sent, headers=said)
    assert 400 <= answer.status_code < 500
    assert "Not mine" not in answer.get_data(as_text=True)
    assert browser.open("/en/your-space").status == 200
    with house.database.reading() as db:
        assert not db.scalars(select(Question.id).order_by(Question.id)).all()


def test_our_own_pages_send_what_they_did_before(app: Flask, link: tuple[str, str]) -> None:
    browser = inside(app, link).open("/en/your-space/write/ask")
    sent = {"csrf_token": token(browser), "words": "Mine", "once": "1"}
    said = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert browser.client.post("/en/your-space/write/ask", data=sent, headers=said).status_code == 303


def test_of_many_numbers_at_one_moment_no_more_than_five_are_told_apart(
    app: Flask, house: House, link: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(12)
    fits = Numbers.fits

    def all_at_once(self: Numbers, kept: str | None, number: str) -> bool:
        together.wait(timeout=20)
        return fits(self, kept, number)

    monkeypatch.setattr(Numbers, "fits", all_at_once)
    wrong = str((int(link[1]) + 1) % 10**8).zfill(8)
    browsers = [Browser(app).open(f"/i/{link[0]}").fill("Your number", wrong) for _ in range(12)]
    threads = [threading.Thread(target=browser.press, args=("Open my space",)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    resting = [browser for browser in browsers if "resting" in browser.main]
    assert len(browsers) - len(resting) == FREE_TRIES
    with house.database.reading() as db:
        assert db.scalars(select(Misses.count).order_by(Misses.id)).all() == [FREE_TRIES]


@pytest.mark.whole
def test_a_flood_of_made_up_links_is_braked_and_no_real_one_with_it(
    app: Flask, house: House, link: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str | None] = []
    fits = Numbers.fits

    def look(self: Numbers, kept: str | None, number: str) -> bool:
        looks.append(kept)
        return fits(self, kept, number)

    monkeypatch.setattr(Numbers, "fits", look)
    monkeypatch.setattr(brake, "time", SimpleNamespace(monotonic=lambda: 1000.0))  # all of it in one moment
    house.brake.forget()
    robot = Browser(app)
    for _ in range(60):
        robot.open(f"/i/{codes.new_secret()}").fill("Your number", "1234 5678").press("Open my space")
    assert ALL_AT_ONCE <= len(looks) <= A_NETWORK_IN_A_MINUTE
    assert "resting" in robot.main
    with house.database.reading() as db:
        assert len(db.scalars(select(Misses.id).order_by(Misses.id)).all()) == len(looks)
    assert inside(app, link).path == "/en/your-space"
    monkeypatch.undo()
    house.brake.forget()


def test_the_brake_counts_by_network_and_keeps_no_address() -> None:
    brake = Brake()
    for last in range(200):
        brake.holds(f"203.0.113.{last}")
        brake._left = float(ALL_AT_ONCE)  # as if a second had gone by
    assert brake.holds("203.0.113.250")
    assert brake.holds("::ffff:203.0.113.9")
    assert not brake.holds("203.0.114.1")
    assert not brake.holds("2001:db8:0:100::1")
    assert not brake.holds("not an address")
    assert b"203.0.113" not in repr(vars(brake)).encode()
    brake._began -= 61
    assert not brake.holds("203.0.113.1")


def test_misses_of_links_that_never_were_are_forgotten_and_of_ours_are_not(house: House, link: tuple[str, str]) -> None:
    ours = codes.hash_of_secret(link[0])
    with house.database.writing() as db:
        for one in (ours, "f" * 64):
            for _ in range(DEAD_AT):
                invitations.miss(db, one)
        for misses in db.scalars(select(Misses).order_by(Misses.id)):
            misses.last_at = clock.now() - timedelta(days=2)
    with house.database.writing() as db:
        invitations.forget_misses(db)
    with house.database.reading() as db:
        assert len(db.scalars(select(Misses.id).order_by(Misses.id)).all()) == 1
        assert invitations.wait_for(db, "f" * 64) is None
        assert invitations.wait_for(db, ours) is not None


def test_a_form_begun_in_one_space_is_never_kept_in_another(app: Flask, house: House, link: tuple[str, str]) -> None:
    other = another(house)
    browser = inside(app, link)
    for path, label in (("write/ask", "Your question"), ("write/tell", "Your words")):
        inside(app, link, browser).open(f"/en/your-space/{path}").fill(label, "For nobody else in this house")
        old_page, typed = browser.tree, dict(browser.typed)
        inside(app, other, browser)
        browser.tree, browser.typed, browser.path = old_page, typed, f"/en/your-space/{path}"
        browser.press("Look at it and send")
        assert browser.status == 401
        assert browser.value("What you wrote") == "For nobody else in this house"
        with house.database.reading() as db:
            assert not db.scalars(select(Question.id).order_by(Question.id)).all()
        browser.fill("Your number", link[1]).press("Keep it and open my space")
        assert browser.path.startswith(f"/en/your-space/{path}/check/")


def test_opening_a_space_ends_what_this_browser_had_open(app: Flask, house: House, link: tuple[str, str]) -> None:
    browser = inside(app, link)
    before = browser.client.get_cookie("family")
    inside(app, another(house), browser)
    assert before is not None
    browser.client.set_cookie("family", before.value)
    assert browser.open("/en/your-space").status == 401


def test_words_come_back_when_the_form_token_of_the_way_back_no_longer_fits(
    app: Flask, house: House, link: tuple[str, str]
) -> None:
    inside(app, link)
    with house.database.reading() as db, app.test_request_context():
        mark = way_back(db.scalars(select(Invitation.id).order_by(Invitation.id)).one())
    sent = {"words": "Long\nthoughts", "number": link[1], "way_back": mark, "place": "ask", "once": "1"}
    browser = Browser(app)
    browser._arrive("/en/come-back", browser.client.post("/en/come-back", data=sent))
    assert browser.status == 422
    assert link[1] not in browser.html
    assert browser.value("What you wrote") == "Long\nthoughts"
    browser.press("Send it").fill("Your number", link[1]).press("Keep it and open my space")
    assert browser.path.startswith("/en/your-space/write/ask/check/")


@pytest.mark.parametrize("once", ["x" * 5000, "n\x00ul", "\ud800"])
def test_an_odd_mark_of_a_form_is_taken_and_counts_once(app: Flask, link: tuple[str, str], once: str) -> None:
    browser = inside(app, link).open("/en/your-space/write/ask")
    sent = {"csrf_token": token(browser), "words": "Why?", "once": once.encode("utf-8", "replace")}
    where = {browser.client.post("/en/your-space/write/ask", data=sent).headers["Location"] for _ in range(2)}
    assert len(where) == 1


@pytest.mark.parametrize("reference", ["%00", "K7M-4TQ%00", "%ff", "%ed%a0%80", "x" * 5000])
def test_an_odd_reference_is_not_there(app: Flask, link: tuple[str, str], reference: str) -> None:
    assert inside(app, link).open(f"/en/your-space/words/{reference}").status == 404


def test_what_goes_wrong_is_logged_without_link_number_or_words(
    app: Flask, link: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def stumble(*_: object) -> None:
        raise RuntimeError("with a name in it")

    browser = Browser(app).open(f"/i/{link[0]}").fill("Your number", link[1])
    monkeypatch.setattr(spaces, "enter", stumble)
    assert browser.press("Open my space").status == 500
    said = "".join(capfd.readouterr())
    assert "a page went wrong" in said
    assert "RuntimeError" in said
    assert not [one for one in (link[0], link[1], "with a name in it") if one in said]


def test_an_exception_of_the_database_names_no_values(house: House) -> None:
    assert house.database.engine.hide_parameters


@pytest.mark.whole
def test_markup_in_every_field_is_only_text_for_everybody(app: Flask, house: House) -> None:
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        key_worker.name = EVIL
        coordinator, chair = make.a_coordinator(db), make.a_chair(db)
        coordinator.name = EVIL
        review = make.a_review(db, key_worker, EVIL)
        member = make.a_family_member(db, review, EVIL, language="ur", address=EVIL)
        member.care = EVIL
        make.a_link(db, house, key_worker, member)
        asked = [make.a_question(db, member, f"{EVIL} {number}") for number in range(4)]
        told = contributions.tell(db, member, EVIL, uuid4().hex)
        for number, question in enumerate(asked[1:]):
            questions.take_up(db, coordinator, question)
            answer = answers.draft(db, coordinator, question, answers.Outcome.PARTLY, EVIL, EVIL, f"A {EVIL}")
            if number:
                answers.check(db, chair, question, answer)
            if number > 1:
                answers.release(db, key_worker, question, answer, answers.ToldHow.IN_PERSON, clock.now().date())
                answers.choose(db, member, question, answer, answers.Hearing.NOW)
            else:
                answer.remark = EVIL
        message = messages.queue_for_family(db, messages.Kind.NEWS, member, member.way, key_worker)
        message.text, message.subject, message.state = EVIL, EVIL, messages.Travel.TO_PRINT
        invitation_id = db.scalars(select(Invitation.id).order_by(Invitation.id)).one()
        everybody = [as_staff(app, make.a_staff_member(db, *(STAFF - {Role.KEY_WORKER}), name=EVIL))]
        everybody += [as_staff(app, key_worker)]
        known: dict[str, list[Any]] = {
            "question_id": [one.id for one in asked],
            "review_id": [review.id],
            "member_id": [member.id],
            "contribution_id": [told.id],
            "message_id": [message.id],
            "invitation_id": [invitation_id],
            "person_id": list(db.scalars(select(StaffMember.id).order_by(StaffMember.id))),
            "reference": [*(one.reference for one in asked), told.reference],
            "code": ["en", "ur"],
            "lang": ["ur"],
            "secret": ["abc"],
        }
    everybody.append(as_family(app, house, invitation_id))
    shown = set()
    for path in _paths(app, known):
        for browser in everybody:
            page = browser.client.get(path)
            assert page.status_code < 500, path
            if page.mimetype != "text/html":
                continue  # a copy to take away
            html = page.get_data(as_text=True)
            _nothing_runs(path, html)
            if "onerror" in html:
                shown.add(path)
    assert len(shown) > 15, shown


def _paths(app: Flask, known: dict[str, list[Any]]) -> list[str]:
    adapter, found = app.url_map.bind("localhost"), []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= known.keys() and rule.endpoint != "security.logout":
            name = next(iter(rule.arguments - {"lang"}), "lang")
            for value in known[name]:
                given = {one: value if one == name else known[one][0] for one in rule.arguments}
                found.append(adapter.build(rule.endpoint, given))
    return sorted(set(found))


def _nothing_runs(path: str, html: str) -> None:
    for one in html5lib.parse(html, namespaceHTMLElements=False).iter():
        handlers = [name for name in one.attrib if str(name).lower().startswith("on")]
        assert not handlers, f"{path}: {one.tag} has {handlers}"
        assert one.attrib.get("src") != "x", path
        assert one.tag != "script" or not "".join(one.itertext()).startswith("alert"), path
        assert not str(one.attrib.get("href", "")).startswith("javascript:"), path
    assert "49" not in html.partition("onload=alert(1)&gt;")[2][:3], f"{path}: a template inside the words was run"


def test_nothing_of_the_demonstration_answers_outside_it(app: Flask, house: House, client: Any) -> None:
    outside = house.settings.model_copy(update={"demo": False})
    app.extensions["house"] = House(outside, house.vault, house.database, house.numbers, house.panels, house.library)
    try:
        assert client.get("/demo/messages").status_code == 404
    finally:
        app.extensions["house"] = house


def test_a_mark_of_the_way_back_opens_nothing_after_the_link_has_ended(
    app: Flask, house: House, link: tuple[str, str]
) -> None:
    browser = inside(app, link).open("/en/your-space/write/ask").fill("Your question", "Too late?")
    with house.database.writing() as db:
        for invitation in db.scalars(select(Invitation).order_by(Invitation.id)):
            invitations.end(db, db.get_one(StaffMember, invitation.invited_by), invitation)
    browser.press("Look at it and send")
    assert (browser.status, browser.value("What you wrote")) == (401, "Too late?")
    browser.fill("Your number", link[1]).press("Keep it and open my space")
    assert browser.status == 422
    with house.database.reading() as db:
        assert not db.scalars(select(Question.id).order_by(Question.id)).all()
        assert len(db.scalars(select(Visit.id).order_by(Visit.id)).all()) == 1
        assert db.scalars(select(FamilyMember.id).order_by(FamilyMember.id)).all()


@pytest.mark.parametrize("field", ["email", "password"])
@pytest.mark.parametrize("path", ["/staff/login", "/staff/reset"])
def test_a_monstrous_sign_in_is_turned_away_before_anybody_looks_at_it(app: Flask, path: str, field: str) -> None:
    browser = Browser(app).open(path)
    sent = {"csrf_token": token(browser), "email": "a@example.org", "password": "a long password"}
    began = time.monotonic()
    answer = browser.client.post(path, data={**sent, field: "a" + "\u0315\u0300" * 70_000})
    assert answer.status_code == 413
    assert time.monotonic() - began < 2


def test_a_monstrous_number_costs_no_more_than_a_short_one() -> None:
    began = time.monotonic()
    for _ in range(100):
        assert codes.digits("x" * 900_000 + "1") == ""
    assert time.monotonic() - began < 1


def test_a_text_that_is_too_long_is_not_looked_at_any_further(app: Flask, house: House) -> None:
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        review_id = make.a_review(db, key_worker).id
        browser = as_staff(app, key_worker)
    path = f"/keyworker/families/{review_id}/invite"
    browser.open(path)
    long = "a" + "\u0315\u0300" * 70_000 + "@example.org"
    sent = {"csrf_token": token(browser), "once": "1", "way": "email", "address": long}
    began = time.monotonic()
    assert browser.client.post(path, data=sent).status_code == 422
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("way_out", ["your-space/leave", "your-space/leave-everywhere", "leave-quickly"])
def test_whoever_leaves_leaves_no_cookie_behind(app: Flask, link: tuple[str, str], way_out: str) -> None:
    browser = inside(app, link).open("/en/your-space")
    browser.client.post(f"/en/{way_out}", data={"csrf_token": token(browser)})
    assert browser.client.get_cookie("family") is None
    assert browser.client.get_cookie("session") is None


def test_a_family_that_leaves_signs_nobody_of_the_staff_out(app: Flask, house: House, link: tuple[str, str]) -> None:
    with house.database.writing() as db:
        browser = as_staff(app, make.a_key_worker(db))
    inside(app, link, browser)
    browser.client.post("/en/leave-quickly")
    assert browser.open("/keyworker/").status == 200


def test_nobody_types_the_marks_with_which_this_house_works(app: Flask, link: tuple[str, str]) -> None:
    browser = inside(app, link).open("/en/your-space/write/ask")
    browser.fill("Your question", "\ue001\ue000Why\ue002?").press("Look at it and send")
    browser.press("Send my question")
    assert "Why?" in browser.main
    assert not set(browser.html) & {"\ue000", "\ue001", "\ue002"}
