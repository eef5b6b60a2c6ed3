"""One family of a key worker: its page, and the stage of its review."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import family_pages, help_words
from portal.keyworker.door import desk_frame, door
from portal.keyworker.family_pages import StagePage
from portal.keyworker.forms import StageForm
from portal.page import render
from portal.review import reviews
from portal.review.people import StaffMember
from portal.review.reviews import Review, Stage


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
    shown = bool(form.shown.data)
    reviews.set_stage(here.db, here.caller, review, Stage(form.stage.data), form.next_contact.day, shown=shown)
    return redirect(url_for(".family", review_id=review.id), 303)


def _stage(here: Here[StaffMember], review: Review, form: StageForm, status: int) -> Response:
    desk_frame(here)
    letters_url, back_url = (url_for(f".{view}", review_id=review.id) for view in ("letters_of_family", "family"))
    return render(StagePage(form, help_words.for_stages(), letters_url, back_url), status)
