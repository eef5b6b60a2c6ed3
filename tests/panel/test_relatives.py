"""A relative is never asked to translate: not what the family wrote, and not what the panel answers."""

import pytest

from tests.panel.scene import FAMILY, Scene

REFUSED = "Please name somebody whose work it is to translate. A relative is never asked to do it."


@pytest.mark.parametrize("name", [FAMILY, f"  {FAMILY.upper()} ", FAMILY.replace(" ", "   ")])
def test_somebody_of_the_family_cannot_be_named_for_the_familys_words(urdu: Scene, name: str) -> None:
    page = urdu.taken_up().coordinator.open(f"{urdu.path}/translation")
    page.fill("Translation into English", "Why did the night nurse not come?").fill("Name of the translator", name)
    page.press("Keep the translation")
    assert page.status == 422
    assert REFUSED in page.main
    assert page.value("Translation into English") == "Why did the night nurse not come?"
    page.fill("Name of the translator", "Nadia Begum").press("Keep the translation")
    assert "Translated by Nadia Begum." in page.main


def test_somebody_of_the_family_cannot_be_named_for_an_answer(urdu: Scene) -> None:
    page = urdu.taken_up().coordinator.open(f"{urdu.path}/answer").choose("Answered in full")
    page.fill("The answer, in plain English", "She was with another child.").fill("The same answer in Urdu", "جواب")
    page.fill("Name of the translator", FAMILY).press("Keep this draft")
    assert page.status == 422
    assert REFUSED in page.main
    assert page.value("The same answer in Urdu") == "جواب"
