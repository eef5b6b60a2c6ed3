"""The pack of a meeting: the words of those who asked, to read or print, and fixed once it is made."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.panel.door import allowed, door, show_page
from portal.panel.labels import meeting_label
from portal.panel.pack_pages import PackPage
from portal.panel.showing import tried, words_of
from portal.review import meetings as planned
from portal.review.meetings import Meeting, MeetingState
from portal.review.people import StaffMember
from portal.signin.desk import note_reading
from portal.words import gettext, moment


@door.show("/meetings/<uuid:meeting_id>/pack", may=May.READ_QUESTIONS)
def pack(here: Here[StaffMember], meeting_id: UUID) -> Response:
    """Show the words for a meeting."""
    return _pack(here, planned.one_of_panel(here.db, here.caller, meeting_id))


@door.change("/meetings/<uuid:meeting_id>/pack/make", may=May.HANDLE_QUESTIONS)
def make_pack(here: Here[StaffMember], meeting_id: UUID) -> Response:
    """Fix the words for a meeting; pressed twice, they are fixed once."""
    found = planned.one_of_panel(here.db, here.caller, meeting_id)
    done = found.pack_made_at is not None or tried(here, lambda: planned.make_pack(here.db, here.caller, found))
    return _then(here, meeting_id, done)


@door.change("/meetings/<uuid:meeting_id>/pack/unmake", may=May.HANDLE_QUESTIONS)
def unmake_pack(here: Here[StaffMember], meeting_id: UUID) -> Response:
    """Let the words for a meeting be changed again; pressed twice, it is done once."""
    found = planned.one_of_panel(here.db, here.caller, meeting_id)
    planned_still = found.pack_made_at is None and found.state is MeetingState.PLANNED
    done = planned_still or tried(here, lambda: planned.unmake_pack(here.db, here.caller, found))
    return _then(here, meeting_id, done)


def pack_sentence(found: Meeting) -> str:
    """Say whether the words for a meeting are fixed, and since when."""
    if found.pack_made_at is not None:
        return gettext("The pack was made on %(moment)s. Its words are fixed.", moment=moment(found.pack_made_at))
    if found.state is MeetingState.HELD:
        return gettext("No pack was made for this meeting.")
    return gettext("The pack is not made yet. Whoever wrote these words can still change them.")


def _then(here: Here[StaffMember], meeting_id: UUID, done: bool) -> Response:
    if done:
        return redirect(url_for(".pack", meeting_id=meeting_id), 303)
    changed = gettext("A colleague has changed something about this meeting in the meantime. Please look again.")
    return _pack(here, planned.one_of_panel(here.db, here.caller, meeting_id), changed, 409)


def _pack(here: Here[StaffMember], found: Meeting, changed: str = "", status: int = 200) -> Response:
    put = planned.questions_for(here.db, found)
    for question in put:
        note_reading(here, "question read", question.review_id, question.id)
    offer = allowed(here, May.HANDLE_QUESTIONS) and found.state is MeetingState.PLANNED
    made = found.pack_made_at is not None
    page = PackPage(
        meeting_label(found),
        pack_sentence(found),
        [(one.reference, f"question-{number}", words_of(one)) for number, one in enumerate(put, 1)],
        url_for("panel.make_pack", meeting_id=found.id) if offer and put and not made else "",
        url_for("panel.unmake_pack", meeting_id=found.id) if offer and made else "",
        changed,
        url_for("panel.meeting", meeting_id=found.id),
    )
    return show_page(here, page, status)
