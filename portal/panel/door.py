"""The door of the panel's people, and what stands around their pages: only the parts that their roles may open."""

from werkzeug.wrappers import Response

from portal.access import LIBRARY, PANEL, WHO, May, Role
from portal.door import Here
from portal.page import Page, render
from portal.review.people import StaffMember
from portal.signin.desk import staff_door, staff_frame
from portal.words import gettext

door = staff_door("panel", PANEL | LIBRARY | {Role.ADMINISTRATOR}, "/panel")


def allowed(here: Here[StaffMember], right: May) -> bool:
    """Whether the caller has a right, in any of their roles."""
    return any(here.caller.holds(role) for role in WHO[right])


def panel_frame(here: Here[StaffMember]) -> None:
    """Set the frame of a page at this door, with the list of pages that the caller may open."""
    pages = (
        (gettext("Questions"), "/panel/questions", May.READ_QUESTIONS),
        (gettext("From families"), "/panel/contributions", May.READ_QUESTIONS),
        (gettext("Brought by families"), "/panel/brought", May.READ_QUESTIONS),
        (gettext("Concerns"), "/panel/concerns", May.SEE_TO_CONCERNS),
        (gettext("Meetings"), "/panel/meetings", May.READ_QUESTIONS),
        (gettext("News to check"), "/panel/news", May.CHECK_ANSWERS),
        (gettext("Library"), "/panel/library", May.SEE_THE_LIBRARY),
        (gettext("Support"), "/panel/support", May.SEE_THE_LIBRARY),
        (gettext("Was it clear?"), "/panel/clearness", May.SEE_THE_LIBRARY),
        (gettext("Staff"), "/panel/staff", May.LOOK_AFTER_STAFF),
    )
    staff_frame(here, [(title, url) for title, url, right in pages if allowed(here, right)])


def show_page(here: Here[StaffMember], page: Page, status: int = 200) -> Response:
    """Render a page of this door in its frame."""
    panel_frame(here)
    return render(page, status)
