"""When a visit has ended while somebody was writing: every word comes back, and goes on with the number alone.

The form carries a signed mark of the invitation it came from; without the number the mark opens nothing.
"""

from flask import g, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.again import press_again
from portal.door import Here
from portal.family import asked, places, writing
from portal.family.door import neutral_frame, read_way_back, visit_of
from portal.family.forms import ComeBackForm
from portal.family.knock import Refusal, knock
from portal.family.pages import ComeBackPage
from portal.family.places import NotKept
from portal.family.writing import Then
from portal.house import house
from portal.page import frame, render
from portal.review import drafts
from portal.review.drafts import Draft, Outcome, Typed
from portal.review.invitations import Invitation
from portal.review.people import FamilyMember
from portal.review.reviews import Review
from portal.unsent import whole_number

_TYPED_IN = ("first", "last", "interpreter", "words")  # the fields of a space in which something is typed
_OF_A_FILE = "what"  # elsewhere a field of this name holds what was chosen
_WRITING = {"family.write": Then.LOOK, "family.send": Then.SEND}


def come_back() -> Response:
    """Answer somebody who has no visit: kindly, and with everything that they wrote."""
    if request.endpoint == "family.keep":
        return Response(status=401)  # only script asks there, and it has the words
    neutral_frame()
    names = (*_TYPED_IN, _OF_A_FILE) if request.endpoint == "family.bring" else _TYPED_IN
    written = "\n".join(filter(None, (request.form.get(name, "") for name in names)))
    frame().offers_languages = not written  # a link would leave the words behind
    then = _WRITING.get(request.endpoint or "")
    if not written or then is None or read_way_back(request.form.get("way_back", "")) is None:
        return render(ComeBackPage(None, written, not_opened=False), 401)
    form = ComeBackForm()
    form.place.data = str((request.view_args or {}).get("place", ""))
    if then is Then.LOOK:
        then = Then.KEEP if "go_on_in" in request.form else writing.pressed(form.then.data or "")
    form.then.data = then.value
    return render(ComeBackPage(form, written, not_opened=False), 401)


def send_after_all(here: Here[None]) -> Response:
    """Open the space with the number and keep the words, in one go."""
    form = ComeBackForm()
    written = form.words.data or ""
    frame().offers_languages = not written
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
        return _where_they_stood(Here(member, here.house, here.language, db), form, written)

    answer = knock(here, link_hash, form.number.data or "", keep)
    return render(ComeBackPage(form, written, not_opened=True), 422) if isinstance(answer, Refusal) else answer


def _where_they_stood(here: Here[FamilyMember], form: ComeBackForm, written: str) -> str:
    """Keep the words as a draft, go on with what was pressed, and return where the person stands then."""
    place, then = form.place.data or "", writing.pressed(form.then.data or "")
    if writing.sheet_or_none(here, place) is None and not drafts.begun_by(here.db, here.caller, place):
        place = asked.FREELY
    typed = Typed(form.once.data or "", written, whole_number(form.seen.data or ""))
    saved = drafts.save(here.db, here.caller, place, typed)
    draft = saved.draft
    if draft is None:
        return url_for("family.space")
    if saved.outcome is Outcome.SENT:
        return draft.sent_to or url_for("family.your_words")
    if saved.outcome is Outcome.BESIDE and len(drafts.begun_by(here.db, here.caller, draft.place)) > 1:
        return places.url_of(draft.place)
    if then is Then.SEND:
        return _sent(here, draft)
    return writing.check_url(draft, here.language) if then is Then.LOOK else writing.go_on_url(draft, here.language)


def _sent(here: Here[FamilyMember], draft: Draft) -> str:
    """Send what the person had pressed to send; where that cannot be done now, they look at it again."""
    review = here.db.get_one(Review, here.caller.review_id)
    panel = here.house.panels.named(review.panel)
    key_worker = here.house.panels.words(panel, here.language)["key_worker"]
    sheet = writing.sheet_or_none(here, draft.place)
    if sheet is None:
        return writing.go_on_url(draft, here.language)
    step = here.db.begin_nested()
    try:
        url = writing.send(here.db, here.caller, sheet, draft, key_worker)
    except NotKept:
        step.rollback()
        return writing.check_url(draft, here.language)
    step.commit()
    return url


def from_another_space(here: Here[FamilyMember]) -> bool:
    """Whether a form was begun in the space of somebody else, who used this browser before."""
    invitation_id = read_way_back(request.form.get("way_back", ""))
    invitation = here.db.get(Invitation, invitation_id) if invitation_id else None
    return invitation is not None and invitation.family_member_id != here.caller.id


def not_taken(error: Exception) -> Response:
    """Answer a form whose hidden mark does not fit; one of somebody else's space goes on with their own number."""
    if request.form.get("way_back"):
        with house().database.reading() as db:
            found = visit_of(db)
            if found is not None and from_another_space(Here(found[0], house(), g.language, db)):
                return come_back()
    return press_again(error)
