"""Somebody may be in danger: from a question without an answer to the named person, by panel and key worker."""

import re
from typing import Any

import pytest

from tests.journeys.conftest import DESK, Walk
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser
PANEL, CHILD, LINK = "leicester-leicestershire-rutland", "Idris", "Somebody may be in danger"
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 700}, "has_touch": True}
DONE = "I rang the doctor."
WHY = "Who may be in danger, and what did you read or hear?"


@pytest.mark.parametrize(("script", "device"), [(True, NARROW), (False, DESK)], ids=["script", "no script"])
def test_a_fear_about_a_question_without_an_answer_reaches_the_coordinator_in_two_presses(
    walk: Walk, script: bool, device: dict[str, Any]
) -> None:
    def somebody(role: str) -> Walker:
        walker = walk(device=device, script=script, story=f"danger {script} {role}")
        return walker.sign_in(role, PANEL)

    def look(walker: Walker, step: str) -> None:
        if script:  # the pages are the same without
            walker.look(step)

    fear, feared = f"His brother is alone at night {script}.", f"She is afraid of a neighbour {script}."
    member, coordinator, key_worker = somebody("panel member"), somebody("coordinator"), somebody("key worker")
    reference = member.open("/panel/questions").main.locator("ul.choices a").first.inner_text()
    look(member.follow(reference), "a question at the panel")
    look(member.follow(LINK), "what happens")
    member.press("Tell the panel now").reads("Please write what you read or heard.")
    member.fill(WHY, fear).press("Tell the panel now").reads("Nobody at the panel has read it yet. Please ring them.")
    look(member.reads(fear), "it is told")

    desk = key_worker.open("/keyworker/")
    desk.follow("The panel fears that somebody may be in danger. Please look now, and ring them.").reads(fear)
    look(key_worker.open("/keyworker/").follow(CHILD), "the family")
    key_worker.follow(re.compile(f"^{LINK}.*{reference}"))
    key_worker.fill(WHY, feared).choose("I will tell them today").press("Tell the panel now")
    look(key_worker.reads(feared).reads(fear), "both are told")

    coordinator.open("/panel/concerns").follow(reference).reads(feared)
    coordinator.fill("What was done?", DONE).press("It is seen to").reads(DONE)
    look(coordinator.open("/panel/concerns").follow(reference).reads(fear), "one concern")
    coordinator.press("I have read it and see to it").fill("What was done?", DONE).press("It is seen to").reads(DONE)
    key_worker.open("/keyworker/").does_not_read("may be in danger")
    member.open(member.path()).reads(DONE)
