"""Notes to colleagues about a family: read, written, taken back; nothing here reaches a family or the panel."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import notes_pages
from portal.keyworker.door import desk_frame, door
from portal.keyworker.notes_pages import NoteForm
from portal.page import render
from portal.review import notes, reviews
from portal.review.people import StaffMember
from portal.review.reviews import Review
from portal.signin.desk import note_reading

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/families/<uuid:review_id>/notes", may=_MAY)
def colleague_notes(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show the notes about a family, and the form for one more."""
    return _page(here, reviews.one_of_mine(here.db, here.caller, review_id), NoteForm(), 200)


@door.change("/families/<uuid:review_id>/notes", may=_MAY)
def write_note(here: Here[StaffMember], review_id: UUID) -> Response:
    """Leave a note for colleagues."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    form = NoteForm()
    if not form.validate():
        return _page(here, review, form, 422)
    notes.write(here.db, here.caller, review, form.words.data, form.once.data or "")
    return _to(review.id)


@door.change("/notes/<uuid:note_id>/take-back", may=_MAY)
def take_note_back(here: Here[StaffMember], note_id: UUID) -> Response:
    """Take one's own note back."""
    note = notes.one_of_my_own(here.db, here.caller, note_id)
    notes.take_back(here.db, here.caller, note)
    return _to(note.review_id)


@door.change("/notes/<uuid:note_id>/put-back", may=_MAY)
def put_note_back(here: Here[StaffMember], note_id: UUID) -> Response:
    """Leave one's own note after all."""
    note = notes.one_of_my_own(here.db, here.caller, note_id)
    notes.put_back(here.db, here.caller, note)
    return _to(note.review_id)


def _page(here: Here[StaffMember], review: Review, form: NoteForm, status: int) -> Response:
    note_reading(here, "notes read", review.id, review.id)
    desk_frame(here)
    return render(notes_pages.notes_page(here, review, form), status)


def _to(review_id: UUID) -> Response:
    return redirect(url_for(".colleague_notes", review_id=review_id), 303)
