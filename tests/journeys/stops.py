"""Where the keyboard stops on a page, one after the other, and whether that is how the page is read."""

from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import Page

MOST = 150  # stops on one page, before we call it a trap
# What has the keyboard now: what it says, whether it can be seen, and where it stands among all that can have it.
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const line = style.outlineStyle === "auto" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, audio")];
  const start = document.dir === "rtl" ? innerWidth - box.right : box.left;
  return { words: (one.innerText || one.labels?.[0]?.innerText || one.tagName).trim(), place: all.indexOf(one),
           fixed: style.position === "fixed" || style.position === "absolute",
           seen: line && box.bottom > 0 && box.top < innerHeight && !!top && (one.contains(top) || top.contains(one)),
           start, top: box.top + scrollY, bottom: box.bottom + scrollY };
}"""
# Everything that a keyboard must be able to reach.
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, audio")]
  .filter(one => one.type !== "hidden" && !one.disabled && one.checkVisibility({ visibilityProperty: true }))
  .length"""


@dataclass(frozen=True)
class Stop:
    """One thing that has the keyboard for a moment."""

    words: str
    place: int  # among all things of the page that can have it, in the order of the page
    seen: bool
    fixed: bool
    start: float  # how far from the edge at which lines begin
    top: float
    bottom: float


def all_stops(page: Page) -> list[Stop]:
    """Press Tab from the top until the keyboard has left the page; everything must have been reached."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    page.evaluate("() => { getSelection().removeAllRanges(); document.body.tabIndex = -1; document.body.focus(); }")
    stops: list[Stop] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        found = page.evaluate(STOP)
        if found is None or (stops and found["place"] == stops[0].place):
            break
        stops.append(Stop(**found))
    else:
        raise AssertionError(f"the keyboard does not come to an end on {page.url}")
    reachable = page.evaluate(REACHABLE)
    assert len(stops) == reachable, f"{len(stops)} of {reachable} reached: {[stop.words for stop in stops]}"
    return stops


def misplaced(stops: list[Stop]) -> list[str]:
    """Return what cannot be seen when it has the keyboard, and what comes before something that is read earlier."""
    unseen = [f"not to be seen: {stop.words!r}" for stop in stops if not stop.seen]
    flowing = [stop for stop in stops if not stop.fixed]
    early = [
        f"{later.words!r} is read before {stop.words!r}"
        for stop, later in pairwise(flowing)
        if later.place < stop.place
        or later.bottom <= stop.top
        or (later.top < stop.bottom and later.bottom > stop.top and later.start < stop.start - 1)
    ]
    return unseen + early
