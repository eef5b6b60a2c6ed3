"""The neutral page behind every private link, the way back in, and the way out: what answers without a visit."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family.comeback import send_after_all
from portal.family.door import cookie_name, link_door, mark_of_link, neutral_frame, take_cookie
from portal.family.forms import NumberForm
from portal.family.knock import Refusal, knock, space_of
from portal.family.pages import LinkPage, SignedOutPage
from portal.page import render
from portal.review import codes, spaces


@link_door.show("/i/<path:secret>", "/<lang:lang>/i/<path:secret>", may=May.OPEN_A_LINK)
def link(here: Here[None], secret: str) -> Response:
    """Show the page that is the same for every link: it asks for the number, and looking at it changes nothing."""
    return _page(secret, NumberForm(formdata=None))


@link_door.change("/i/<path:secret>", "/<lang:lang>/i/<path:secret>", may=May.OPEN_A_LINK, own_session=True)
def open_link(here: Here[None], secret: str) -> Response:
    """Open a space with link and number. Everything that does not fit gets one and the same answer."""
    form = NumberForm()
    if not form.validate():
        return _page(secret, form, 422)

    answer = knock(here, codes.hash_of_secret(secret), form.number.data or "", space_of)
    if isinstance(answer, Refusal):
        return _page(secret, form, 422, answer)
    return answer


@link_door.change("/<lang:lang>/come-back", may=May.OPEN_A_LINK, own_session=True)
def send_words_after_all(here: Here[None]) -> Response:
    """Keep words that were sent after the visit had ended, once the number is given again."""
    neutral_frame()
    return send_after_all(here)


@link_door.change("/<lang:lang>/leave-quickly", may=May.OPEN_A_LINK)
def leave_quickly(here: Here[None]) -> Response:
    """End the visit, and go to the neutral site where no script has done so. Nothing is recorded of the press."""
    spaces.leave(here.db, request.cookies.get(cookie_name(), ""))
    away = here.house.settings.leave_url if request.form.get("away") else ""
    return take_cookie(redirect(away or url_for("link.signed_out"), 303))


@link_door.show("/<lang:lang>/signed-out", may=May.OPEN_A_LINK)
def signed_out(here: Here[None]) -> Response:
    """Say that the visit has ended."""
    neutral_frame()
    return render(SignedOutPage())


def _page(secret: str, form: NumberForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    neutral_frame()
    ask_url = url_for("link.ask_for_my_link", link=mark_of_link(codes.hash_of_secret(secret)))
    resting = refusal is Refusal.RESTING
    return render(LinkPage(form, not_opened=refusal is Refusal.NOT_OPENED, resting=resting, ask_url=ask_url), status)
