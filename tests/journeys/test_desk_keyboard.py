"""A key worker's desk with the keyboard alone, with and without script, on a wide screen and at 400 %."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, Walk
from tests.journeys.stops import all_stops, misplaced
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.whole]

PANEL = "leicester-leicestershire-rutland"  # a family of the demonstration is looked after here
SKIP = "Skip to the main text"


def _focused(walker: Walker) -> str:
    found: str = walker.page.evaluate("() => (document.activeElement.innerText || document.activeElement.id).trim()")
    return found


def _tab_to(walker: Walker, words: str, within: int = 120) -> None:
    for _ in range(within):
        walker.page.keyboard.press("Tab")
        if _focused(walker) == words:
            return
    raise AssertionError(f"{words!r} was not reached with the keyboard on {walker.path()}")


def _enter(walker: Walker) -> None:
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")


@pytest.mark.parametrize("device", [DESK, {"viewport": {"width": 320, "height": 256}}], ids=["wide", "at 400 %"])
def test_every_stop_of_the_desk_and_of_a_family_can_be_seen_in_the_order_in_which_it_is_read(
    walk: Walk, device: dict[str, object]
) -> None:
    walker = walk(device=device).sign_in("key worker", PANEL)
    family = walker.open("/keyworker/").page.locator(".families a").first.get_attribute("href") or ""
    for path in ("/keyworker/", family):
        walker.open(path).look("the desk" if path == "/keyworker/" else "a family from the desk")
        stops = all_stops(walker.page)
        assert stops[0].words == SKIP
        assert not misplaced(stops), path
    for closed in walker.page.locator("main details").all():
        closed.locator("summary").press("Enter")
    walker.look("a family, everything open")
    assert not misplaced(all_stops(walker.page))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_family_is_found_and_something_done_for_it_with_the_keyboard_alone(walk: Walk, script: bool) -> None:
    walker = walk(script=script, device=DESK).sign_in("key worker", PANEL).open("/keyworker/")
    families = walker.page.locator(".families > li")
    name = families.first.locator("span bdi").first.inner_text()
    walker.page.keyboard.press("Tab")
    assert _focused(walker) == SKIP
    walker.page.keyboard.press("Enter")
    _tab_to(walker, "words")
    walker.page.keyboard.type("nobody has this name")
    if not script:
        _enter(walker)
    walker.reads("No family here fits these words.").look("nobody found")
    expect(families).to_have_count(0)
    if script:
        walker.page.keyboard.press("ControlOrMeta+a")
        walker.page.keyboard.type(name.upper())
    else:
        walker.fill("Find a family", name.upper())
        walker.page.get_by_label("Find a family").focus()
        _enter(walker)
    expect(walker.page.locator("#fitting")).to_contain_text("Families that fit:")
    expect(families.first).to_contain_text(name)
    walker.look("found")
    assert name not in walker.page.url
    _tab_to(walker, families.first.locator("a").first.inner_text())
    _enter(walker)
    _tab_to(walker, f"What you can do for {name}")
    walker.page.keyboard.press("Enter")
    _tab_to(walker, "Write down what they say")
    _enter(walker)
    walker.reads(name)


def test_the_desk_on_a_telephone(walk: Walk) -> None:
    walk(device=PHONE).sign_in("key worker", PANEL).open("/keyworker/").look("the desk on a telephone")
