"""The fault run: twelve faults, every form, script on and off, in English and Urdu, and no character is lost.

With script nothing but the last five seconds may be missing, without script nothing but what came after the last press.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from portal.family import places
from tests.journeys import faults
from tests.journeys.faults import Person, Seat, Town

pytestmark = pytest.mark.browser

LINES = {
    "en": "\n  Why, “and why” that <b>night</b> &amp; 👩‍👧‍👦 e\u0301?\n\n\tMARK WHERE it rained.  \n",
    "ur": "  \u200fکیوں؟ ڈاکٹر نے \u200eMRI\u200f کہا؟\n\nآپ\u200cکا بچّہ 👶🏽 MARK WHERE\n \n",
}
LINE = {"en": "Dr “O'Neil” & <i>so</i> 👩‍👧 e\u0301 MARK WHERE", "ur": "\u200fاردو\u200c 🙂 MARK WHERE ۱۲۳"}
BENGALI = ("আমার সন্তান কেন মারা গেল? " * 2_400)[:60_000].strip()
OLD_MARK = """mark => {
  document.querySelectorAll("[name=csrf_token]").forEach(one => { one.value = mark; });
  document.querySelectorAll("[data-csrf]").forEach(one => { one.setAttribute("data-csrf", mark); });
}"""
ODD = """([odd, wrong]) => {
  const typed = ":not([type=file], [type=radio], [type=checkbox])";
  const put = (name, value) => document.querySelectorAll(`main [name=${name}]${typed}`).forEach(one => {
    one.value = value;
  });
  Object.entries(odd).forEach(([name, value]) => put(name, value));
  Object.keys(wrong).forEach(name => put(name, "nothing that fits"));
  put("name", "");
}"""
GO_ON = ("[name=go_on_in][value=XX]", "nav.languages a[hreflang=XX]")
LOCKED = "() => Object.keys(localStorage).length > 0 && document.querySelector('[data-kept]').textContent"
PATIENCE = 30  # seconds for a save that comes in two when nobody else uses the machine
MODES = [(code, script) for code in ("en", "ur") for script in (True, False)]


@dataclass
class Mode:
    """Somebody who reads a language, with script or without, and every form open before them."""

    town: Town
    code: str
    script: bool
    context: BrowserContext
    person: Person = field(init=False)
    seats: list[Seat] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.code} {'with' if self.script else 'without'} script"

    def sit_down(self, beside: "Mode | None" = None) -> "Mode":
        """Open the forms for somebody new, or on another device of theirs, each in a tab of its own."""
        self.person = beside.person if beside else self.town.person(self.code)
        self.context.clear_cookies()
        faults.cookies(self.town, self.context, self.town.visit(self.person) if beside else self.person.visit)
        forms = [seat.form for seat in beside.seats] if beside else self.town.forms(self.code, self.person)
        while len(self.context.pages) < len(forms):
            self.context.new_page()
        self.seats = [Seat(self.town, self.person, *pair) for pair in zip(forms, self.context.pages, strict=False)]
        for seat in self.seats:
            seat.open()
        for seat in self.seats:
            seat.page.wait_for_load_state("load")
        return self

    def type(self, mark: str) -> "Mode":
        """Type into every form."""
        texts = {"lines": LINES[self.code], "line": LINE[self.code]}
        return self.type_texts({kind: text.replace("MARK", f"{mark} {self}") for kind, text in texts.items()})

    def type_texts(self, texts: dict[str, str]) -> "Mode":
        """Type texts into every form."""
        for seat in self.seats:
            seat.type(texts)
        return self

    @property
    def drafting(self) -> list[Seat]:
        """The forms of which drafts are kept, with script or by a button."""
        return [seat for seat in self.seats if (seat.form.drafts if self.script else seat.form.keep)]

    def has_saved(self, texts: dict[str, str], within: float) -> list[str]:
        """Wait until these words are kept; return where they were not."""
        until = time.monotonic() + within
        while (missing := set(texts.values()).difference(self.town.kept(self.person.member_id))) and (
            time.monotonic() < until
        ):
            self.seats[0].page.wait_for_timeout(250)
        return [f"not saved, {self}: {name}" for name, words in texts.items() if words in missing]

    def drafted(self) -> dict[str, str]:
        """What was typed where drafts are kept."""
        return {f"{seat.form.name} {name}": words for seat in self.drafting for name, words in seat.typed.items()}

    def press(self) -> "Mode":
        """Press every form's button."""
        for seat in self.seats:
            seat.press()
        return self

    def all_there(self, what: str) -> list[str]:
        """Return what is neither kept nor on the page."""
        shown = [seat.shows() for seat in self.seats]
        kept = self.town.kept(self.person.member_id)
        return [
            f"{what}, {self}: {seat.form.name} ({name}) {seat.page.url}"
            for seat, page in zip(self.seats, shown, strict=True)
            for name in seat.lost(kept, page)
        ]

    def rescue(self, what: str) -> list[str]:
        """Let everybody do what their page asks for, and return what was not kept then."""
        for seat in self.seats:
            seat.rescue()
        return self.all_there(what)


def nothing_of(losses: list[str]) -> None:
    """Say everything that was lost, if anything was."""
    print("\n".join(losses))
    assert not losses


@pytest.fixture(scope="module")
def town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A portal to which everything happens."""
    with faults.town(tmp_path_factory.mktemp("faults") / "var") as found:
        yield found


@pytest.fixture(scope="module")
def modes(browser: Browser, town: Town) -> Iterator[list[Mode]]:
    """English and Urdu, with script and without."""
    found = [Mode(town, code, script, faults.tabs(browser, town, script=script)) for code, script in MODES]
    yield found
    for one in found:
        one.context.close()


def test_each_place_of_the_space_is_in_the_run(town: Town) -> None:
    missing = places._OF_SOMETHING.keys() - town.person("en").about.keys()
    assert not missing, f"Give tests/journeys/faults.py something for these to be about: {missing}"


def test_fault_1_the_cookie_is_dropped(modes: list[Mode]) -> None:
    losses = []
    for mode in modes:
        mode.sit_down().type("dropped")
        mode.context.clear_cookies(**({"name": "family"} if mode.script else {}))
        losses += mode.press().all_there("the cookie is dropped")
        if not mode.script:
            faults.cookies(mode.town, mode.context, "")
        losses += mode.rescue("and the number is given again")
    nothing_of(losses)


def test_fault_2_the_forms_mark_is_thirty_days_old(modes: list[Mode]) -> None:
    losses = []
    for mode in modes:
        mode.sit_down()
        for seat in mode.seats:
            seat.page.evaluate(OLD_MARK, mode.town.old_token())
        mode.type("a month")
        if mode.script:
            losses += mode.has_saved(mode.drafted(), PATIENCE)
        losses += mode.press().all_there("the form's mark is old")
        losses += mode.rescue("and it is pressed once more")
    nothing_of(losses)


def test_fault_3_the_keys_were_changed(town: Town, modes: list[Mode]) -> None:
    losses = []
    for mode in modes:
        mode.sit_down()
    for mode in modes:
        mode.type("keys")
    town.again(keys=True)
    for mode in modes:
        losses += mode.press().all_there("the keys were changed")
    for mode in modes:
        faults.cookies(town, mode.context, "")
        losses += mode.rescue("and it is pressed once more")
    nothing_of(losses)


@pytest.mark.parametrize("odd", [{"once": "", "seen": "9" * 400}, {"once": "x" * 5000, "seen": "-1", "turn": "many"}])
def test_fault_4_a_field_is_wrong(modes: list[Mode], odd: dict[str, str]) -> None:
    losses = []
    for mode in modes:
        mode.sit_down().type("wrong")
        for seat in mode.seats:
            seat.page.evaluate(ODD, [odd, seat.form.chosen])
            seat.typed.pop("name", None)  # it is left out, and that is what is wrong there
        losses += mode.press().all_there("a field is wrong")
        for seat in mode.seats:
            seat.arrive()
            seat.mend()
        losses += mode.rescue("and is put right")
    nothing_of(losses)


def test_fault_5_something_of_ours_fails_inside(town: Town, modes: list[Mode]) -> None:
    losses = []
    for mode in modes:
        mode.sit_down().type("failing")
        with town.failing():
            losses += mode.press().all_there("something of ours fails")
        losses += mode.rescue("and is mended")
    nothing_of(losses)


def test_fault_6_two_pages(modes: list[Mode]) -> None:
    losses = []
    for code in ("en", "ur"):
        one, other = (mode for mode in modes if mode.code == code)
        one.sit_down()
        other.sit_down(one)
        one.type("on one device")
        other.type("on the other")
        one.press().all_there("first")
        losses += other.press().rescue("written on another device")
        losses += one.rescue("written on one device")
    nothing_of(losses)


def _into(came: list[Any]) -> Callable[[Any], None]:
    def note(one: Any) -> None:
        came.append(one)

    return note


def test_fault_7_what_was_sent_comes_once_more_and_late(modes: list[Mode]) -> None:
    losses = []
    for mode in modes:
        mode.sit_down()
        came: list[Any] = []
        note = _into(came)
        mode.context.on("request", note)
        mode.type("late")
        if mode.script:
            losses += mode.has_saved(mode.drafted(), PATIENCE)
        losses += mode.press().rescue("pressed")
        for seat in mode.drafting:
            if seat.form.place:
                seat.press("form[data-sending] button")
        losses += mode.all_there("sent")
        mode.context.remove_listener("request", note)
        for one in [one for one in came if one.method == "POST"]:
            if one.post_data_buffer:
                kind = one.headers["content-type"]
                mode.context.request.post(one.url, data=one.post_data_buffer, headers={"content-type": kind})
        kept = [one.strip() for one in mode.town.kept(mode.person.member_id)]
        losses += mode.all_there("sent, and once more")
        losses += [f"twice, {mode}: {name}" for name, words in mode.drafted().items() if kept.count(words.strip()) != 1]
    nothing_of(losses)


def test_fault_8_the_database_is_locked(town: Town, modes: list[Mode]) -> None:
    losses = []
    for mode in modes:
        mode.sit_down().type("locked")
        with town.locked():
            losses += mode.press().all_there("the database is locked")
        losses += mode.rescue("and is free again")
    nothing_of(losses)


def test_fault_9_the_power_is_cut_five_seconds_after_typing(town: Town, modes: list[Mode]) -> None:
    losses = []
    for mode in modes:
        mode.sit_down()
    for mode in modes:
        mode.type("before")
    typed = time.monotonic()
    for mode in modes:
        for seat in mode.drafting if not mode.script else ():
            seat.press(seat.form.keep)
    for mode in modes:
        for seat in mode.drafting if not mode.script else ():
            seat.arrive()
    before = [(mode, mode.drafted()) for mode in modes]
    modes[0].seats[0].page.wait_for_timeout(max(0, 5_000 - (time.monotonic() - typed) * 1_000))
    town.live.process.kill()
    for mode, words in before:
        losses += mode.has_saved(words, 0)
    for mode in modes:
        mode.type("after").press()
    town.again(kill=True)
    for mode in modes:
        for seat in mode.seats:
            seat.once_more()
        losses += mode.all_there("the power is back")
        losses += mode.rescue("and it was pressed once more")
    nothing_of(losses)


def test_fault_10_the_network_is_lost(modes: list[Mode]) -> None:
    losses = []
    for mode in modes:
        mode.sit_down()
        mode.context.set_offline(True)
        mode.type("no signal")
        if mode.script:  # the device has them, and the page is closed
            for seat in mode.drafting:
                seat.page.wait_for_function(LOCKED)
                seat.page.goto("about:blank")
            mode.context.set_offline(False)
            mode.seats[0].page.goto(f"{mode.town.live.base}/{mode.code}/your-space")
            mode.seats[-1].page.goto(f"{mode.town.live.base}/keyworker/")
            losses += mode.has_saved(mode.drafted(), PATIENCE)
        for seat in mode.seats:
            if not (mode.script and seat.form.drafts):
                seat.press()
        mode.context.set_offline(False)
        for seat in mode.seats:
            if not (mode.script and seat.form.drafts):
                seat.once_more()
        losses += mode.rescue("the signal is back")
    nothing_of(losses)


def test_fault_11_another_language_midway(modes: list[Mode]) -> None:
    losses = []
    for mode in modes:
        other = {"en": "ur", "ur": "en"}[mode.code]
        mode.sit_down().type("language")
        for seat in mode.seats:
            button, link = (seat.page.locator(one.replace("XX", other)) for one in GO_ON)
            if button.count():
                seat.press(GO_ON[0].replace("XX", other))
            elif link.count() and mode.script:  # without script a link leaves what came after the last press
                seat.press(GO_ON[1].replace("XX", other))
        losses += mode.all_there("another language")
        losses += mode.rescue("and sent from there")
    nothing_of(losses)


def test_fault_12_sixty_thousand_bengali_characters(modes: list[Mode]) -> None:
    losses = []
    for mode in modes:
        mode.sit_down()
        for seat in mode.seats:
            mark = f"much {mode}"
            seat.type({"lines": f"{mark} {seat.form.name} {BENGALI}", "line": LINE[mode.code].replace("MARK", mark)})
        losses += mode.press().all_there("much")
        losses += mode.rescue("much, and pressed")
    nothing_of(losses)
