"""A key worker goes away and comes back, hands families over, and leaves for good, with a real browser."""

import re
from datetime import timedelta

import pytest

from portal.days import today
from tests.journeys.conftest import DESK, Walk
from tests.journeys.desk import invite
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser
PANEL, CHILD, NOTE = "worcestershire", "Marigoldine", "She likes to be rung at noon."
ASKED, ANSWER = "Why did nobody ring us that night?", "The ward has no rule about who rings."


@pytest.mark.parametrize("script", [True, False])
def test_a_colleague_stands_in_the_family_reads_it_and_a_family_is_handed_over(walk: Walk, script: bool) -> None:
    child = f"{CHILD} {script}"
    kim = walk(device=DESK, script=script).sign_in("key worker", PANEL)
    sam = walk(device=DESK, script=script).sign_in("key worker", PANEL, turn=1)
    person = invite(kim, "en", "E-mail", "amina@example.org", child=child)
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

    kim.open(person.family).follow("Hand this family over")
    _choose(kim, "To whom do you hand over?")
    kim.fill("A note for them (may be left empty)", NOTE).look("hand this family over").press("Hand over")
    kim.open("/keyworker/").does_not_read(child)
    sam.open("/keyworker/").follow("A family was handed to you by Kim Worker").reads(NOTE).look("a family handed over")
    sam.press("I have read it and look after this family").reads(child)
    mother.open("/en/your-space").reads("Sam Standin").does_not_read("Kim Worker")


def test_the_cover_answers_who_asks_for_a_way_back_and_brings_an_answer_until_the_leave_ends(walk: Walk) -> None:
    child = f"{CHILD} III"
    kim = walk(device=DESK).sign_in("key worker", PANEL)
    sam = walk(device=DESK).sign_in("key worker", PANEL, turn=1)
    person = invite(kim, "en", "E-mail", "amina@example.org", child=child)
    mother = walk()
    mother.enter(person.link, person.number).follow("Ask a question").fill("Your question", ASKED)
    mother.press("Look at it and send").press("Send my question")
    reference = mother.path().rpartition("/")[2]
    mother.open("/en/your-space/leaving").press("Sign out")
    _is_answered(walk, reference)

    kim.open("/keyworker/cover/away").fill("The first day on which you are away", f"{today():%d/%m/%Y}")
    kim.fill("The last day on which you are away", f"{today() + timedelta(days=9):%d/%m/%Y}")
    _choose(kim, "Who is there for your families meanwhile?")
    kim.press("Keep these days")

    mother.open(person.link).follow(re.compile("Ask for a new link")).look("a way back")
    mother.fill("The name by which your key worker knows you", "Amina")
    mother.fill("How a person can reach you safely", "07700 900123").press("Send my request")
    sam.open("/keyworker/").follow(re.compile("asks for a new link or number")).look("a way back, for the cover")
    sam.press("I see to it").choose("I reached them, and they need nothing more").press("It is seen to")
    sam.reads("Seen to on")

    sam.open("/keyworker/").follow(f"An answer is ready for you to bring: {reference}").reads(ANSWER)
    sam.choose("By telephone").fill("On which day?", f"{today():%d/%m/%Y}")
    sam.choose("I have told them that there is an answer, and how and when they can open it")
    sam.press("Let them find the answer").look("the cover brought an answer")
    mother.enter(person.link, person.number).reads("Sam Standin").reads("is there for you")
    mother.does_not_read(ANSWER).open(f"/en/your-space/words/{reference}/answer").press("Read it now").reads(ANSWER)

    kim.open("/keyworker/cover").press("I am there after all")
    sam.open("/keyworker/").does_not_read(child)
    assert sam.open(person.family).status == 404
    mother.open("/en/your-space").reads("Kim Worker").does_not_read("Sam Standin")
    assert mother.open(f"/en/your-space/words/{reference}/answer").reads(ANSWER).status == 200


def test_nobody_who_still_has_a_family_loses_their_access(walk: Walk) -> None:
    kim = walk(device=DESK).sign_in("key worker", PANEL)
    invite(kim, "en", "E-mail", "amina@example.org", child=f"{CHILD} IV")
    admin = walk(device=DESK).sign_in("administrator", PANEL)
    admin.open("/panel/staff").follow(re.compile("^Kim Worker")).follow("Switch off their access")
    admin.reads("Kim Worker still looks after families").does_not_read(CHILD).look("access that stays")
    assert admin.page.get_by_role("button", name="Switch off the access").count() == 0
    admin.follow("Give these families another key worker")
    admin.page.get_by_label("Who looks after them from now on?").select_option(label="Sam Standin")
    admin.press("Hand these families over").reads("Their families have another key worker now.")
    admin.follow("Switch off their access").press("Switch off the access").reads("Their access is switched off")
    assert kim.open("/keyworker/").main.inner_text().count(CHILD) == 0
    admin.press("Switch on the access")
    sam = walk(device=DESK).sign_in("key worker", PANEL, turn=1)
    sam.reads(f"{CHILD} IV").follow(re.compile("^A family was handed to you by"))


def _is_answered(walk: Walk, reference: str) -> None:
    coordinator = walk(device=DESK).sign_in("coordinator", PANEL)
    coordinator.open("/panel/questions").follow(reference).press("Take it up").follow("Draft an answer")
    coordinator.choose("Answered in full").fill("The answer, in plain English", ANSWER).press("Keep this draft")
    chair = walk(device=DESK).sign_in("chair", PANEL)
    chair.open("/panel/questions").follow(reference).follow("Check the answer")
    chair.choose("These words are plain, kind and true to what the panel decided")
    chair.press(re.compile("The answer can go to the"))


def _choose(walker: Walker, label: str) -> None:
    walker.page.get_by_label(label).select_option(label="Sam Standin")
