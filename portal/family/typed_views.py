"""The short address that stands in a letter: its code and the number do there what a link and the number do.

The page is the same for everybody. Whatever does not open gets one and the same answer, with the words for a code that
rests in it, so that nobody learns by trying which codes were given out.
"""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family.door import link_door, mark_of_link, neutral_frame
from portal.family.forms import SAMPLE, TypedForm
from portal.family.knock import Refusal, knock, space_of
from portal.family.pages import TypedPage
from portal.page import guess_language, render
from portal.review import codes, invitations


@link_door.show("/i", "/I", "/i/", "/<lang:lang>/i/", may=May.OPEN_A_LINK)
def short_address(here: Here[None]) -> Response:
    """Lead to the page in the language that suits the reader best."""
    answer = redirect(url_for("link.typed", lang=guess_language()), 302)
    answer.headers["Vary"] = "Accept-Language"
    return answer


@link_door.show("/<lang:lang>/i", may=May.OPEN_A_LINK)
def typed(here: Here[None]) -> Response:
    """Show where the code of a letter and the number are put in; looking at it changes nothing."""
    return _page(TypedForm(formdata=None))


@link_door.change("/<lang:lang>/i", may=May.OPEN_A_LINK, own_session=True)
def open_typed(here: Here[None]) -> Response:
    """Open a space with a code and the number. Everything that does not fit gets one and the same answer."""
    form = TypedForm()
    if not form.validate():
        return _page(form, 422)
    with here.house.database.reading() as db:
        link = invitations.link_beside(db, codes.letter_code(form.code.data or ""))
    answer = knock(here, link, form.number.data or "", space_of)
    return _page(form, 422, link) if isinstance(answer, Refusal) else answer


def _page(form: TypedForm, status: int = 200, tried: str = "") -> Response:
    neutral_frame()
    ask_url = url_for("link.ask_for_my_link", link=mark_of_link(tried) if tried else None)
    return render(TypedPage(form, SAMPLE, bool(tried), ask_url), status)
