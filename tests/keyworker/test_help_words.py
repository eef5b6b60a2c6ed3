"""Help with words stands where the work is done: short, folded, without script, and it leads to the library's own."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from portal.review.people import StaffMember
from portal.review.reviews import Review, Stage
from portal.stages import stage_labels
from tests import make
from tests.keyworker.conftest import Desk

_HTML = "{http://www.w3.org/1999/xhtml}"
TEMPLATES = Path(__file__).parents[2] / "templates" / "keyworker"
PLACES = {
    "Words for inviting somebody": "families/{review}/invite",
    "How to ask, and how to read back": "people/{member}/tell",
    "How to say it": "questions/{question}/bring",
    "What to say at each stage, and its letter": "families/{review}/stage",
    "When you cannot reach somebody": "people/{member}/contacts",
    "After a hard conversation: looking after yourself": "",
}


def _ids(desk: Desk) -> dict[str, UUID]:
    review_id = desk.a_family()
    member_id = desk.a_person(review_id)
    question_id = desk.a_question_with_a_checked_answer(member_id, "Was she alone?", "A nurse was with her.")
    return {"review": review_id, "member": member_id, "question": question_id}


@pytest.mark.parametrize("summary", PLACES)
def test_help_is_folded_where_it_is_needed_and_leads_to_more_in_a_new_tab(desk: Desk, summary: str) -> None:
    browser = desk.browser.open("/keyworker/" + PLACES[summary].format(**_ids(desk)))
    folded = [one for one in browser.tree.iter(f"{_HTML}details") if one.get("class") == "to-say"]
    assert ["".join(one.find(f"{_HTML}summary").itertext()) for one in folded] == [summary]
    assert folded[0].get("open") is None
    said = "".join(folded[0].itertext())
    assert "to be checked by key workers and by bereaved parents" in said
    links = list(folded[0].iter(f"{_HTML}a"))
    assert links
    for link in links:
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
        assert "in a new tab" in "".join(link.itertext())
        assert browser.client.get(link.get("href")).status_code == 200, link.get("href")


def test_every_stage_says_what_to_say_and_has_its_letter(desk: Desk, stage_names: list[str]) -> None:
    browser = desk.browser.open(f"/keyworker/families/{desk.a_family()}/stage")
    lists = list(browser.tree.iter(f"{_HTML}dl"))
    assert ["".join(one.itertext()) for one in lists[0].iter(f"{_HTML}dt")] == stage_names
    for answer in lists[0].iter(f"{_HTML}dd"):
        assert list(answer.iter(f"{_HTML}a"))


@pytest.fixture
def stage_names(desk: Desk) -> list[str]:
    """The names of the stages."""
    with desk.app.test_request_context("/en/"):
        return [dict(stage_labels())[stage.value] for stage in Stage]


def test_no_help_is_longer_than_eight_lines() -> None:
    helps = sorted(TEMPLATES.glob("help_*.html"))
    assert len(helps) > 6
    for path in helps:
        assert path.read_text("utf-8").count("<li>") <= 8, path.name


def test_no_line_of_the_help_is_long() -> None:
    for path in TEMPLATES.glob("help_*.html"):
        for sentence in re.split(r"(?<=[.?”:])\s", " ".join(re.findall(r'_\("([^"]*)"', path.read_text("utf-8")))):
            assert len(sentence.split()) <= 25, sentence


def test_after_an_answer_was_brought_the_page_thinks_of_the_key_worker_too(desk: Desk) -> None:
    ids = _ids(desk)
    browser = desk.browser.open(f"/keyworker/questions/{ids['question']}/bring")
    browser.choose("In person").fill("On which day?", "1 November 2026").choose("I have told them that there is an")
    browser.press("Let them find the answer")
    assert "occupational health" in browser.main
    with desk.house.database.writing() as db:
        review = db.get_one(Review, ids["review"])
        news = make.news_of(db, review, db.get_one(StaffMember, desk.key_worker_id), make.a_chair(db)).id
    assert "occupational health" in desk.browser.open(f"/keyworker/news/{news}").main
