"""Two colleagues who press the same button in the very same moment: one does it, the other is told, nothing breaks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from portal.review import answers
from tests.browser import Browser
from tests.panel.scene import Scene

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

PLAIN = "These words are plain, kind and true to what the panel decided"


def both(first: Browser, second: Browser, button: str) -> list[int]:
    """Press a button in two browsers at once; return what became of each."""
    ready = Barrier(2)

    def press(browser: Browser) -> int:
        ready.wait(10)
        return browser.press(button).status

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(press, (first, second)))


@pytest.mark.parametrize("_round", range(3))
def test_two_take_up_one_question(scene: Scene, _round: int) -> None:
    one, two = scene.coordinator.open(scene.path), scene.other_coordinator.open(scene.path)
    assert both(one, two, "Take it up") == [200, 409]


@pytest.mark.parametrize("_round", range(5))
def test_two_write_the_first_draft_of_one_answer(scene: Scene, _round: int) -> None:
    scene.taken_up()
    for browser, words in ((scene.member, "Mine."), (scene.chair, "Ours.")):
        browser.open(f"{scene.path}/answer").choose("Answered in full").fill("The answer, in plain English", words)
    assert both(scene.member, scene.chair, "Keep this draft") == [200, 409]
    told, words = (scene.member, "Mine.") if scene.member.status == 409 else (scene.chair, "Ours.")
    assert told.value("The answer, in plain English") == words


@pytest.mark.parametrize("_round", range(3))
def test_two_change_one_draft(scene: Scene, _round: int) -> None:
    scene.taken_up().drafted()
    for browser, words in ((scene.member, "Mine."), (scene.chair, "Ours.")):
        browser.open(f"{scene.path}/answer").fill("The answer, in plain English", words)
    assert both(scene.member, scene.chair, "Keep this draft") == [200, 409]


@pytest.mark.parametrize("_round", range(3))
def test_one_checks_while_the_other_writes(scene: Scene, _round: int) -> None:
    scene.taken_up().drafted("As it was checked.")
    scene.coordinator.open(f"{scene.path}/answer").fill("The answer, in plain English", "As it was not checked.")
    scene.chair.open(f"{scene.path}/check").choose(PLAIN)
    ready = Barrier(2)

    def press(pair: tuple[Browser, str]) -> int:
        ready.wait(10)
        return pair[0].press(pair[1]).status

    pairs = ((scene.coordinator, "Keep this draft"), (scene.chair, "The answer can go to the key worker"))
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, pairs)) == [200, 409]
    with scene.house.database.reading() as db:
        answer = answers.to(db, scene.question(db))
        assert answer is not None
        assert answer.words == "As it was checked." or answer.checked_by is None
