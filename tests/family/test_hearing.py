"""Nothing of an answer until the person says so; every choice can be taken back and is the person's own."""

import time
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.review import answers
from portal.review.answers import Hearing
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import Question
from portal.review.reviews import Review
from tests import make
from tests.browser import Browser, as_staff
from tests.family.conftest import Family

CANARY = "The yellow canary sings at noon"


@pytest.fixture
def reference(mother: Family) -> str:
    """Release an answer to the mother's question; return the question's reference."""
    with mother.house.database.writing() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.joined_at)).one()
        review = db.get_one(Review, member.review_id)
        key_worker = db.get_one(StaffMember, review.key_worker_id)
        question = make.a_question(db, member)
        make.a_released_answer(db, question, make.a_coordinator(db), make.a_chair(db), key_worker, CANARY)
        return question.reference


def _everything(browser: Browser, reference: str) -> str:
    paths = ("", "/words", f"/words/{reference}", f"/words/{reference}/answer", "/leaving", f"/kept/{reference}")
    pages = []
    for path in paths:
        browser.open(f"/en/your-space{path}")
        assert browser.answer is not None
        pages.append(browser.html + str(browser.answer.headers))
    return "\n".join(pages)


def test_an_answer_is_only_something_from_the_panel_until_the_person_says_so(mother: Family, reference: str) -> None:
    browser = mother.inside()
    assert CANARY not in _everything(browser, reference)
    assert "There is something from the panel" in browser.open("/en/your-space").main


def test_an_answer_that_is_not_released_is_not_even_something(mother: Family) -> None:
    with mother.house.database.writing() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.joined_at)).one()
        question = make.a_question(db, member)
        make.a_checked_answer(db, question, make.a_coordinator(db), make.a_chair(db), CANARY)
        reference = question.reference
    browser = mother.inside()
    assert browser.open(f"/en/your-space/words/{reference}/answer").status == 404
    assert "something from the panel" not in browser.open("/en/your-space").main


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        ("Keep it for later", Hearing.LATER),
        ("Ask my key worker to go through it with me", Hearing.WITH_KEY_WORKER),
        ("Do not show it to me", Hearing.NOT_AT_ALL),
    ],
)
def test_each_choice_but_reading_shows_nothing_and_can_be_taken_back(
    mother: Family, reference: str, button: str, kept: Hearing
) -> None:
    browser = mother.inside().open(f"/en/your-space/words/{reference}/answer").press(button)
    assert CANARY not in _everything(browser, reference)
    assert _chosen(mother.house, reference) is kept
    browser.open(f"/en/your-space/words/{reference}/answer").press("Read it now")
    assert CANARY in browser.main


def test_reading_it_now_shows_it_on_this_one_page_and_it_can_be_put_away(mother: Family, reference: str) -> None:
    browser = mother.inside().open(f"/en/your-space/words/{reference}/answer").press("Read it now")
    assert CANARY in browser.main
    for path in ("", "/words", f"/words/{reference}"):
        assert CANARY not in browser.open(f"/en/your-space{path}").html
    browser.open(f"/en/your-space/words/{reference}/answer").press("Put it away again")
    assert CANARY not in _everything(browser, reference)
    assert _chosen(mother.house, reference) is Hearing.LATER


def test_before_it_opens_the_page_says_that_it_may_be_hard_and_afterwards_that_more_can_be_asked(
    mother: Family, reference: str
) -> None:
    browser = mother.inside().open(f"/en/your-space/words/{reference}/answer")
    assert browser.main.index("It may be hard to read.") < browser.main.index("How do you want to hear it?")
    browser.press("Read it now")
    assert "It may be hard to read." not in browser.main
    browser.follow("I have another question about this")
    assert browser.status == 200
    assert f"/write/add-{reference}" in browser.path


@pytest.mark.parametrize(
    ("hearing", "sentence"),
    [
        (Hearing.NOW, "They chose to read it."),
        (Hearing.LATER, "They are keeping it for later."),
        (Hearing.WITH_KEY_WORKER, "They would like to go through it with you."),
        (Hearing.NOT_AT_ALL, "They do not want it to be shown."),
    ],
)
def test_the_key_worker_sees_each_choice_at_the_next_look(
    mother: Family, reference: str, hearing: Hearing, sentence: str
) -> None:
    browser = mother.inside().open(f"/en/your-space/words/{reference}/answer")
    data = {"csrf_token": _token(browser), "hearing": hearing.value}
    assert browser.client.post(browser.path, data=data).status_code == 303
    with mother.house.database.reading() as db:
        review = db.scalars(select(Review)).one()
        desk = as_staff(mother.app, db.get_one(StaffMember, review.key_worker_id))
        path = f"/keyworker/families/{review.id}"
    with desk.client.session_transaction() as session:
        session["since"] = session["seen"] = time.time()
    assert sentence in desk.open(path).main


def test_looking_at_the_choices_chooses_nothing(mother: Family, reference: str) -> None:
    for _ in range(3):
        mother.inside().open(f"/en/your-space/words/{reference}/answer")
    assert _chosen(mother.house, reference) is Hearing.NOT_SAID


def test_a_choice_that_there_is_not_changes_nothing(mother: Family, reference: str) -> None:
    browser = mother.inside().open(f"/en/your-space/words/{reference}/answer")
    browser.typed["hearing"] = "not said"
    for value in ("not said", "everything", ""):
        data = {"csrf_token": _token(browser), "hearing": value}
        assert browser.client.post(f"/en/your-space/words/{reference}/answer", data=data).status_code == 404
    assert _chosen(mother.house, reference) is Hearing.NOT_SAID


def test_the_answer_in_their_language_comes_first_with_its_translator(app: Flask, house: House) -> None:
    from tests.family.conftest import invited

    mother = invited(app, house, "ur")
    with house.database.writing() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.joined_at)).one()
        key_worker = db.get_one(StaffMember, db.get_one(Review, member.review_id).key_worker_id)
        question = make.a_question(db, member, "کیوں؟")
        answer = make.a_released_answer(db, question, make.a_coordinator(db), make.a_chair(db), key_worker, CANARY)
        answer.translation, answer.translated_into, answer.translator = "یہ جواب ہے", "ur", "Example Translations"
        answers.choose(db, member, question, answer, Hearing.NOW)
        reference = question.reference
    browser = mother.inside().open(f"/ur/your-space/words/{reference}/answer")
    assert browser.main.index("یہ جواب ہے") < browser.main.index("Example Translations") < browser.main.index(CANARY)


def _chosen(house: House, reference: str) -> Hearing:
    with house.database.reading() as db:
        question_id: UUID = db.scalars(select(Question.id).where(Question.reference == reference)).one()
        answer = answers.to(db, db.get_one(Question, question_id))
        assert answer is not None
        return answer.hearing


def _token(browser: Browser) -> str:
    field = next(one for one in browser.tree.iter() if one.get("name") == "csrf_token")
    return str(field.get("value"))
