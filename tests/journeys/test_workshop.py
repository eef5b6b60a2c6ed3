"""The workshop, end to end, in real browsers: a correction of meaning, a translation, and readers in two processes."""

import re
import time
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from tests.journeys import live as portal
from tests.journeys.conftest import DESK, Walk
from tests.journeys.live import Live
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser

PANEL = "west-of-england"
PAGE = "years-later"
NEW, OWN = "You can ring us on any day.", "Można do nas dzwonić każdego dnia."
NOTICE = "The English of this part has changed. Its translation is being brought up to date."
WITHIN = 8.0  # seconds in which every process has what was published


@pytest.fixture
def second_process(live: Live) -> Iterator[Live]:
    """One more process of the same portal, over the same database."""
    directions = live.var / "demo.json"
    before = directions.read_text(encoding="utf-8")
    other = portal.start(live.var)
    yield other
    assert other.stop() == 0
    directions.write_text(before, encoding="utf-8")


def _page(live: Live, path: str) -> str:
    with urlopen(f"{live.base}{path}", timeout=10) as answer:
        return str(answer.read().decode())


def _comes(live: Live, path: str, words: str, *, there: bool = True) -> None:
    """Wait until a page says something, or says it no more."""
    until = time.monotonic() + WITHIN
    while (words in _page(live, path)) is not there and time.monotonic() < until:
        time.sleep(0.2)
    assert (words in _page(live, path)) is there, f"{live.base}{path} after {WITHIN:.0f} seconds"


def _let_through(second: Walker, code: str) -> None:
    """Read the newest version as the second person and let readers have it."""
    second.open(f"/panel/workshop/text/{code}/{PAGE}")
    number = max(int(one) for one in re.findall(r"Version (\d+)", second.main.inner_text()))
    second.page.get_by_role("link", name=f"Version {number}", exact=True).first.click()
    second.look(f"a version in {code}")
    second.follow("Read it as the second person").look(f"the second person reads {code}")
    second.choose("I have read every change, and it is right").press("Let readers have it")
    second.reads("Readers have it now.")


def test_a_correction_reaches_readers_and_then_its_translation_does(
    walk: Walk, live: Live, second_process: Live
) -> None:
    story = "workshop"
    both = (live, second_process)
    # An editor writes, without script, and says what kind of change it is.
    editor = walk(device=DESK, script=False, story=f"{story} editor").sign_in("editor", PANEL)
    editor.look("the library").open(f"/panel/workshop/write/{PAGE}").look("writing")
    field = editor.page.get_by_label("The text", exact=True)
    field.fill(f"{field.input_value()}\n\n{NEW}")
    editor.press("Show me").reads("What kind of change is it?").look("shown without script")
    editor.page.get_by_label("Meaning: it says something else now.").check()
    editor.press("Ask for a second person").reads("It waits for a second person now.").look("handed on")
    for process in both:
        assert NEW not in _page(process, f"/en/{PANEL}/{PAGE}")
    # Another editor lets it through: readers of every language learn of it, in both processes.
    second = walk(device=DESK, story=f"{story} second editor").sign_in("editor", PANEL, turn=1)
    _let_through(second, "en")
    assert NEW in _page(live, f"/en/{PANEL}/{PAGE}"), "this process has it at once"
    for process in both:
        _comes(process, f"/en/{PANEL}/{PAGE}", NEW)
        _comes(process, f"/pl/{PANEL}/{PAGE}", NEW)
    reader = walk("pl", story=f"{story} reader")
    reader.open(f"/pl/{PANEL}/{PAGE}").reads(NOTICE).look("a notice in Polish")
    # A translator sees only that part, with what has changed in it, and brings it into Polish.
    translator = walk(story=f"{story} translator").sign_in("translator", PANEL)
    translator.open("/panel/library?language=pl").look("the table of Polish")
    translator.open(f"/panel/workshop/text/pl/{PAGE}").follow("Translate what has changed").look("what has changed")
    assert translator.page.locator("ins").filter(has_text=NEW).count() == 1
    field = translator.page.get_by_label("Text", exact=True)
    assert field.count() == 1
    field.fill(f"{field.input_value()}\n\n{OWN}")
    translator.page.locator("#shown_now").get_by_text(OWN).wait_for()  # shown by itself, a moment after the last key
    translator.choose("I wrote it myself, or rewrote all of it").press("Ask for a second person")
    translator.reads("It waits for a second person now.")
    _let_through(second, "pl")
    for process in both:
        _comes(process, f"/pl/{PANEL}/{PAGE}", OWN)
        _comes(process, f"/pl/{PANEL}/{PAGE}", NEW, there=False)
    # Another reader, because a browser that has had the page keeps it for some minutes.
    walk("pl", story=f"{story} reader").open(f"/pl/{PANEL}/{PAGE}").reads(OWN).look("the page in Polish")
    second.open(f"/panel/workshop/text/pl/{PAGE}").look("its versions")
