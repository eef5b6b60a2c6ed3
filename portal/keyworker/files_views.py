"""The key worker and what the people of their families brought: photographs, documents, spoken messages."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.downloads import hand_out
from portal.headers import Freedom, grant
from portal.keyworker import files_pages as pages
from portal.keyworker.door import desk_frame, door
from portal.page import render
from portal.review import brought, reviews
from portal.review.people import StaffMember
from portal.signin.desk import note_reading

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/families/<uuid:review_id>/brought", may=_MAY)
def files_of_family(here: Here[StaffMember], review_id: UUID) -> Response:
    """List what the people of a family brought and sent."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    desk_frame(here)
    return render(pages.files_page(here, review))


@door.show("/brought/<uuid:file_id>", may=_MAY)
def brought_file(here: Here[StaffMember], file_id: UUID) -> Response:
    """Show one thing that somebody brought."""
    file = brought.one_for_key_worker(here.db, here.caller, file_id)
    note_reading(here, "file read", file.review_id, file.id)
    grant(Freedom.SOUND)
    desk_frame(here)
    return render(pages.file_page(here, file))


@door.show("/brought/<uuid:file_id>/copy", may=_MAY)
def file_copy(here: Here[StaffMember], file_id: UUID) -> Response:
    """Give out what was brought: of a picture the clean copy, of everything else what came."""
    file = brought.one_for_key_worker(here.db, here.caller, file_id)
    note_reading(here, "file read", file.review_id, file.id)
    return hand_out(here.db, here.house.database, file, shown=file.shown_size > 0)
