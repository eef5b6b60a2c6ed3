"""Calls, visits and promises: written down in one form, kept with one press; and the day of the next contact."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import contacts_pages
from portal.keyworker.contacts_forms import LetGoForm, MoveForm, NextForm, TalkForm
from portal.keyworker.contacts_pages import NextContactPage, PromisePage
from portal.keyworker.door import door, show_page
from portal.keyworker.wording import child_of, name_of
from portal.page import Choice
from portal.review import leaves, promises, reviews, talks, whereabouts
from portal.review.people import FamilyMember, StaffMember
from portal.review.promises import Promise
from portal.review.reviews import Review
from portal.signin.desk import note_reading
from portal.words import day, gettext

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/families/<uuid:review_id>/contacts", may=_MAY)
def contacts_of_family(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show the talks with a family and the promises to it, and the form for one more."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    return _contacts(here, review, None, _talk_form(here, review, None))


@door.change("/families/<uuid:review_id>/contacts", may=_MAY)
def write_talk(here: Here[StaffMember], review_id: UUID) -> Response:
    """Write a talk with a family down, and what was promised in it."""
    return _write(here, reviews.one_of_mine(here.db, here.caller, review_id), None)


@door.show("/people/<uuid:member_id>/contacts", may=_MAY)
def contacts_of_person(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show the talks with one person and the promises to them, and the form for one more."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    review = here.db.get_one(Review, member.review_id)
    return _contacts(here, review, member, _talk_form(here, review, member))


@door.change("/people/<uuid:member_id>/contacts", may=_MAY)
def write_talk_with(here: Here[StaffMember], member_id: UUID) -> Response:
    """Write a talk down that began at one person's page, and what was promised in it."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    return _write(here, here.db.get_one(Review, member.review_id), member)


@door.change("/talks/<uuid:talk_id>/take-back", may=_MAY)
def take_talk_back(here: Here[StaffMember], talk_id: UUID) -> Response:
    """Take back what one wrote down oneself."""
    talk = talks.one_of_my_own(here.db, here.caller, talk_id)
    talks.take_back(here.db, here.caller, talk)
    return redirect(url_for(".contacts_of_family", review_id=talk.review_id), 303)


@door.change("/talks/<uuid:talk_id>/put-back", may=_MAY)
def put_talk_back(here: Here[StaffMember], talk_id: UUID) -> Response:
    """Leave after all what one took back."""
    talk = talks.one_of_my_own(here.db, here.caller, talk_id)
    talks.put_back(here.db, here.caller, talk)
    return redirect(url_for(".contacts_of_family", review_id=talk.review_id), 303)


@door.change("/promises/<uuid:promise_id>/kept", may=_MAY)
def keep_promise(here: Here[StaffMember], promise_id: UUID) -> Response:
    """Say that a promise is kept."""
    promise = promises.one_of_mine(here.db, here.caller, promise_id, to_change=True)
    promises.keep(here.db, here.caller, promise)
    return _to(promise)


@door.change("/promises/<uuid:promise_id>/open", may=_MAY)
def open_promise_again(here: Here[StaffMember], promise_id: UUID) -> Response:
    """Say that a promise is still to be kept."""
    promise = promises.one_of_mine(here.db, here.caller, promise_id, to_change=True)
    promises.open_again(here.db, here.caller, promise)
    return _to(promise)


@door.show("/promises/<uuid:promise_id>/move", may=_MAY)
def move_promise(here: Here[StaffMember], promise_id: UUID) -> Response:
    """Show the form in which a promise gets another day."""
    return _promise(here, promises.one_of_mine(here.db, here.caller, promise_id), MoveForm())


@door.change("/promises/<uuid:promise_id>/move", may=_MAY)
def keep_moved_promise(here: Here[StaffMember], promise_id: UUID) -> Response:
    """Give a promise another day."""
    promise = promises.one_of_mine(here.db, here.caller, promise_id, to_change=True)
    form = MoveForm()
    until_on = form.until_on.day if form.validate() else None
    if until_on is None:
        return _promise(here, promise, form, 422)
    promises.move(here.db, here.caller, promise, until_on)
    return _to(promise)


@door.show("/promises/<uuid:promise_id>/let-go", may=_MAY)
def let_promise_go(here: Here[StaffMember], promise_id: UUID) -> Response:
    """Show the form in which a promise is let go."""
    return _promise(here, promises.one_of_mine(here.db, here.caller, promise_id), LetGoForm())


@door.change("/promises/<uuid:promise_id>/let-go", may=_MAY)
def keep_let_go(here: Here[StaffMember], promise_id: UUID) -> Response:
    """Let a promise go, with a word why."""
    promise = promises.one_of_mine(here.db, here.caller, promise_id, to_change=True)
    form = LetGoForm()
    if not form.validate():
        return _promise(here, promise, form, 422)
    promises.let_go(here.db, here.caller, promise, form.why.data)
    return _to(promise)


@door.show("/people/<uuid:member_id>/contact", may=_MAY)
def contact(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show when the key worker will next be in touch with one person."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    noted = whereabouts.contact_with(here.db, member)
    written = day(noted.next_on) if noted is not None and noted.next_on else ""
    return _next(here, member, NextForm(data={"next": written, "shown": noted is not None and noted.shown}))


@door.change("/people/<uuid:member_id>/contact", may=_MAY)
def keep_contact(here: Here[StaffMember], member_id: UUID) -> Response:
    """Keep the day of the next contact with one person, and whether they see it."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    form = NextForm()
    if not form.validate():
        return _next(here, member, form, 422)
    whereabouts.note_contact(here.db, here.caller, member, form.next.day, shown=bool(form.shown.data))
    return redirect(url_for(".person", member_id=member.id), 303)


def _talk_form(here: Here[StaffMember], review: Review, first: FamilyMember | None) -> TalkForm:
    """Return the form, with whoever can keep a promise to this family today: the caller before the others."""
    looks_after = [here.caller, here.db.get_one(StaffMember, review.key_worker_id)]
    if (covered := leaves.there_for(here.db, review.key_worker_id)) is not None:
        looks_after.append(covered[1])
    return TalkForm(reviews.family_of(here.db, review), list(dict.fromkeys(looks_after)), first)


def _write(here: Here[StaffMember], review: Review, member: FamilyMember | None) -> Response:
    form = _talk_form(here, review, member)
    if not form.validate():
        return _contacts(here, review, member, form, 422)
    talk = talks.write_down(here.db, here.caller, review, form.told, form.mark)
    if form.promised and form.until_on.day is not None:
        promises.make(here.db, here.caller, talk, form.promised, form.until_on.day, form.chosen_keeper)
    if member is not None:
        return redirect(url_for(".contacts_of_person", member_id=member.id), 303)
    return redirect(url_for(".contacts_of_family", review_id=review.id), 303)


def _contacts(
    here: Here[StaffMember], review: Review, member: FamilyMember | None, form: TalkForm, status: int = 200
) -> Response:
    note_reading(here, "contacts read", review.id, member.id if member else review.id)
    if member is None:
        whose, back = child_of(review), Choice(gettext("Back to the family"), url_for(".family", review_id=review.id))
    else:
        whose, back = name_of(member), Choice(gettext("Back to the person"), url_for(".person", member_id=member.id))
    return show_page(here, contacts_pages.contacts_page(here, review, form, whose, back, member), status)


def _promise(here: Here[StaffMember], promise: Promise, form: MoveForm | LetGoForm, status: int = 200) -> Response:
    moves = isinstance(form, MoveForm)
    title = gettext("Move a promise to another day") if moves else gettext("Let a promise go")
    button = gettext("Move it") if moves else gettext("Let it go")
    row = contacts_pages.promise_row(here, promise)
    return show_page(here, PromisePage(title, row, form, button, contacts_pages.url_of(promise)), status)


def _next(here: Here[StaffMember], member: FamilyMember, form: NextForm, status: int = 200) -> Response:
    last = whereabouts.last_in_touch(here.db, member)
    page = NextContactPage(name_of(member), day(last) if last else "", form, url_for(".person", member_id=member.id))
    return show_page(here, page, status)


def _to(promise: Promise) -> Response:
    return redirect(contacts_pages.url_of(promise), 303)
