"""A key worker goes away and comes back, and hands a family over, with a real browser."""

import re
from datetime import timedelta

import pytest

from portal.days import today
from tests.journeys.conftest import DESK, Walk
from tests.journeys.desk import invite, start_a_review
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser
PANEL, CHILD, NOTE = "worcestershire", "Marigoldine", "She likes to be rung at noon."


@pytest.mark.parametrize("script", [True, False])
def test_a_colleague_stands_in_the_family_reads_it_and_a_family_is_handed_over(walk: Walk, script: bool) -> None:
    child = f"{CHILD} {script}"
    kim = walk(device=DESK, script=script).sign_in("key worker", PANEL)
    sam = walk(device=DESK, script=script).sign_in("key worker", PANEL, turn=1)
    family = start_a_review(kim, child).path()
    person = invite(kim, "en", "E-mail", "amina@example.org")
    mother = walk(script=script)
    mother.enter(person.link, person.number).reads("Kim Worker").does_not_read("is there for you")

    kim.open("/keyworker/").follow("Cover and handing over").follow("Write down days of leave and who covers")
    kim.press("Keep these days").reads("Please write the first day on which you are away.")
    kim.fill("The first day on which you are away", f"{today():%d/%m/%Y}")
    kim.fill("The last day on which you are away", f"{today() + timedelta(days=9):%d/%m/%Y}")
    _choose(kim, "Who is there for your families meanwhile?")
    kim.fill("What should they know? (may be left empty)", NOTE).look("days of leave").press("Keep these days")
    kim.look("cover and handing over")

    sam.open("/keyworker/").reads("You cover for Kim Worker until").look("the desk of who covers")
    sam.follow(child).reads("You cover for Kim Worker until")
    sam.open("/keyworker/cover").reads(NOTE)
    mother.open("/en/your-space").reads(re.compile("Kim Worker.* is away until .*Sam Standin.* is there for you"))
    mother.does_not_read(NOTE).look("her key worker is away")

    kim.open("/keyworker/cover").press("I am there after all").reads("No days of leave are written down.")
    sam.open("/keyworker/").does_not_read(child)
    mother.open("/en/your-space").does_not_read("is there for you")

    kim.open(family).follow("Hand this family over")
    _choose(kim, "To whom do you hand over?")
    kim.fill("A note for them (may be left empty)", NOTE).look("hand this family over").press("Hand over")
    kim.open("/keyworker/").does_not_read(child)
    sam.open("/keyworker/").follow("A family was handed to you by Kim Worker").reads(NOTE).look("a family handed over")
    sam.press("I have read it and look after this family").reads(child)
    mother.open("/en/your-space").reads("Sam Standin").does_not_read("Kim Worker")


def _choose(walker: Walker, label: str) -> None:
    walker.page.get_by_label(label).select_option(label="Sam Standin")
