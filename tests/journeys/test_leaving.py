"""Leaving, quickly or calmly: the page is empty, Back shows nothing, and nothing stays in the browser."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, Route

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
    return walker.fill("Your question", WORDS).press("Send my question").reads(WORDS)


def _is_away(walker: Walker) -> None:
    walker.page.wait_for_url(lambda url: not url.startswith(walker.live.base))
    walker.page.get_by_text("Rain later").wait_for()


def test_leaving_quickly_empties_the_page_and_back_does_not_bring_it_back(
    walk: Walk, live: Live, elsewhere: str
) -> None:
    walker = _inside(walk, live, elsewhere)
    walker.page.get_by_role("link", name="Leave this site", exact=True).click()
    _is_away(walker)
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
    walker.page.get_by_role("link", name="Leave this site", exact=True).click()
    until = time.monotonic() + 3
    while walker.page.evaluate("document.documentElement.textContent") and time.monotonic() < until:
        time.sleep(0.05)
    assert walker.page.evaluate("document.documentElement.textContent") == ""
    assert walker.page.title().strip("\u200e") == ""
    assert walker.path() == "/"


def test_leaving_quickly_is_a_plain_link_without_script(walk: Walk, live: Live, elsewhere: str) -> None:
    walker = _inside(walk, live, elsewhere, script=False)
    walker.page.get_by_role("link", name="Leave this site", exact=True).click()
    _is_away(walker)


def test_capitals_typed_in_a_field_never_leave_and_three_shifts_outside_do(
    walk: Walk, live: Live, elsewhere: str
) -> None:
    walker = _inside(walk, live, elsewhere, device=DESK)
    walker.open("/en/your-space/ask")
    field = walker.page.get_by_label("Your question", exact=True)
    field.focus()
    for _ in range(5):
        walker.page.keyboard.press("Shift")
    field.press_sequentially("WHY DID NOBODY RING")
    for letter in "US":
        walker.page.keyboard.press(f"Shift+Key{letter}")
    time.sleep(0.3)
    assert walker.path() == "/en/your-space/ask"
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
    kept = "() => [document.cookie, localStorage.length, sessionStorage.length]"
    assert walker.page.evaluate(kept) == ["", 0, 0]
    assert walker.page.evaluate("async () => (await indexedDB.databases()).length + (await caches.keys()).length") == 0
    cookies = walker.context.cookies()
    assert cookies
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies)


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
    walker.fill("Your question", WORDS).press("Send my question").reads(WORDS)
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
