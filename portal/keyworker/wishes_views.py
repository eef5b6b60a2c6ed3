"""The key worker and how a person wishes to be reached: seen before anything is sent, written down as it was said."""

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import wishes_pages as pages
from portal.keyworker import wishes_words
from portal.keyworker.door import door, show_page
from portal.keyworker.people_pages import ConfirmPage
from portal.keyworker.wishes_forms import FORMS, DespiteForm, SaidForm, SaidQuietForm
from portal.keyworker.wording import name_of
from portal.review import messages, quiet_days, reviews, sent, wishes
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow
from portal.review.quiet import Feast
from portal.review.reviews import NotHere
from portal.review.wishes import ChangedMeanwhile, Part
from portal.words import gettext

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/people/<uuid:member_id>/wishes", may=_MAY)
def wishes_of(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show everything that a person wishes, and by whom it was set."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    return show_page(here, pages.wishes_page(here, member, name_of(member)))


@door.show("/people/<uuid:member_id>/wishes/<wish>", may=_MAY)
def wish(here: Here[StaffMember], member_id: UUID, wish: str) -> Response:
    """Show the form for one part."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    kind, form_of = _form(wish)
    found = wishes.of(here.db, member)
    form = form_of(found)
    form.about(found, kind)
    return _part(here, member, wish, form)


@door.change("/people/<uuid:member_id>/wishes/<wish>", may=_MAY)
def set_wish(here: Here[StaffMember], member_id: UUID, wish: str) -> Response:
    """Write one part down; when the person set it meanwhile, nothing of theirs is overwritten unseen."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    kind, form_of = _form(wish)
    form, found = form_of(), wishes.of(here.db, member)
    seen = str(form.seen.data or "")
    form.about(found, kind)
    meanwhile = seen != wishes.mark_of(found, kind)
    try:
        if not form.validate() or meanwhile:
            return _part(here, member, wish, form, 422, meanwhile=meanwhile)
        wishes.wish(here.db, here.caller, member, form.part, seen)
    except ChangedMeanwhile:
        return _part(here, member, wish, form, 422, meanwhile=True)
    messages.look_again(here.db, member)
    return redirect(url_for(".wishes_of", member_id=member.id), 303)


@door.show("/people/<uuid:member_id>/quiet-days", may=_MAY)
def quiet_days_page(here: Here[StaffMember], member_id: UUID) -> Response:
    """Show a person's quiet days, and the form for one more."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    return _days(here, member, SaidQuietForm())


@door.change("/people/<uuid:member_id>/quiet-days", may=_MAY)
def keep_quiet_day(here: Here[StaffMember], member_id: UUID) -> Response:
    """Write a quiet day down."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    form = SaidQuietForm()
    if not form.validate():
        return _days(here, member, form, 422)
    quiet_days.keep(here.db, here.caller, member, form.span, form.what_for, form.once.data or "")
    return _to_days(here, member)


@door.change("/people/<uuid:member_id>/quiet-days/every-year", may=_MAY)
def keep_feast(here: Here[StaffMember], member_id: UUID) -> Response:
    """Write a feast down that is quiet in every year."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    feast = next((one for one in Feast if one.value == request.form.get("feast")), None)
    if feast is None:
        raise NotHere
    quiet_days.keep_feast(here.db, here.caller, member, feast)
    return _to_days(here, member)


@door.change("/people/<uuid:member_id>/quiet-days/<uuid:quiet_day_id>/take-away", may=_MAY)
def take_quiet_day_away(here: Here[StaffMember], member_id: UUID, quiet_day_id: UUID) -> Response:
    """Take away a quiet day that was written down here; what the person set is only theirs to take away."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    day = quiet_days.one_of_theirs(here.db, member, quiet_day_id)
    if day.set_by is None:
        raise NotNow
    quiet_days.take_away(here.db, here.caller, member, day)
    return _to_days(here, member)


@door.show("/people/<uuid:member_id>/here-again", may=_MAY)
def here_again_page(here: Here[StaffMember], member_id: UUID) -> Response:
    """Ask before a person who was away counts as here again."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    sentences = (
        gettext("Use this only when they told you so themselves. They can also press it in their own space."),
        gettext("What was held for them goes out after that, at a time that they wish."),
    )
    title, back = gettext("They want to use their space again"), url_for(".wishes_of", member_id=member.id)
    return show_page(here, ConfirmPage(title, sentences, gettext("They told me so"), False, back))


@door.change("/people/<uuid:member_id>/here-again", may=_MAY)
def here_again(here: Here[StaffMember], member_id: UUID) -> Response:
    """Keep that a person told the key worker that they want to use their space again."""
    member = reviews.member_of_mine(here.db, here.caller, member_id)
    wishes.here_again(here.db, here.caller, member)
    messages.look_again(here.db, member)
    return redirect(url_for(".wishes_of", member_id=member.id), 303)


@door.show("/messages/<uuid:message_id>/despite", may=_MAY)
def despite(here: Here[StaffMember], message_id: UUID) -> Response:
    """Show what a message waits for, and the form for a reason to send it all the same."""
    return _despite(here, message_id, DespiteForm())


@door.change("/messages/<uuid:message_id>/despite", may=_MAY)
def send_despite(here: Here[StaffMember], message_id: UUID) -> Response:
    """Send a message that is held, for a reason that stays with it."""
    message, member = sent.message_of_mine(here.db, here.caller, message_id)
    form = DespiteForm()
    if not form.validate():
        return _despite(here, message_id, form, 422)
    if message.despite_ct is None:
        messages.send_despite(here.db, here.caller, message, member, (form.reason.data or "").strip())
    return redirect(url_for(".person", member_id=member.id), 303)


def _despite(here: Here[StaffMember], message_id: UUID, form: DespiteForm, status: int = 200) -> Response:
    message, member = sent.message_of_mine(here.db, here.caller, message_id)
    back = url_for(".person", member_id=member.id)
    sentences, url = wishes_words.of_message(here, message, member)
    if not url:
        return redirect(back, 302)
    return show_page(here, pages.DespitePage(name_of(member), sentences, form, back), status)


def _form(wish: str) -> tuple[type[Part], type[SaidForm]]:
    if wish not in FORMS:
        raise NotHere
    return FORMS[wish]


def _part(
    here: Here[StaffMember],
    member: FamilyMember,
    wish: str,
    form: SaidForm,
    status: int = 200,
    *,
    meanwhile: bool = False,
) -> Response:
    kind, found = FORMS[wish][0], wishes.of(here.db, member)
    if meanwhile:
        form.seen.data = wishes.mark_of(found, kind)  # the page shows it now
    page = pages.PartPage(
        pages.title_of(wish),
        name_of(member),
        wishes_words.whose_part(here, found, kind),
        wishes_words.said(found, kind) if meanwhile else (),
        form,
        url_for(".wishes_of", member_id=member.id),
    )
    return show_page(here, page, status)


def _days(here: Here[StaffMember], member: FamilyMember, form: SaidQuietForm, status: int = 200) -> Response:
    return show_page(here, pages.quiet_days_page(here, member, name_of(member), form), status)


def _to_days(here: Here[StaffMember], member: FamilyMember) -> Response:
    messages.look_again(here.db, member)
    return redirect(url_for(".quiet_days_page", member_id=member.id), 303)
