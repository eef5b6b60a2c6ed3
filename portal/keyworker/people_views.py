"""The people of a family: how each is reached, their number, and another link for them."""

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.keyworker import people_pages, preview, readiness, wishes_words
from portal.keyworker.door import door, show_page
from portal.keyworker.invite_forms import SendForm
from portal.keyworker.people_forms import PersonForm
from portal.keyworker.people_pages import ChangePage, ConfirmPage, PreviewPage, SendPage
from portal.review import families, invitations, messages, reviews, sent
from portal.review.messages import Travel
from portal.review.people import FamilyMember, StaffMember, hold
from portal.review.questions import NotNow
from portal.sealing import opened
from portal.signin.desk import note_reading
from portal.words import gettext

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/people/<uuid:member_id>", may=_MAY)
def person(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show one person: how they are reached, and how their links stand."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    if member.number_ct is not None:
        note_reading(here, "number shown", member.review_id, member.id)
    return show_page(here, people_pages.person_page(here, member))


@door.show("/people/<uuid:member_id>/preview", may=_MAY)
def preview_person(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show what this person will see, without a live link and without their words."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    review = reviews.one_of_mine(here.db, here.caller, member.review_id)
    own = next((opened(lambda one=one: one.own) for one in messages.to_family(here.db, member)), None)  # type: ignore[misc]  # bound now
    boxes = preview.boxes(here, review.panel, review.key_worker_id, member.language, member.way, own or "")
    return show_page(here, PreviewPage(languages.language(member.language).own_name, boxes, _url(member)))


@door.change("/people/<uuid:member_id>/noted", may=_MAY)
def noted(here: Here[StaffMember], member_id: UUID) -> Response:
    """Forget the number's clear form: the key worker has it."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    hold(here.db, member)
    if request.args.get("of") not in (None, invitations.mark_of_number(member)):
        raise NotNow  # the page showed an older number than the one that would be forgotten
    if member.number_ct is not None:
        invitations.number_noted(here.db, here.caller, member)
    return _to(member)


@door.show("/people/<uuid:member_id>/new-number", may=_MAY)
def new_number(here: Here[StaffMember], member_id: UUID) -> Response:
    """Ask before a new number takes the place of the one that the person has."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    sentences = (
        *readiness.stopped(member),
        gettext("The number that they have now stops opening their space at once. Their links stay as they are."),
        gettext("The next page shows the new number. Give it to them by voice, or on a sheet apart from the link."),
    )
    title, mark = gettext("Make a new number"), invitations.mark_of_number(member)
    return show_page(here, ConfirmPage(title, sentences, title, False, _url(member), mark))


@door.change("/people/<uuid:member_id>/new-number", may=_MAY)
def make_number(here: Here[StaffMember], member_id: UUID) -> Response:
    """Make a new number; of two presses the second leads to the one that the first made."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    hold(here.db, member)
    if request.form.get("of") not in (None, invitations.mark_of_number(member)):
        if member.number_ct is None:
            raise NotNow  # somebody else made one meanwhile, and has given it
        return _to(member)
    invitations.give_number(here.db, here.caller, member, here.house.numbers)
    return _to(member)


@door.show("/people/<uuid:member_id>/change", may=_MAY)
def change(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show what is written down about a person, to be changed."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    return show_page(here, ChangePage(PersonForm(here.house.settings, member), _url(member)))


@door.change("/people/<uuid:member_id>/change", may=_MAY)
def change_details(here: Here[StaffMember], member_id: UUID) -> Response:
    """Change what is written down about a person."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    form = PersonForm(here.house.settings, member)
    if not form.validate():
        return show_page(here, ChangePage(form, _url(member)), 422)
    families.change(here.db, here.caller, member, form.details)
    return _to(member)


@door.show("/people/<uuid:member_id>/send", may=_MAY)
def send(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show the form for another link."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    return _send(here, member, _send_form(here, member), 200)


@door.change("/people/<uuid:member_id>/send", may=_MAY)
def send_again(here: Here[StaffMember], member_id: UUID) -> Response:
    """Queue another link; older ones stay as they are."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    form = _send_form(here, member)
    if not form.validate():
        return _send(here, member, form, 422)
    if wishes_words.held_for_good(here, member):
        raise NotNow
    sent.send_again(here.db, here.caller, member, *form.chosen, form.added)
    return _to(member)


@door.change("/messages/<uuid:message_id>/seen-to", may=_MAY)
def seen_to(here: Here[StaffMember], message_id: UUID) -> Response:
    """Say that the person was reached in another way."""
    message, member = sent.message_of_mine(here.db, here.caller, message_id)
    if message.state is not Travel.STOPPED:
        sent.seen_to(here.db, here.caller, message, member)
    return _to(member)


def _send_form(here: Here[StaffMember], member: FamilyMember) -> SendForm:
    review = reviews.one_of_mine(here.db, here.caller, member.review_id)
    came_back = sent.post_of(here.db, [member])[member.id].in_doubt is not None
    return SendForm(here.house.settings, member, families.names_of(here.db, review), came_back=came_back)


def _send(here: Here[StaffMember], member: FamilyMember, form: SendForm, status: int) -> Response:
    page = SendPage(
        form,
        form.came_back,
        wishes_words.everything(here, member),
        wishes_words.held_now(here, member),
        wishes_words.held_for_good(here, member),
        _url(member),
    )
    return show_page(here, page, status)


def _url(member: FamilyMember) -> str:
    return url_for(".person", member_id=member.id)


def _to(member: FamilyMember) -> Response:
    return redirect(_url(member), 303)
