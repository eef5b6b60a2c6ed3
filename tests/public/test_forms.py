"""The other forms of a page: for paper, in large print, in easy read; its short address; the switch of languages."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
import segno
from flask import Flask

from portal.house import House
from portal.languages import ENGLISH, language
from portal.library.article import EASY, Part
from portal.library.easy import PICTURES
from portal.library.markdown import drawing, drawn, pictures_in, render_markdown
from portal.library.short import code_of, meant, number_of, short
from portal.library.source import Key
from portal.public.form_views import EASY_READ, LARGE, PRINT, has_easy_read
from portal.public.scan import QUIET, scan
from tests.browser import Browser
from tests.house.reading import read
from tests.manners import pressed

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

FORMS = (PRINT, LARGE, EASY_READ)
FIRST_VIEW = 10_000
WORCESTERSHIRE = "worcestershire"
BACK = {PRINT: "The usual form of this page", LARGE: "The usual form of this page", EASY_READ: "Read the full page"}


def _paths(home: House, pages: list[str], panels: int) -> Iterator[tuple[str, str, str]]:
    """Return the address of each form of pages, without a panel and with some, its language and its form."""
    for code in home.settings.languages:
        for panel in (None, *home.panels.all[:panels]):
            for page in pages:
                for form in FORMS:
                    if form != EASY_READ or has_easy_read(home, page):
                        yield home.panels.address(code, panel, f"{page}/{form}"), code, form


def _is_whole(app: Flask, path: str, code: str, form: str) -> None:
    browser = Browser(app).open(path)
    assert browser.answer is not None
    assert browser.status == 200, path
    assert browser.answer.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in browser.answer.headers
    assert f'<html lang="{code}" dir="{language(code).direction}"' in browser.html
    head = sum(len(name) + len(value) + 4 for name, value in browser.answer.headers)
    assert head + pressed(browser.answer.get_data(), FIRST_VIEW - head) <= FIRST_VIEW, path
    usual = path.removesuffix(f"/{form}")
    assert f'<a href="{usual}"' in browser.html, "no way back to the usual page"
    anchors = set(re.findall(r'\sid="([^"]+)"', browser.html))
    wanted = set(re.findall(r'href="#([^"]+)"', browser.html))
    assert wanted <= anchors, f"{path} leads nowhere: {wanted - anchors}"


@pytest.mark.whole
def test_every_form_of_a_page_is_there_in_every_language_with_and_without_a_panel(app: Flask, house: House) -> None:
    for path, code, form in _paths(house, ["support"], 3):
        _is_whole(app, path, code, form)


@pytest.mark.whole
def test_every_form_of_every_page_is_whole_and_small(app: Flask, house: House) -> None:
    # One panel, whose name is the longest, stands for all: what differs between them is not of the forms.
    for path, code, form in _paths(house, house.library.pages, 1):
        _is_whole(app, path, code, form)


def test_an_article_leads_to_its_other_forms_and_each_of_them_back(app: Flask) -> None:
    for panel in ("", f"{WORCESTERSHIRE}/"):
        for words, form in (("For printing", PRINT), ("In large print", LARGE), ("In easy read", EASY_READ)):
            browser = Browser(app).open(f"/en/{panel}support").follow(words)
            assert browser.path == f"/en/{panel}support/{form}"
            assert browser.title.startswith(f"{browser.heading} – {words}")
            assert browser.follow(BACK[form]).path == f"/en/{panel}support"


def test_a_form_in_another_language_is_the_same_form(app: Flask) -> None:
    for form in FORMS:
        assert Browser(app).open(f"/en/support/{form}").follow("اردو").path == f"/ur/support/{form}"


def test_a_page_without_easy_read_offers_none(app: Flask, house: House) -> None:
    page = next(page for page in house.library.pages if not has_easy_read(house, page))
    assert "In easy read" not in Browser(app).open(f"/en/{page}").links
    assert Browser(app).open(f"/en/{page}/{EASY_READ}").status == 404


# --- on paper -------------------------------------------------------------------------------------------------------


def test_paper_holds_the_short_address_in_letters_and_as_squares(app: Flask, house: House) -> None:
    number = number_of(house.library, "support")
    for path, short_path in (
        ("/en/support/print", f"/en/p{number}"),
        (f"/ur/{WORCESTERSHIRE}/support/print", f"/ur/w{number}"),
    ):
        html = Browser(app).open(path).html
        assert f'<bdi class="nb" dir="ltr">localhost{short_path}</bdi>' in html
        assert scan(f"http://localhost{short_path}").path in html


def test_the_squares_are_those_that_a_camera_reads() -> None:
    address = "https://reviews.example.org/ur/llr7"
    made = segno.make(address, error="l", micro=False)
    picture = scan(address)
    black = set()
    assert picture.path.startswith(f"M{QUIET} {QUIET}.5")
    at, down = QUIET, QUIET
    for drawn_over, over, on in re.findall(r"h(\d+)|m(-?\d+) (\d)", picture.path):
        black |= {(at + step, down) for step in range(int(drawn_over or 0))}
        at, down = at + int(drawn_over or over), down + int(on or 0)
    wanted = {(x + QUIET, y + QUIET) for y, row in enumerate(made.matrix) for x, square in enumerate(row) if square}
    assert black == wanted
    assert picture.size == len(made.matrix) + 2 * QUIET
    # 30 mm with the white border round it: the squares themselves are at least 20 mm.
    assert 30 * len(made.matrix) / picture.size >= 20


def test_what_is_hard_stands_open_on_a_sheet_of_its_own_and_closed_in_large_print(app: Flask, house: House) -> None:
    pages = [page for page in house.library.pages if _hard(house, page)]
    assert pages
    for page in pages:
        paper, large = (Browser(app).open(f"/en/{page}/{form}").html for form in (PRINT, LARGE))
        assert '<details class="hard"' not in paper
        assert paper.count('<section class="apart">') == len(_hard(house, page)) == large.count('<details class="hard"')


def _hard(house: House, page: str) -> list[str]:
    source = house.library.source(Key("", ENGLISH, page))
    assert source is not None
    return list(source.meta.get("hard") or [])


def test_paper_says_what_nobody_has_checked_and_when_the_page_is_looked_at_again(app: Flask) -> None:
    browser = Browser(app).open("/en/support/print")
    assert "A professional is still checking the facts on this page." in browser.main
    assert re.search(r"We look at this page again by \d+ \w+ \d{4}\.", browser.main)


# --- short addresses ------------------------------------------------------------------------------------------------


def test_a_short_address_leads_to_its_page(app: Flask, house: House) -> None:
    for code in house.settings.languages:
        for panel in (None, *house.panels.all):
            for page in house.library.pages:
                written = short(house.library, panel, page)
                assert len(f"reviews.example.uk/{code}/{written}") <= 30
                assert meant(house.library, house.panels, written) == (panel, page)
    answer = app.test_client().get(f"/ur/llr{number_of(house.library, 'support')}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/ur/leicester-leicestershire-rutland/support"
    assert answer.headers["Cache-Control"].startswith("public")
    for nowhere in ("/en/zz1", "/en/p999", "/en/p0", "/en/llr"):
        assert Browser(app).open(nowhere).status == 404


def test_every_page_has_a_number_and_every_panel_letters_that_no_other_has(house: House) -> None:
    numbers = {page: number_of(house.library, page) for page in house.library.pages}
    missing = [page for page, number in numbers.items() if number is None]
    assert not missing, f"give these the next free number in their front matter: {missing}"
    assert len(set(numbers.values())) == len(numbers), "a number belongs to one page for ever"
    codes = [code_of(panel) for panel in (None, *house.panels.all)]
    assert all(re.fullmatch("[a-z]{1,4}", code) for code in codes), codes
    assert len(set(codes)) == len(codes)


# --- easy read ------------------------------------------------------------------------------------------------------


def test_an_easy_read_page_has_the_headings_of_its_page_and_each_picture_once(app: Flask, house: House) -> None:
    pages = [page for page in house.library.pages if has_easy_read(house, page)]
    assert len(pages) >= 12
    for page in pages:
        easy, full = (Browser(app).open(f"/en/{page}{form}").html for form in (f"/{EASY_READ}", ""))
        headings = [
            re.findall(r'<h2 id="([^"]+)"', html.split("<article")[1].split("</article>")[0]) for html in (easy, full)
        ]
        assert headings[0]
        assert set(headings[0]) <= set(headings[1]), page
        assert "{picture" not in easy
        drawings = re.findall(r'<symbol id="picture-([^"]+)"', easy)
        assert len(set(drawings)) == len(drawings)
        assert set(re.findall(r'<use href="#picture-([^"]+)"', easy)) == set(drawings)


def test_easy_read_that_is_not_translated_is_english_and_says_so(app: Flask, house: House) -> None:
    for code in house.settings.languages:
        library = house.library
        if code != ENGLISH and library.article(EASY + "support", code, None).in_english:
            reading = read(Browser(app).open(f"/{code}/support/{EASY_READ}").html)
            inside = [run for run in reading.runs if "article" in run.tags and "h2" in run.tags]
            assert inside
            assert all((run.lang, run.dir) == ("en", "ltr") for run in inside)


def test_a_picture_stands_beside_the_words_that_follow_it() -> None:
    html = render_markdown("{picture:cup}\n\nFirst.\n\nSecond.\n\n## Next {#next}\n\n{picture:none}\n\nThird.", str)
    assert pictures_in(html) == ["cup", "none"]
    made = str(drawn(html, {"cup"}))
    assert re.search(r'<div class="step"><svg class="picture"[^>]*><use href="#picture-cup"/></svg><div><p>First', made)
    assert made.index("Second.") < made.index("</div></div>") < made.index("<h2")
    assert made.endswith("<p>Third.</p>")
    assert made.count("<svg") == 1


@pytest.mark.parametrize(
    "harm",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)" d="M0 0"/>',
        '<path style="fill:red" d="M0 0"/>',
        '<use href="https://elsewhere.example/a.svg#a"/>',
        '<path id="main" d="M0 0"/>',
        "<text>words</text>",
        '<image href="https://elsewhere.example/a.png"/>',
    ],
)
def test_a_drawing_holds_lines_and_nothing_else(harm: str) -> None:
    whole = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><g fill="none"><path d="M0 0h1"/>{}</g></svg>'
    assert drawing("cup", whole.format("")).startswith('<symbol id="picture-cup" viewBox="0 0 48 48">')
    assert drawing("cup", whole.format(harm)) == ""
    assert drawing('cup"><script', whole.format("")) == ""


def test_every_drawing_of_ours_can_be_used() -> None:
    found = sorted(PICTURES.glob("*.svg"))
    assert found
    refused = [path.name for path in found if not drawing(path.stem, path.read_text(encoding="utf-8"))]
    assert not refused


# --- languages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["support", "support/print", "your-way-back", f"{WORCESTERSHIRE}/support"])
def test_every_language_is_one_press_and_one_choice_away(app: Flask, house: House, page: str) -> None:
    for code in house.settings.languages:
        html = Browser(app).open(f"/{code}/{page}").html
        switch = html.split('<nav class="languages"')[1].split("</nav>")[0]
        summary = switch.split("<summary>")[1].split("</summary>")[0]
        assert f"<b>{language(code).own_name}</b>" in summary
        scripts = set(re.findall(r'<span lang="(\w+)"', summary))
        assert scripts
        assert code not in scripts
        for other in house.settings.languages:
            assert f'<a href="/{other}/{page}" lang="{other}"' in switch


def test_where_a_stranger_lands_the_languages_stand_open(app: Flask, house: House) -> None:
    for path in ("/en/", "/ur/", f"/pl/{WORCESTERSHIRE}/"):
        html = Browser(app).open(path).html
        assert html.count('id="languages"') == 1
        assert 'href="#languages"' in html.split("</header>")[0]
        main = html.split("<main")[1].split("</main>")[0]
        for code in house.settings.languages:
            assert f'lang="{code}"' in main.split('id="languages"')[1].split("</nav>")[0]
        assert "<details" not in main.split('id="languages"')[1].split("</nav>")[0]


def test_listening_waits_for_script_and_brings_its_words(app: Flask) -> None:
    html = Browser(app).open("/en/support").html
    box = re.search(r'<p class="listen"[^>]*>.*?</p>', html)
    assert box is not None
    for word in (
        'data-pause="Pause"',
        'data-go-on="Go on listening"',
        "Listen to this page",
        "Stop listening",
        " hidden>",
    ):
        assert word in box[0]


def test_nastaliq_is_named_on_urdu_pages_only_and_is_there(app: Flask) -> None:
    for code in ("en", "pl", "ur"):
        html = Browser(app).open(f"/{code}/support").html
        found = re.search(r'data-nastaliq="([^"?]+)\?v=', html)
        assert bool(found) == (code == "ur")
        if found:
            answer = app.test_client().get(urljoin("/", found[1]))
            assert answer.status_code == 200
            assert answer.get_data()[:4] == b"wOF2"
            answer.close()


def test_a_part_is_what_the_forms_expect_it_to_be() -> None:
    """The forms show each field of a part; a new one has to be thought of here, too."""
    assert set(Part.__dataclass_fields__) == {"html", "language", "standing", "closed", "english", "picture"}
