"""Letters on paper: what a key worker prints, as a page and as a PDF; nothing is sent and nothing queued by it."""

from dataclasses import replace
from uuid import UUID

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import paper
from portal.access import May
from portal.door import Here
from portal.keyworker import letter_lists, letter_pages
from portal.keyworker.door import desk_frame, door, show_page
from portal.keyworker.letter_pages import FILE, LetterPage
from portal.letters_on_paper import styles
from portal.page import render
from portal.review import reviews, sent
from portal.review.messages import Travel
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.signin.desk import note_reading

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/messages/<uuid:message_id>/letter", may=_MAY)
def letter(here: Here[StaffMember], message_id: UUID) -> Response:
    """Show a letter, ready to print; it is the only page behind this door that holds a link."""
    return show_page(here, _letter(here, message_id))


@door.show("/messages/<uuid:message_id>/letter.pdf", may=_MAY)
def letter_pdf(here: Here[StaffMember], message_id: UUID) -> Response:
    """Give a letter as a PDF."""
    return _pdf(here, _letter(here, message_id))


@door.change("/messages/<uuid:message_id>/printed", may=_MAY)
def printed(here: Here[StaffMember], message_id: UUID) -> Response:
    """Say that a letter is on paper, and forget what opens the space."""
    message, member = sent.message_of_mine(here.db, here.caller, message_id)
    here.db.refresh(message, with_for_update=True)  # of two presses the second finds what the first did
    if message.state is Travel.TO_PRINT:
        sent.printed(here.db, here.caller, message, member)
    return redirect(letter_pages.person_url(member), 303)


@door.show("/people/<uuid:member_id>/number-sheet", may=_MAY)
def number_sheet(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show a person's number on a sheet of its own, until it is noted."""
    return show_page(here, _number(here, member_id))


@door.show("/people/<uuid:member_id>/number-sheet.pdf", may=_MAY)
def number_sheet_pdf(here: Here[StaffMember], member_id: UUID) -> Response:
    """Give that sheet as a PDF."""
    return _pdf(here, _number(here, member_id))


@door.show("/families/<uuid:review_id>/letters", may=_MAY)
def letters_of_family(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show where the letters of each person of a family are, and what needs no person."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    return show_page(here, letter_lists.family_letters_page(here, review))


@door.show("/people/<uuid:member_id>/letters", may=_MAY)
def letters_of_person(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show all that can be printed for a person."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    return show_page(here, letter_lists.letters_page(here, member, request.args.get("language", "")))


@door.show("/people/<uuid:member_id>/letters/<code>/<letter_name>", may=_MAY)
def stage_letter(here: Here[StaffMember], member_id: UUID, code: str, letter_name: str) -> Response:
    """Show a letter about a stage, or to somebody who was not reached."""
    return show_page(here, _stage_letter(here, member_id, code, letter_name))


@door.show("/people/<uuid:member_id>/letters/<code>/<letter_name>/letter.pdf", may=_MAY)
def stage_letter_pdf(here: Here[StaffMember], member_id: UUID, code: str, letter_name: str) -> Response:
    """Give such a letter as a PDF."""
    return _pdf(here, _stage_letter(here, member_id, code, letter_name))


@door.change("/people/<uuid:member_id>/letters/<code>/<letter_name>/printed", may=_MAY)
def stage_letter_printed(here: Here[StaffMember], member_id: UUID, code: str, letter_name: str) -> Response:
    """Note that such a letter was printed; which one is not kept."""
    page = _stage_letter(here, member_id, code, letter_name)
    if page.stopped:
        raise NotNow
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    sent.note_printed(here.db, here.caller, member)
    return redirect(url_for(".letters_of_person", member_id=member.id), 303)


@door.show("/cards/<code>", may=_MAY)
def card(here: Here[StaffMember], code: str) -> Response:
    """Show the cards that a key worker hands over before anybody is ready."""
    return show_page(here, letter_pages.card_page(here, code))


@door.show("/cards/<code>/cards.pdf", may=_MAY)
def card_pdf(here: Here[StaffMember], code: str) -> Response:
    """Give them as a PDF."""
    return _pdf(here, letter_pages.card_page(here, code))


def _letter(here: Here[StaffMember], message_id: UUID) -> LetterPage:
    message, member = sent.letter_of_mine(here.db, here.caller, message_id)
    note_reading(here, "letter shown", member.review_id, member.id)
    return letter_pages.letter_page(here, message, member, for_file=_for_file())


def _number(here: Here[StaffMember], member_id: UUID) -> LetterPage:
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    page = letter_pages.number_page(here, member)
    note_reading(here, "number shown", member.review_id, member.id)
    return page


def _stage_letter(here: Here[StaffMember], member_id: UUID, code: str, name: str) -> LetterPage:
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    return letter_pages.stage_page(here, member, code, name, for_file=_for_file())


def _for_file() -> bool:
    return request.args.get("for") == FILE


def _pdf(here: Here[StaffMember], page: LetterPage) -> Response:
    """Give the PDF of a page, shown and not kept by most browsers; where none can be made, the page, to be printed."""
    if page.stopped:
        raise NotNow
    desk_frame(here)
    html = render(page.printed).get_data(as_text=True)
    here.db.close()  # a PDF takes a second or two, and holds up nobody
    try:
        made = paper.pdf(html, *styles())
    except paper.NotMade:
        return render(replace(page, not_made=True), 503)
    answer: Response = current_app.response_class(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="letter.pdf"'
    return answer
