"""Signing in: two proofs, no hints to anybody who guesses, and a way back in for whoever lost one."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.access import Role
from portal.house import House
from portal.review.history import Entry
from portal.review.people import staff_member
from portal.signin.staff import IN_USE
from tests.browser import Browser
from tests.make import a_staff_member
from tests.signin.people import PASSWORD, code_of, give_password, mails_to, now_of, sign_in, somebody

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

TODAY = "2026-11-24T10:00:00Z"


def test_password_and_code_lead_to_the_desk(app: Flask, house: House) -> None:
    browser = Browser(app)
    who = somebody(app, Role.ADMINISTRATOR)
    give_password(browser, who.email)
    assert browser.heading == "Write the code from your phone"
    browser.fill("Code from your authenticator app", who.code()).press("Continue")
    assert browser.path == "/panel/staff"
    with house.database.reading() as db:
        assert "signed in" in db.scalars(select(Entry.verb).where(Entry.actor_id == who.person.id)).all()


def test_the_password_alone_opens_nothing(app: Flask) -> None:
    browser = Browser(app)
    who = somebody(app, Role.ADMINISTRATOR)
    give_password(browser, who.email)
    assert browser.open("/panel/staff").heading == "Sign in to the staff pages"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(app: Flask, house: House) -> None:
    who = somebody(app)
    with house.database.writing() as db:
        invited = a_staff_member(db, Role.CHAIR).email_open
    answers = []
    for email in (who.email, "nobody@example.org", invited):
        browser = give_password(Browser(app), email, "not the right words at all")
        assert browser.status == 422
        html = browser.html.replace(email, "ADDRESS")
        answers.append(re.sub(r'name="csrf_token" value="[^"]+"', "", html))
    assert answers[0] == answers[1] == answers[2]
    assert "do not fit together" in answers[0]


def test_somebody_who_was_switched_off_gets_the_same_answer_as_a_stranger(app: Flask, house: House) -> None:
    who = somebody(app)
    with house.database.writing() as db:
        db.merge(now_of(house, who)).active = False
    assert "do not fit together" in give_password(Browser(app), who.email).main


def test_after_five_wrong_passwords_the_sign_in_rests_and_then_works_again(app: Flask, house: House) -> None:
    who = somebody(app)
    with time_machine.travel(TODAY, tick=False) as journey:
        for _ in range(5):
            give_password(Browser(app), who.email, "not the right words at all")
        refused = give_password(Browser(app), who.email)
        assert refused.heading == "Sign in to the staff pages"
        assert "do not fit together" in refused.main
        journey.shift(61)
        assert give_password(Browser(app), who.email).heading == "Write the code from your phone"


def test_the_rest_grows_to_a_quarter_of_an_hour_and_no_further(app: Flask, house: House) -> None:
    who = somebody(app)
    with time_machine.travel(TODAY, tick=False) as journey:
        for _ in range(30):
            give_password(Browser(app), who.email, "not the right words at all")
            journey.shift(15 * 60 + 1)
        assert now_of(house, who).misses == 30
        give_password(Browser(app), who.email, "not the right words at all")
        journey.shift(15 * 60 + 1)
        assert sign_in(Browser(app), who).path != "/staff/login"
        assert now_of(house, who).misses == 0


def test_wrong_codes_are_charged_too_and_the_right_one_rests_with_them(app: Flask, house: House) -> None:
    who = somebody(app)
    browser = Browser(app)
    with time_machine.travel(TODAY, tick=False) as journey:
        give_password(browser, who.email)
        for _ in range(5):
            wrong = f"{(int(who.code()) + 1) % 1_000_000:06}"
            browser.fill("Code from your authenticator app", wrong).press("Continue")
            assert browser.status == 422
        browser.fill("Code from your authenticator app", who.code()).press("Continue")
        assert "This code does not fit." in browser.main
        journey.shift(61)
        browser.fill("Code from your authenticator app", who.code()).press("Continue")
        assert "does not fit" not in browser.main


def test_a_code_opens_once(app: Flask) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    with time_machine.travel(TODAY, tick=False) as journey:
        assert sign_in(Browser(app), who).path == "/panel/staff"
        again = sign_in(Browser(app), who)
        assert "Each code works once" in again.main
        assert again.path != "/panel/staff"
        journey.shift(31)
        assert sign_in(Browser(app), who).path == "/panel/staff"


def test_spaces_in_a_code_are_forgiven(app: Flask) -> None:
    browser = Browser(app)
    who = somebody(app, Role.ADMINISTRATOR)
    give_password(browser, who.email)
    code = who.code()
    browser.fill("Code from your authenticator app", f" {code[:3]} {code[3:]} ").press("Continue")
    assert browser.path == "/panel/staff"


def test_a_recovery_code_opens_once_and_is_kept_sealed(app: Flask, house: House) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    kept = now_of(house, who).mf_recovery_codes or []
    assert len(kept) == 8
    assert not set(kept) & set(who.codes)
    for expected in ("/panel/staff", "/staff/mf-recovery"):
        browser = give_password(Browser(app), who.email)
        browser.follow("Use a recovery code instead").fill("Recovery code", who.codes[0].upper()).press("Continue")
        assert browser.path.partition("?")[0] == expected
    assert len(now_of(house, who).mf_recovery_codes or []) == 7


def test_wrong_recovery_codes_are_charged(app: Flask, house: House) -> None:
    who = somebody(app)
    browser = give_password(Browser(app), who.email).follow("Use a recovery code instead")
    for _ in range(5):
        browser.fill("Recovery code", "0000-0000-0000").press("Continue")
    browser.fill("Recovery code", who.codes[0]).press("Continue")
    assert "does not fit" in browser.main
    assert len(now_of(house, who).mf_recovery_codes or []) == 8


def test_secrets_are_not_kept_in_clear(app: Flask, house: House) -> None:
    who = somebody(app)
    person = now_of(house, who)
    assert (person.password or "").startswith("$argon2id$")
    assert who.secret not in (person.tf_totp_secret or "")
    assert len(person.tf_totp_secret or "") <= 255


def test_a_link_for_a_new_password_goes_through_the_outbox_with_the_address_from_the_settings(
    app: Flask, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", None)  # a foreign host is refused; here even one that came through
    who = somebody(app)
    old = Browser(app)
    sign_in(old, who)
    browser = Browser(app).open("/staff/reset")
    cookie = browser.client.get_cookie("session")
    assert cookie
    forged = {"Host": "evil.example", "Cookie": f"session={cookie.value}"}
    data = {"email": who.email, "csrf_token": _token(browser)}
    assert app.test_client(use_cookies=False).post("/staff/reset", data=data, headers=forged).status_code == 200
    (text,) = mails_to(house, who.person)
    assert "evil.example" not in text
    link = re.search(r"^http://localhost(/staff/reset/\S+)$", text, re.M)
    assert link
    browser.open(link[1]).fill("New password", "orchard").fill("New password once more", "orchard")
    assert "at least 12 characters" in browser.press("Keep this password").main
    new = "harbour thimble walnut cloud"
    browser.fill("New password", new).fill("New password once more", new).press("Keep this password")
    assert browser.heading == "Sign in to the staff pages"
    assert "Your new password is kept." in browser.main
    assert old.open("/staff/you").heading == "Sign in to the staff pages"
    assert give_password(Browser(app), who.email, new).heading == "Write the code from your phone"
    assert "Here you can have a new one sent" in Browser(app).open(link[1]).main
    assert "has just been changed" in mails_to(house, who.person)[-1]


def test_asking_for_a_new_password_says_the_same_to_everybody(app: Flask, house: House) -> None:
    who = somebody(app)
    answers = []
    for email in (who.email, "nobody@example.org"):
        browser = Browser(app).open("/staff/reset").fill("E-mail address", email).press("Send me a link")
        answers.append(re.sub(r'name="csrf_token" value="[^"]+"', "", browser.html.replace(email, "ADDRESS")))
    assert answers[0] == answers[1]
    for _ in range(9):
        Browser(app).open("/staff/reset").fill("E-mail address", who.email).press("Send me a link")
    assert len(mails_to(house, who.person)) == 4


def test_an_old_link_leads_to_a_new_one(app: Flask, house: House) -> None:
    who = somebody(app)
    with time_machine.travel(TODAY, tick=False) as journey:
        Browser(app).open("/staff/reset").fill("E-mail address", who.email).press("Send me a link")
        path = re.search(r"/staff/reset/\S+", mails_to(house, who.person)[0])
        assert path
        journey.shift(60 * 60 * 25)
        browser = Browser(app).open(path[0])
        assert browser.heading == "Choose a new password"
        assert "older than a day" in browser.main


def test_a_first_sign_in_goes_from_the_invitation_to_the_recovery_codes(app: Flask, house: House) -> None:
    with time_machine.travel(TODAY, tick=False) as journey:
        admin = somebody(app, Role.ADMINISTRATOR)
        inviting = sign_in(Browser(app), admin).follow("Give somebody access")
        inviting.fill("Name", "Nour Sample").fill("E-mail address", "nour@example.org")
        inviting.choose("Editor: looks after the library").press("Give access and send the invitation")
        assert inviting.heading == "Nour Sample"
        with house.database.reading() as db:
            nour = staff_member(db, "NOUR@example.org")
            assert nour is not None
            db.expunge(nour)
        path = re.search(r"/staff/reset/\S+", mails_to(house, nour)[0])
        assert path
        browser = Browser(app).open(path[0])
        browser.fill("New password", PASSWORD).fill("New password once more", PASSWORD).press("Keep this password")
        give_password(browser, "nour@example.org")
        assert browser.heading == "Set up codes from your phone"
        assert browser.open("/panel/library").heading == "Sign in to the staff pages"
        give_password(browser, "nour@example.org").press("Show me the picture to scan")
        assert 'src="data:image/svg+xml' in browser.html
        key = re.search(r'<bdi class="nb" dir="ltr">([A-Z2-7-]+)</bdi>', browser.html)
        assert key
        secret = key[1].replace("-", "")
        browser.fill("Code from the app", "000000").press("Continue")
        assert "Start again with a new picture to scan" in browser.links
        browser.fill("Code from your authenticator app", code_of(secret)).press("Continue")
        assert browser.heading == "Recovery codes"
        browser.press("Show me new recovery codes")
        assert browser.heading == "Keep these recovery codes"
        browser.follow("I have kept them")
        assert browser.path == "/panel/library"
        journey.shift(31)
        again = give_password(Browser(app), "nour@example.org")
        again.fill("Code from your authenticator app", code_of(secret)).press("Continue")
        assert again.path == "/panel/library"


def test_a_new_phone_takes_the_place_of_the_old_one(app: Flask) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    with time_machine.travel(TODAY, tick=False) as journey:
        browser = sign_in(Browser(app), who).open("/staff/you").follow("Set up a new phone")
        browser.press("Show me the picture to scan")
        key = re.search(r'<bdi class="nb" dir="ltr">([A-Z2-7-]+)</bdi>', browser.html)
        assert key
        journey.shift(31)
        secret = key[1].replace("-", "")
        browser.fill("Code from the app", code_of(secret)).press("Continue")
        assert "Codes now come from the new authenticator app." in browser.main
        journey.shift(31)
        give_password(browser := Browser(app), who.email)
        browser.fill("Code from your authenticator app", who.code()).press("Continue")
        assert "does not fit" in browser.main
        browser.fill("Code from your authenticator app", code_of(secret)).press("Continue")
        assert browser.path == "/panel/staff"


@pytest.mark.parametrize(
    "address", ["//evil.example/", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "/\t/evil.example"]
)
def test_the_sign_in_leads_to_no_other_site(app: Flask, address: str) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    browser = Browser(app)
    query = {"next": address}
    for data in ({"email": who.email, "password": PASSWORD, "next": address}, {"code": who.code(), "next": address}):
        path = "/staff/login" if "email" in data else "/staff/tf-validate"
        assert "evil" not in browser.client.get(path, query_string=query).headers.get("Location", "")
        browser.open(path)
        data["csrf_token"] = _token(browser)
        assert "evil" not in browser.client.post(path, query_string=query, data=data).headers["Location"]
        assert "evil" not in browser.client.post(path, data=data).headers["Location"]
        browser.client.post(path, data={**data, "next": ""})
    assert browser.open("/staff/").path == "/panel/staff"


def test_after_signing_in_a_person_is_where_they_wanted_to_be(app: Flask) -> None:
    browser = Browser(app)
    who = somebody(app, Role.ADMINISTRATOR)
    browser.open("/panel/staff/add?from=mail")
    assert browser.heading == "Sign in to the staff pages"
    browser.fill("E-mail address", who.email).fill("Password", PASSWORD).press("Continue")
    browser.fill("Code from your authenticator app", who.code()).press("Continue")
    assert browser.path == "/panel/staff/add?from=mail"


def test_nothing_else_of_the_extension_answers(app: Flask) -> None:
    browser = Browser(app)
    theirs = {str(rule) for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")}
    ours = {str(rule) for rule in app.url_map.iter_rules() if rule.endpoint.removeprefix("security.") in IN_USE}
    assert theirs - ours
    for path in (*(theirs - ours), "/staff/register", "/staff/confirm", "/staff/us-signin", "/staff/change"):
        for method in ("GET", "POST"):
            assert browser.client.open(re.sub(r"<.*>", "x", path), method=method).status_code in (404, 405, 422), path


def test_a_public_page_asks_for_no_cookie_and_no_account(app: Flask) -> None:
    browser = Browser(app)
    answer = browser.client.get("/en/")
    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Set-Cookie" not in answer.headers


def _token(browser: Browser) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.html)
    assert found
    return found[1]


def test_one_code_sent_many_times_at_once_opens_once(app: Flask) -> None:
    who = somebody(app, Role.ADMINISTRATOR)
    waiting = [give_password(Browser(app), who.email) for _ in range(8)]
    code = who.code()
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda one: _post(one, "/staff/tf-validate", code=code), waiting))
    assert sorted(answers) == [302, *[422] * 7]


def test_many_wrong_passwords_at_once_count_as_five_and_rest(app: Flask, house: House) -> None:
    who = somebody(app)
    waiting = [Browser(app).open("/staff/login") for _ in range(8)]
    with ThreadPoolExecutor(8) as crowd:
        wrong = {"email": who.email, "password": "not the right words at all"}
        assert set(crowd.map(lambda one: _post(one, "/staff/login", **wrong), waiting)) == {422}
    person = now_of(house, who)
    assert person.misses == 5
    assert person.wait_until is not None


def _post(browser: Browser, path: str, **data: str) -> int:
    return browser.client.post(path, data={**data, "csrf_token": _token(browser)}).status_code
