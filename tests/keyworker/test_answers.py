"""An answer reaches a family only through their key worker, after they were told how and when."""

from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from portal.review import answers, invitations, messages, questions
from portal.review.answers import Answer, Outcome
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import Question, Standing
from tests import make
from tests.browser import as_family, as_staff
from tests.keyworker.conftest import Desk

ASKED, ANSWER = "Why did nobody ring us that night?", "The ward has no rule about who rings."


@pytest.fixture
def member_id(desk: Desk) -> UUID:
    """A person of a family, who has a link."""
    member_id = desk.a_person(desk.a_family())
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        invitations.invite(db, key_worker, member, member.way)
    return member_id


@pytest.fixture
def question_id(desk: Desk, member_id: UUID) -> UUID:
    """A question of theirs with a checked answer."""
    return desk.a_question_with_a_checked_answer(member_id, ASKED, ANSWER)


def _state(desk: Desk, question_id: UUID) -> Standing:
    with desk.house.database.reading() as db:
        return db.get_one(Question, question_id).state


def _answer(db: Session, question: Question) -> Answer:
    found = answers.to(db, question)
    assert found is not None
    return found


def _news(db: Session) -> int:
    return db.query(messages.Message).where(messages.Message.kind == messages.Kind.NEWS).count()


@pytest.mark.parametrize(
    ("how", "day", "tick", "sentence"),
    [
        (None, "1 November 2026", True, "Please choose how you told them."),
        ("By telephone", "", True, "Please write the day on which you told them."),
        ("By telephone", "some day", True, "Please write the day like this: 24 November 2026."),
        ("By telephone", "31/12/2099", True, "This day is still to come."),
        ("By telephone", "1 November 2026", False, "Please tell them first. When you have, tick this."),
    ],
)
def test_an_answer_is_released_only_with_how_and_when_and_the_tick(
    desk: Desk, question_id: UUID, how: str | None, day: str, tick: bool, sentence: str
) -> None:
    browser = desk.browser.open(f"/keyworker/questions/{question_id}/bring")
    assert browser.main.index(ASKED) < browser.main.index(ANSWER)
    browser.fill("On which day?", day)
    if how:
        browser.choose(how)
    if tick:
        browser.choose("I have told them that there is an answer")
    browser.press("Let them find the answer")
    assert browser.status == 422
    assert browser.title.startswith("There is a problem")
    assert sentence in browser.main
    assert browser.value("On which day?") == day
    assert _state(desk, question_id) is Standing.CHECKED


@pytest.mark.parametrize(
    "day", ["1 November 2026", "Sunday 1st November 2026", "1.11.2026", "01/11/2026", "2026-11-01"]
)
def test_a_day_may_be_written_in_many_ways(desk: Desk, question_id: UUID, day: str) -> None:
    browser = (
        desk.browser.open(f"/keyworker/questions/{question_id}/bring").choose("By video").fill("On which day?", day)
    )
    browser.choose("I have told them that there is an answer").press("Let them find the answer")
    assert browser.status == 200
    assert "1 November 2026" in browser.main
    assert _state(desk, question_id) is Standing.ANSWERED
    with desk.house.database.reading() as db:
        assert _news(db) == 0, "no message goes unless the key worker ticked it"


def test_no_message_is_offered_where_there_is_no_way(desk: Desk) -> None:
    member_id = desk.a_person(desk.a_family(), Way.EMAIL, None)
    question_id = desk.a_question_with_a_checked_answer(member_id, ASKED, ANSWER)
    assert "Also send them" not in desk.browser.open(f"/keyworker/questions/{question_id}/bring").main


def test_pressing_twenty_times_releases_once(desk: Desk, question_id: UUID) -> None:
    browser = desk.browser.open(f"/keyworker/questions/{question_id}/bring")
    filled = {"told_how": "in person", "told_on": "1 November 2026", "told": "y", "also_send": "y"}
    assert set(desk.post_at_once(browser.path, filled)) == {303}
    with desk.house.database.reading() as db:
        assert _news(db) == 1
    assert browser.open(f"/keyworker/questions/{question_id}/bring").heading == "A question to the panel"


def test_what_the_person_chose_is_there_with_the_next_look(desk: Desk, member_id: UUID, question_id: UUID) -> None:
    browser = desk.browser.open(f"/keyworker/questions/{question_id}/bring").choose("In person")
    browser.fill("On which day?", "1 November 2026").choose("I have told them").press("Let them find the answer")
    sentences = {
        answers.Hearing.NOW: "They chose to read it.",
        answers.Hearing.LATER: "They are keeping it for later.",
        answers.Hearing.WITH_KEY_WORKER: "They would like to go through it with you.",
        answers.Hearing.NOT_AT_ALL: "They do not want it to be shown.",
    }
    for hearing, sentence in sentences.items():
        with desk.house.database.writing() as db:
            question = db.get_one(Question, question_id)
            answer, review_id = answers.there_for(db, question), question.review_id
            assert answer is not None
            answers.choose(db, db.get_one(FamilyMember, member_id), question, answer, hearing)
        assert sentence in browser.open(f"/keyworker/questions/{question_id}").main
        assert sentence in browser.open(f"/keyworker/families/{review_id}").main


def test_the_panel_is_asked_for_other_words(desk: Desk, question_id: UUID) -> None:
    browser = desk.browser.open(f"/keyworker/questions/{question_id}/bring").follow("Ask the panel for other words")
    browser.press("Send it back to the panel")
    assert browser.status == 422
    browser.fill("What would be better said", "“Rule” sounds cold.").press("Send it back to the panel")
    assert browser.heading == "A question to the panel"
    assert "The panel is writing an answer" in browser.main
    with desk.house.database.reading() as db:
        answer = answers.to(db, db.get_one(Question, question_id))
        assert answer is not None
        assert answer.remark == "“Rule” sounds cold."


def test_when_somebody_was_quicker_the_key_worker_is_told_and_keeps_their_words(desk: Desk, question_id: UUID) -> None:
    browser = desk.browser.open(f"/keyworker/questions/{question_id}/other-words")
    with desk.house.database.writing() as db:
        question = db.get_one(Question, question_id)
        answer = answers.to(db, question)
        assert answer is not None
        answers.send_back(db, make.a_chair(db), question, answer, "Shorter, please.")
    browser.fill("What would be better said", "“Rule” sounds cold.").press("Send it back to the panel")
    assert browser.status == 409
    assert "Your words are still here." in browser.main
    assert browser.value("What would be better said") == "“Rule” sounds cold."


def test_a_question_that_was_taken_back_is_not_there(desk: Desk, member_id: UUID) -> None:
    with desk.house.database.writing() as db:
        question = make.a_question(db, db.get_one(FamilyMember, member_id), ASKED)
        question.state, question_id = Standing.WITHDRAWN, question.id
    assert desk.browser.open(f"/keyworker/questions/{question_id}").status == 404


def test_a_translation_stays_in_its_language_when_the_person_reads_another_one_now(desk: Desk, member_id: UUID) -> None:
    translated = "نمبر نہیں تھا۔"
    with desk.house.database.writing() as db:
        member, coordinator = db.get_one(FamilyMember, member_id), make.a_coordinator(db)
        member.language = "ur"
        question = make.a_question(db, member, ASKED)
        questions.take_up(db, coordinator, question)
        answer = answers.draft(db, coordinator, question, Outcome.WHOLE, ANSWER, translated, "Sana Malik")
        answers.check(db, make.a_chair(db), question, answer)
        member.language = "pl"  # it was noted wrongly at first
        question_id, reference, panel = question.id, question.reference, as_staff(desk.app, coordinator)
    browser = desk.browser.open(f"/keyworker/questions/{question_id}/bring")
    assert "They read polski now, and the answer is not there in it." in browser.main
    assert f'lang="ur" dir="rtl">{translated}' in panel.open(f"/panel/questions/{question_id}").html
    browser.choose("In person").fill("On which day?", "1 November 2026")
    browser.choose("I have told them").press("Let them find the answer")
    with desk.house.database.writing() as db:
        member, found = db.get_one(FamilyMember, member_id), db.get_one(Question, question_id)
        answers.choose(db, member, found, _answer(db, found), answers.Hearing.NOW)
        link = invitations.of_member(db, member)[0].id
    theirs = as_family(desk.app, desk.house, link)
    assert translated not in theirs.open(f"/pl/your-space/words/{reference}/answer").html
    assert ANSWER in theirs.main
    with desk.house.database.writing() as db:
        db.get_one(FamilyMember, member_id).language = "ur"
    assert translated in theirs.open(f"/ur/your-space/words/{reference}/answer").main


def test_what_was_translated_into_another_language_does_not_stand_in_the_form_for_the_new_one(desk: Desk) -> None:
    with desk.house.database.writing() as db:
        key_worker, coordinator = db.get_one(StaffMember, desk.key_worker_id), make.a_coordinator(db)
        member = make.a_family_member(db, make.a_review(db, key_worker), language="ur")
        question = make.a_question(db, member, ASKED)
        questions.take_up(db, coordinator, question)
        answers.draft(db, coordinator, question, Outcome.WHOLE, ANSWER, "نمبر نہیں تھا۔", "Sana Malik")
        member.language = "pl"
        path, chair = f"/panel/questions/{question.id}", as_staff(desk.app, make.a_chair(db))
        writer = as_staff(desk.app, coordinator)
    assert writer.open(f"{path}/answer").value("The same answer in Polish") == ""
    assert "The person who asked reads Polish" in chair.open(f"{path}/check").main
