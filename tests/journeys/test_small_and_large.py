"""The same pages small, large, dark, in forced colours and right to left: nothing runs over or lies on another."""

import pytest

from tests.journeys.conftest import DESK, Walk
from tests.journeys.desk import invite
from tests.journeys.live import Live
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser

LARGE = """() => {
  const root = document.documentElement;
  root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + "px";
}"""
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(one => {
  const style = getComputedStyle(one);
  return one.children.length === 0 && one.textContent.trim() && style.overflow === "hidden"
    && !one.closest(".hush, svg") && one.scrollHeight > one.clientHeight + 4;
}).map(one => one.outerHTML.slice(0, 120))"""
# Where each control is drawn (in ::before of its label) and where the words of its label stand.
CONTROLS = """() => [...document.querySelectorAll(".govuk-radios__item, .govuk-checkboxes__item")].map(item => {
  const label = item.querySelector("label"), drawn = getComputedStyle(label, "::before");
  const around = (getComputedStyle(label).position === "static" ? item : label).getBoundingClientRect();
  const from = around.left + parseFloat(drawn.left), to = from + parseFloat(drawn.width);
  const range = document.createRange();
  range.selectNodeContents(label);
  const words = [...range.getClientRects()].filter(box => box.width);
  const input = item.querySelector("input").getBoundingClientRect();
  return { words: label.innerText, from, to, input: [input.left, input.right],
           lies: words.some(box => box.left < to - 1 && box.right > from + 1),
           after: words.every(box => document.dir === "rtl" ? box.right <= from + 1 : box.left >= to - 1) };
})"""


def _pages_of(walk: Walk, live: Live, language: str) -> list[tuple[str, Walker]]:
    """Return the pages of the family's path, each in the same browser, as addresses to open one after another."""
    person, space = live.family(language), f"/{language}/your-space"
    walker = walk(language, story=f"sizes {language}").enter(person["link"], person["number"]).open(f"{space}/words")
    words = [link.get_attribute("href") or "" for link in walker.main.locator(".pages a").all()]
    for path in words:
        answer = f"{path}/answer"
        if walker.open(answer).status == 200:
            if walker.main.locator("#answer").count():
                walker.press("Put it away again")
            return [(path, walker) for path in (person["link"], space, f"{space}/write/ask", f"{space}/words", answer)]
    raise AssertionError(f"{person['name']} of the demonstration has nothing waiting.")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_text_at_twice_its_size_fits_a_narrow_telephone(walk: Walk, live: Live, language: str) -> None:
    for path, walker in _pages_of(walk, live, language):
        walker.open(path)
        walker.page.evaluate(LARGE)
        walker.eye.picture(f"large {path.rpartition('/')[2][:12]}")
        walker.eye.stays_within(f"twice as large: {path}")
        assert walker.page.evaluate(CUT) == [], path


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("look", ["dark", "forced", "dark and forced"])
def test_by_night_and_in_forced_colours_axe_finds_nothing(walk: Walk, live: Live, language: str, look: str) -> None:
    for path, walker in _pages_of(walk, live, language):
        walker.page.emulate_media(
            color_scheme="dark" if "dark" in look else "light", forced_colors="active" if "forced" in look else "none"
        )
        walker.open(path).look(f"{look} {path.rpartition('/')[2][:12]}")


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
def test_no_words_lie_on_the_control_that_they_belong_to(key_worker: Walker, direction: str) -> None:
    """Families meet no such controls yet, so the key worker's are turned round: the style sheet is the same."""
    family = invite(key_worker, "en", "Letter on paper", "").family
    key_worker.open(family).follow("Add and invite a person")
    for page in (key_worker.page.url, f"{key_worker.live.base}/keyworker/start"):
        key_worker.open(page)
        for width in (1280, 320):
            with key_worker.eye.as_wide_as(width):
                key_worker.page.evaluate(f"() => {{ document.dir = '{direction}'; }}")
                found = key_worker.page.evaluate(CONTROLS)
                assert len(found) >= 5
                for one in found:
                    assert not one["lies"], one
                    assert one["after"], one
                    assert one["input"][0] <= one["to"], one
                    assert one["input"][1] >= one["from"], one


def test_the_picture_of_the_stages_turns_round_with_the_words(walk: Walk) -> None:
    first = "() => document.querySelector('.walk li').getBoundingClientRect().x"
    last = "() => document.querySelector('.walk li:last-child').getBoundingClientRect().x"
    for language, forwards in (("en", True), ("ur", False)):
        page = walk(language, device=DESK).open(f"/{language}/what-happens-next").page
        assert (page.evaluate(first) < page.evaluate(last)) is forwards


def test_two_families_whose_children_share_a_name_stand_apart_for_every_reader(key_worker: Walker) -> None:
    invite(key_worker, "en", "Letter on paper", "")
    invite(key_worker, "en", "Letter on paper", "", "Bushra")
    key_worker.open("/keyworker/").look("two of one name")
