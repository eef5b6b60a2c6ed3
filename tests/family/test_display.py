"""How a person likes to read is remembered in their space, on every device, and by no cookie on a public page."""

from flask import Flask

from portal.house import House
from tests.browser import Browser
from tests.family.conftest import Family, invited

PAGE = "/en/your-space/reading"
LARGE, PLAIN = "Large letters", "A plain page: no pictures, one thing under the other"
EASY, LISTENING = "Easy words, where a page has them", "Listening: a button that reads the page to me"


def _choose(browser: Browser, *labels: str) -> Browser:
    """Tick these boxes alone, as fingers do."""
    browser.open(PAGE)
    token = next(one.get("value") for one in browser.tree.iter() if one.get("name") == "csrf_token")
    boxes = {one.get("id"): one.get("value") for one in browser.tree.iter() if one.get("type") == "checkbox"}
    named = {"".join(one.itertext()).strip(): one.get("for") for one in browser.tree.iter() if one.get("for")}
    data = {"csrf_token": token, "likings": [boxes[named[label]] for label in labels]}
    assert browser.client.post(PAGE, data=data).status_code == 303
    return browser.open(f"{PAGE}?kept=1")


def _html_class(browser: Browser) -> str:
    return str(browser.tree.get("class"))


def test_large_letters_and_a_plain_page_change_every_page_of_the_space_on_every_device(mother: Family) -> None:
    telephone, library = mother.inside(), mother.inside()
    assert _html_class(telephone) == "govuk-template"
    telephone.follow("How I like to read")
    assert "It is kept." not in telephone.main
    _choose(telephone, LARGE, PLAIN)
    assert "It is kept." in telephone.main
    for browser in (telephone, library):
        for place in ("", "/words", "/reading"):
            browser.open(f"/en/your-space{place}")
            assert _html_class(browser) == "govuk-template large plain"
            assert 'href="/static/large.css"' in browser.html
            assert 'href="/static/plain.css"' in browser.html


def test_what_was_chosen_is_ticked_and_one_press_brings_the_usual_way_back(mother: Family) -> None:
    browser = _choose(mother.inside(), LARGE)
    ticked = [one.get("value") for one in browser.tree.iter() if one.get("checked") is not None]
    assert ticked == ["large"]
    browser.press("Back to the usual way")
    assert _html_class(browser) == "govuk-template"
    assert "Back to the usual way" not in browser.buttons


def test_links_to_public_pages_lead_to_the_form_that_the_person_likes(mother: Family) -> None:
    browser = mother.inside()

    def read() -> list[str]:
        browser.open("/en/your-space")
        found = [one.get("href") for one in browser.tree.iter() if one.get("href")]
        return [href for href in found if "/support" in href or "/taking-part" in href]

    usual = read()
    assert usual
    _choose(browser, LARGE)
    assert read() == [f"{href}/large-print" for href in usual]
    _choose(browser, EASY)
    easy = read()
    assert any(href.endswith("/easy-read") for href in easy)
    anonymous = Browser(mother.app)
    for href in easy:
        assert anonymous.open(href).status == 200
        assert anonymous.answer is not None
        assert "Set-Cookie" not in anonymous.answer.headers


def test_public_pages_know_nothing_of_it(mother: Family) -> None:
    browser = mother.inside()
    before = browser.open("/en/").html
    _choose(browser, LARGE, PLAIN, LISTENING)
    browser.open("/en/")
    assert browser.html == before
    assert browser.answer is not None
    assert "Set-Cookie" not in browser.answer.headers


def test_listening_is_offered_in_the_space_to_whoever_wants_it(mother: Family) -> None:
    browser = mother.inside()
    assert "data-listen" not in browser.html
    _choose(browser, LISTENING)
    assert browser.open("/en/your-space/words").html.count("data-listen") == 1
    assert "Listen to this page" in browser.html


def test_it_is_each_persons_own(app: Flask, house: House, mother: Family) -> None:
    _choose(mother.inside(), LARGE)
    assert _html_class(invited(app, house).inside()) == "govuk-template"
