"""The page of the search: what it shows, what it never does with what was looked for, and how it meets odd input."""

import io
import logging
import re
from contextlib import redirect_stderr, redirect_stdout

import brotli
import pytest
from flask import Flask
from structlog.testing import capture_logs

from portal.house import House
from tests.browser import Browser
from tests.house.reading import read

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

SECRET = "Zebedeusquillfeather"


def test_a_reader_searches_and_goes_to_the_section(app: Flask) -> None:
    browser = Browser(app).open("/en/").follow("Search")
    assert browser.path == "/en/search"
    browser.fill("What are you looking for?", "coroner").press("Search")
    assert browser.heading == "Search"
    assert browser.value("What are you looking for?") == "coroner"
    assert "<mark>coroner</mark>" in browser.html
    for kind in ("Pages", "Words explained", "People who can help"):
        assert kind in browser.main
    browser.follow("The coroner and the inquest")
    assert browser.path.startswith("/en/coroner-and-inquest")


def test_the_search_is_one_step_away_from_every_page_and_stays_within_the_panel(app: Flask) -> None:
    for page in ("", "support", "find-support", "which-panel"):
        assert "Search" in Browser(app).open(f"/en/{page}").links, page
    browser = Browser(app).open("/en/worcestershire/support").follow("Search")
    assert browser.path == "/en/worcestershire/search"
    browser.fill("What are you looking for?", "funeral").press("Search")
    assert '<a href="/en/worcestershire/money-leave-and-funeral' in browser.html


@pytest.mark.parametrize(("code", "typed"), [("pl", "koroner"), ("ur", "کورونر"), ("ur", "coroner"), ("pl", "pogrzeb")])
def test_it_works_in_every_language_and_says_what_is_english(app: Flask, code: str, typed: str) -> None:
    html = app.test_client().get(f"/{code}/search", query_string={"q": typed}).get_data(as_text=True)
    page = read(html)
    assert f'<html lang="{code}"' in html
    assert "<mark" in html
    assert any("#" in href and href.startswith(f"/{code}/") for href, _ in page.links)


def test_nothing_found_is_met_kindly_with_ways_on(app: Flask) -> None:
    browser = Browser(app).open("/en/search?q=xyzzyqq")
    assert browser.status == 200
    assert "We found nothing with these words" in browser.main
    for way in ("Go to the front page", "Words explained", "Find support that fits you"):
        assert way in browser.links
    assert "116 123" in browser.text
    assert "wrong" not in browser.main


def test_of_a_hard_part_only_the_title_stands_there(app: Flask) -> None:
    main = Browser(app).open("/en/search?q=post-mortem").main
    assert "This part may be hard to read, so its words are not shown here." in main
    assert "examin" not in main


def test_what_was_looked_for_is_kept_by_nobody(app: Flask) -> None:
    heard, printed = io.StringIO(), io.StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with capture_logs() as said, redirect_stdout(printed), redirect_stderr(printed):
            answer = app.test_client().get(f"/en/search?q={SECRET}")
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    assert SECRET not in heard.getvalue() + printed.getvalue() + repr(said)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers
    html = answer.get_data(as_text=True)
    assert html.count(SECRET) == 1, "it stands in the field, and nowhere else: in no title, no link"
    assert f'value="{SECRET}"' in html
    assert SECRET not in str(answer.headers)


def test_the_empty_page_is_the_same_for_everybody(app: Flask) -> None:
    answer = app.test_client().get("/en/search")
    assert answer.headers["Cache-Control"].startswith("public")
    assert "/en/worcestershire/search" in app.extensions["public_paths"]()
    assert app.test_client().get("/en/search?q=").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 3000,
        '"><script>alert(1)</script>',
        "<b>coroner</b>",
        "\x00coroner\x00",
        "coroner\r\nX-Header: y",
        "\ue000coroner\ue001",
        "{{ 7 * 7 }} {key_worker}",
        "\u202ecoroner",
        "کتاب\u200cها",
        " ".join(["word"] * 1000),
        "ﷺ" * 200,
    ],
)
def test_odd_input_is_kept_in_the_field_and_breaks_nothing(app: Flask, typed: str) -> None:
    browser = Browser(app).open("/en/search", query_string={"q": typed})
    assert browser.status == 200
    kept = "".join(sign for sign in typed if sign not in "\x00\ue000\ue001").replace("\r", " ").replace("\n", " ")
    assert browser.value("What are you looking for?").strip() == kept.strip()
    assert "<script>alert" not in browser.html
    assert "<b>coroner" not in browser.html


def test_bytes_that_are_no_text_break_nothing(app: Flask) -> None:
    for query in ("q=%ff%fe", "q=%00", "q", "q=a&q=b", "Q=coroner", "%E0%A4%A", "q=" + "%C3" * 300):
        assert app.test_client().get(f"/en/search?{query}").status_code == 200, query


@pytest.mark.whole
def test_an_answer_is_small_and_a_page_of_results_is_never_longer_than_twenty(app: Flask, house: House) -> None:
    for code in house.settings.languages:
        for typed in ("", "?q=coroner", "?q=the", "?q=panel", "?q=0808"):
            answer = app.test_client().get(f"/{code}/search{typed}")
            html = answer.get_data(as_text=True)
            main = html[html.find("<main") : html.find("</main>")]
            assert main.count("<li>") <= 23
            assert len(brotli.compress(answer.get_data(), quality=5)) < 14_000, (code, typed)


def test_numbers_keep_their_order_where_the_script_runs_from_the_right(app: Flask) -> None:
    for typed in ("0808", "116 123", "lullabytrust"):
        html = app.test_client().get("/ur/search", query_string={"q": typed}).get_data(as_text=True)
        page = read(html)
        for run in page.runs:
            loose = "main" in run.tags and not run.attribute and re.search(r"\d[\d -]{3,}\d|@|www\.", run.text)
            assert not loose or run.dir == "ltr", run
