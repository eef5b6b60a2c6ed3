"""The neutral page behind every private link, the way back in, and the way out: what answers without a visit."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family.comeback import send_after_all
from portal.family.door import cookie_name, give_cookie, link_door, neutral_frame, take_cookie
from portal.family.forms import NumberForm
from portal.family.pages import LinkPage, SignedOutPage
from portal.page import render
from portal.review import codes, invitations, spaces
from portal.review.people import FamilyMember


@link_door.show("/i/<path:secret>", "/<lang:lang>/i/<path:secret>", may=May.OPEN_A_LINK)
def link(here: Here[None], secret: str) -> Response:
    """Show the page that is the same for every link: it asks for the number, and looking at it changes nothing."""
    neutral_frame()
    return render(LinkPage(NumberForm(formdata=None), not_opened=False, resting=False))


@link_door.change("/i/<path:secret>", "/<lang:lang>/i/<path:secret>", may=May.OPEN_A_LINK, own_session=True)
def open_link(here: Here[None], secret: str) -> Response:
    """Open a space with link and number. Everything that does not fit gets one and the same answer."""
    neutral_frame()
    form = NumberForm()
    if not form.validate():
        return render(LinkPage(form, not_opened=False, resting=False), 422)
    link_hash = codes.hash_of_secret(secret)
    database = here.house.database
    with database.reading() as db:
        if invitations.wait_for(db, link_hash) is not None:
            return render(LinkPage(form, not_opened=False, resting=True), 422)
        found = invitations.fitting(db, link_hash, form.number.data or "", here.house.numbers)
        invitation_id = found.id if found else None
    with database.writing() as db:
        if invitation_id is None:
            invitations.miss(db, link_hash)
        else:
            invitation = invitations.opened(db, invitation_id)
            language = db.get_one(FamilyMember, invitation.family_member_id).language
            visit_secret = spaces.enter(db, invitation)
    if invitation_id is None:
        return render(LinkPage(form, not_opened=True, resting=False), 422)
    return give_cookie(redirect(url_for("family.space", lang=language), 303), visit_secret)


@link_door.change("/<lang:lang>/come-back", may=May.OPEN_A_LINK, own_session=True)
def send_words_after_all(here: Here[None]) -> Response:
    """Keep words that were sent after the visit had ended, once the number is given again."""
    neutral_frame()
    return send_after_all(here)


@link_door.change("/<lang:lang>/leave-quickly", may=May.OPEN_A_LINK)
def leave_quickly(here: Here[None]) -> Response:
    """End the visit in the background while the page is already gone. Nothing is recorded of the press."""
    spaces.leave(here.db, request.cookies.get(cookie_name(), ""))
    return take_cookie(redirect(url_for("link.signed_out"), 303))


@link_door.show("/<lang:lang>/signed-out", may=May.OPEN_A_LINK)
def signed_out(here: Here[None]) -> Response:
    """Say that the visit has ended."""
    neutral_frame()
    return render(SignedOutPage())
