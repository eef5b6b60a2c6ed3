"""What families told the panel."""

from uuid import uuid4

from portal.review import contributions
from portal.review.people import FamilyMember
from tests.panel.scene import Scene

TOLD = "He loved the sea."


def tell(scene: Scene, words: str = TOLD) -> str:
    with scene.house.database.writing() as db:
        return contributions.tell(db, db.get_one(FamilyMember, scene.family_member_id), words, uuid4().hex).reference


def test_a_coordinator_takes_up_what_a_family_told(scene: Scene) -> None:
    reference = tell(scene)
    page = scene.coordinator.open("/panel/contributions")
    assert TOLD not in page.html
    page.follow(reference)
    assert TOLD in page.main
    assert "Nobody has taken this up yet." in page.main
    page.press("Take it up")
    assert "Taken up for the panel by Cory Dinator" in page.main
    assert page.buttons == ["Sign out"]
    assert "With the panel" in scene.member.open("/panel/contributions").main


def test_taken_up_twice_it_is_taken_up_once(scene: Scene) -> None:
    reference = tell(scene)
    one = scene.coordinator.open("/panel/contributions").follow(reference)
    two = scene.other_coordinator.open("/panel/contributions").follow(reference)
    one.press("Take it up")
    assert two.press("Take it up").status == 200


def test_a_panel_member_reads_it_and_gets_no_button(scene: Scene) -> None:
    reference = tell(scene)
    page = scene.member.open("/panel/contributions").follow(reference)
    assert page.buttons == ["Sign out"]


def test_nobody_has_told_anything_and_that_is_all_right(scene: Scene) -> None:
    assert "Nobody has to, and that is all right." in scene.member.open("/panel/contributions").main


def test_taken_back_it_is_gone_at_once(scene: Scene) -> None:
    reference = tell(scene)
    path = scene.member.open("/panel/contributions").follow(reference).path
    with scene.house.database.writing() as db:
        member = db.get_one(FamilyMember, scene.family_member_id)
        contributions.withdraw(db, member, contributions.one_of_theirs(db, member, reference))
    assert reference not in scene.member.open("/panel/contributions").html
    assert scene.member.open(path).status == 404


def test_a_translation_stands_beside_what_a_family_told_with_the_translators_name(urdu: Scene) -> None:
    reference = tell(urdu, "اسے بارش پسند تھی")
    page = urdu.coordinator.open("/panel/contributions").follow(reference).follow("Add a translation")
    page.fill("Translation into English", "He loved the rain").press("Keep the translation")
    assert page.status == 422
    assert page.value("Translation into English") == "He loved the rain"
    page.fill("Name of the translator", "Nadia Begum").press("Keep the translation")
    assert page.main.index("اسے بارش پسند تھی") < page.main.index("Nadia Begum") < page.main.index("He loved the rain")
