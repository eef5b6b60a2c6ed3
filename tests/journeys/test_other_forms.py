"""The other forms of a page in a real browser: listening, the switch of languages, paper, and letters for Urdu."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import DESK, Walk
from tests.journeys.walker import Walker, said

pytestmark = pytest.mark.browser

# A device whose voices the test chooses. It says nothing aloud: it keeps what it was asked to say.
VOICES = """(() => {
  const synth = { voices: %s, said: [], cancelled: 0, now: null };
  synth.getVoices = () => synth.voices;
  synth.speak = one => { synth.now = one; synth.said.push([one.text, one.lang, one.voice.name]); };
  synth.cancel = () => { synth.now = null; synth.cancelled += 1; };
  synth.finish = () => { const one = synth.now; synth.now = null; one.onend(); };
  Object.defineProperty(window, "speechSynthesis", { value: synth });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()"""
HERE = '[{name: "Ann", lang: "en-GB", localService: true}]'
ELSEWHERE = '[{name: "Far", lang: "en-GB", localService: false}, {name: "Eno", lang: "eng", localService: true}]'
URDU = '[{name: "Ann", lang: "en-GB", localService: true}, {name: "Uzma", lang: "ur_PK", localService: true}]'

# A device without Nastaliq letters of its own, beside a line of a chosen kind.
LETTERS = """(() => {
  const Real = FontFace;
  window.FontFace = function (family, from, more) {
    return family === "own" ? { load: () => Promise.reject("not here") } : new Real(family, from, more);
  };
  Object.defineProperty(navigator, "connection", { value: { effectiveType: "%s", saveData: %s } });
})()"""


def _listener(walk: Walk, code: str, voices: str, path: str) -> Walker:
    walker = walk(code)
    walker.page.add_init_script(VOICES % voices)
    return walker.open(path)


def _said(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate("() => speechSynthesis.said")
    return found


def test_a_page_is_read_aloud_piece_by_piece_and_stops_when_it_is_left(walk: Walk) -> None:
    walker = _listener(walk, "en", HERE, "/en/support").look("can be listened to")
    page = walker.page
    walker.press("Listen to this page")
    assert _said(page) == [["Where to find support", "en", "Ann"]]
    for _ in range(3):
        page.evaluate("() => speechSynthesis.finish()")
    assert "You do not have to do this alone" in [words for words, _, _ in _said(page)]
    before = len(_said(page))
    walker.press("Pause")
    expect(page.get_by_role("button", name="Go on listening")).to_be_focused()
    assert page.evaluate("() => speechSynthesis.now") is None
    walker.press("Go on listening")
    assert _said(page)[before] == _said(page)[before - 1], "it goes on with the piece that was broken off"
    walker.look("while listening").press("Stop listening")
    expect(page.get_by_role("button", name="Listen to this page")).to_be_focused()
    expect(page.get_by_role("button", name="Stop listening")).to_be_hidden()
    walker.press("Listen to this page")
    cancelled = page.evaluate("() => speechSynthesis.cancelled")
    page.evaluate("() => dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("() => speechSynthesis.cancelled") > cancelled


def test_leaving_quickly_silences_the_voice_at_once(walk: Walk) -> None:
    walker = _listener(walk, "en", HERE, "/en/support").press("Listen to this page")
    walker.context.route(lambda url: not url.startswith(walker.live.base), lambda route: route.fulfill(status=204))
    walker.page.evaluate("() => { window.kept = speechSynthesis; }")
    walker.page.get_by_role("link", name="Leave this site", exact=True).click()
    walker.page.wait_for_function("() => kept.now === null && kept.cancelled > 0")


@pytest.mark.parametrize(
    ("code", "voices", "offered"),
    [("en", HERE, True), ("en", "[]", False), ("en", ELSEWHERE, False), ("ur", HERE, False), ("ur", URDU, True)],
)
def test_listening_is_offered_only_where_this_device_has_a_voice_for_the_language(
    walk: Walk, code: str, voices: str, offered: bool
) -> None:
    page = _listener(walk, code, voices, f"/{code}/support").page
    expect(page.get_by_role("button", name=said(code, "Listen to this page"))).to_have_count(int(offered))


def test_a_voice_that_comes_later_is_found_and_moves_nothing(walk: Walk) -> None:
    page = _listener(walk, "en", "[]", "/en/support").page
    where = "() => document.querySelector('article h2').getBoundingClientRect().y"
    before = page.evaluate(where)
    page.evaluate(f"() => {{ speechSynthesis.voices = {HERE}; speechSynthesis.onvoiceschanged(); }}")
    expect(page.get_by_role("button", name="Listen to this page")).to_be_visible()
    assert page.evaluate(where) == before


def test_what_is_closed_is_not_read_aloud(walk: Walk) -> None:
    walker = _listener(walk, "en", HERE, "/en/coroner-and-inquest")
    closed = walker.page.locator("details.hard p").all_text_contents()
    assert closed
    walker.press("Listen to this page")
    while walker.page.evaluate("() => speechSynthesis.now !== null"):
        walker.page.evaluate("() => speechSynthesis.finish()")
    heard = {words for words, _, _ in _said(walker.page)}
    assert len(heard) > 10
    assert not heard & {re.sub(r"\s+", " ", words).strip() for words in closed}


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_the_languages_open_by_keyboard_and_without_script(walk: Walk, device: str) -> None:
    walker = walk("en", script=False, **({"device": DESK} if device == "desk" else {})).open("/en/support")
    page = walker.page
    page.locator("nav.languages summary").focus()
    page.keyboard.press("Enter")
    walker.look("languages open")
    urdu = page.locator('nav.languages a[hreflang="ur"]')
    for _ in range(20):
        page.keyboard.press("Tab")
        if urdu.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/ur/support")
    walker.look("in urdu")


@pytest.mark.parametrize("code", ["en", "ur"])
@pytest.mark.parametrize("form", ["print", "large-print", "easy-read"])
def test_each_form_is_fit_to_be_read_small_dark_and_without_script(walk: Walk, code: str, form: str) -> None:
    walker = walk(code, script=False, story=f"form {form} {code}")
    for page in ("what-happens-next", "support"):
        walker.open(f"/{code}/{page}/{form}").look(page)
        walker.page.emulate_media(color_scheme="dark")
        walker.look(f"{page} dark")
        walker.page.emulate_media(color_scheme="light")


def test_large_print_is_large(walk: Walk) -> None:
    for code in ("en", "ur"):
        page = walk(code).open(f"/{code}/support/large-print").page
        size = page.locator("article p").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        assert size >= 24
        page.emulate_media(media="print")
        size = page.locator("article p").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        assert size >= 24, "18 points are 24 of these"


@pytest.mark.parametrize("code", ["en", "ur"])
def test_paper_has_the_words_the_squares_and_nothing_to_press(walk: Walk, code: str) -> None:
    page = walk(code, script=False, device=DESK).open(f"/{code}/coroner-and-inquest/print").page
    page.emulate_media(media="print")
    for unseen in (".leave", "nav.languages", ".forms", ".listen", ".foot", ".ask"):
        assert all(not one.is_visible() for one in page.locator(unseen).all()), unseen
    for one in page.locator("article p:not(.listen), article h2, article li").all():
        assert one.is_visible()
    box = page.locator(".scan").bounding_box()
    assert box is not None
    modules = page.locator(".scan").evaluate("one => one.viewBox.baseVal.width")
    assert box["width"] / 96 * 25.4 * (modules - 8) / modules >= 20, "the squares are at least 20 mm"
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 2 <= sheets <= 9


def _letters(walk: Walk, line: str, sparing: bool) -> tuple[Walker, list[str]]:
    walker = walk("ur")
    walker.page.add_init_script(LETTERS % (line, "true" if sparing else "false"))
    fetched: list[str] = []
    walker.page.on("response", lambda answer: fetched.append(answer.url) if answer.url.count("woff2") else None)
    return walker, fetched


def _has_come(page: Page) -> Any:
    return page.evaluate("() => [...document.fonts].filter(one => one.family.includes('Nastaliq')).length")


def test_nastaliq_that_comes_late_moves_no_words(walk: Walk) -> None:
    walker, fetched = _letters(walk, "4g", False)

    def late(route: Route) -> None:
        time.sleep(0.6)
        route.continue_()

    walker.page.route("**/*.woff2*", late)
    with walker.page.expect_response(lambda answer: "woff2" in answer.url and answer.status == 200) as come:
        walker.open("/ur/support")
    come.value.finished()
    walker.page.wait_for_timeout(200)
    assert _has_come(walker.page) == 0, "it is for the next page"
    assert len(fetched) == 1
    walker.look("without letters of its own")


@pytest.mark.parametrize(("line", "sparing"), [("4g", True), ("3g", False), ("2g", False)])
def test_where_data_is_scarce_no_letters_are_fetched(walk: Walk, line: str, sparing: bool) -> None:
    walker, fetched = _letters(walk, line, sparing)
    for page in ("support", "taking-part"):
        walker.open(f"/ur/{page}").page.wait_for_timeout(300)
        assert _has_come(walker.page) == 0
    assert fetched == []
