"""The key worker's whole way: a family, a person, a link, a number, a question, and an answer brought."""

import json
import re

from sqlalchemy import select

from portal.review import answers, questions
from portal.review.answers import Hearing
from portal.review.people import FamilyMember
from portal.review.reviews import Review
from tests import make
from tests.browser import Browser
from tests.keyworker.conftest import ADDRESS, CARE, CHILD, NAME, Desk


def _begin_and_invite(desk: Desk) -> Browser:
    browser = desk.browser.open("/keyworker/")
    assert "no family here yet" in browser.main
    browser.follow("Invite a family").fill("The child's name", CHILD).choose("Gathering information")
    browser.fill("Their name", NAME).choose("Mother").choose("Urdu – اردو")
    browser.choose("E-mail").fill("The address for that way", ADDRESS).fill("How to reach them safely", CARE)
    return browser.press("Add and invite")


def test_a_key_worker_walks_from_a_new_family_to_an_answer_that_was_brought(desk: Desk) -> None:
    browser = _begin_and_invite(desk)
    assert browser.heading == "One person"
    assert "Waiting to go out" in browser.main
    number = re.search(r"\d{4} \d{4}", browser.main)
    assert number is not None
    page = browser.path
    browser.press("I have noted the number")
    assert number.group() not in browser.text

    desk.courier_comes()
    assert "Sent on" in browser.open(page).main
    sent = max(desk.house.settings.messages_folder.glob("*.json"))
    link = re.search(r"/i/([0-9a-z]{26})", json.loads(sent.read_text())["text"])
    assert link is not None

    mother = Browser(desk.app).open(f"/ur/i/{link.group(1)}")
    answer = mother.client.post(f"/ur/i/{link.group(1)}", data={"number": number.group(), "csrf_token": _token(mother)})
    assert answer.status_code == 303
    assert "Opened for the first time" in browser.open(page).main

    with desk.house.database.writing() as db:
        member = db.scalars(select(FamilyMember)).one()
        question = make.a_question(db, member, "کیا اسے درد ہوا؟")
        make.a_checked_answer(db, question, make.a_coordinator(db), make.a_chair(db), "He was not in pain.")
        reference, question_id = question.reference, question.id
    browser.open("/keyworker/").follow(f"An answer is ready for you to bring: {reference}")
    assert browser.main.index("کیا اسے درد ہوا؟") < browser.main.index("He was not in pain.")
    browser.choose("In person").fill("On which day?", "1 November 2026").choose("I have told them")
    browser.choose("Also send them").press("Let them find the answer")
    assert browser.status == 200
    assert browser.heading == "A question to the panel"
    assert "They have not said yet" in browser.main
    assert re.search(r"You told them: In person\s*1 November 2026", browser.main)

    with desk.house.database.writing() as db:
        member = db.scalars(select(FamilyMember)).one()
        asked = questions.one_of_theirs(db, member, reference)
        there = answers.there_for(db, asked)
        assert there is not None
        answers.choose(db, member, asked, there, Hearing.WITH_KEY_WORKER)
    assert "They would like to go through it with you." in browser.open(f"/keyworker/questions/{question_id}").main
    assert "Somebody would like to go through an answer with you" in browser.open("/keyworker/").main
    desk.courier_comes()
    assert "Short message that there is something new, E-mail: sent on" in browser.open(page).main


def test_the_list_shows_each_family_its_people_and_what_needs_the_key_worker(desk: Desk) -> None:
    browser = _begin_and_invite(desk)
    browser.open("/keyworker/")
    for words in (CHILD, "Gathering information", NAME):
        assert words in browser.main
    browser.follow(f"The number for {NAME} is not noted yet")
    assert browser.heading == "One person"


def test_the_stage_and_the_day_of_the_next_contact_are_set_on_a_page_of_their_own(desk: Desk) -> None:
    review_id = desk.a_family()
    browser = desk.browser.open(f"/keyworker/families/{review_id}/stage")
    browser.choose("Review meeting").fill("The day on which", "3 February 2020").press("Keep this")
    assert browser.status == 422
    assert "There is a problem" in browser.title
    assert browser.value("The day on which") == "3 February 2020"
    browser.fill("The day on which", "3rd Feb 2099").press("Keep this")
    assert "You will next be in touch on 3 February 2099." in browser.main
    assert "Review meeting You are here" in browser.main
    browser.follow("Set the stage and the day of your next contact")
    assert browser.value("The day on which") == "3 February 2099"
    browser.fill("The day on which", "").press("Keep this")
    with desk.house.database.reading() as db:
        assert db.get_one(Review, review_id).next_contact_on is None


def test_no_title_and_no_address_of_a_page_holds_a_name(desk: Desk) -> None:
    _begin_and_invite(desk)
    for path, html in desk.every_page().items():
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
        assert title is not None
        assert not any(word in f"{path} {title.group(1)}" for word in (CHILD, NAME, "Amina"))


def _token(browser: Browser) -> str:
    found = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', browser.html)
    found = found or re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.html)
    assert found is not None
    return found.group(1)
