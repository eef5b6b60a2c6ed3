"""A key worker's families: the list, the beginning of a review, one family, and its stage."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import family_pages
from portal.keyworker.door import desk_frame, door
from portal.keyworker.family_pages import StagePage, StartPage
from portal.keyworker.forms import StageForm, StartForm
from portal.page import render
from portal.review import families, reviews
from portal.review.people import StaffMember
from portal.review.reviews import Review, Stage


@door.show("/", may=May.LOOK_AFTER_FAMILIES)
def my_families(here: Here[StaffMember]) -> Response:
    """Show every family of the key worker, and what needs them."""
    desk_frame(here)
    return render(family_pages.my_families(here))


@door.show("/start", may=May.LOOK_AFTER_FAMILIES)
def start(here: Here[StaffMember]) -> Response:
    """Show the form that begins a review."""
    return _start(here, StartForm(), 200)


@door.change("/start", may=May.LOOK_AFTER_FAMILIES)
def begin(here: Here[StaffMember]) -> Response:
    """Begin a review."""
    form = StartForm()
    if not form.validate():
        return _start(here, form, 422)
    review = families.begin(here.db, here.caller, form.child.data, Stage(form.stage.data), form.once.data)
    return redirect(url_for(".family", review_id=review.id), 303)


@door.show("/families/<uuid:review_id>", may=May.LOOK_AFTER_FAMILIES)
def family(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show one family."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    desk_frame(here)
    return render(family_pages.family_page(here, review))


@door.show("/families/<uuid:review_id>/stage", may=May.LOOK_AFTER_FAMILIES)
def stage(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show where the review is, to be set."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    return _stage(here, review, StageForm(review), 200)


@door.change("/families/<uuid:review_id>/stage", may=May.LOOK_AFTER_FAMILIES)
def set_stage(here: Here[StaffMember], review_id: UUID) -> Response:
    """Set where the review is, and the day of the next contact."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    form = StageForm(review)
    if not form.validate():
        return _stage(here, review, form, 422)
    reviews.set_stage(here.db, here.caller, review, Stage(form.stage.data), form.next_contact.day)
    return redirect(url_for(".family", review_id=review.id), 303)


def _start(here: Here[StaffMember], form: StartForm, status: int) -> Response:
    desk_frame(here)
    return render(StartPage(form, url_for(".my_families")), status)


def _stage(here: Here[StaffMember], review: Review, form: StageForm, status: int) -> Response:
    desk_frame(here)
    return render(StagePage(form, url_for(".family", review_id=review.id)), status)
