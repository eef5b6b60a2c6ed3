"""Inviting: one form for a new family and its first person, and for everybody after; a look before anything is sent."""

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker.door import door, show_page
from portal.keyworker.invite_forms import FamilyForm, InviteForm
from portal.keyworker.invite_pages import invite_page
from portal.review import families, reviews
from portal.review.people import StaffMember
from portal.review.reviews import Review, Stage

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/start", may=_MAY)
def start(here: Here[StaffMember]) -> Response:
    """Show the one form in which a family begins and its first person is invited."""
    return show_page(here, invite_page(here, None, FamilyForm(here.house.settings)))


@door.change("/start", may=_MAY)
def begin(here: Here[StaffMember]) -> Response:
    """Begin a review, add its first person, make their link and their number; or only show what they will see."""
    form = FamilyForm(here.house.settings)
    if "look" in request.form:
        return _look(here, None, form)
    if not form.validate():
        return show_page(here, invite_page(here, None, form), 422)
    review = families.begin(here.db, here.caller, form.child.data, Stage(form.stage.data), form.once.data)
    return _bring_in(here, review, form)


@door.show("/families/<uuid:review_id>/invite", may=_MAY)
def invite(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show the one form in which a person is added and invited."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    return show_page(here, invite_page(here, review, InviteForm(here.house.settings)))


@door.change("/families/<uuid:review_id>/invite", may=_MAY)
def bring_in(here: Here[StaffMember], review_id: UUID) -> Response:
    """Add a person, make their link and their number; or only show what they will see."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    form = InviteForm(here.house.settings, families.names_of(here.db, review))
    if "look" in request.form:
        return _look(here, review, form)
    if not form.validate():
        return show_page(here, invite_page(here, review, form), 422)
    return _bring_in(here, review, form)


def _bring_in(here: Here[StaffMember], review: Review, form: InviteForm) -> Response:
    member = families.bring_in(
        here.db, here.caller, review, form.details, form.once.data, here.house.numbers, form.wished, form.added
    )
    return redirect(url_for(".person", member_id=member.id), 303)


def _look(here: Here[StaffMember], review: Review | None, form: InviteForm) -> Response:
    """Show what was filled in so far as the person will see it; nobody is added."""
    good = form.check_what_is_there()
    return show_page(here, invite_page(here, review, form, look=good), 200 if good else 422)
