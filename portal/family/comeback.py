"""When a visit has ended while somebody was writing: every word comes back, and goes with the number alone.

The form carries a signed mark of the invitation it came from; without the number the mark opens nothing.
"""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.door import Here
from portal.family.door import give_cookie, neutral_frame, read_way_back
from portal.family.forms import ComeBackForm
from portal.family.pages import ComeBackPage
from portal.page import render
from portal.review import contributions, invitations, questions, spaces
from portal.review.invitations import Invitation
from portal.review.people import FamilyMember


def come_back() -> Response:
    """Answer somebody who has no visit: kindly, and with everything that they wrote."""
    neutral_frame()
    written = request.form.get("words", "")
    kind = {"ask": "question", "tell": "contribution"}.get(request.path.rsplit("/", 1)[-1], "")
    if not written or not kind or read_way_back(request.form.get("way_back", "")) is None:
        return render(ComeBackPage(None, written, not_opened=False), 401)
    form = ComeBackForm()
    form.kind.data = kind
    return render(ComeBackPage(form, written, not_opened=False), 401)


def send_after_all(here: Here[None]) -> Response:
    """Open the space with the number and keep the words, in one go."""
    form = ComeBackForm()
    written = form.words.data or ""
    invitation_id = read_way_back(form.way_back.data or "")
    if invitation_id is None:
        return render(ComeBackPage(None, written, not_opened=False), 401)
    if not form.validate():
        return render(ComeBackPage(form, written, not_opened=False), 422)
    database = here.house.database
    with database.reading() as db:
        link_hash = db.get_one(Invitation, invitation_id).secret_hash or ""
        resting = invitations.wait_for(db, link_hash) is not None
        fits = not resting and invitations.fitting(db, link_hash, form.number.data or "", here.house.numbers)
    if not fits:
        if not resting:
            with database.writing() as db:
                invitations.miss(db, link_hash)
        return render(ComeBackPage(form, written, not_opened=True), 422)
    with database.writing() as db:
        invitation = invitations.opened(db, invitation_id)
        member = db.get_one(FamilyMember, invitation.family_member_id)
        keep = contributions.tell if form.kind.data == "contribution" else questions.ask
        kept = keep(db, member, written, form.once.data or "")
        visit_secret = spaces.enter(db, invitation)
        url = url_for("family.kept", lang=member.language, reference=kept.reference)
    return give_cookie(redirect(url, 303), visit_secret)
