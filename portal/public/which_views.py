"""Is this my panel? By the name of a town, a village or a council; what is looked for is kept nowhere."""

from flask import g, request
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.house import house
from portal.library.panels import Panel
from portal.library.places import LONGEST, Land, Place, is_postcode
from portal.page import frame, render
from portal.public.around import public_answer, public_frame, typed
from portal.public.door import door
from portal.public.panel_pages import Found, PanelCouncils, WhichPanel
from portal.words import gettext

WHICH = "which-panel"


@door.show("/<lang:lang>/which-panel", may=May.READ_PAGES)
def which_panel(here: Here[None]) -> Response:
    """Ask for a place and say whose panel looks after it; an answer to somebody is kept by no cache."""
    asked = typed("place").strip()[:LONGEST]
    places = here.house.panels.places
    postcode = is_postcode(asked)
    matches = [] if postcode else places.find(asked)
    found = [_found(panel, matches) for panel in here.house.panels.all if _in(panel, matches)]
    served = {panel.slug for panel in here.house.panels.all}
    lands = {one.land for one in matches if one.panel not in served}
    page = WhichPanel(
        asked,
        LONGEST,
        postcode,
        found,
        [sentence for land, sentence in _sentences().items() if land in lands],
        bool(asked) and not matches and not postcode,
        [
            PanelCouncils(
                _name(panel),
                here.house.panels.address(g.language, panel),
                [one.name for one in places.councils if one.panel == panel.slug and one.sure],
            )
            for panel in here.house.panels.all
        ],
    )
    if "place" not in request.args:
        return public_answer(page, None, WHICH)
    public_frame(None, WHICH)
    frame().public = True
    return render(page)


def _in(panel: Panel, matches: list[Place]) -> list[Place]:
    return [one for one in matches if one.panel == panel.slug]


def _found(panel: Panel, matches: list[Place]) -> Found:
    here = _in(panel, matches)
    named = {one.council for one in here if one.name != one.council}
    places = [
        one.name if one.name == one.council else f"{one.name} ({one.council})"
        for one in here
        if one.name != one.council or one.council not in named
    ]
    address = house().panels.address(g.language, panel)
    return Found(_name(panel), address, places, all(one.sure for one in here))


def _name(panel: Panel) -> str:
    return house().panels.words(panel, g.language).get("name", panel.name)


def _sentences() -> dict[Land, str]:
    return {
        Land.ENGLAND: gettext(
            "There is a place of this name in another part of England. Another panel looks after that part."
        ),
        Land.WALES: gettext(
            "In Wales a child's death is reviewed in another way. The hospital or your GP can tell you whom to ask."
        ),
        Land.SCOTLAND: gettext(
            "In Scotland a child's death is reviewed in another way. The hospital or your GP can tell you whom to ask."
        ),
        Land.NORTHERN_IRELAND: gettext(
            "In Northern Ireland there are other ways to look at a child's death. The hospital or your GP can tell "
            "you whom to ask."
        ),
    }
