"""Three questions that may be left out, and the pages that may fit."""

from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from portal.house import House
from portal.library.paths import LEAST, MOST, QUESTIONS, read_paths
from portal.public.begin_pages import ANSWER_WORDS
from portal.settings import ROOT
from tests.browser import Browser

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

PATHS = read_paths(ROOT / "content")
EVERY = list(product(*([None, *PATHS.answers[question]] for question in QUESTIONS)))
WORCESTERSHIRE = "worcestershire"


def _pages(fitting: list[tuple[str, list[str]]]) -> list[str]:
    return [page for _, pages in fitting for page in pages]


def test_whatever_is_answered_three_to_seven_pages_fit_and_none_stands_twice(house: House) -> None:
    for given in EVERY:
        found = _pages(PATHS.fitting(dict(zip(QUESTIONS, given, strict=True)), house.library.pages))
        assert LEAST <= len(found) <= MOST, (given, found)
        assert len(found) == len(set(found)), (given, found)


def test_every_page_of_the_library_is_on_a_path(house: House) -> None:
    reached = set()
    for given in EVERY:
        reached |= set(_pages(PATHS.fitting(dict(zip(QUESTIONS, given, strict=True)), house.library.pages)))
    assert reached == set(house.library.pages)


def test_every_page_that_an_answer_names_is_there_and_every_answer_has_words_and_a_sign(house: House) -> None:
    for question in QUESTIONS:
        answers = PATHS.answers[question]
        assert {answer.name for answer in answers} == set(ANSWER_WORDS[question])
        assert len({answer.sign for answer in answers}) == len(answers)
        for answer in answers:
            assert answer.pages, answer
            assert set(answer.pages) <= set(house.library.pages), answer
    assert set(PATHS.everyone) <= set(house.library.pages)


def test_what_every_answer_names_first_is_always_offered(house: House) -> None:
    for given in EVERY:
        found = _pages(PATHS.fitting(dict(zip(QUESTIONS, given, strict=True)), house.library.pages))
        for answer in given:
            assert answer is None or answer.pages[0] in found, (given, found)


def test_three_answers_lead_to_pages_that_fit_and_to_whom_to_ring(app: Flask) -> None:
    browser = Browser(app).open("/en/").follow("Find the pages that may fit you, with three short questions")
    assert browser.heading == "What happened?"
    assert browser.follow("My child died suddenly").heading == "How long ago was it?"
    assert browser.follow("It was in these last few days").heading == "What would help you now?"
    browser.follow("To ask something, or to tell the panel something")
    assert browser.heading == "Pages that may fit"
    assert "Because of what happened" in browser.main
    for page in ("If your child died suddenly", "The first hours and days", "Questions "):
        assert any(link.startswith(page[:20]) for link in browser.links), (page, browser.links)
    assert "Who to ring in your area" in browser.main
    assert "116 123" in browser.text
    assert browser.follow("All pages").path.startswith("/en/#")


def test_every_question_can_be_left_out_with_one_press(app: Flask) -> None:
    browser = Browser(app).open(f"/en/{WORCESTERSHIRE}/begin")
    for _ in QUESTIONS:
        browser.follow("I would rather not say")
    assert browser.heading == "Pages that may fit"
    assert "For every family" in browser.main
    assert "01632 960" in browser.text, "the panel's contact stands on the page"
    assert "What you chose" not in browser.main


def test_an_answer_can_be_changed_and_the_others_stay(app: Flask) -> None:
    browser = Browser(app).open("/en/begin").follow("My baby died in hospital").follow("It was a year ago or longer")
    browser.follow("Change: My baby died in hospital")
    assert browser.heading == "What happened?"
    browser.follow("My child died by suicide")
    assert browser.heading == "What would help you now?"
    assert "Change: It was a year ago or longer" in browser.links
    assert "Change: My child died by suicide" in browser.links


def test_the_harder_answers_stand_under_something_else(app: Flask) -> None:
    html = Browser(app).open("/en/begin").html
    first, _, further = html.partition("<summary>Something else</summary>")
    for answer in PATHS.answers["what"]:
        words = ANSWER_WORDS["what"][answer.name]
        assert (words in first.partition("<main")[2]) != answer.further
        assert (words in further) == answer.further
    for word in ("suicide", "caused", "road"):
        assert word not in first.partition("<main")[2]


def test_what_somebody_answers_is_kept_nowhere_and_says_nothing_in_the_address(app: Flask) -> None:
    client = app.test_client()
    first = client.get("/en/begin")
    assert first.headers["Cache-Control"].startswith("public")
    for given in EVERY[::7]:
        signs = {question: answer.sign if answer else "-" for question, answer in zip(QUESTIONS, given, strict=True)}
        answer = client.get("/en/begin", query_string=signs)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "Set-Cookie" not in answer.headers
        assert "<form" not in answer.get_data(as_text=True)
    for question in QUESTIONS:
        assert all(len(answer.sign) == 1 for answer in PATHS.answers[question])


@pytest.mark.parametrize("query", ["what=zz", "what=%00&when=<xmp>", "who=me", "what=a&what=b", "want=-", "?", "what="])
def test_an_answer_that_there_is_not_is_asked_again(app: Flask, query: str) -> None:
    browser = Browser(app).open(f"/en/begin?{query}")
    assert browser.status == 200
    assert browser.heading in ("What happened?", "How long ago was it?")
    assert "<xmp>" not in browser.html


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_every_step_keeps_the_language_and_the_panel(app: Flask, language: str) -> None:
    client, path = app.test_client(), f"/{language}/{WORCESTERSHIRE}/begin"
    browser = Browser(app).open(path)
    for _ in QUESTIONS:
        wanted = [link for link in _hrefs(browser.html) if urlsplit(link).path == path and urlsplit(link).query]
        assert wanted
        assert all(set(parse_qs(urlsplit(link).query)) <= set(QUESTIONS) for link in wanted)
        browser.open(wanted[0])
    assert f"/{language}/{WORCESTERSHIRE}/if-your-baby-died#read" in browser.html
    assert client.get(browser.path).status_code == 200
    other = browser.follow("English")
    assert other.heading == "Pages that may fit", "the language changes, and what was chosen stays"
    assert "Change: My baby died in hospital" in other.links


def _hrefs(html: str) -> list[str]:
    main = html.partition("<main")[2].partition("</main>")[0]
    return [part.partition('"')[0].replace("&amp;", "&") for part in main.split('href="')[1:]]
