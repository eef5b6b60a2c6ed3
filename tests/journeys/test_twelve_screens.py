"""The twelve screens that are needed most, in four scripts: looked at, walked through by keyboard, and read out.

What they say to somebody who listens is written down in docs/accessibility.md; READ_OUT_TO=folder writes it anew.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize

from tests.journeys import twelve
from tests.journeys.conftest import Walk
from tests.journeys.live import Live
from tests.journeys.readout import nameless_or_foreign, read_out
from tests.journeys.stops import all_stops, misplaced
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser

NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
ZOOMED: ViewportSize = {"width": 320, "height": 256}  # a window of 1280 by 1024, enlarged to 400 %
BY_KEYBOARD = ("en", "ur")  # one for each direction
LARGE = """() => {
  const root = document.documentElement;
  root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + "px";
}"""
# Words of which a part cannot be seen, because their box is too low or too narrow and hides what runs over.
CLIPPED = """() => [...document.querySelectorAll("main *, footer *")].filter(one => {
  const style = getComputedStyle(one);
  return one.textContent.trim() && style.overflow === "hidden" && !one.closest(".hush, svg")
    && (one.scrollHeight > one.clientHeight + 4 || one.scrollWidth > one.clientWidth + 4);
}).map(one => one.outerHTML.slice(0, 120))"""
HIDES_THE_FIELD = """() => {
  const bar = document.querySelector(".leave").getBoundingClientRect();
  return getComputedStyle(document.querySelector(".leave")).position === "fixed" && bar.height > innerHeight / 3;
}"""


@pytest.mark.parametrize("code", ["en", "ur", "bn", "ar"])
def test_each_of_the_twelve_screens_can_be_read_small_wide_enlarged_and_in_strong_contrast(
    walk: Walk, live: Live, code: str
) -> None:
    walker = walk(code, device={"viewport": NARROW, "has_touch": True}, story=f"twelve {code}")
    for name in twelve.screens(walker, live):
        walker.look(name)
        _enlarged(walker, name)
        walker.page.set_viewport_size(WIDE)
        walker.page.emulate_media(forced_colors="active", contrast="more")
        walker.eye.picture(f"{name} contrast")
        assert (found := walker.eye.axe()) == [], f"{name}, wide, in forced colours: {found}"
        walker.page.emulate_media(forced_colors="none", contrast="no-preference")
        walker.page.set_viewport_size(NARROW)


@pytest.mark.parametrize("code", ["en", "ur", "bn", "ar"])
def test_without_script_each_is_the_same_by_keyboard_and_for_the_ear(walk: Walk, live: Live, code: str) -> None:
    walker = walk(code, script=False, device={"viewport": NARROW, "has_touch": True}, story=f"twelve plain {code}")
    for name in twelve.screens(walker, live):
        walker.look(name)
        for size in (NARROW, WIDE) if code in BY_KEYBOARD else ():
            walker.page.set_viewport_size(size)
            stops = all_stops(walker.page)
            assert (found := misplaced(stops)) == [], f"{name}: {found}"
            assert stops[0].words == walker.says("Skip to the main text"), name
        walker.page.set_viewport_size(NARROW)
        assert (found := nameless_or_foreign(walker.page, code)) == [], f"{name}: {found}"
        if folder := os.environ.get("READ_OUT_TO"):
            said = Path(folder, f"{code} {name}.txt")
            said.parent.mkdir(exist_ok=True)
            said.write_text("\n".join(read_out(walker.page)), encoding="utf-8")


def _enlarged(walker: Walker, name: str) -> None:
    """Look through a window enlarged to 400 %, and then at letters of twice the size."""
    page = walker.page
    page.set_viewport_size(ZOOMED)
    walker.eye.stays_within(f"{name}, 400 %")
    assert not page.evaluate(HIDES_THE_FIELD), name
    page.set_viewport_size(NARROW)
    before = page.evaluate("() => document.documentElement.style.fontSize")
    page.evaluate(LARGE)
    walker.eye.stays_within(f"{name}, letters twice as large")
    assert page.evaluate(CLIPPED) == [], name
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", before)
