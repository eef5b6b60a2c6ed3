"""An answer on its way: drafted, checked by a second person, sent back; and the key worker's to bring."""

import pytest
from sqlalchemy import select

from portal.review import answers
from portal.review.answers import Outcome
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import Standing
from tests.panel.scene import ASKED, Scene

PLAIN = "These words are plain, kind and true to what the panel decided"
AGREE = "The answer can go to the key worker"


def standing(scene: Scene) -> Standing:
    with scene.house.database.reading() as db:
        return scene.question(db).state


def test_a_question_goes_the_whole_way_from_new_to_the_key_worker(scene: Scene) -> None:
    page = scene.coordinator.open("/panel/meetings").follow("Plan a meeting")
    page.choose("Panel meeting").fill("Day of the meeting", "4 December 2026").press("Plan the meeting")
    assert page.heading == "Panel meeting on 4 December 2026"
    page.open(scene.path).press("Take it up").follow("Put it to a meeting")
    page.choose("Panel meeting on 4 December 2026").press("Put it to this meeting")
    assert "Put to a meeting: Panel meeting on 4 December 2026" in page.main

    writer = scene.member.open(scene.path).follow("Draft an answer")
    writer.choose("Answered in full").fill("The answer, in plain English", "She was with another child.")
    writer.press("Keep this draft")
    assert writer.path == scene.path
    assert standing(scene) is Standing.DRAFTED
    assert "A coordinator or the chair reads it with fresh eyes" in writer.main
    assert "Check the answer" not in writer.links

    second = scene.chair.open(scene.path).follow("Check the answer")
    assert ASKED in second.main
    assert "She was with another child." in second.main
    second.choose(PLAIN).press(AGREE)
    assert standing(scene) is Standing.CHECKED
    assert "The answer is now with the family's key worker." in second.main
    assert "With the key worker" in scene.member.open("/panel/questions").main
    assert scene.coordinator.open("/panel/meetings").follow("Panel meeting on 4 December 2026").status == 200
    assert "This meeting was held." in scene.coordinator.press("This meeting was held").main


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ("Answered in full", "Write the answer in plain words."),
        ("Answered in part", "Write what the panel can answer, and say why it cannot answer the rest."),
        ("Cannot be answered", "Say in plain words why the panel cannot answer this."),
    ],
)
def test_no_answer_goes_on_without_words(scene: Scene, choice: str, message: str) -> None:
    page = scene.taken_up().member.open(f"{scene.path}/answer").choose(choice)
    page.fill("The answer, in plain English", "   ").press("Keep this draft")
    assert page.status == 422
    assert message in page.main
    assert page.title.startswith("There is a problem")
    assert standing(scene) is Standing.TAKEN_UP


def test_an_answer_without_an_outcome_keeps_every_word(scene: Scene) -> None:
    page = scene.taken_up().member.open(f"{scene.path}/answer")
    page.fill("The answer, in plain English", "She was\nwith another child.").press("Keep this draft")
    assert page.status == 422
    assert "Choose how far the panel can answer." in page.main
    assert page.value("The answer, in plain English").split() == ["She", "was", "with", "another", "child."]


def test_whoever_wrote_an_answer_does_not_check_it_and_is_told_why(scene: Scene) -> None:
    scene.taken_up().drafted()
    page = scene.coordinator.open(f"{scene.path}/check")
    assert page.status == 200
    assert "You wrote these words yourself." in page.main
    assert AGREE not in page.buttons
    with scene.coordinator.client as client:
        token = _token(scene.coordinator.open(f"{scene.path}/send-back").html)
        answer = client.post(f"{scene.path}/check", data={"csrf_token": token, "seen": "3-1", "plain": "y"})
    assert answer.status_code == 422
    assert standing(scene) is Standing.DRAFTED


def test_an_answer_is_not_checked_without_the_tick(scene: Scene) -> None:
    page = scene.taken_up().drafted().chair.open(f"{scene.path}/check").press(AGREE)
    assert page.status == 422
    assert "Tick the box if you agree" in page.main
    assert standing(scene) is Standing.DRAFTED


def test_an_answer_is_sent_back_with_a_remark_and_written_anew(scene: Scene) -> None:
    page = scene.taken_up().drafted().chair.open(f"{scene.path}/check").follow("Send it back for other words")
    page.press("Send it back")
    assert page.status == 422
    assert "Say what should be different" in page.main
    page.fill("What should be different?", 'Please say "died".').press("Send it back")
    assert 'Please say "died".' in scene.coordinator.open(scene.path).main
    writer = scene.coordinator.follow("Change the words")
    assert 'Please say "died".' in writer.main
    assert writer.value("The answer, in plain English") == "The nurse was with another child."
    writer.fill("The answer, in plain English", "The nurse was with a child who died.").press("Keep this draft")
    assert 'Please say "died".' not in writer.main
    assert scene.chair.open(f"{scene.path}/check").choose(PLAIN).press(AGREE).path == scene.path
    assert standing(scene) is Standing.CHECKED


def test_a_checked_answer_can_still_be_sent_back(scene: Scene) -> None:
    page = scene.taken_up().drafted().chair.open(f"{scene.path}/check").choose(PLAIN).press(AGREE)
    page.follow("Send it back for other words").fill("What should be different?", "A shorter one.").press(
        "Send it back"
    )
    assert standing(scene) is Standing.DRAFTED
    assert scene.member.open(f"{scene.path}/answer").status == 200


def test_an_answer_in_another_language_is_translated_before_it_is_checked(urdu: Scene) -> None:
    urdu.taken_up().drafted()
    page = urdu.chair.open(f"{urdu.path}/check")
    assert "the answer is there in English only" in page.main
    assert AGREE not in page.buttons
    writer = urdu.coordinator.open(f"{urdu.path}/answer").fill("The same answer in Urdu", "وہ ایک اور بچے کے ساتھ تھی۔")
    writer.press("Keep this draft")
    assert writer.status == 422
    assert "Write the name of the person who translated the answer." in writer.main
    assert writer.value("The same answer in Urdu") == "وہ ایک اور بچے کے ساتھ تھی۔"
    writer.fill("Name of the translator", "Nadia Begum").press("Keep this draft")
    page = urdu.chair.open(f"{urdu.path}/check")
    assert 'lang="ur" dir="rtl">وہ' in page.html
    assert page.choose(PLAIN).press(AGREE).path == urdu.path
    assert standing(urdu) is Standing.CHECKED


def test_of_two_who_draft_at_once_the_second_is_told_and_keeps_every_word(scene: Scene) -> None:
    first, second = scene.taken_up().member.open(f"{scene.path}/answer"), scene.chair.open(f"{scene.path}/answer")
    first.choose("Answered in full").fill("The answer, in plain English", "First words.").press("Keep this draft")
    second.choose("Answered in part").fill("The answer, in plain English", "Second words.").press("Keep this draft")
    assert second.status == 409
    assert "A colleague has changed this in the meantime" in second.main
    assert "First words." in second.main
    assert second.value("The answer, in plain English") == "Second words."
    assert second.press("Keep this draft").path == scene.path
    assert "Second words." in second.main
    assert "Answered in part" in second.main


def test_words_written_while_a_colleague_checks_are_kept_and_not_slipped_in(scene: Scene) -> None:
    writer = scene.taken_up().drafted().coordinator.open(f"{scene.path}/answer")
    scene.chair.open(f"{scene.path}/check").choose(PLAIN).press(AGREE)
    writer.fill("The answer, in plain English", "Other words.").press("Keep this draft")
    assert writer.status == 409
    assert "send it back for other words first" in writer.main
    assert writer.value("The answer, in plain English") == "Other words."
    assert writer.press("Keep this draft").status == 409
    assert standing(scene) is Standing.CHECKED


def test_nobody_checks_words_that_were_not_on_their_screen(scene: Scene) -> None:
    second = scene.taken_up().drafted().chair.open(f"{scene.path}/check")
    scene.drafted("Quite other words.")
    second.choose(PLAIN).press(AGREE)
    assert second.status == 409
    assert "Quite other words." in second.main
    assert standing(scene) is Standing.DRAFTED


def test_an_answer_that_ended_cannot_be_written_to(scene: Scene) -> None:
    scene.taken_up().drafted()
    with scene.house.database.writing() as db:
        chair, question = db.get_one(StaffMember, scene.chair_id), scene.question(db)
        answer = answers.to(db, question)
        assert answer is not None
        answers.check(db, chair, question, answer)
    for path in ("/answer", "/check"):
        assert scene.coordinator.open(scene.path + path).status == 409


def test_no_answer_is_checked_before_there_is_one(scene: Scene) -> None:
    assert scene.taken_up().chair.open(f"{scene.path}/check").status == 409
    assert scene.chair.open(f"{scene.path}/send-back").status == 409


def test_the_panels_own_word_for_the_key_worker_is_used(scene: Scene) -> None:
    assert Outcome("cannot") is Outcome.CANNOT
    with scene.house.database.writing() as db:
        for row in db.query(StaffMember):
            row.panel = "leicester-leicestershire-rutland"
        scene.question(db).panel = "leicester-leicestershire-rutland"
    page = scene.taken_up().drafted().chair.open(f"{scene.path}/check").choose(PLAIN)
    page.press("The answer can go to the review nurse")
    assert "With the review nurse" in page.main
    assert "the family's review nurse" in page.main


def _token(html: str) -> str:
    return html.split('name="csrf_token" type="hidden" value="')[1].split('"', maxsplit=1)[0]


def test_a_first_draft_that_comes_with_its_translation_is_kept(scene: Scene) -> None:
    scene.taken_up()
    with scene.house.database.writing() as db:
        question = scene.question(db)
        db.get_one(FamilyMember, question.family_member_id).language = "ur"
    with scene.house.database.writing() as db:
        writer = db.scalars(select(StaffMember).order_by(StaffMember.id)).first()
        assert writer is not None
        answers.draft(db, writer, scene.question(db), Outcome.WHOLE, "Yes.", "جی ہاں۔", "Example Translations")
    with scene.house.database.reading() as db:
        kept = answers.to(db, scene.question(db))
        assert kept is not None
        assert (kept.translation, kept.translated_into) == ("جی ہاں۔", "ur")
