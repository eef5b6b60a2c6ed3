"""A key worker who was never here before invites a family: from the desk to a letter in Urdu on paper, counted."""

from io import BytesIO

import pypdfium2
import pytest

from tests import squares
from tests.journeys.conftest import DESK, Walk
from tests.journeys.desk import NUMBER
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser
MOST = 9  # presses, choices and fields filled in
CHILD, NAME = "Zebedeus", "Bushra"


class Counted:
    """A walker whose every act is counted."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.acts = walker, list[str]()

    def act(self, name: str, *said: str) -> None:
        """Do one thing."""
        self.acts.append(" ".join((name, *said)))
        getattr(self.walker, name)(*said)

    def opens_pdf(self, words: str) -> bytes:
        """Follow a link that opens something to print, and return it."""
        self.acts.append(f"follow {words}")
        found = self.walker.main.get_by_role("link", name=words).or_(self.walker.main.get_by_role("button", name=words))
        answer = self.walker.context.request.get(f"{self.walker.live.base}{found.get_attribute('href')}")
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()


@pytest.mark.parametrize("script", [True, False])
def test_from_first_sign_in_to_a_printed_letter_in_urdu_it_takes_nine_acts_at_the_most(
    walk: Walk, script: bool
) -> None:
    new = walk(device=DESK, script=script, story=f"two minutes {script}", secrets=(CHILD, NAME))
    new.sign_in("key worker", "worcestershire").look("the desk")
    kim = Counted(new)
    kim.act("follow", "Invite a family")
    kim.act("fill", "The child's name, as the family uses it", CHILD)
    kim.act("fill", "Their name, as they wish to be called", NAME)
    kim.act("choose", "Mother")
    kim.act("pick", "The language that they read best", "ur")
    kim.act("fill", "The address for that way", "1 Made-up Road\nWorcester")
    kim.act("press", "Add and invite")
    letter = kim.opens_pdf("Print the letter")
    sheet = kim.opens_pdf("Print the number on its own sheet")
    assert len(kim.acts) <= MOST, kim.acts
    new.look("the person, with what to do now")

    number = NUMBER.search(new.main.inner_text())
    assert number is not None
    words = _words(letter)
    for private in (CHILD, number.group(), number.group().replace(" ", "")):
        assert private not in words
    assert number.group() in _words(sheet)
    assert squares.in_pdf(sheet) == []
    (link,) = squares.in_pdf(letter)

    new.press("I have printed it").press("I have noted the number").look("everything done")
    new.does_not_read(number.group())
    assert new.main.get_by_role("heading", name="What to do now").count() == 0

    mother = walk("ur", script=script, story=f"two minutes mother {script}")
    mother.open(link).look("the neutral page")
    assert mother.status == 200
    assert mother.heading == mother.says("Your space")
    for private in (CHILD, NAME):
        mother.does_not_read(private)
    mother.enter(link, number.group()).look("her space")
    mother.follow("Ask a question").fill("Your question", "کیا اسے درد ہوا؟")
    mother.press("Look at it and send").press("Send my question").look("receipt")


def _words(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(BytesIO(pdf)))
