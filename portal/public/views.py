"""The public pages, with and without a panel in the address."""

from collections.abc import Callable

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.house import House
from portal.library.article import FIRST
from portal.library.panels import Panel
from portal.page import frame, guess_language, terms
from portal.public import begin_views, clear_views, professional_views, search_views, support_views
from portal.public.around import panel_choices, public_answer
from portal.public.door import door
from portal.public.form_views import form_choices, made_on_request
from portal.public.pages import ArticlePage, Front, Group, PageLink, WayBack
from portal.public.panel_views import PANEL_PAGES, pages_of_a_panel, panel_front_page
from portal.public.which_views import WHICH
from portal.stages import stage_labels
from portal.words import gettext

__all__ = [
    "begin_views",
    "clear_views",
    "door",
    "made_on_request",
    "professional_views",
    "public_paths",
    "search_views",
    "support_views",
]


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
        panel_choices(),
        pages_of_a_panel(None),
    )
    frame().languages_in_text = True
    return public_answer(page, None)


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
    return public_answer(
        WayBack([panel.contact_in(here.language) for panel in here.house.panels.all]), None, "your-way-back"
    )


def _article(here: Here[None], page: str, panel: Panel | None) -> Response:
    found = here.house.library.article(page, here.language, panel)
    elsewhere = panel_choices() if panel is None else ()
    shown = ArticlePage(found, terms(panel)["key_worker"], stage_labels(), elsewhere, form_choices(page, panel))
    return public_answer(shown, panel, page)


def _panel_front(here: Here[None], panel: Panel) -> Response:
    return panel_front_page(panel, _groups(here, panel))


def _groups(here: Here[None], panel: Panel | None) -> list[Group]:
    library, address = here.house.library, here.house.panels.address
    titles = {
        FIRST: gettext("To begin with"),
        "the review": gettext("More about the review"),
        "what happened": gettext("What happened to your child"),
        "living on": gettext("Living on"),
        "this site": gettext("About this site"),
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


def public_paths(home: House) -> Callable[[], list[str]]:
    """Return what lists the address of every public page, for the ready pages and for the tests."""

    def every() -> list[str]:
        panels: list[Panel | None] = [None] if home.panels.only else [None, *home.panels.all]
        paths = []
        for code in home.settings.languages:
            for panel in panels:
                own = (begin_views.BEGIN, support_views.FIND, search_views.SEARCH)
                pages = ("", *own, *PANEL_PAGES, *home.library.pages)
                paths += [home.panels.address(code, panel, page) for page in pages]
            paths += [f"/{code}/your-way-back", f"/{code}/{WHICH}"]
        return paths

    return every
