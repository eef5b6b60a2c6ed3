"""The panel's questions: the list, one question, and the translation beside it."""

from sqlalchemy import select

from portal.review import questions
from portal.review.history import Entry
from portal.review.people import FamilyMember
from portal.review.questions import Standing
from tests.panel.scene import ASKED, Scene


def reference_of(scene: Scene) -> str:
    with scene.house.database.reading() as db:
        return scene.question(db).reference


def test_the_list_shows_where_a_question_is_and_no_word_of_the_family(scene: Scene) -> None:
    page = scene.member.open("/panel/questions")
    assert page.status == 200
    assert page.heading == "Questions from families"
    assert reference_of(scene) in page.main
    assert "New" in page.main
    assert "Written in English." in page.main
    assert ASKED not in page.html


def test_the_question_is_shown_in_the_familys_own_words_and_language(urdu: Scene) -> None:
    page = urdu.member.open("/panel/questions").follow(reference_of(urdu))
    assert page.heading == "A question from a family"
    assert 'lang="ur" dir="rtl">رات کی نرس کیوں نہیں آئی؟</div>' in page.html
    assert page.main.index("The family's own words") < page.main.index("What happens now")


def test_a_coordinator_takes_up_a_question_and_the_line_of_dates_says_so(scene: Scene) -> None:
    page = scene.coordinator.open(scene.path).press("Take it up")
    assert page.status == 200
    assert page.path == scene.path
    assert "Taken up, Cory Dinator" in page.main
    assert "Cory Dinator" in page.main
    assert "Take it up" not in page.buttons
    assert "Taken up" in scene.member.open("/panel/questions").main


def test_a_panel_member_is_told_who_takes_it_up_and_gets_no_button(scene: Scene) -> None:
    page = scene.member.open(scene.path)
    assert "A coordinator takes it up for the panel." in page.main
    assert page.buttons == ["Sign out"]


def test_the_second_of_two_who_take_up_a_question_is_told(scene: Scene) -> None:
    scene.coordinator.open(scene.path)
    scene.other_coordinator.open(scene.path).press("Take it up")
    page = scene.coordinator.press("Take it up")
    assert page.status == 409
    assert "A colleague has moved this question on" in page.main
    assert ASKED in page.main


def test_a_translation_stands_beside_the_own_words_with_the_translators_name(urdu: Scene) -> None:
    page = urdu.coordinator.open(urdu.path).follow("Add a translation")
    assert "Never a relative" in page.main
    page.fill("Translation into English", "Why did the night nurse not come?")
    page.fill("Name of the translator", "Nadia Begum").press("Keep the translation")
    assert page.path == urdu.path
    assert "Translated by Nadia Begum." in page.main
    assert page.main.index("رات") < page.main.index("Why did the night nurse not come?")
    assert "Change the translation" in page.links


def test_a_translation_without_a_name_keeps_every_word(urdu: Scene) -> None:
    page = urdu.coordinator.open(f"{urdu.path}/translation")
    page.fill("Translation into English", "Why did nobody come?").press("Keep the translation")
    assert page.status == 422
    assert page.title.startswith("There is a problem")
    assert "Write the name of the person who translated it." in page.main
    assert page.value("Translation into English") == "Why did nobody come?"


def test_of_two_translations_at_once_the_second_is_told_and_keeps_its_words(urdu: Scene) -> None:
    first, second = urdu.coordinator.open(f"{urdu.path}/translation"), urdu.other_coordinator
    second.open(f"{urdu.path}/translation")
    first.fill("Translation into English", "First words").fill("Name of the translator", "Nadia").press(
        "Keep the translation"
    )
    second.fill("Translation into English", "Second words").fill("Name of the translator", "Omar")
    second.press("Keep the translation")
    assert second.status == 409
    assert "A colleague has changed this" in second.main
    assert second.value("Translation into English") == "Second words"
    assert "First words" in second.main
    assert second.press("Keep the translation").status == 200
    assert "Second words" in second.main


def test_an_english_question_needs_no_translation(scene: Scene) -> None:
    assert "Add a translation" not in scene.coordinator.open(scene.path).links


def test_a_question_taken_back_is_gone_at_once_from_every_page(scene: Scene) -> None:
    scene.taken_up()
    meeting_id, reference = scene.at_a_meeting(), reference_of(scene)
    with scene.house.database.writing() as db:
        questions.withdraw(db, db.get_one(FamilyMember, scene.family_member_id), scene.question(db))
    for path in ("/panel/questions", f"/panel/meetings/{meeting_id}"):
        assert reference not in scene.coordinator.open(path).html
    for path in ("", "/answer", "/meeting", "/check", "/send-back", "/translation"):
        assert scene.coordinator.open(scene.path + path).status == 404


def test_that_somebody_read_a_familys_words_is_recorded_also_when_a_form_comes_back(scene: Scene) -> None:
    scene.taken_up().member.open(f"{scene.path}/answer").press("Keep this draft")
    assert scene.member.status == 422
    with scene.house.database.reading() as db:
        read = db.scalars(select(Entry.subject_id).where(Entry.verb == "question read").order_by(Entry.at)).all()
    assert list(read) == [scene.question_id, scene.question_id]


def test_nobody_at_all_has_asked_and_the_page_says_so_kindly(scene: Scene) -> None:
    with scene.house.database.writing() as db:
        questions.withdraw(db, db.get_one(FamilyMember, scene.family_member_id), scene.question(db))
    assert "No family has a question for the panel at the moment." in scene.member.open("/panel/questions").main
    assert "There is no question here" in scene.member.open("/panel/questions?where=ended").main


def test_each_filter_shows_its_own_part_and_says_which_it_is(scene: Scene) -> None:
    reference = reference_of(scene)
    page = scene.member.open("/panel/questions").follow("New")
    assert reference in page.main
    assert 'aria-current="true">New' in page.html
    assert reference not in page.follow("Taken up").main


def test_an_ended_question_says_so_and_offers_nothing(scene: Scene) -> None:
    with scene.house.database.writing() as db:
        question = scene.question(db)
        for to in (Standing.TAKEN_UP, Standing.DRAFTED, Standing.CHECKED, Standing.CANNOT_BE_ANSWERED):
            questions.move(question, to)
    page = scene.coordinator.open(scene.path)
    assert "has come to its end" in page.main
    assert "Cannot be answered" in page.main
    assert page.buttons == ["Sign out"]
