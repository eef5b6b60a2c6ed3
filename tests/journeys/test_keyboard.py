"""With a keyboard alone: every stop can be seen, none hides under something else, and the way is short."""

import re

import pytest

from tests.journeys.conftest import DESK, PHONE, Walk
from tests.journeys.live import Live
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser

# Where the keyboard is: its name, whether a line is drawn around it, and whether its middle is really what can be seen.
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const line = style.outlineStyle === "auto" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const inside = box.bottom > 0 && box.top < innerHeight;
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return { name: (one.innerText || one.labels?.[0]?.innerText || one.tagName).trim(), tag: one.tagName, line, inside,
           seen: !!top && (one.contains(top) || top.contains(one)), id: one.id };
}"""


def _tab_to(walker: Walker, words: str, within: int = 40) -> None:
    """Press Tab until the thing with these words has the keyboard; look at every stop on the way."""
    for _ in range(within):
        walker.page.keyboard.press("Tab")
        stop = walker.page.evaluate(STOP)
        if stop is None:
            continue
        assert stop["line"], f"nothing shows that the keyboard is on {stop['name']!r} of {walker.path()}"
        assert stop["inside"], f"{stop['name']!r} of {walker.path()} is out of sight"
        assert stop["seen"], f"{stop['name']!r} of {walker.path()} lies under something else"
        if stop["name"] == words:
            return
    raise AssertionError(f"{words!r} was not reached with the keyboard on {walker.path()}")


def _enter_key(walker: Walker) -> None:
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("device", [PHONE, DESK], ids=["small", "large"])
def test_from_the_link_to_a_sent_question_with_the_keyboard_alone(
    walk: Walk, live: Live, language: str, device: dict[str, object]
) -> None:
    person = live.family(language)
    walker = walk(language, device=device).open(person["link"])
    says = walker.says
    _tab_to(walker, says("Your number"))
    walker.page.keyboard.type(person["number"])
    _enter_key(walker)
    assert walker.path() == f"/{language}/your-space"
    _tab_to(walker, says("Ask a question"))
    _enter_key(walker)
    _tab_to(walker, says("Your question"))
    walker.page.keyboard.type("Why?")
    for button in ("Look at it and send", "Send my question"):
        _tab_to(walker, says(button))
        _enter_key(walker)
    assert re.match(rf"/{language}/your-space/kept/", walker.path())
    walker.reads("Why?")


@pytest.mark.parametrize("page", ["/en/", "/en/what-happens-next", "/ur/support", "/staff/login"])
def test_the_first_stop_leads_past_everything_to_the_main_text(walk: Walk, page: str) -> None:
    walker = walk(page[1:3] if page[3] == "/" else "en", device=DESK).open(page)
    _tab_to(walker, walker.says("Skip to the main text"), within=1)
    walker.page.keyboard.press("Enter")
    assert walker.page.evaluate("() => document.activeElement.id") == "main"
    walker.page.keyboard.press("Tab")
    assert walker.page.evaluate("() => !!document.activeElement.closest('main, main ~ *, footer')")


def test_what_needs_another_look_has_the_keyboard_at_once_and_leads_to_its_field(walk: Walk, live: Live) -> None:
    person = live.family("en")
    walker = walk().enter(person["link"], person["number"]).follow("Ask a question")
    walker.press("Look at it and send")
    assert walker.page.title().startswith("There is a problem")
    assert walker.page.evaluate("() => document.activeElement.className").startswith("govuk-error-summary")
    walker.page.keyboard.press("Tab")
    walker.page.keyboard.press("Enter")
    assert walker.page.evaluate("() => document.activeElement.tagName") == "TEXTAREA"


def test_the_link_page_says_what_is_missing_without_any_script(walk: Walk, live: Live) -> None:
    walker = walk(script=False).open(live.family("en")["link"]).press("Open my space")
    assert walker.page.title().startswith("There is a problem")
    walker.follow("Please put in the number that your key worker gave you.")
    assert walker.page.url.endswith("#number")
