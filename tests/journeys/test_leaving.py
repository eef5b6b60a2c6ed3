"""Leaving, quickly or calmly: the page is empty, Back shows nothing, and nothing stays in the browser."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, Error, Route, expect

from tests.journeys.conftest import DESK, PHONE, Walk
from tests.journeys.live import Live
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser

WORDS = "Marmalade lighthouse question"


@pytest.fixture
def elsewhere() -> str:
    """What stands in for the other site, so that no test asks a real one."""
    return "<!doctype html><title>Weather</title><p>Rain later</p>"


def _inside(walk: Walk, live: Live, elsewhere: str, script: bool = True, device: dict[str, object] = PHONE) -> Walker:
    """Sign somebody of the demonstration in, and let them write words that can be looked for."""
    person = live.family("en")
    walker = walk("en", script=script, device=device)

    def away(route: Route) -> None:
        route.fulfill(body=elsewhere, content_type="text/html")

    walker.context.route(lambda url: not url.startswith(live.base), away)
    walker.enter(person["link"], person["number"]).follow("Ask a question")
    return walker.fill("Your question", WORDS).press("Look at it and send").press("Send my question").reads(WORDS)


def _leave(walker: Walker) -> None:
    walker.page.get_by_role("button", name="Leave this site", exact=True).click()


def _go_back(walker: Walker) -> None:
    """Press Back; while the page of a site that is not found takes its place the browser has none to ask."""
    for _ in range(50):
        try:
            walker.page.go_back()
            return
        except Error as problem:
            if "Not attached to an active page" not in str(problem):
                raise
            walker.page.wait_for_timeout(100)
    raise AssertionError("The browser has no page.")


def _is_away(walker: Walker) -> None:
    walker.page.wait_for_url(lambda url: not url.startswith(walker.live.base))
    walker.page.get_by_text("Rain later").wait_for()


def _has_ended(walker: Walker) -> None:
    """Wait until the portal has heard that somebody left: what says so travels while the other site comes."""
    for _ in range(100):
        if walker.context.request.get(f"{walker.live.base}/en/your-space/words").status == 401:
            return
        walker.page.wait_for_timeout(100)
    raise AssertionError("The visit goes on.")


def test_leaving_quickly_empties_the_page_and_back_does_not_bring_it_back(
    walk: Walk, live: Live, elsewhere: str
) -> None:
    walker = _inside(walk, live, elsewhere)
    _leave(walker)
    _is_away(walker)
    _has_ended(walker)
    for _ in range(4):
        walker.page.go_back()
        walker.does_not_read(WORDS)
        assert "/kept/" not in walker.page.url
    walker.open("/en/your-space/words").does_not_read(WORDS)
    assert walker.status == 401


def test_the_page_is_empty_before_the_next_one_has_come(walk: Walk, live: Live, elsewhere: str) -> None:
    walker = _inside(walk, live, elsewhere)
    walker.context.unroute_all()
    # A site that has nothing to show leaves the browser where it was.
    walker.context.route(lambda url: not url.startswith(live.base), lambda route: route.fulfill(status=204))
    _leave(walker)
    until = time.monotonic() + 3
    while walker.page.evaluate("document.documentElement.textContent") and time.monotonic() < until:
        time.sleep(0.05)
    assert walker.page.evaluate("document.documentElement.textContent") == ""
    assert walker.page.title().strip("\u200e") == ""
    assert walker.path() == "/"


def test_leaving_quickly_works_without_script_and_ends_the_visit_on_the_way(
    walk: Walk, live: Live, elsewhere: str
) -> None:
    walker = _inside(walk, live, elsewhere, script=False)
    # Where an answer leads on to, nobody can stand in for: the other site is not found (tests/journeys/conftest.py).
    with walker.page.expect_event("requestfailed", lambda one: not one.url.startswith(live.base)):
        _leave(walker)
    assert not [cookie for cookie in walker.context.cookies() if cookie["name"] == "family"]
    for _ in range(4):
        _go_back(walker)
        walker.does_not_read(WORDS)
        walker.does_not_read("There is something from the panel")
    walker.open("/en/your-space/words").does_not_read(WORDS)
    assert walker.status == 401


def test_capitals_typed_in_a_field_never_leave_and_three_shifts_outside_do(
    walk: Walk, live: Live, elsewhere: str
) -> None:
    walker = _inside(walk, live, elsewhere, device=DESK)
    walker.open("/en/your-space/write/ask")
    field = walker.page.get_by_label("Your question", exact=True)
    field.focus()
    for _ in range(5):
        walker.page.keyboard.press("Shift")
    field.press_sequentially("WHY DID NOBODY RING")
    for letter in "US":
        walker.page.keyboard.press(f"Shift+Key{letter}")
    time.sleep(0.3)
    assert walker.path() == "/en/your-space/write/ask"
    assert field.input_value() == "WHY DID NOBODY RINGUS"
    walker.page.get_by_role("heading", level=1).click()
    for _ in range(3):
        walker.page.keyboard.press("Shift")
    _is_away(walker)


def test_on_a_telephone_no_key_leaves(walk: Walk, live: Live, elsewhere: str) -> None:
    walker = _inside(walk, live, elsewhere, device=PHONE)
    walker.page.get_by_role("heading", level=1).click()
    for _ in range(6):
        walker.page.keyboard.press("Shift")
    time.sleep(0.3)
    walker.reads(WORDS)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_back_after_signing_out_shows_nothing(walk: Walk, live: Live, elsewhere: str, script: bool) -> None:
    walker = _inside(walk, live, elsewhere, script=script)
    walker.press("Sign out").reads("Nothing of your space is kept")
    for _ in range(4):
        walker.page.go_back()
        walker.does_not_read(WORDS)
        walker.does_not_read("There is something from the panel")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_back_at_the_link_page_finds_no_number_in_its_field(
    walk: Walk, live: Live, elsewhere: str, script: bool
) -> None:
    walker = _inside(walk, live, elsewhere, script=script)
    walker.press("Sign out")
    for _ in range(6):
        if "/i/" in walker.page.url:
            break
        walker.page.go_back()
    field = walker.page.get_by_label("Your number", exact=True)
    assert "/i/" in walker.page.url
    assert field.input_value() == ""
    walker.press("Open my space").reads("Please put in the number")


def test_nothing_private_is_where_a_script_could_read_it(walk: Walk, live: Live, elsewhere: str) -> None:
    walker = _inside(walk, live, elsewhere)
    walker.open("/en/your-space/write/ask")
    # A press overtakes a save on its way: the words may stay on the device, locked, until they are brought home.
    walker.context.route("**/keep", lambda route: None, times=1)
    walker.fill("Your question", f"{WORDS} once more")
    with walker.page.expect_request("**/keep"):
        walker.page.get_by_label("Your question", exact=True).blur()
    walker.press("Look at it and send").reads(WORDS)
    assert WORDS not in walker.page.evaluate("() => JSON.stringify({...localStorage})")
    walker.open("/en/your-space")
    walker.page.wait_for_function("() => localStorage.length === 0")
    assert walker.page.evaluate("() => [document.cookie, sessionStorage.length]") == ["", 0]
    assert walker.page.evaluate("async () => (await indexedDB.databases()).length + (await caches.keys()).length") == 0
    cookies = walker.context.cookies()
    assert cookies
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies)


@pytest.mark.parametrize("how", ["sign out", "everywhere", "leave", "from another device"])
def test_whatever_the_browser_kept_whole_or_opens_again_shows_nothing(
    walk: Walk, live: Live, elsewhere: str, how: str
) -> None:
    walker = _inside(walk, live, elsewhere, device=DESK)
    kept = walker.page.url
    walker.follow("What you wrote")
    if how == "sign out":
        walker.press("Sign out").reads("Nothing of your space is kept")
    elif how == "everywhere":
        walker.follow("Your devices and leaving").press("Sign out everywhere").reads("Nothing of your space is kept")
    elif how == "leave":
        _leave(walker)
        _is_away(walker)
        _has_ended(walker)
    else:  # ended from another device, of which this browser knows nothing
        person = live.family("en")
        other = walk("en").enter(person["link"], person["number"])
        other.follow("Your devices and leaving").press("Sign out everywhere")
        walker.open("/en/")
    # What a browser does on Back and Forward, on going back several pages at once, and when it restores its windows.
    for step in (-1, -2, -3, 1, -1):
        walker.page.evaluate("step => { setTimeout(() => history.go(step), 0); }", step)
        walker.page.wait_for_timeout(500)
        walker.does_not_read(WORDS)
    restored = walker.context.new_page()
    answer = restored.goto(kept)
    assert answer is not None
    assert answer.status == 401
    assert WORDS not in restored.content()


def test_five_minutes_before_a_visit_falls_asleep_the_page_says_so_and_a_key_goes_on(
    walk: Walk, live: Live, elsewhere: str
) -> None:
    walker = _inside(walk, live, elsewhere, device=DESK)
    walker.page.clock.install()
    walker.open("/en/your-space")
    note = walker.page.locator(".rests")
    assert note.inner_text() == ""
    assert note.get_attribute("role") == "status"
    walker.page.clock.run_for("24:59")
    assert note.inner_text() == ""
    walker.page.clock.run_for("00:02")
    expect(note).to_contain_text("Your space will rest in five minutes. What you wrote is kept.")
    expect(note).to_be_in_viewport()
    with walker.page.expect_response(lambda answer: answer.request.method == "HEAD") as asked:
        walker.page.keyboard.press("ArrowDown")
    assert asked.value.status == 200
    expect(note).to_have_text("")
    walker.page.clock.run_for("25:01")
    expect(note).to_contain_text("five minutes")
    walker.page.clock.run_for("05:00")
    expect(note).to_have_text("")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A folder in which a browser keeps everything, as at home."""
    return tmp_path / "profile"


def test_the_browsers_own_folder_keeps_no_words(
    browser_type: BrowserType, browser_type_launch_args: dict[str, object], live: Live, profile: Path
) -> None:
    person = live.family("en")
    context = browser_type.launch_persistent_context(profile, base_url=live.base, **browser_type_launch_args)  # type: ignore[arg-type]  # as given
    walker = Walker(context, live)
    walker.enter(person["link"], person["number"]).follow("Ask a question")
    walker.fill("Your question", WORDS).press("Look at it and send").press("Send my question").reads(WORDS)
    walker.follow("What you wrote").follow("Your devices and leaving")
    context.close()  # without signing out, as people do
    files = [path for path in profile.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        # What was typed into a large field also lies in the file from which a browser opens its windows again, so that
        # nobody loses half a letter when a telephone's battery is empty. The number never does.
        words = () if path.parent.name == "Sessions" else (WORDS,)
        for word in (person["number"], person["number"].replace(" ", ""), *words):
            assert word.encode() not in content, path
            assert word.encode("utf-16-le") not in content, path
        if "Cache" in str(path.relative_to(profile)):
            assert b"your-space" not in content, path
            assert b"/i/" + person["link"].rpartition("/")[2].encode() not in content, path
