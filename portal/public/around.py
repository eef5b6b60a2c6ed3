"""What stands around every public page, and how it is answered: the same for everybody, to be kept by any cache."""

from flask import g, request
from werkzeug.wrappers import Response

from portal.headers import PUBLIC_CACHE
from portal.house import house
from portal.languages import START, STOP
from portal.library.article import FIRST
from portal.library.panels import Panel
from portal.page import Choice, Frame, Page, frame, render
from portal.reading import page_choice
from portal.words import gettext

# Marks of our own, and what no page may hold; a line's end divides words.
_UNSEEN = {
    **dict.fromkeys(range(0x20), " "),
    **dict.fromkeys([*range(0x7F, 0xA0), *map(ord, f"{START}{STOP}\ue002")], ""),
}


def typed(name: str) -> str:
    """Return what somebody typed into a field whose words stand in the address, without signs that nobody types."""
    return request.args.get(name, "").translate(_UNSEEN)


def public_answer(page: Page, panel: Panel | None, name: str = "", *, listed: bool = True) -> Response:
    """Answer with a page that is the same for everybody."""
    public_frame(panel, name, listed=listed)
    frame().public = True
    answer = render(page)
    answer.headers["Cache-Control"] = PUBLIC_CACHE
    return answer


def public_frame(panel: Panel | None, name: str = "", *, listed: bool = True) -> Frame:
    """Fill in the frame of a page that anybody may see; a page that asks for something lists no other pages."""
    around, home = frame(), house()
    library, address = home.library, home.panels.address
    around.site_name = gettext("Child death reviews")
    around.home_url = address(g.language, panel)
    around.search_url = address(g.language, panel, "search")
    around.leave_help_url = address(g.language, panel, "leaving-this-site-quickly")
    around.panel = panel
    around.contact = panel.contact_in(g.language) if panel else None
    near = {FIRST, library.group(name)} if name in library.pages else {FIRST}
    if name and listed:
        others = [page_choice(page, panel, name) for page in library.pages if library.group(page) in near]
        around.nav = (*others, Choice(gettext("All pages"), around.home_url))
    base = home.settings.base_url.rstrip("/")
    # Search engines are told of the pages of all families; within a panel the three hundred bytes are better saved.
    codes = (*home.settings.languages, "x-default") if panel is None or home.panels.only else ()
    around.alternates = tuple(
        (code, base + address("en" if code == "x-default" else code, panel, name)) for code in codes
    )
    return around


def panel_choices() -> list[Choice]:
    """Return the panels, each a link to its front page, for somebody who has not chosen one."""
    panels = house().panels
    return [
        Choice(panels.words(panel, g.language).get("name", panel.name), panels.address(g.language, panel))
        for panel in panels.all
    ]
