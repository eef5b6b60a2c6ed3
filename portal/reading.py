"""Links to pages of the library as they stand in lists: in the reader's language, or English and marked as English."""

from flask import g

from portal.house import house
from portal.languages import ENGLISH
from portal.library.article import EASY
from portal.library.panels import Panel
from portal.library.source import Key
from portal.page import Choice, frame
from portal.review.display import Liking
from portal.review.reviews import Stage

BESIDE_A_SPACE = ("what-happens-next", "taking-part", "support")
AT_A_STAGE = {
    Stage.FIRST_DAYS: ("first-hours-and-days", "certificate-and-registration", "looking-after-yourself"),
    Stage.GATHERING: ("how-long-it-takes", "asking-questions", "who-reads-about-your-child"),
    Stage.REVIEW_MEETING: ("what-happens-next", "asking-questions", "what-you-will-be-told"),
    Stage.PANEL: ("who-is-on-the-panel", "how-long-it-takes", "what-you-will-be-told"),
    Stage.LEARNING_SHARED: ("what-you-will-be-told", "years-later", "looking-after-yourself"),
}


def page_choice(page: str, panel: Panel | None, current: str = "") -> Choice:
    """Return a page as a link in a list, marked as English where its title is."""
    library = house().library
    english = library.language_of(page, g.language) != g.language
    code, direction = (ENGLISH, "ltr") if english else ("", "")
    url = house().panels.address(g.language, panel, page) + _form(page)
    return Choice(library.title(page, g.language, panel), url, page == current, code, direction)


def _form(page: str) -> str:
    """Return how the address ends for somebody in their own space who likes to read another form of a page."""
    likings, library = frame().likings, house().library
    easy = EASY + page
    has_easy_words = library.source(Key("", ENGLISH, easy)) is not None
    if Liking.EASY_WORDS in likings and has_easy_words and library.language_of(easy, g.language) == g.language:
        return "/easy-read"
    return "/large-print" if Liking.LARGE in likings else ""


def beside_a_space(panel: Panel | None) -> list[Choice]:
    """Return the pages that somebody in their own space may like to read."""
    return [page_choice(page, panel) for page in BESIDE_A_SPACE]


def at_a_stage(stage: Stage, panel: Panel | None) -> list[Choice]:
    """Return the pages that fit to where a review is."""
    return [page_choice(page, panel) for page in AT_A_STAGE[stage]]
