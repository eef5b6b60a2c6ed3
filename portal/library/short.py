"""Short addresses of pages, for paper: the panel's letters and the page's number, which never moves.

``llr7`` is page 7 as the Leicester, Leicestershire and Rutland panel shows it, ``p7`` the same without a panel. The
letters stand in ``panel.toml`` as ``code``, the number in the English page as ``number``. A number that was printed
once belongs to its page for ever; a page that goes takes it along.
"""

import re

from portal.languages import ENGLISH
from portal.library.article import Library
from portal.library.panels import Panel, Panels
from portal.library.source import Key

PATTERN = "[a-z]{1,4}[0-9]{1,3}"
NO_PANEL = "p"


def code_of(panel: Panel | None) -> str:
    """Return the letters that stand for a panel, or for none."""
    return NO_PANEL if panel is None else str(panel.facts.get("code", "")).lower()


def number_of(library: Library, page: str) -> int | None:
    """Return a page's number, if it has one."""
    source = library.source(Key("", ENGLISH, page))
    number = source.meta.get("number") if source else None
    return int(number) if number else None


def short(library: Library, panel: Panel | None, page: str) -> str:
    """Return the short address of a page within a language; nothing when it has none."""
    code, number = code_of(panel), number_of(library, page)
    return f"{code}{number}" if code and number else ""


def meant(library: Library, panels: Panels, text: str) -> tuple[Panel | None, str] | None:
    """Return the panel and the page that a short address means."""
    found = re.fullmatch(r"([a-z]+)([0-9]+)", text)
    if found is None:
        return None
    by_code: dict[str, Panel | None] = {NO_PANEL: None} | {code_of(panel): panel for panel in panels.all}
    page = next((page for page in library.pages if number_of(library, page) == int(found[2])), None)
    return (by_code[found[1]], page) if page and found[1] in by_code else None
