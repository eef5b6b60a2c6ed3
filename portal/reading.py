"""Links to pages of the library as they stand in lists: in the reader's language, or English and marked as English."""

from flask import g

from portal.house import house
from portal.languages import ENGLISH
from portal.library.panels import Panel
from portal.page import Choice

BESIDE_A_SPACE = ("what-happens-next", "taking-part", "support")


def page_choice(page: str, panel: Panel | None, current: str = "") -> Choice:
    """Return a page as a link in a list, marked as English where its title is."""
    library = house().library
    english = library.language_of(page, g.language) != g.language
    code, direction = (ENGLISH, "ltr") if english else ("", "")
    url = house().panels.address(g.language, panel, page)
    return Choice(library.title(page, g.language, panel), url, page == current, code, direction)


def beside_a_space(panel: Panel | None) -> list[Choice]:
    """Return the pages that somebody in their own space may like to read."""
    return [page_choice(page, panel) for page in BESIDE_A_SPACE]
