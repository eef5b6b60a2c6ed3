"""The people of a family: invite them, give them their number, see how links stand, end a link, print a letter."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.keyworker import people_pages, preview, readiness, wishes_words
from portal.keyworker.door import door, show_page
from portal.keyworker.forms import PersonForm, SendForm
from portal.keyworker.people_pages import ChangePage, ConfirmPage, PreviewPage, SendPage
from portal.keyworker.reach import ways_offered
from portal.review import families, invitations, reviews, sent
from portal.review.messages import Travel
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.signin.desk import note_reading
from portal.words import gettext

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/families/<uuid:review_id>/invite", may=_MAY)
def invite(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show the one form in which a person is added and invited."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    return show_page(here, people_pages.invite_page(here, review, PersonForm(here.house.settings)))


@door.change("/families/<uuid:review_id>/invite", may=_MAY)
def bring_in(here: Here[StaffMember], review_id: UUID) -> Response:
    """Add a person, queue their private link, and make their number."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    form = PersonForm(here.house.settings)
    if not form.validate():
        return show_page(here, people_pages.invite_page(here, review, form), 422)
    member = families.bring_in(here.db, here.caller, review, form.details, form.once.data, here.house.numbers)
    return _to(member)


@door.show("/families/<uuid:review_id>/preview/<code>", may=_MAY)
def preview_language(here: Here[StaffMember], review_id: UUID, code: str) -> Response:
    """Show what a person who reads this language would see, in every way that a message can go."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    settings = here.house.settings
    if code not in settings.languages:
        raise NotHere
    boxes = preview.boxes(here, review, code, ways_offered(settings))
    return show_page(
        here, PreviewPage(languages.language(code).own_name, boxes, url_for(".invite", review_id=review.id))
    )


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
    boxes = preview.boxes(here, review, member.language, [member.way])
    return show_page(here, PreviewPage(languages.language(member.language).own_name, boxes, _url(member)))


@door.change("/people/<uuid:member_id>/noted", may=_MAY)
def noted(here: Here[StaffMember], member_id: UUID) -> Response:
    """Forget the number's clear form: the key worker has it."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
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
    return show_page(
        here, ConfirmPage(gettext("Make a new number"), sentences, gettext("Make a new number"), False, _url(member))
    )


@door.change("/people/<uuid:member_id>/new-number", may=_MAY)
def make_number(here: Here[StaffMember], member_id: UUID) -> Response:
    """Make a new number."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
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
    return _send(here, member, SendForm(here.house.settings, member), 200)


@door.change("/people/<uuid:member_id>/send", may=_MAY)
def send_again(here: Here[StaffMember], member_id: UUID) -> Response:
    """Queue another link; older ones stay as they are."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    form = SendForm(here.house.settings, member)
    if not form.validate():
        return _send(here, member, form, 422)
    if wishes_words.held_for_good(here, member):
        raise NotNow
    sent.send_again(here.db, here.caller, member, *form.chosen)
    return _to(member)


@door.show("/links/<uuid:invitation_id>/end", may=_MAY)
def end(here: Here[StaffMember], invitation_id: UUID) -> Response:
    """Ask before a link ends."""
    invitation = sent.link_of_mine(here.db, here.caller, invitation_id)
    member = reviews.member_of_mine(here.db, here.caller, invitation.family_member_id)
    sentences = (
        gettext("The link stops at once, on every phone and computer. Whoever came in through it is signed out."),
        gettext("Everything that the person wrote stays, and their other links stay as they are."),
        gettext("Whoever opens the link from now on meets a page without blame, and is asked to speak to you."),
        gettext("If you can, tell the person why before they find out. You can send a new link whenever they like."),
    )
    return show_page(
        here, ConfirmPage(gettext("End this link"), sentences, gettext("End this link now"), True, _url(member))
    )


@door.change("/links/<uuid:invitation_id>/end", may=_MAY)
def end_link(here: Here[StaffMember], invitation_id: UUID) -> Response:
    """End a link."""
    invitation = sent.link_of_mine(here.db, here.caller, invitation_id)
    if invitation.ended_at is None:
        invitations.end(here.db, here.caller, invitation)
    return _to(reviews.member_of_mine(here.db, here.caller, invitation.family_member_id))


@door.change("/messages/<uuid:message_id>/seen-to", may=_MAY)
def seen_to(here: Here[StaffMember], message_id: UUID) -> Response:
    """Say that the person was reached in another way."""
    message, member = sent.message_of_mine(here.db, here.caller, message_id)
    if message.state is not Travel.STOPPED:
        sent.seen_to(here.db, here.caller, message, member)
    return _to(member)


@door.show("/messages/<uuid:message_id>/letter", may=_MAY)
def letter(here: Here[StaffMember], message_id: UUID) -> Response:
    """Show a letter, ready to print; it is the only page behind this door that holds a link."""
    message, member = sent.letter_of_mine(here.db, here.caller, message_id)
    note_reading(here, "letter shown", member.review_id, member.id)
    return show_page(here, people_pages.letter_page(here, message, member))


@door.change("/messages/<uuid:message_id>/printed", may=_MAY)
def printed(here: Here[StaffMember], message_id: UUID) -> Response:
    """Say that a letter is on paper, and forget its words here."""
    message, member = sent.message_of_mine(here.db, here.caller, message_id)
    if message.state is Travel.TO_PRINT:
        sent.printed(here.db, here.caller, message, member)
    return _to(member)


def _send(here: Here[StaffMember], member: FamilyMember, form: SendForm, status: int) -> Response:
    doubtful = sent.post_of(here.db, [member])[member.id].in_doubt is not None
    page = SendPage(
        form,
        doubtful,
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
