"""Was this page clear? Said without a name, a cookie or an address, and never asked twice on a path."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access import Role
from portal.house import House
from portal.review.clearness import LONGEST, Clear, Clearness, Shape
from portal.settings import ROOT
from tests import make
from tests.browser import Browser, as_staff

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

OFFER, SEND = "Was this page clear?", "Send my answer"
WORDS = "What was not clear, if you like to say"
PANEL = "worcestershire"


def _kept(house: House) -> list[Clearness]:
    with house.database.reading() as db:
        rows = list(db.scalars(select(Clearness)).all())
        for row in rows:
            row.__dict__["read"] = row.words
        return rows


@pytest.mark.parametrize("panel", ["", f"{PANEL}/"])
def test_a_reader_says_that_a_page_was_not_clear_and_comes_back_to_it(app: Flask, house: House, panel: str) -> None:
    browser = Browser(app).open(f"/en/{panel}support").follow(OFFER)
    assert browser.path == f"/en/{panel}support/was-it-clear"
    assert browser.heading == OFFER
    browser.choose("Partly").fill(WORDS, "Which number is for me?").press(SEND)
    assert browser.heading == "Your answer is kept"
    assert "They cannot see who you are" in browser.main
    (row,) = _kept(house)
    assert (row.page, row.language, row.shape, row.clear) == ("support", "en", Shape.PAGE, Clear.PARTLY)
    assert row.__dict__["read"] == "Which number is for me?"
    assert browser.follow("Back to the page").path == f"/en/{panel}support#read"


def test_no_cookie_is_given_and_nothing_may_be_kept_by_a_cache(app: Flask) -> None:
    client = app.test_client()
    path = "/pl/support/was-it-clear"
    for answer in (client.get(path), client.post(path, data={"clear": "yes", "once": "1"}), client.get(f"{path}/kept")):
        assert answer.status_code in (200, 303)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
    assert not client._cookies


def test_pressing_twice_keeps_one(app: Flask, house: House) -> None:
    browser = Browser(app).open("/en/support/was-it-clear")
    once = re.search(r'name="once"[^>]*value="([^"]+)"', browser.html)
    assert once
    for _ in range(2):
        answer = browser.client.post(browser.path, data={"clear": "no", "words": "Twice.", "once": once[1]})
        assert answer.status_code == 303
    assert len(_kept(house)) == 1


def test_without_an_answer_it_is_asked_kindly_and_every_word_stays(app: Flask, house: House) -> None:
    browser = Browser(app).open("/en/support/was-it-clear").fill(WORDS, "What is a  panel?\n<b>").press(SEND)
    assert browser.status == 422
    assert browser.title.startswith("There is a problem")
    assert "Please choose yes, partly or no." in browser.main
    assert browser.value(WORDS) == "What is a  panel?\n<b>"
    assert not _kept(house)


def test_an_answer_that_there_is_not_is_met_in_our_own_words(app: Flask, house: House) -> None:
    answer = app.test_client().post("/en/support/was-it-clear", data={"clear": "perhaps", "words": "Hm."})
    assert answer.status_code == 422
    assert "Please choose yes, partly or no." in answer.get_data(as_text=True)
    assert not _kept(house)


def test_more_than_can_be_kept_comes_back_whole(app: Flask, house: House) -> None:
    long = "word " * (LONGEST // 5) + "the end"
    browser = Browser(app).open("/en/support/was-it-clear").choose("No").fill(WORDS, long).press(SEND)
    assert browser.status == 422
    assert browser.value(WORDS) == long
    assert 'value="no" checked' in browser.html
    assert "Everything you wrote is still here" in browser.main
    assert not _kept(house)


def test_a_flood_is_met_kindly_and_keeps_the_words_in_the_box(
    app: Flask, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.sluice, "lets_through", lambda: False)
    browser = Browser(app).open("/en/support/was-it-clear").choose("Yes").fill(WORDS, "It helped.").press(SEND)
    assert browser.status == 429
    assert "Your words are still here" in browser.main
    assert browser.value(WORDS) == "It helped."
    assert not _kept(house)
    monkeypatch.undo()
    assert browser.press(SEND).heading == "Your answer is kept"


def test_another_site_cannot_answer_in_a_readers_name(app: Flask, house: House) -> None:
    data = {"clear": "yes", "once": "x"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
        assert app.test_client().post("/en/support/was-it-clear", data=data, headers=headers).status_code == 404
    assert not _kept(house)


def test_the_form_in_which_a_page_was_read_is_kept_with_it(app: Flask, house: House) -> None:
    for form, shape in (("easy-read", Shape.EASY_READ), ("large-print", Shape.LARGE_PRINT), ("<b>", Shape.PAGE)):
        browser = Browser(app).open(f"/en/support/was-it-clear?form={form}").choose("Yes").press(SEND)
        assert browser.heading == "Your answer is kept"
        assert shape in {row.shape for row in _kept(house)}
        own = "" if shape is Shape.PAGE else f"/{form}"
        assert browser.follow("Back to the page").path == f"/en/support{own}#read"
        assert browser.status == 200
        if own:
            assert browser.follow(OFFER).path == f"/en/support/was-it-clear?form={form}"


def test_the_offer_is_hidden_where_a_path_or_an_answer_leads(app: Flask) -> None:
    """A link to ``#read`` makes the article the target, and what comes after it is then not shown."""
    assert "#read:target~.ask{display:none}" in (ROOT / "static" / "public.css").read_text("utf-8")
    html = Browser(app).open("/en/support").html
    article, ask = html.index('<article id="read">'), html.index('<p class="ask">')
    assert article < html.index("</article>") < ask, "the offer stands after the article, beside it"
    path = Browser(app).open("/en/begin?what=-&when=-&want=-")
    listed = re.findall(r'<ul class="pages">(.*?)</ul>', path.html, re.DOTALL)
    links = re.findall(r'href="([^"]+)"', "".join(listed))
    assert links
    assert all(link.endswith("#read") for link in links)
    browser = Browser(app).open("/en/support/was-it-clear")
    assert re.findall(r'href="(/en/support[^"]*)"', browser.html.partition("<main")[2].partition("</main>")[0]) == [
        "/en/support#read",
        "/en/support#read",
    ]


def test_a_path_itself_can_be_said_to_be_clear(app: Flask, house: House) -> None:
    browser = Browser(app).open("/en/begin?what=a&when=a&want=a").follow(OFFER).choose("Yes").press(SEND)
    assert [row.page for row in _kept(house)] == ["begin"]
    assert browser.follow("Back to the page").path == "/en/begin"


@pytest.mark.parametrize("path", ["/en/nowhere/was-it-clear", "/en/was-it-clear", "/xx/support/was-it-clear"])
def test_a_page_that_there_is_not_cannot_be_judged(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404
    assert app.test_client().post(path, data={"clear": "yes"}).status_code == 404


def test_the_editor_sees_how_many_said_what_and_the_words_newest_first(app: Flask, house: House) -> None:
    for words, clear in (("First words.", "No"), ("Second words.", "Partly")):
        Browser(app).open("/ur/support/was-it-clear")
        app.test_client().post("/ur/support/was-it-clear", data={"clear": clear.lower(), "words": words, "once": words})
    with house.database.writing() as db:
        editor, coordinator = make.an_editor(db), make.a_coordinator(db)
        browser, other = as_staff(app, editor), as_staff(app, coordinator)
        translator = as_staff(app, make.a_staff_member(db, Role.TRANSLATOR))
    page = browser.open("/panel/library").follow("Was it clear?")
    assert page.path == "/panel/clearness"
    assert "First words." in page.main
    assert "Second words." in page.main
    assert "Urdu 0 1 1" in page.main
    assert other.open("/panel/clearness").status == 404
    counts = translator.open("/panel/clearness").main
    assert "Urdu 0 1 1" in counts
    assert "words." not in counts, "what readers wrote may name somebody"
    page.press("Take these words out")
    assert page.main.count(" words.") == 1
    assert "Urdu 0 1 1" in page.main


def test_nothing_of_an_answer_is_logged(app: Flask, house: House, capfd: pytest.CaptureFixture[str]) -> None:
    Browser(app).open("/en/support/was-it-clear").choose("No").fill(WORDS, "Quicksilverine").press(SEND)
    out = capfd.readouterr()
    assert "Quicksilverine" not in out.out + out.err


def test_the_page_needs_no_script_and_no_style_of_another_file() -> None:
    assert "<script" not in Path(ROOT / "templates/public/was_it_clear.html").read_text("utf-8")
