"""The panels' own pages: the front page of each, who they are, and what they report."""

from datetime import date

from flask import g
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.house import house
from portal.library.materials import FOLDER
from portal.library.panels import Panel, Part
from portal.page import Choice, frame, terms
from portal.public.around import public_answer
from portal.public.door import door
from portal.public.pages import Group
from portal.public.panel_blocks import about_blocks, choices_of, more, standing_of, which_choice
from portal.public.panel_pages import AboutPanel, ChoosePanel, PanelFront, Reports
from portal.words import gettext

ABOUT, REPORTS = "about", "reports"
PANEL_PAGES = (ABOUT, REPORTS, FOLDER)


@door.show("/<lang:lang>/about", "/<lang:lang>/<panel:panel>/about", may=May.READ_PAGES)
def about(here: Here[None], panel: Panel | None = None) -> Response:
    """Say who a panel is, what it does, and who is responsible for it."""
    panel = panel or here.house.panels.only
    if panel is None:
        return _choose(gettext("About the panels"), ABOUT)
    blocks = about_blocks(panel)
    links = panel.part("links", g.language)
    page = AboutPanel(
        gettext("About this panel"),
        terms(panel)["Panel"],
        standing_of(panel),
        {links.language, *(block.language for block in blocks)} != {g.language},
        blocks,
        links,
        panel.looked_at,
    )
    return public_answer(page, panel, ABOUT)


@door.show("/<lang:lang>/reports", "/<lang:lang>/<panel:panel>/reports", may=May.READ_PAGES)
def reports(here: Here[None], panel: Panel | None = None) -> Response:
    """Show a panel's reports, what was learned, and what changed because families asked."""
    panel = panel or here.house.panels.only
    title = gettext("Reports and what was learned")
    if panel is None:
        return _choose(title, REPORTS)
    told, themes = panel.part("reports", g.language), panel.part("themes", g.language)
    changes = _agreed(panel.part("changes", g.language))
    page = Reports(
        title,
        terms(panel)["Panel"],
        standing_of(panel),
        any(part.facts and part.language != g.language for part in (told, themes, changes)),
        terms(panel)["key_worker"],
        told,
        themes,
        changes,
        [more("what-you-will-be-told", panel, "yearly-report"), more("taking-part", panel)],
    )
    return public_answer(page, panel, REPORTS)


def panel_front_page(panel: Panel, groups: list[Group]) -> Response:
    """Answer with the front page of a panel."""
    opening, language = house().library.opening(panel, g.language)
    where = panel.part("where", g.language)
    which, itself, *others = pages_of_a_panel(panel)
    page = PanelFront(terms(panel)["Panel"], opening, language, where, [which, itself], others, groups)
    frame().languages_in_text = True
    return public_answer(page, panel)


def pages_of_a_panel(panel: Panel | None) -> list[Choice]:
    """Return the links to what a panel's own pages say; without one, to where it can be chosen."""
    address = house().panels.address
    titles = {
        ABOUT: gettext("About this panel") if panel else gettext("About the panels"),
        REPORTS: gettext("Reports and what was learned"),
        FOLDER: gettext("For professionals"),
    }
    return [which_choice(), *(Choice(title, address(g.language, panel, page)) for page, title in titles.items())]


def _choose(title: str, page: str) -> Response:
    return public_answer(ChoosePanel(title, choices_of(page), which_choice()), None, page)


def _agreed(part: Part) -> Part:
    """Leave out every change that the families concerned have not agreed to, or not yet."""
    kept = [one for one in part.facts if isinstance(one.get("agreed_on"), date)]
    return Part(sorted(kept, key=lambda one: (one["on"], one["what"]), reverse=True), part.language)
