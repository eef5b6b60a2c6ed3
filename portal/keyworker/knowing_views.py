"""Who of a family may know that another is here: noted by the key worker, seen by those who look after the family."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import knowing_pages as pages
from portal.keyworker.door import door, show_page
from portal.review import knowing, reviews
from portal.review.people import StaffMember

_MAY = May.LOOK_AFTER_FAMILIES
_RULE = "/families/<uuid:review_id>/knowing"


@door.show(_RULE, may=_MAY)
def who_may_know(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show who of a family may know of whom, and the form that notes it."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    return show_page(here, pages.page(here, review, pages.form_for(here, reviews.family_of(here.db, review))))


@door.change(_RULE, may=_MAY)
def note_who_may_know(here: Here[StaffMember], review_id: UUID) -> Response:
    """Note who may know of whom; what a colleague noted meanwhile is shown, and not overwritten unseen."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    family = reviews.family_of(here.db, review)
    form = pages.form_for(here, family)
    if not form.validate() or pages.refuse_hidden(form, here, family):
        return show_page(here, pages.page(here, review, form), 422)
    try:
        knowing.note(here.db, here.caller, review, family, pages.pairs_of(form, family), form.seen.data)
    except knowing.NotedMeanwhile:
        form.seen.data = knowing.mark_of(knowing.ticked(here.db, family))
        return show_page(here, pages.page(here, review, form, meanwhile=True), 409)
    return redirect(url_for(".who_may_know", review_id=review.id), 303)
