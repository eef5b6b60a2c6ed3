"""The same by paper, in Urdu and without script: one sheet, with a link that can be typed and a picture to scan."""

import re

import pytest
import segno

from tests.journeys.conftest import DESK, Walk
from tests.journeys.desk import CHILD, invite, printed_link, start_a_review

pytestmark = pytest.mark.browser


def test_a_letter_in_urdu_is_one_sheet_whose_link_opens_and_whose_words_are_then_forgotten(walk: Walk) -> None:
    key_worker = walk(script=False, device=DESK, story="paper 1 key worker", secrets=(CHILD, "Bushra"))
    key_worker.sign_in("key worker", "worcestershire")
    invited = invite(start_a_review(key_worker), "ur", "Letter on paper", "1 Made-up Road\nWorcester", "Bushra")
    invited = printed_link(key_worker, invited, look=True)
    assert re.fullmatch(rf"{key_worker.live.base}/ur/i/[0-9a-z]{{26}}", invited.link)

    letter = key_worker.page.locator(".letter")
    assert (letter.get_attribute("lang"), letter.get_attribute("dir")) == ("ur", "rtl")
    for word in (invited.number, "Bushra", CHILD):
        assert word not in letter.inner_text()
    picture = key_worker.page.locator(".letter-picture")
    assert picture.get_attribute("src") == segno.make(invited.link, error="m", micro=False).svg_data_uri(border=4)
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")

    assert len(re.findall(rb"/Type\s*/Page\b", key_worker.page.pdf(format="A4"))) == 1
    key_worker.press("I have printed it").look("printed").does_not_read(invited.link)

    mother = walk("ur", script=False, story="paper 2 mother")
    mother.enter(invited.link, invited.number).look("space")
    mother.follow("Ask a question").fill("Your question", "کیا اسے درد ہوا؟")
    mother.press("Look at it and send").press("Send my question").look("receipt")
