"""The key worker's door, and the frame around every page behind it."""

from flask import url_for
from werkzeug.wrappers import Response

from portal.access import Role
from portal.door import Here
from portal.page import Page, render
from portal.review.people import StaffMember
from portal.signin.desk import staff_door, staff_frame
from portal.words import gettext

door = staff_door("keyworker", frozenset({Role.KEY_WORKER}), "/keyworker")


def desk_frame(here: Here[StaffMember]) -> None:
    """Set the frame: two pages to go to, and the way out."""
    staff_frame(
        here,
        nav=[
            (gettext("My families"), url_for("keyworker.my_families")),
            (gettext("Invite a family"), url_for("keyworker.start")),
        ],
    )


def show_page(here: Here[StaffMember], page: Page, status: int = 200) -> Response:
    """Show a page inside that frame."""
    desk_frame(here)
    return render(page, status)
