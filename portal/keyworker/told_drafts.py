"""What a key worker begins to write down of what a person says: saved while they type, for that key worker alone."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker.door import door
from portal.keyworker.told_forms import TellForm
from portal.review import form_drafts, reviews
from portal.review.people import FamilyMember, StaffMember
from portal.unsent import Device, Drafts, answered, device_key

_NOBODY = UUID(int=0)


def drafts_of(here: Here[StaffMember], member: FamilyMember, form: TellForm) -> Drafts:
    """Return the drafts of the form in which the one who calls writes down what a person says."""
    url, beside_url = (url_for(f"keyworker.{view}", member_id=member.id) for view in ("tell_page", "put_told_by"))
    return Drafts(here.db, form_drafts.pad_of(member, here.caller), str(member.id), form, url, beside_url)


def device(here: Here[StaffMember]) -> Device:
    """Return what script needs to keep words; the place of each is its person."""
    keep_url = url_for("keyworker.keep_told", member_id=_NOBODY).replace(str(_NOBODY), "PLACE")
    return Device(keep_url, device_key(here.db, here.caller))


@door.change("/people/<uuid:member_id>/tell/begun", may=May.LOOK_AFTER_FAMILIES)
def put_told_by(here: Here[StaffMember], member_id: UUID) -> Response:
    """Keep the form for later as it was filled in, or let go of one that was kept, or bring one back."""
    return redirect(_sent(here, member_id).pressed(), 303)


@door.change("/people/<uuid:member_id>/tell/keep", may=May.LOOK_AFTER_FAMILIES, own_session=True)
def keep_told(here: Here[StaffMember], member_id: UUID) -> Response:
    """Keep what script sends while somebody writes; it answers in a few words, which the page then shows."""
    with here.house.database.writing() as db:
        caller = db.get_one(StaffMember, here.caller.id)
        return answered(_sent(Here(caller, here.house, here.language, db), member_id).save())


def _sent(here: Here[StaffMember], member_id: UUID) -> Drafts:
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    return drafts_of(here, member, TellForm(here.house.settings, member))
