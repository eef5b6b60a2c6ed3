"""Was this page clear? A reader may say so, without a cookie, an address or a name being kept.

The offer stands at the end of an article as a plain link. It does not stand there on the pages of a reading path, nor
after somebody has answered: the way there leads to the article itself (``#read``), and the style sheet hides it then.
"""

from flask import redirect, request
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.library.panels import Panel
from portal.page import Choice, render
from portal.public.around import public_frame
from portal.public.begin_views import BEGIN, ON_A_PATH
from portal.public.clear_pages import ClearForm, ClearPage, ClearThanks
from portal.public.door import door
from portal.reading import page_choice
from portal.review import clearness
from portal.review.clearness import Clear, Shape
from portal.words import gettext

CLEAR = "was-it-clear"
_RULES = (
    "/<lang:lang>/<page:page>/was-it-clear",
    "/<lang:lang>/begin/was-it-clear",
    "/<lang:lang>/<panel:panel>/<page:page>/was-it-clear",
    "/<lang:lang>/<panel:panel>/begin/was-it-clear",
)


@door.show(*_RULES, may=May.SAY_IF_CLEAR)
def was_it_clear(here: Here[None], page: str = BEGIN, panel: Panel | None = None) -> Response:
    """Show the form."""
    form = ClearForm(formdata=None, shape=_shape(request.args.get("form", "")).value)
    return _form(here, page, panel, form)


@door.change(*_RULES, may=May.SAY_IF_CLEAR, own_session=True)
def say_if_clear(here: Here[None], page: str = BEGIN, panel: Panel | None = None) -> Response:
    """Keep what a reader says; the session is opened only when there is something to keep."""
    form = ClearForm()
    if not form.validate():
        return _form(here, page, panel, form, 422)
    if not here.house.sluice.lets_through():
        return _form(here, page, panel, form, 429)
    with here.house.database.writing() as db:
        said, shape = Clear(form.clear.data), _shape(form.shape.data or "")
        clearness.say(db, page, here.language, shape, said, form.words.data or "", form.once.data or "")
    kept = here.house.panels.address(here.language, _named(here, panel), f"{page}/{CLEAR}/kept")
    return redirect(kept + _asked(shape), 303)


@door.show(*(f"{rule}/kept" for rule in _RULES), may=May.SAY_IF_CLEAR)
def clear_kept(here: Here[None], page: str = BEGIN, panel: Panel | None = None) -> Response:
    """Say what was kept and who can read it, and lead back to where the reader was."""
    shape = _shape(request.args.get("form", ""))
    _frame(here, panel, page, shape)
    return render(ClearThanks(_about(here, page, panel, shape)))


def _form(here: Here[None], page: str, panel: Panel | None, form: ClearForm, status: int = 200) -> Response:
    shape = _shape(form.shape.data or "")
    _frame(here, panel, page, shape)
    return render(ClearPage(_about(here, page, panel, shape), form, busy=status == 429), status)


def _frame(here: Here[None], panel: Panel | None, page: str, shape: Shape) -> None:
    around = public_frame(_named(here, panel), f"{page}/{CLEAR}", listed=False)
    around.alternates, around.own_style, around.query = (), "clear", _asked(shape)


def _named(here: Here[None], panel: Panel | None) -> Panel | None:
    return panel or here.house.panels.only


def _about(here: Here[None], page: str, panel: Panel | None, shape: Shape) -> Choice:
    """Return the page that it is about, as the link that leads back to it."""
    if page == BEGIN:
        return Choice(gettext("Pages that may fit"), here.house.panels.address(here.language, panel, BEGIN))
    link = page_choice(page, _named(here, panel))
    url = link.url if shape is Shape.PAGE else f"{link.url}/{shape.value}"
    return Choice(link.title, url + ON_A_PATH, code=link.code, dir=link.dir)


def _asked(shape: Shape) -> str:
    """Return what goes along in the address of a page that was not read as an ordinary page."""
    return "" if shape is Shape.PAGE else f"?form={shape.value}"


def _shape(text: str) -> Shape:
    return next((shape for shape in Shape if shape.value == text), Shape.PAGE)
