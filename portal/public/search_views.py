"""Search: over the pages, the words explained, who can help, and the panels, without script.

What was looked for stands in the address and in the field, and nowhere else: in no title, no cache, no log. An address
with a query is never among the ready pages.
"""

from flask import request
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.library.index import GLOSSARY, Kind
from portal.library.panels import Panel
from portal.page import Choice, frame, render
from portal.public.around import public_answer, public_frame, typed
from portal.public.door import door
from portal.public.search_pages import Hits, SearchPage
from portal.public.support_views import FIND
from portal.reading import page_choice
from portal.words import gettext

SEARCH = "search"


@door.show("/<lang:lang>/search", "/<lang:lang>/<panel:panel>/search", may=May.READ_PAGES)
def search(here: Here[None], panel: Panel | None = None) -> Response:
    """Show the field, and what was found for the words in it."""
    panel = panel or here.house.panels.only
    asked = typed("q")
    hits = here.house.search.find(asked, here.language, panel) if asked.strip() else []
    titles = {
        Kind.PAGE: gettext("Pages"),
        Kind.WORD: here.house.library.title(GLOSSARY, here.language, panel),
        Kind.SUPPORT: gettext("People who can help"),
        Kind.PANEL: gettext("About the panels"),
    }
    groups = [Hits(kind.value, title, [hit for hit in hits if hit.kind is kind]) for kind, title in titles.items()]
    page = SearchPage(
        asked,
        [group for group in groups if group.hits],
        [
            Choice(gettext("Go to the front page"), here.house.panels.address(here.language, panel)),
            page_choice(GLOSSARY, panel),
            Choice(gettext("Find support that fits you"), here.house.panels.address(here.language, panel, FIND)),
        ],
        here.house.panels.address(here.language, panel, SEARCH),
    )
    if not request.query_string:
        return public_answer(page, panel, SEARCH, listed=False)
    public_frame(panel, SEARCH, listed=False)
    frame().alternates = ()
    return render(page)
