"""A key worker's desk, and the way to find one family on it."""

from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import desk_pages
from portal.keyworker.desk_pages import FindForm
from portal.keyworker.door import door, show_page
from portal.review.people import StaffMember


@door.show("/", may=May.LOOK_AFTER_FAMILIES)
def my_families(here: Here[StaffMember]) -> Response:
    """Show what needs the key worker today, and every family."""
    return show_page(here, desk_pages.my_families(here, FindForm()))


@door.change("/", may=May.LOOK_AFTER_FAMILIES)
def find(here: Here[StaffMember]) -> Response:
    """Show the families that fit what was typed; nothing changes, but a name has no place in an address."""
    form = FindForm()
    good = form.validate()
    return show_page(
        here, desk_pages.my_families(here, form, form.words.data or "" if good else ""), 200 if good else 422
    )
