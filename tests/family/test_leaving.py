"""Leaving and devices: what is open where, in plain words; each end is at once; titles tell nothing."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.house import House
from portal.review import questions
from portal.review.devices import Machine, Program, device_kept, device_of
from portal.review.people import FamilyMember
from portal.review.spaces import Visit
from tests.browser import Browser
from tests.family.conftest import Family

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
)
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 "
    "Edg/130.0.0.0"
)
LEAVING = "/en/your-space/leaving"


def on(family: Family, agent: str) -> Browser:
    """Return a browser of this kind in which she has opened her space."""
    browser = Browser(family.app)
    browser.client.environ_base["HTTP_USER_AGENT"] = agent
    return browser.open(family.link).fill("Your number", family.number).press("Open my space")


@pytest.mark.parametrize(
    ("agent", "machine", "program"),
    [
        (ANDROID, Machine.ANDROID_TELEPHONE, Program.CHROME),
        (WINDOWS, Machine.WINDOWS, Program.EDGE),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1", Machine.IPHONE, Program.SAFARI),  # noqa: E501 - as it is said
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/130.0 Mobile/15E148 Safari/604.1", Machine.IPHONE, Program.CHROME),  # noqa: E501 - as it is said
        ("Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) FxiOS/130.0 Safari/605.1.15", Machine.IPAD, Program.FIREFOX),
        ("Mozilla/5.0 (Linux; Android 9; SM-T290) SamsungBrowser/26.0 Chrome/122.0 Safari/537.36", Machine.ANDROID_TABLET, Program.SAMSUNG),  # noqa: E501 - as it is said
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", Machine.MAC, Program.SAFARI),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/130.0.0.0 Safari/537.36", Machine.CHROMEBOOK, Program.CHROME),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", Machine.LINUX, Program.FIREFOX),
        ("Opera/9.80 (Android; Opera Mini/36.2/191.249; U; en) Presto/2.12 Mobile", Machine.ANDROID_TELEPHONE, Program.OPERA),  # noqa: E501 - as it is said
        ("", Machine.UNKNOWN, Program.UNKNOWN),
        ("x" * 5000 + "<script>", Machine.UNKNOWN, Program.UNKNOWN),
    ],
)  # fmt: skip
def test_a_device_is_known_by_its_kind_and_nothing_finer_is_kept(
    agent: str, machine: Machine, program: Program
) -> None:
    device = device_of(agent)
    assert (device.machine, device.program) == (machine, program)
    assert device_kept(device.key) == device
    assert len(device.key) <= 60
    assert not re.search(r"\d", device.key)


def test_what_was_kept_and_is_not_known_any_more_is_some_device() -> None:
    assert device_kept("a toaster/netscape") == device_kept("") == device_of("")


def test_devices_are_listed_in_plain_words_and_one_is_ended_from_another(mother: Family) -> None:
    telephone, library = on(mother, ANDROID), on(mother, WINDOWS)
    telephone.open(LEAVING)
    assert "Telephone (Android) · Chrome Here, now" in telephone.main
    assert "Computer (Windows) · Edge Somewhere else, last seen on" in telephone.main
    assert telephone.buttons.count("Sign out there (Computer (Windows))") == 1
    telephone.press("Sign out there (Computer (Windows))")
    assert telephone.path == LEAVING
    assert "Windows" not in telephone.main
    assert library.open("/en/your-space").status == 401
    assert telephone.open("/en/your-space").status == 200


def test_nobody_ends_the_visit_of_somebody_else(mother: Family, father: Family) -> None:
    theirs = father.inside()
    browser = mother.inside().open(LEAVING)
    with mother.house.database.reading() as db:
        ids = {visit.family_member_id: visit.id for visit in db.scalars(select(Visit))}
        member = db.scalars(select(FamilyMember.id).order_by(FamilyMember.joined_at)).all()[1]
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', browser.html)[-1]
    answer = browser.client.post(f"{LEAVING}/{ids[member]}", data={"csrf_token": token})
    assert answer.status_code == 404
    assert theirs.open("/en/your-space").status == 200


def test_ending_ones_own_visit_from_the_list_takes_the_cookie_too(mother: Family) -> None:
    browser = mother.inside().open(LEAVING)
    with mother.house.database.reading() as db:
        visit_id = db.scalars(select(Visit.id)).one()
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', browser.html)[-1]
    answer = browser.client.post(f"{LEAVING}/{visit_id}", data={"csrf_token": token})
    assert answer.headers["Location"].endswith("/signed-out")
    assert browser.client.get_cookie("family") is None


def test_without_script_the_way_out_ends_the_visit_and_goes_to_the_neutral_site(mother: Family, house: House) -> None:
    browser = mother.inside()
    assert browser.answer is not None
    assert "form-action 'self' https://www.bbc.co.uk;" in browser.answer.headers["Content-Security-Policy"]
    form = re.search(r'<form method="post" action="(/en/leave-quickly)">.*?</form>', browser.html, re.DOTALL)
    assert form is not None
    assert 'data-leave="https://www.bbc.co.uk/weather"' in form[0]
    token = re.findall(r'name="csrf_token" value="([^"]+)"', form[0])[0]
    answer = browser.client.post(form[1], data={"csrf_token": token, "away": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, house.settings.leave_url)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.client.get_cookie("family") is None
    assert browser.open("/en/your-space").status == 401


def test_nobody_is_led_to_another_site_than_the_neutral_one(mother: Family, house: House) -> None:
    answer = mother.inside().client.post("/en/leave-quickly", data={"away": "https://evil.example/"})
    assert answer.headers["Location"] == house.settings.leave_url


def test_public_pages_and_the_link_page_send_forms_only_here(mother: Family) -> None:
    for path in ("/en/", mother.link, "/en/signed-out", "/en/ask-for-my-link"):
        answer = mother.app.test_client().get(path)
        assert "form-action 'self';" in answer.headers["Content-Security-Policy"]


def _pages_of(browser: Browser, code: str = "en") -> list[str]:
    """Return every page of the space to which its start leads."""
    browser.open(f"/{code}/your-space")
    found = {one.get("href") or "" for one in browser.tree.iter("{http://www.w3.org/1999/xhtml}a")}
    return sorted(url for url in found if url.startswith(f"/{code}/your-space") and "." not in url)


def test_titles_in_a_list_of_visited_pages_tell_nothing(mother: Family) -> None:
    browser = mother.inside()
    pages = _pages_of(browser)
    assert len(pages) > 4
    for path in [*pages, "/en/your-space/words/K7M-4TQ", "/en/your-space/nowhere"]:
        title = browser.open(path).title
        assert title.endswith("Your space")
        assert not re.search("child|death|died|panel|review|question|answer|Amina|Zebedee", title, re.IGNORECASE)
    assert browser.open(LEAVING).title == "Your devices and leaving – Your space"
    assert browser.open("/en/your-space").follow("Ask a question").title == "Your space"


def test_the_titles_are_neutral_in_every_language(app: Flask, house: House) -> None:
    from tests.family.conftest import invited

    for code in ("ur", "pl"):
        browser = invited(app, house, code).inside()
        own = browser.title
        for path in _pages_of(browser, code):
            title = browser.open(path).title
            assert title == own or title.endswith(f" – {own}")


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_form_that_was_open_elsewhere_keeps_its_words_when_all_is_signed_out(
    mother: Family, everywhere: bool
) -> None:
    library = mother.inside().follow("Ask a question").fill("Your question", "Still here?")
    telephone = mother.inside().open(LEAVING)
    telephone.press("Sign out everywhere" if everywhere else "Sign out there (Telephone or computer)")
    library.press(next(words for words in library.buttons if words in ("Look at it and send", "Send my question")))
    assert (library.status, library.value("What you wrote")) == (401, "Still here?")
    with mother.house.database.reading() as db:
        member = db.scalars(select(FamilyMember)).one()
        assert not questions.asked_by(db, member)


def test_a_quiet_page_says_before_the_visit_falls_asleep_and_looking_keeps_it_awake(mother: Family) -> None:
    browser = mother.inside()
    assert 'data-minutes="30" data-stay="/en/your-space"' in browser.html
    with mother.house.database.writing() as db:
        db.scalars(select(Visit)).one().seen_at = clock.now() - timedelta(minutes=29)
    assert browser.client.head("/en/your-space").status_code == 200
    with mother.house.database.reading() as db:
        assert db.scalars(select(Visit)).one().seen_at > clock.now() - timedelta(minutes=1)
