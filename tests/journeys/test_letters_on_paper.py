"""A letter printed from its page by a real browser, as where no PDF can be made: the same sheet, and nothing else."""

import io

import pypdfium2
import pytest

from tests import squares
from tests.journeys.conftest import DESK, Walk
from tests.journeys.desk import CHILD, invite

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("code", "device"), [("ur", DESK), ("en", None)])
def test_what_a_browser_prints_is_the_letter_alone_on_one_sheet(walk: Walk, code: str, device: object) -> None:
    options = {"device": device} if device else {}
    key_worker = walk(script=False, story=f"on paper {code}", secrets=(CHILD, "Bushra"), **options)
    key_worker.sign_in("key worker", "worcestershire")
    invited = invite(key_worker, code, "Letter on paper", "1 Made-up Road\nWorcester", "Bushra")
    key_worker.open(invited.page).follow("Look at the letter, or at its copy for the file").look("the letter")
    printed = key_worker.page.pdf(prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(io.BytesIO(printed))
    assert len(document) == 1
    words = document[0].get_textpage().get_text_range()
    assert "1 Made-up Road" in words
    for beside in (CHILD, "I have printed it", "Sign out", "A letter to print", invited.number):
        assert beside not in words
    (link,) = squares.in_pdf(printed)
    assert link.startswith(f"{key_worker.live.base}/{code}/i/")

    key_worker.follow("A copy for the file, with the English beside it").look("the copy for the file")
    assert squares.in_pdf(key_worker.page.pdf(prefer_css_page_size=True)) == []
    key_worker.follow("The letter itself").press("I have printed it").look("printed")


def test_everything_that_can_be_printed_stands_on_one_page_two_presses_from_the_family(walk: Walk) -> None:
    key_worker = walk(device=DESK, story="letters and cards", secrets=(CHILD, "Bushra"))
    key_worker.sign_in("key worker", "west-of-england")
    invited = invite(key_worker, "ur", "Letter on paper", "1 Made-up Road\nBristol", "Bushra")
    key_worker.open(invited.family).follow("Letters and cards").look("letters of the family")
    key_worker.follow("Bushra").look("letters of one person")
    key_worker.follow("The stage: Review meeting").look("a letter for a stage")
    sheet = key_worker.page.locator(".leaf")
    assert (sheet.get_attribute("lang"), sheet.get_attribute("dir")) == ("ur", "rtl")
    key_worker.press("I have printed it").follow("When somebody could not be reached").look("not reached")
    key_worker.follow("Back").follow("A card to hand over before anybody is ready").look("a card")
    cards = key_worker.page.pdf(prefer_css_page_size=True)
    assert len(pypdfium2.PdfDocument(io.BytesIO(cards))) == 1
    assert squares.in_pdf(cards) == [f"{key_worker.live.base}/ur/west-of-england/"] * 4
