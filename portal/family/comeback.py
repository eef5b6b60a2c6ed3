"""When a visit has ended while somebody was writing: every word comes back, and goes with the number alone.

The form carries a signed mark of the invitation it came from; without the number the mark opens nothing.
"""

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.door import Here
from portal.family.door import neutral_frame, read_way_back
from portal.family.forms import ComeBackForm
from portal.family.knock import Refusal, knock
from portal.family.pages import ComeBackPage
from portal.page import render
from portal.review import contributions, questions
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
    with here.house.database.reading() as db:
        invitation = db.get(Invitation, invitation_id)
        link_hash = (invitation.secret_hash if invitation else None) or ""

    def keep(db: Session, invitation: Invitation) -> str:
        member = db.get_one(FamilyMember, invitation.family_member_id)
        keep_it = contributions.tell if form.kind.data == "contribution" else questions.ask
        kept = keep_it(db, member, written, form.once.data or "")
        return url_for("family.kept", lang=member.language, reference=kept.reference)

    answer = knock(here, link_hash, form.number.data or "", keep)
    return render(ComeBackPage(form, written, not_opened=True), 422) if isinstance(answer, Refusal) else answer


def from_another_space(here: Here[FamilyMember]) -> bool:
    """Whether a form was begun in the space of somebody else, who used this browser before."""
    invitation_id = read_way_back(request.form.get("way_back", ""))
    invitation = here.db.get(Invitation, invitation_id) if invitation_id else None
    return invitation is not None and invitation.family_member_id != here.caller.id
