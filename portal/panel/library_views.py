"""The editor's page: how every page of the library stands in every language, and which facts are to be confirmed."""

from datetime import date

from werkzeug.wrappers import Response

from portal import clock, languages
from portal.access import May
from portal.door import Here
from portal.languages import ENGLISH
from portal.library.article import Freshness
from portal.library.panels import Panel
from portal.library.source import Key
from portal.panel.door import door, show_page
from portal.panel.labels import language_label
from portal.panel.pages import Facts, LibraryPage, Shelf, Version
from portal.review.people import StaffMember
from portal.words import gettext

_FRONT = "opening"  # the words that open the front page; it has no name in an address


@door.show("/library", may=May.SEE_THE_LIBRARY)
def library(here: Here[StaffMember]) -> Response:
    """Show how every page stands in every language, and the facts to confirm."""
    panel = here.house.panels.named(here.caller.panel)
    shelves = [
        Shelf(code, language_label(code), code == ENGLISH, [_version(here, panel, page, code) for page in _pages(here)])
        for code in here.house.settings.languages
    ]
    return show_page(here, LibraryPage(shelves, _page_facts(here, panel), _panel_facts(here)))


def _pages(here: Here[StaffMember]) -> list[str]:
    return [_FRONT, *here.house.library.pages]


def _version(here: Here[StaffMember], panel: Panel | None, page: str, code: str) -> Version:
    books = here.house.library
    source, freshness = books.source(Key("", code, page)), books.freshness(page, code)
    meta = source.meta if source else {}
    again = meta.get("review_by")
    used = languages.language(code if freshness is Freshness.CURRENT else ENGLISH)
    states = {
        Freshness.CURRENT: gettext("Current"),
        Freshness.OLDER: gettext("Older than the English"),
        Freshness.MISSING: gettext("Not translated yet"),
    }
    english = books.title(page, ENGLISH, panel)
    return Version(
        english if used.code != ENGLISH else "",
        books.title(page, code, panel),
        used.code,
        used.direction,
        here.house.panels.address(code, panel, "" if page == _FRONT else page),
        states[freshness],
        str(meta.get("translated_by") or ""),
        str(meta.get("checked_by") or ""),
        again if isinstance(again, date) else None,
        isinstance(again, date) and again < clock.now().date(),
    )


def _page_facts(here: Here[StaffMember], panel: Panel | None) -> list[Facts]:
    books, found = here.house.library, []
    for page in _pages(here):
        source = books.source(Key("", ENGLISH, page))
        points = [str(point) for point in source.meta.get("to_confirm") or []] if source else []
        if points:
            url = here.house.panels.address(ENGLISH, panel, "" if page == _FRONT else page)
            found.append(Facts(books.title(page, ENGLISH, panel), url, points))
    return found


def _panel_facts(here: Here[StaffMember]) -> list[Facts]:
    panels = here.house.panels
    found = [(one, [str(point) for point in one.facts.get("to_confirm") or []]) for one in panels.all]
    return [Facts(one.name, panels.address(ENGLISH, one), points) for one, points in found if points]
