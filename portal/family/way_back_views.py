"""Asking for a way back in: one page, one action, the same for everybody.

Nothing is looked up here, so that nobody can find out who is known; see portal/review/coming_back.py.
"""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family.door import link_door, neutral_frame, read_mark_of_link
from portal.family.way_back_pages import WayBackForm, WayBackKept, WayBackPage
from portal.languages import as_english
from portal.library.panels import Panel
from portal.page import frame, render
from portal.review import coming_back
from portal.review.coming_back import Asked
from portal.words import gettext


@link_door.show("/<lang:lang>/ask-for-my-link", may=May.OPEN_A_LINK)
def ask_for_my_link(here: Here[None]) -> Response:
    """Show the form, and which link it was begun from as a mark that says nothing."""
    return _form(here, WayBackForm(formdata=None, link=request.args.get("link", "")))


@link_door.change("/<lang:lang>/ask-for-my-link", may=May.OPEN_A_LINK, own_session=True)
def keep_my_request(here: Here[None]) -> Response:
    """Keep a request for the key workers; the session is opened only when there is something to keep."""
    form = WayBackForm()
    if "go_on_in" in request.form or not form.validate():  # script brings the words along into another language
        return _form(here, form, 422)
    if not here.house.gate.lets_through(request.remote_addr or ""):
        return _form(here, form, 422, full=True)
    only = here.house.panels.only
    panel = only or here.house.panels.named(form.area.data or "")
    asked = Asked(
        form.name.data or "",
        form.reach.data or "",
        form.words.data or "",
        here.language,
        panel.slug if panel else "",
        read_mark_of_link(form.link.data or ""),
    )
    with here.house.database.writing() as db:
        coming_back.ask(db, asked, form.once.data or "")
    return redirect(url_for("link.my_request_is_kept"), 303)


@link_door.show("/<lang:lang>/ask-for-my-link/kept", may=May.OPEN_A_LINK)
def my_request_is_kept(here: Here[None]) -> Response:
    """Say who reads it, and that no machine answers."""
    neutral_frame()
    return render(WayBackKept())


def _form(here: Here[None], form: WayBackForm, status: int = 200, *, full: bool = False) -> Response:
    neutral_frame()
    panels = here.house.panels
    areas = [(panel.slug, _area(panel, here.language)) for panel in panels.all]
    form.area.choices = [("", gettext("I do not know")), *areas]
    form.link.data = form.link.data if read_mark_of_link(form.link.data or "") else ""
    frame().query = f"?link={form.link.data}" if form.link.data else ""
    ring = [(_area(panel, here.language), panel.contact_in(here.language)) for panel in panels.all] if full else []
    return render(WayBackPage(form, ("name", "reach") if panels.only else ("name", "reach", "area"), ring), status)


def _area(panel: Panel, language: str) -> str:
    """Return the name of a place and nothing more, because a stranger may look at this page."""
    named = panel.words(language).get("short_name")
    return str(named or as_english(str(panel.facts["short_name"]), language))
