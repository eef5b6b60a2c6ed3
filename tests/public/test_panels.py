"""The panels' own pages: everything that the panels tell elsewhere stands here, and the right panel can be found."""

import logging
import re
import tomllib
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from portal.house import House
from portal.languages import ENGLISH
from portal.library.check.reading import LONGEST as LONGEST_SENTENCE
from portal.library.check.reading import grade, sentences, words_of
from portal.library.materials import FOLDER, OF_ALL, read_materials
from portal.library.panels import PARTS, SAME, hash_of
from portal.library.places import Land, Places, is_postcode
from portal.review.reviews import Stage
from portal.sealing import Keyring
from portal.settings import ROOT, Settings
from tests.browser import Browser
from tests.house.reading import read
from tests.offered import sampled

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

CONTENT = ROOT / "content"
PLACES = Places.read(CONTENT / "places.toml")
PANELS = Settings.model_fields["panels"].default
LANGUAGES = Settings.model_fields["languages"].default
PAGES = ("about", "reports", "professionals")
ROW = re.compile(r"^\| (S\d+) \| [^|]+ \| (.+) \|$", re.MULTILINE)
CELL = re.compile(r"`(/en/([a-z-]+)/([a-z/-]*)(?:#([a-z-]+))?)` (.+)")
TABLE = ROW.findall((ROOT / "docs" / "panels.md").read_text("utf-8"))


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _below(html: str, anchor: str) -> str:
    """Return the words under a heading, up to the next of its rank; without an anchor those of the whole page."""
    main = html.partition("<main")[2].partition("</main>")[0]
    if not anchor:
        return _plain(main)
    found = re.search(rf'<h([23]) id="{anchor}">(.*?)(?=<h2|$)', main, re.DOTALL)
    assert found, f"there is no heading {anchor!r}"
    return _plain(found[0])


# --- every row for every panel ---------------------------------------------------------------------------------------


def test_the_table_has_every_row_once() -> None:
    assert [row for row, _ in TABLE] == [f"S{number}" for number in range(1, 30)]


@pytest.mark.parametrize(("row", "cells"), TABLE, ids=[row for row, _ in TABLE])
def test_every_row_stands_where_the_table_says(portal_app: Flask, row: str, cells: str) -> None:
    told = [CELL.fullmatch(cell.strip()) for cell in cells.split(" | ")]
    assert all(told), cells
    assert [one[2] for one in told if one] == ["west-of-england", "worcestershire", PANELS[0]], row
    for one in told:
        assert one is not None
        answer = portal_app.test_client().get(one[1].partition("#")[0])
        assert answer.status_code == 200, one[1]
        assert one[5] in _below(answer.get_data(as_text=True), one[4] or ""), f"{row}: {one[1]} does not say {one[5]!r}"


@pytest.mark.parametrize("code", sampled(LANGUAGES))
def test_no_reader_finds_a_heading_with_nothing_under_it(portal_app: Flask, code: str) -> None:
    client = portal_app.test_client()
    paths = [f"/{code}/{panel}/{page}" for panel in PANELS for page in ("", *PAGES)]
    for path in [*paths, f"/{code}/which-panel", *(f"/{code}/{page}" for page in PAGES)]:
        main = client.get(path).get_data(as_text=True).partition("<main")[2].partition("</main>")[0]
        pieces = re.split(r"(<h[123][^>]*>.*?</h[123]>)", main, flags=re.DOTALL)
        for heading, below in zip(pieces[1::2], pieces[2::2], strict=True):
            assert _plain(heading), f"{path}: an empty heading"
            followed = heading.startswith("<h2") and not _plain(below) and pieces.index(heading) + 2 < len(pieces)
            assert _plain(below) or (followed and pieces[pieces.index(heading) + 2].startswith("<h3")), (path, heading)


# --- languages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != ENGLISH])
def test_a_translated_part_is_whole_and_has_nothing_that_the_english_has_not(code: str, portal_app: Flask) -> None:
    home: House = portal_app.extensions["house"]
    for panel in home.panels.all:
        own = panel.translated[code]
        assert set(own.get("text", {})) <= {*PARTS, "contact"}, f"{panel.slug} in {code}"
        for name in set(own.get("text", {})) - {"contact"}:
            assert own.get("source", {}).get(name) == hash_of(panel.facts[name]), (
                f"{panel.slug} in {code}: {name} is older than the English, or not stamped: portal stamp {code}"
            )
            assert panel.part(name, code).language == code, f"{panel.slug} in {code}: {name} is not whole"
            assert _shape(panel.part(name, code).facts) == _shape(panel.facts[name])
            assert not SAME & _keys(own["text"][name]), f"{panel.slug} in {code}: {name} says what panel.toml says"


def _shape(fact: object) -> object:
    if isinstance(fact, dict):
        return {key: _shape(value) for key, value in fact.items()}
    return [_shape(one) for one in fact] if isinstance(fact, list) else type(fact)


def _keys(fact: object) -> set[str]:
    if isinstance(fact, list):
        return {key for one in fact for key in _keys(one)}
    return set(fact) if isinstance(fact, dict) else set()


def test_a_part_without_a_translation_leaves_the_others_in_their_language(
    content_copy: Path, settings: Settings
) -> None:
    path = content_copy / "panels" / "worcestershire" / "pl" / "words.toml"
    text = path.read_text("utf-8")
    harmed = re.sub(r"\[\[text\.reports\]\].*?(?=\[\[text\.themes\]\])", "", text, flags=re.DOTALL)
    assert harmed != text
    path.write_text(harmed, encoding="utf-8")
    client = create_app(settings.model_copy(update={"content_folder": content_copy})).test_client()
    page = client.get("/pl/worcestershire/reports").get_data(as_text=True)
    assert '<div lang="en" dir="ltr">\n<h3>Herefordshire and Worcestershire yearly report' in page
    assert "Gdy wiele dzieje się naraz" in page
    assert 'lang="en" dir="ltr">The panel looks' not in client.get("/pl/worcestershire/").get_data(as_text=True)


def test_when_the_english_of_a_part_changes_its_translation_steps_back(content_copy: Path, settings: Settings) -> None:
    path = content_copy / "panels" / "worcestershire" / "panel.toml"
    path.write_text(
        path.read_text("utf-8").replace('meets = "The panel meets regularly."', 'meets = "Often."'), "utf-8"
    )
    client = create_app(settings.model_copy(update={"content_folder": content_copy})).test_client()
    page = read(client.get("/ur/worcestershire/about").get_data(as_text=True))
    assert [run.lang for run in page.runs if run.text == "Often."] == ["en"]
    assert any(run.lang == "ur" and "ووسٹرشائر کاؤنٹی کونسل" in run.text for run in page.runs)


def test_who_reads_a_machines_draft_is_told_so(app: Flask) -> None:
    for page in PAGES:
        english, polish = (Browser(app).open(f"/{code}/worcestershire/{page}") for code in ("en", "pl"))
        assert "A professional is still checking the facts on this page." in english.main
        told = app.extensions["catalogues"].find(
            "pl",
            "This translation was made by a machine. A person who speaks this language has not checked it yet. "
            "If something is unclear, please ask.",
        )
        assert told in polish.main


# --- how it reads ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("panel", PANELS)
def test_a_panels_facts_can_be_read_at_the_age_of_eleven(panel: str) -> None:
    facts = tomllib.loads((CONTENT / "panels" / panel / "panel.toml").read_text("utf-8"))
    said = [one for name in PARTS for text in _texts(facts.get(name, [])) for _, one in sentences(text, {})]
    assert not [one for one in said if len(words_of(one)) > LONGEST_SENTENCE]
    assert grade(said) <= 6.5, "names of councils are long; everything else should be short"
    assert "!" not in " ".join(said)


def _texts(fact: object) -> list[str]:
    if isinstance(fact, dict):
        return [text for key, value in fact.items() if key not in SAME for text in _texts(value)]
    if isinstance(fact, list):
        return [text for one in fact for text in _texts(one)]
    return [str(fact)]


@pytest.mark.parametrize("panel", PANELS)
def test_nothing_hard_stands_on_the_first_view(app: Flask, panel: str) -> None:
    html = Browser(app).open(f"/en/{panel}/reports").html
    main = html.partition("<main")[2].partition("</main>")[0]
    closed = re.search(r"<details>.*?</details>", main, re.DOTALL)
    assert closed
    before, after = main[: closed.start()], main[closed.end() :]
    assert "It opens only if you open it, and you can leave it out." in _plain(before)
    facts = tomllib.loads((CONTENT / "panels" / panel / "panel.toml").read_text("utf-8"))
    for theme in facts["themes"]:
        assert theme["words"] in _plain(closed[0])
        assert theme["words"] not in _plain(before + after)
    assert "None of this means that your child would have lived" in _plain(closed[0])
    assert not re.search(r"\d+ (?:deaths|children|babies)|\d ?%|per cent", _plain(main))


def test_what_changed_stands_there_only_when_the_families_agreed(content_copy: Path, settings: Settings) -> None:
    path = content_copy / "panels" / "west-of-england" / "panel.toml"
    path.write_text(path.read_text("utf-8").replace("agreed_on = 2026-07-06\n", ""), "utf-8")
    client = create_app(settings.model_copy(update={"content_folder": content_copy})).test_client()
    page = _below(client.get("/en/west-of-england/reports").get_data(as_text=True), "changed")
    assert "who to ring" in page
    assert "Families can now ask for a talk" not in page
    for panel in PANELS:
        for change in tomllib.loads((CONTENT / "panels" / panel / "panel.toml").read_text("utf-8")).get("changes", []):
            assert change["made_up"] is True, "a real one needs the panel's word"
            assert isinstance(change["on"], date)
    assert "This is made up for the demonstration. No family asked it." in page


def test_where_nothing_changed_yet_the_page_says_what_will_stand_there_and_whom_to_ask(app: Flask) -> None:
    page = _below(Browser(app).open("/en/worcestershire/reports").html, "changed")
    assert "Nothing stands here yet." in page
    assert "ask your key worker" in page


# --- professionals ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("panel", PANELS)
def test_professionals_are_led_out_to_notify_and_find_nothing_to_fill_in(app: Flask, panel: str) -> None:
    browser = Browser(app).open(f"/en/{panel}/professionals")
    assert "This website takes no notifications." in browser.main
    assert "<form" not in browser.html.partition("<main")[2].partition("</main>")[0]
    facts = tomllib.loads((CONTENT / "panels" / panel / "panel.toml").read_text("utf-8"))["notifying"]
    assert f'href="{facts["url"]}"' in browser.html
    assert facts["url"].startswith("https://")
    assert "gov.uk/government/publications/child-death-reviews-forms" in browser.html
    assert "Samaritans" in browser.text


def test_there_is_a_letter_for_each_stage_words_to_offer_and_a_note_for_oneself(app: Flask) -> None:
    names = read_materials(CONTENT).names
    letters = [name for name in names if name.startswith("letter-")]
    assert len(letters) >= len(Stage)
    assert {"words-to-offer", "looking-after-you"} <= set(names)
    for name in names:
        for place in ("", f"{PANELS[0]}/"):
            page = Browser(app).open(f"/en/{place}professionals/{name}")
            assert page.status == 200
            assert not re.search(r"\{\w+\}", page.main), name
            assert ("review nurse" in page.main) == (bool(place) and "{key_worker}" in _source(name)), name
    assert Browser(app).open("/en/professionals/nothing").status == 404
    assert Browser(app).open(f"/en/professionals/{OF_ALL}").status == 404


def _source(name: str) -> str:
    return (CONTENT / ENGLISH / FOLDER / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("path", sorted((CONTENT / ENGLISH / FOLDER).glob("*.md")), ids=lambda path: str(path.stem))
def test_a_letter_holds_nobodys_name_and_reads_easily(path: Path) -> None:
    source = read_materials(CONTENT).sources[ENGLISH, path.stem]
    said = [sentence for _, sentence in sentences(source.body, {})]
    assert not [one for one in said if len(words_of(one)) > LONGEST_SENTENCE]
    assert grade(said) <= 6
    assert {"title", "summary", "owner", "review_by", "order", "checked_by", "to_confirm"} == set(source.meta)
    if path.stem.startswith("letter-"):
        assert "[your name]" in source.body
        assert "[child's name]" in source.body or "that they like" in source.body
        assert not re.search(r"\d{3}", source.body), "a letter to copy names no number"


def test_what_is_not_translated_is_marked_as_english(app: Flask) -> None:
    page = Browser(app).open("/ur/worcestershire/professionals/letter-first-days")
    assert '<article lang="en" dir="ltr">' in page.html
    assert '<div lang="en" dir="ltr">' in Browser(app).open("/ur/worcestershire/professionals").html


# --- is this my panel? -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("Clifton", "Clifton"),
        ("  KEYNSHAM ", "Keynsham"),
        ("st. werburghs", "St Werburghs"),
        ("Saint Werburghs", "St Werburghs"),
        ("weston super mare", "Weston-super-Mare"),
        ("Ashby de la Zouch", "Ashby-de-la-Zouch"),
        ("Wôrcester", "Worcester"),
        ("Leicster", "Leicester"),
        ("Keynhsam", "Keynsham"),
        ("Lougborough", "Loughborough"),
        ("Bristoll", "Bristol"),
        ("B&NES", "Bath and North East Somerset Council"),
        ("Hinckley & Bosworth", "Hinckley and Bosworth Borough Council"),
        ("rutland", "Rutland County Council"),
        ("لیسٹر", "Leicester"),
        ("লেস্টার", "Leicester"),
    ],
)
def test_a_place_is_found_however_it_is_spelled(asked: str, place: str) -> None:
    assert place in [one.name for one in PLACES.find(asked)], PLACES.find(asked)


@pytest.mark.parametrize("asked", ["", "   ", "&", "rick", "Nowhere at all", "x" * 5000, "Wing1234567"])
def test_what_is_no_place_finds_nothing(asked: str) -> None:
    assert PLACES.find(asked) == []


def test_every_panel_has_councils_and_enough_places_and_no_council_of_a_stranger() -> None:
    assert {one.panel for one in PLACES.councils} == set(PANELS)
    lists = tomllib.loads((CONTENT / "places.toml").read_text("utf-8"))
    assert lists["to_confirm"]
    for panel in PANELS:
        assert sum(len(one["places"]) for one in lists["council"] if one["panel"] == panel) >= 75
    for land in Land:
        assert any(one["land"] == land.value for one in lists["elsewhere"])
    for one in lists["council"]:
        assert len(one["places"]) == len(set(one["places"])), one["name"]
        for name in one["places"]:
            assert any(found.council == one["name"] for found in PLACES.find(name)), name


def test_the_right_panel_is_found_without_script(app: Flask) -> None:
    browser = Browser(app).open("/en/").follow("Is this my panel?")
    label = "The town, the village or the council where your child lived"
    found = browser.fill(label, "Keynsham").press("Look for the panel")
    assert "Keynsham (Bath and North East Somerset Council)" in found.main
    assert found.value(label) == "Keynsham"
    assert found.follow("West of England Child Death Overview Panel").heading.startswith("The West of England")


def test_a_name_that_occurs_twice_gets_both_answers(app: Flask) -> None:
    main = Browser(app).open("/en/which-panel?place=wick").main
    assert "Wick (South Gloucestershire Council)" in main
    assert "Wick (Wychavon District Council)" in main


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Birmingham", "another part of England"),
        ("Cardiff", "In Wales a child's death is reviewed in another way"),
        ("Glasgow", "In Scotland"),
        ("Belfast", "In Northern Ireland"),
        ("Hereford", "We are not sure of this one. Please ask the review team."),
        ("LE1 4AA", "instead of a postcode"),
        ("Nowhere at all", "We do not know a place of this name."),
        ("<script>", "We do not know a place of this name."),
        ("\ue000\ue001", "Most often it is the panel"),
    ],
)
def test_every_answer_is_kind_and_says_what_to_do(app: Flask, asked: str, said: str) -> None:
    browser = Browser(app).open("/en/which-panel", query_string={"place": asked})
    assert browser.status == 200
    assert said in browser.main
    assert "the hospital or hospice that cared for your child" in browser.main
    assert "gov.uk/government/publications/child-death-overview-panels-contacts" in browser.html


def test_what_somebody_looks_for_is_kept_nowhere(
    app: Flask, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    client = app.test_client()
    assert client.get("/en/which-panel").headers["Cache-Control"].startswith("public")
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/en/which-panel?place=Zanzibarville")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert "Zanzibarville" not in caplog.text + "".join(capsys.readouterr())
    links = [href for href, _ in read(answer.get_data(as_text=True)).links]
    assert not [href for href in links if "Zanzibarville" in href]


def test_a_postcode_is_known_from_a_place() -> None:
    assert is_postcode("BS1 2AB")
    assert is_postcode(" le2")
    assert not is_postcode("Bath")
    assert not is_postcode("Wing")


def test_a_portal_for_one_panel_has_its_pages_and_sends_nobody_to_a_panel_that_it_has_not(tmp_path: Path) -> None:
    Keyring.make(tmp_path / "keyring.json")
    app = create_app(
        Settings(
            var=tmp_path, base_url="http://localhost", demo=True, argon2_kib=8, panels=("worcestershire",), database=""
        )
    )
    for page in PAGES:
        assert Browser(app).open(f"/en/{page}").status == 200
        assert Browser(app).open(f"/en/worcestershire/{page}").status == 404
    assert "Worcestershire County Council" in Browser(app).open("/en/about").main
    assert "another part of England" in Browser(app).open("/en/which-panel?place=Bristol").main
    app.extensions["house"].database.engine.dispose()
