"""A letter's code, typed from paper on somebody's own telephone; and its link, which the key worker lets rest."""

import re

import pytest

from portal.review.codes import REFERENCE_LETTERS
from tests.journeys.conftest import DESK, Walk
from tests.journeys.desk import invite
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser
CODE = re.compile(rf"\b(?:[{REFERENCE_LETTERS}]{{4}}-?){{3}}\b")
FIELD, NUMBER, OPEN = "The code in your letter", "Your number", "Open my space"


@pytest.mark.parametrize(("code", "script"), [("en", True), ("ur", False)])
def test_what_stands_in_a_letter_is_typed_and_opens_the_space(
    walk: Walk, key_worker: Walker, code: str, script: bool
) -> None:
    invited = invite(key_worker, code, "Letter on paper", "1 Made-up Road\nBristol")
    key_worker.open(invited.page).follow("Look at the letter, or at its copy for the file")
    found = CODE.search(key_worker.main.inner_text())
    assert found is not None
    typed = found.group().lower().replace("-", " ")

    person = walk(code, script=script, story=f"letter code {code}").open("/i").look("the neutral page")
    assert person.path() == f"/{code}/i"
    assert person.page.title() == person.says("Your space")
    person.press(OPEN).look("nothing typed")
    person.fill(FIELD, "0123").fill(NUMBER, invited.number).press(OPEN).look("no code")
    assert person.page.get_by_label(person.says(FIELD), exact=True).input_value() == "0123"
    person.fill(FIELD, typed).fill(NUMBER, "00000000").press(OPEN).look("another number")
    person.fill(FIELD, typed).fill(NUMBER, invited.number).press(OPEN)
    assert person.path() == f"/{code}/your-space"

    key_worker.open(invited.page).press(re.compile("^Let this link rest")).look("a link that rests")
    person.open(f"/{code}/your-space")
    assert person.status == 401
    key_worker.press(re.compile("^Let this link open again"))
    key_worker.follow(re.compile("^Replace this link")).look("replace a link")


def test_a_key_workers_page_of_links_on_a_wide_screen(walk: Walk, key_worker: Walker) -> None:
    invited = invite(key_worker, "en", "E-mail", "links@example.org")
    key_worker.page.set_viewport_size(DESK["viewport"])
    key_worker.open(invited.page).look("links").follow(re.compile("^Replace this link")).look("replace")
