"""Finding support: everybody at first, near ones before others; and what fits, without a trace of what was chosen."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import brotli
import pytest
from flask import Flask

from portal import clock
from portal.app import create_app
from portal.house import House
from portal.library.support import OWN, WHAT, WHO, Directory, Entry
from portal.public.support_views import sign_of
from portal.settings import Settings
from tests.browser import Browser
from tests.house.reading import read
from tests.panel.scene import a_scene

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

WORCESTERSHIRE = "/en/worcestershire/find-support"
UNCHECKED = "Nobody has checked this yet."
ALL_UNCHECKED = "Nobody has checked these numbers and addresses yet."
PANELS = ("leicester-leicestershire-rutland", "west-of-england", "worcestershire")


def _asked(**chosen: str) -> str:
    known = {"who": WHO, "what": WHAT, "own": OWN, "near": PANELS}
    return "?" + "&".join(f"{name}={sign_of(one, known[name])}" for name, one in chosen.items())


def test_the_first_view_shows_everybody_and_is_the_same_for_everybody(app: Flask, house: House) -> None:
    for path in ("/en/find-support", WORCESTERSHIRE):
        browser = Browser(app).open(path)
        assert browser.heading == "Find support that fits you"
        assert ALL_UNCHECKED in browser.main
        assert browser.answer is not None
        assert browser.answer.headers["Cache-Control"].startswith("public")
        assert path in app.extensions["public_paths"]()
        for entry in house.support.entries:
            near = not entry.area or "worcestershire" in entry.area or path != WORCESTERSHIRE
            assert (entry.name in browser.main) == near, entry.name
            if entry.phone and near:
                assert f'href="{entry.phone_href}"' in browser.html


def test_what_is_near_stands_first(app: Flask) -> None:
    main = Browser(app).open(WORCESTERSHIRE).main
    assert main.index("Acorns Children's Hospice") < main.index("Samaritans") < main.index("Cruse")


def test_the_page_on_support_leads_here_and_back(app: Flask) -> None:
    browser = Browser(app).open("/en/worcestershire/support").follow("Find support that fits you")
    assert browser.path == WORCESTERSHIRE
    assert browser.follow("Where to find support").path == "/en/worcestershire/support"


def test_a_reader_chooses_and_sees_what_fits_and_can_go_back_to_everybody(app: Flask) -> None:
    browser = Browser(app).open("/en/find-support").choose("A child died by suicide").choose("Worcestershire")
    browser.press("Show what may fit")
    found = browser.main
    assert "Survivors of Bereavement by Suicide" in found
    assert "Acorns Children's Hospice" in found
    assert "Child Death Helpline" in found, "somebody for every family is always there"
    for other in ("Brake", "Sands", "The Laura Centre", "Children of Jannah"):
        assert other not in found, other
    assert ALL_UNCHECKED in found
    assert UNCHECKED not in found, "once is enough"
    assert browser.follow("Show the whole list").path == "/en/find-support"


def test_what_was_chosen_is_still_chosen_and_is_kept_by_no_cache(app: Flask) -> None:
    answer = app.test_client().get(
        "/en/find-support" + _asked(what="suicide", who="father", own="muslim", near="worcestershire")
    )
    html = answer.get_data(as_text=True)
    assert html.count(" selected") == 4
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers
    assert 'rel="alternate"' not in html, "no other address repeats what was chosen"
    assert "suicide" not in _asked(what="suicide"), "a list of visited pages tells nobody what happened"
    title = html[html.find("<title>") : html.find("</title>")]
    assert "suicide" not in title


def test_where_there_is_nobody_just_for_this_it_says_so_kindly(app: Flask, house: House) -> None:
    with _standing_in(house, lambda entry: None if "care" in entry.what else entry):
        main = Browser(app).open("/en/find-support" + _asked(what="care")).main
    assert "We do not know of anybody who is there only for this." in main
    assert "Child Death Helpline" in main


@pytest.mark.parametrize(
    "query",
    ["what=nothing", "who=%00", "near=../../etc", "one=nobody", "what=a&what=b", "x=y", "what=" + "a" * 5000],
)
def test_an_odd_choice_is_met_with_the_page(app: Flask, query: str) -> None:
    browser = Browser(app).open(f"/en/find-support?{query}")
    assert browser.status == 200
    assert "Child Death Helpline" in browser.main


def test_one_entry_can_be_shown_alone(app: Flask) -> None:
    browser = Browser(app).open("/en/find-support?one=brake")
    assert "Brake" in browser.main
    assert ALL_UNCHECKED in browser.main
    assert "Cruse" not in browser.main


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day after every entry had to be looked at again."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now.replace(year=now.year + 3))


@contextmanager
def _standing_in(house: House, change: Callable[[Entry], Entry | None]) -> Iterator[None]:
    """Let the directory have other entries for a while; None takes one away."""
    directory = Directory(house.settings.content_folder)
    directory.entries = tuple(one for entry in directory.entries if (one := change(entry)) is not None)
    house.__dict__["support"] = directory
    try:
        yield
    finally:
        del house.__dict__["support"]


@pytest.mark.usefixtures("later")
def test_what_is_past_its_day_may_be_out_of_date(app: Flask) -> None:
    main = Browser(app).open("/en/find-support" + _asked(what="road")).main
    assert "This may be out of date." in main
    assert UNCHECKED not in main
    assert "This may be out of date." in Browser(app).open("/en/find-support").main


def test_when_an_entry_has_passed_its_day_the_ready_pages_are_made_anew(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()

    def look(years: int) -> str:
        with monkeypatch.context() as patch:
            patch.setattr(clock, "now", lambda: now.replace(year=now.year + years))
            for one in app.extensions["overlay"].also:
                one()
        return str(app.extensions["public_revision"])

    look(3)  # what a test before this one may have published is forgotten
    today = look(0)
    assert look(3) != today
    assert look(0) == today


def test_what_somebody_checked_says_when(app: Flask, house: House) -> None:
    with _standing_in(house, lambda entry: replace(entry, checked_on=date(2026, 11, 1), checked_by="Robin Vale")):
        browser = Browser(app).open("/en/find-support")
    assert "Somebody checked this on 1 November 2026." in browser.main
    assert "Nobody has checked" not in browser.main
    assert "Robin Vale" not in browser.html, "who it was is for staff"


def test_once_some_are_checked_each_of_the_others_says_that_it_is_not(app: Flask, house: House) -> None:
    def brake(entry: Entry) -> Entry:
        return replace(entry, checked_on=date(2026, 11, 1), checked_by="R. Vale") if entry.id == "brake" else entry

    with _standing_in(house, brake):
        main = Browser(app).open("/en/find-support").main
        others = len(house.support.entries) - 1
    assert "Nobody has checked these numbers" not in main
    assert main.count(UNCHECKED) == others
    assert main.count("Somebody checked this on") == 1


@pytest.mark.parametrize("code", ["en", "pl", "ur"])
def test_numbers_and_names_keep_their_order_and_their_language(app: Flask, code: str) -> None:
    for query in ("", _asked(what="suicide"), _asked(near="west-of-england")):
        page = read(app.test_client().get(f"/{code}/find-support{query}").get_data(as_text=True))
        for run in page.runs:
            if re.search(r"\d{3}|@|\.(?:org|uk)\b", run.text) and not run.attribute:
                assert run.dir == "ltr", run
            if run.text in ("Samaritans", "Cruse", "SHOUT", "Survivors of Bereavement by Suicide"):
                assert run.lang == "en", run


@pytest.mark.parametrize("path", ["/{}/find-support", "/{}/worcestershire/find-support", "/{}/find-support?what=d"])
def test_the_page_is_small_in_every_language(app: Flask, house: House, path: str) -> None:
    for code in house.settings.languages:
        answer = app.test_client().get(path.format(code))
        assert len(brotli.compress(answer.get_data(), quality=11)) + 700 < 10_000, code


def test_a_portal_for_one_panel_offers_what_is_near_without_naming_it(settings: Settings, tmp_path: Path) -> None:
    app = create_app(settings.model_copy(update={"panels": ("worcestershire",)}))
    browser = Browser(app).open("/en/find-support")
    assert "Acorns Children's Hospice" in browser.main
    assert "The Laura Centre" not in browser.main
    assert "Where?" not in browser.main
    app.extensions["house"].database.engine.dispose()


# --- staff ----------------------------------------------------------------------------------------------------------


def test_the_editor_sees_what_nobody_has_checked_and_where_it_comes_from(app: Flask, house: House) -> None:
    editor = a_scene(app, house).editor.open("/panel/support")
    assert editor.status == 200
    assert editor.heading == "Support for families"
    assert "Nobody has checked these yet" in editor.main
    for entry in house.support.entries:
        assert entry.name in editor.main
        assert " ".join(entry.source.split()) in editor.main
    assert "Support" in editor.links
    assert editor.follow("Brake").status == 200


def test_the_editor_is_told_what_is_out_of_date_and_what_soon_will_be(app: Flask, house: House) -> None:
    today = clock.now().date()
    days = {
        "brake": today - timedelta(days=1),
        "cruse": today + timedelta(days=60),
        "sands": today + timedelta(days=61),
    }
    with _standing_in(house, lambda entry: replace(entry, expires=days.get(entry.id, entry.expires))):
        main = a_scene(app, house).editor.open("/panel/support").main
    past, soon, unchecked = (
        main.index(words)
        for words in ("Out of date:", "To be looked at within 60 days", "Nobody has checked these yet")
    )
    assert past < main.index("Brake") < soon
    assert soon < main.index("Cruse") < unchecked < main.index("Sands")


def test_nobody_but_an_editor_sees_the_list(app: Flask, house: House) -> None:
    scene = a_scene(app, house)
    for other in (scene.coordinator, scene.chair, scene.administrator):
        assert other.open("/panel/support").status == 404
