"""The public pages, with and without a panel in the address."""

from collections.abc import Callable

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.house import House, house
from portal.library.article import FIRST
from portal.library.panels import Panel
from portal.page import PUBLIC_CACHE, Choice, Frame, Page, frame, guess_language, render, terms
from portal.public.door import door
from portal.public.pages import ArticlePage, Front, Group, PageLink, PanelFront, WayBack
from portal.reading import page_choice
from portal.stages import stage_labels
from portal.words import gettext

__all__ = ["door", "public_paths"]


@door.show("/", may=May.READ_PAGES)
def start(here: Here[None]) -> Response:
    """Lead to the front page in the language that suits the reader best."""
    answer = redirect(url_for("public.front", lang=guess_language()), 302)
    answer.headers["Vary"] = "Accept-Language"
    return answer


@door.show("/robots.txt", may=May.READ_PAGES)
def robots(here: Here[None]) -> Response:
    """Let robots in everywhere: a page that they may not fetch cannot tell them that it is not to be shown."""
    return Response("User-agent: *\nDisallow:\n", mimetype="text/plain")


@door.show("/<lang:lang>/", may=May.READ_PAGES)
def front(here: Here[None]) -> Response:
    """Show the front page of the portal; of its panel, where it serves only one."""
    if (only := here.house.panels.only) is not None:
        return _panel_front(here, only)
    opening, language = here.house.library.opening(None, here.language)
    page = Front(
        gettext("When a child has died: the review, explained for families"),
        opening,
        language,
        _groups(here, None),
        _panels(here),
    )
    return _public(page, None)


@door.show("/<lang:lang>/<page:page>", may=May.READ_PAGES)
def article(here: Here[None], page: str) -> Response:
    """Show a page without a panel."""
    return _article(here, page, here.house.panels.only)


@door.show("/<lang:lang>/<panel:panel>/", may=May.READ_PAGES)
def panel_front(here: Here[None], panel: Panel) -> Response:
    """Show the front page of a panel."""
    return _panel_front(here, panel)


@door.show("/<lang:lang>/<panel:panel>/<page:page>", may=May.READ_PAGES)
def panel_article(here: Here[None], panel: Panel, page: str) -> Response:
    """Show a page with a panel's own words and contact."""
    return _article(here, page, panel)


@door.show("/<lang:lang>/your-way-back", may=May.READ_PAGES)
def way_back(here: Here[None]) -> Response:
    """Say how to reach the person who gave a private link; it is the same page for every reason to come here."""
    return _public(WayBack([panel.contact_in(here.language) for panel in here.house.panels.all]), None, "your-way-back")


def _article(here: Here[None], page: str, panel: Panel | None) -> Response:
    found = here.house.library.article(page, here.language, panel)
    elsewhere = _panels(here) if panel is None else ()
    return _public(ArticlePage(found, terms(panel)["key_worker"], stage_labels(), elsewhere), panel, page)


def _panel_front(here: Here[None], panel: Panel) -> Response:
    opening, language = here.house.library.opening(panel, here.language)
    title = terms(panel)["Panel"]
    facts = panel.in_language(here.language)
    return _public(PanelFront(title, opening, language, _groups(here, panel), facts), panel)


def _public(page: Page, panel: Panel | None, name: str = "") -> Response:
    public_frame(panel, name)
    frame().public = True
    answer = render(page)
    answer.headers["Cache-Control"] = PUBLIC_CACHE
    return answer


def public_frame(panel: Panel | None, name: str = "") -> Frame:
    """Fill in the frame of a page that anybody may see."""
    around, home = frame(), house()
    library, address = home.library, home.panels.address
    around.site_name = gettext("Child death reviews")
    around.home_url = address(g.language, panel)
    around.leave_help_url = address(g.language, panel, "leaving-this-site-quickly")
    around.contact = panel.contact_in(g.language) if panel else None
    near = {FIRST, library.group(name)} if name in library.pages else {FIRST}
    if name:
        listed = [page_choice(page, panel, name) for page in library.pages if library.group(page) in near]
        around.nav = (*listed, Choice(gettext("All pages"), around.home_url))
    base = home.settings.base_url.rstrip("/")
    codes = (*home.settings.languages, "x-default")
    around.alternates = tuple(
        (code, base + address("en" if code == "x-default" else code, panel, name)) for code in codes
    )
    return around


def _groups(here: Here[None], panel: Panel | None) -> list[Group]:
    library, address = here.house.library, here.house.panels.address
    titles = {
        FIRST: gettext("To begin with"),
        "the review": gettext("More about the review"),
        "what happened": gettext("What happened to your child"),
        "living on": gettext("Living on"),
    }
    groups = []
    for key, title in titles.items():
        found = [library.article(page, here.language, panel) for page in library.pages if library.group(page) == key]
        links = [
            PageLink(one.title, one.summary, address(here.language, panel, one.page), one.language) for one in found
        ]
        if links:
            groups.append(Group(key.replace(" ", "-"), title, links))
    return groups


def _panels(here: Here[None]) -> list[Choice]:
    return [
        Choice(
            here.house.panels.words(panel, here.language).get("name", panel.name),
            here.house.panels.address(here.language, panel),
        )
        for panel in here.house.panels.all
    ]


def public_paths(home: House) -> Callable[[], list[str]]:
    """Return what lists the address of every public page, for the ready pages and for the tests."""

    def every() -> list[str]:
        panels: list[Panel | None] = [None] if home.panels.only else [None, *home.panels.all]
        paths = []
        for code in home.settings.languages:
            for panel in panels:
                paths += [home.panels.address(code, panel, page) for page in ("", *home.library.pages)]
            paths.append(f"/{code}/your-way-back")
        return paths

    return every
