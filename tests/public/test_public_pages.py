"""The pages for anybody: in every language, with and without a panel, without a cookie and without the database."""

import re
from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from portal.house import House
from portal.library.source import Key
from portal.sealing import Keyring
from portal.settings import Settings
from tests.browser import Browser

_FETCHED = re.compile(r'<(?:script|img|link|iframe|source)[^>]+(?:src|href)="(https?://[^"]+)"')
LEICESTER = "leicester-leicestershire-rutland"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ur-PK,en;q=0.5", "ur"),
        ("pl", "pl"),
        ("zh-Hans-CN", "en"),
        ("", "en"),
        ("xx;q=1, pl-PL;q=0.9", "pl"),
        ("*", "en"),
    ],
)
def test_the_first_address_leads_to_the_language_that_suits_best(app: Flask, accepted: str, language: str) -> None:
    answer = app.test_client().get("/", headers={"Accept-Language": accepted})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/{language}/"


@pytest.mark.whole
def test_no_public_page_opens_the_database_reads_a_cookie_or_fetches_from_elsewhere(
    app: Flask, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise AssertionError("A public page opened the database.")

    for place in ("reading", "writing", "session"):
        monkeypatch.setattr(type(house.database), place, away)
    for path in [path for path in app.extensions["public_paths"]() if path.startswith(("/en/", "/ur/"))]:
        answer = app.test_client().get(path)
        assert answer.status_code == 200, path
        assert "Set-Cookie" not in answer.headers, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path
        assert answer.headers["Cache-Control"].startswith("public"), path
        fetched = _FETCHED.findall(answer.get_data(as_text=True))
        assert all(address.startswith("http://localhost/") for address in fetched), (path, fetched)


@pytest.mark.parametrize("language", ["en", "pl", "ur"])
@pytest.mark.parametrize("panel", ["", f"{LEICESTER}/"])
def test_help_and_the_way_out_stand_on_every_page(app: Flask, language: str, panel: str) -> None:
    for page in ("", "what-happens-next", "support"):
        browser = Browser(app).open(f"/{language}/{panel}{page}")
        for number in ("999", "116 123", "111", "85258"):
            assert number in browser.text
        assert 'href="tel:116123"' in browser.html
        assert f'href="{app.extensions["house"].settings.leave_url}"' in browser.html
        assert ("01632 960" in browser.text) == bool(panel)


def test_the_language_switch_keeps_the_page_and_the_panel(app: Flask) -> None:
    browser = Browser(app).open(f"/en/{LEICESTER}/taking-part").follow("اردو")
    assert browser.path == f"/ur/{LEICESTER}/taking-part"
    assert browser.follow("polski").path == f"/pl/{LEICESTER}/taking-part"


def test_with_a_panel_the_words_are_the_panels(app: Flask) -> None:
    without, within = Browser(app).open("/en/your-key-worker"), Browser(app).open(f"/en/{LEICESTER}/your-key-worker")
    assert without.heading == "Your key worker"
    assert within.heading == "Your review nurse"
    assert "key worker" not in within.heading


def test_a_portal_for_one_panel_does_not_name_it_in_the_address(tmp_path: Path) -> None:
    Keyring.make(tmp_path / "keyring.json")
    app = create_app(
        Settings(
            var=tmp_path, base_url="http://localhost", demo=True, argon2_kib=8, panels=("worcestershire",), database=""
        )
    )
    browser = Browser(app).open("/en/")
    assert browser.heading == "The Worcestershire Child Death Overview Panel"
    assert "01632 960" in browser.follow("What happens, stage by stage").text
    assert browser.path == "/en/what-happens-next"
    assert Browser(app).open("/en/worcestershire/").status == 404
    app.extensions["house"].database.engine.dispose()


@pytest.mark.parametrize(
    "path", ["/en/nowhere", "/xx/", "/en-GB/", "/syl/support", "/en/worcestershire/nowhere", "/%00", "/en/%D8%A7"]
)
def test_an_address_that_is_not_there_is_met_kindly(app: Flask, path: str) -> None:
    browser = Browser(app).open(path)
    assert browser.status == 404
    assert "You have done nothing wrong" in browser.text


def test_the_picture_of_the_process_is_a_list_with_its_words(app: Flask) -> None:
    browser = Browser(app).open("/en/what-happens-next")
    for stage in ("First days", "Gathering information", "Review meeting", "The panel", "What is learned is shared"):
        assert stage in browser.main
    assert 'aria-hidden="true"' in browser.html


def test_every_page_names_itself_in_every_other_language(app: Flask, house: House) -> None:
    html = Browser(app).open("/pl/support").html
    for code in (*house.settings.languages, "x-default"):
        assert f'hreflang="{code}" href="http://localhost/' in html


def test_only_what_a_machine_translated_is_said_to_be_a_machines(app: Flask, house: House) -> None:
    key = Key("", "pl", "support")
    own, find = house.library.files[key], app.extensions["catalogues"].find
    by_machine = "This translation was made by a machine. A person who speaks this language has not checked it yet. "
    by_machine = find("pl", by_machine + "If something is unclear, please ask.")
    being_checked = "A professional is still checking the facts on this page. If something matters to you, please ask "
    being_checked = find("pl", being_checked + "as well.")
    for by, told, untold in (
        ("machine draft", by_machine, being_checked),
        ("machine draft, in part Ewa Nowak, translator", by_machine, being_checked),
        ("Ewa Nowak, translator", being_checked, by_machine),
    ):
        house.library.lay_over({key: own.saying(translated_by=by, checked_by="")})
        page = Browser(app).open("/pl/support")
        assert told in page.main
        assert untold not in page.main


def test_a_page_that_is_being_made_stays_whole_whatever_is_published_meanwhile(house: House) -> None:
    library, key = house.library, Key("", "pl", "support")
    article = library.article("support", "pl", None)
    before = article.parts
    english = library.files[key.english]
    library.lay_over({key: None, key.english: english.__class__(english.meta, "Other words.")})
    assert article.parts == before
    assert "Other words." in library.article("support", "pl", None).parts[0].html
