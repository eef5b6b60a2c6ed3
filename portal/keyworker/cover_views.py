"""The key worker and cover: days of leave, handing families over, and taking on those that have nobody."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.keyworker import cover_pages as pages
from portal.keyworker.cover_forms import HandOverForm, LeaveForm
from portal.keyworker.door import desk_frame, door
from portal.keyworker.wording import child_of
from portal.page import Page, render
from portal.review import cover, leaves, reviews
from portal.review.people import StaffMember
from portal.review.reviews import Review
from portal.words import gettext

_MAY = May.LOOK_AFTER_FAMILIES


@door.show("/cover", may=_MAY)
def cover_page(here: Here[StaffMember]) -> Response:
    """Show who is away and who covers, what was handed over, and which families have nobody now."""
    return _page(here, pages.cover_page(here))


@door.show("/cover/away", may=_MAY)
def away(here: Here[StaffMember]) -> Response:
    """Show the form for days of leave."""
    return _away(here, LeaveForm(leaves.colleagues_of(here.db, here.caller)))


@door.change("/cover/away", may=_MAY)
def keep_leave(here: Here[StaffMember]) -> Response:
    """Keep days of leave with a named colleague who covers."""
    form = LeaveForm(leaves.colleagues_of(here.db, here.caller))
    if not form.validate():
        return _away(here, form, 422)
    try:
        leaves.take(here.db, here.caller, form.days, form.chosen, form.words, form.once.data or "")
    except leaves.AwayAlready:
        form.first.errors = [gettext("Some of these days are days of leave already. You can end those first.")]
        return _away(here, form, 422)
    except leaves.CoverAway:
        form.colleague.errors = [
            gettext("%(name)s is away on some of these days. Please choose somebody else.", name=form.chosen.name)
        ]
        return _away(here, form, 422)
    return redirect(url_for(".cover_page"), 303)


@door.change("/cover/leaves/<uuid:leave_id>/end", may=_MAY)
def end_leave(here: Here[StaffMember], leave_id: UUID) -> Response:
    """Take days of leave back, or end them now."""
    leaves.end(here.db, here.caller, cover.one_leave_of_mine(here.db, here.caller, leave_id))
    return redirect(url_for(".cover_page"), 303)


@door.show("/families/<uuid:review_id>/hand-over", may=_MAY)
def hand_over_page(here: Here[StaffMember], review_id: UUID) -> Response:
    """Show the form that hands one family over."""
    review = reviews.one_of_mine(here.db, here.caller, review_id)
    return _one(here, review, HandOverForm(_others(here, review)))


@door.change("/families/<uuid:review_id>/hand-over", may=_MAY)
def hand_family_over(here: Here[StaffMember], review_id: UUID) -> Response:
    """Hand one family over; the same form sent twice does so once."""
    review = cover.mine_to_hand_on(here.db, here.caller, review_id)
    if review is None:
        return redirect(url_for(".cover_page"), 303)
    form = HandOverForm(_others(here, review))
    if not form.validate():
        return _one(here, review, form, 422)
    cover.hand_over(here.db, here.caller, [review], form.chosen, form.words)
    return redirect(url_for(".cover_page"), 303)


@door.show("/cover/hand-over", may=_MAY)
def hand_over_all(here: Here[StaffMember]) -> Response:
    """Show the form that hands all of the caller's own families over."""
    return _all(here, HandOverForm(leaves.colleagues_of(here.db, here.caller)))


@door.change("/cover/hand-over", may=_MAY)
def hand_all_over(here: Here[StaffMember]) -> Response:
    """Hand all of the caller's own families over to one colleague."""
    form = HandOverForm(leaves.colleagues_of(here.db, here.caller))
    if not form.validate():
        return _all(here, form, 422)
    mine = cover.own_families(here.db, here.caller)
    cover.hand_over(here.db, here.caller, mine, form.chosen, form.words)
    return redirect(url_for(".cover_page"), 303)


@door.show("/handed-over/<uuid:handover_id>", may=_MAY)
def handed(here: Here[StaffMember], handover_id: UUID) -> Response:
    """Show a family that was handed over, with its note."""
    row, review = cover.one_to_me(here.db, here.caller, handover_id)
    return _page(here, pages.handed_page(here, row, review, child_of(review)))


@door.change("/handed-over/<uuid:handover_id>/seen", may=_MAY)
def handed_seen(here: Here[StaffMember], handover_id: UUID) -> Response:
    """Say that the family and its note were taken in."""
    row, review = cover.one_to_me(here.db, here.caller, handover_id)
    cover.seen(here.db, here.caller, row)
    return redirect(url_for(".family", review_id=review.id), 303)


@door.change("/handed-over/<uuid:handover_id>/take-back", may=_MAY)
def take_back_family(here: Here[StaffMember], handover_id: UUID) -> Response:
    """Take a family back that was handed over, while the colleague has not seen it."""
    cover.take_back(here.db, here.caller, handover_id)
    return redirect(url_for(".cover_page"), 303)


@door.change("/cover/families/<uuid:review_id>/take-on", may=_MAY)
def take_family_on(here: Here[StaffMember], review_id: UUID) -> Response:
    """Take on a family of the panel whose key worker has left."""
    review = cover.take_on(here.db, here.caller, review_id)
    return redirect(url_for(".family", review_id=review.id), 303)


def _others(here: Here[StaffMember], review: Review) -> Sequence[StaffMember]:
    """Return to whom a family can go: to whoever covers, too."""
    return leaves.colleagues_of(here.db, here.db.get_one(StaffMember, review.key_worker_id))


def _away(here: Here[StaffMember], form: LeaveForm, status: int = 200) -> Response:
    return _page(here, pages.AwayPage(form, len(form.colleague.choices) == 1, url_for(".cover_page")), status)


def _one(here: Here[StaffMember], review: Review, form: HandOverForm, status: int = 200) -> Response:
    sentences = (
        gettext("Links, messages, questions and everything else stay as they are. Only the key worker is another."),
        gettext("Their space shows the new name at once. Tell the family yourself, before you press."),
    )
    title, back = gettext("Hand this family over"), url_for(".family", review_id=review.id)
    nobody = len(form.colleague.choices) == 1
    return _page(here, pages.HandOverPage(title, sentences, child_of(review), form, nobody, back), status)


def _all(here: Here[StaffMember], form: HandOverForm, status: int = 200) -> Response:
    count = len(cover.own_families(here.db, here.caller))
    sentences = (
        gettext(
            "So many families are yours now: %(count)s. Those whom you only cover for stay as they are.", count=count
        ),
        gettext("Each space shows the new name at once. Tell the families yourself, before you press."),
    )
    title, back = gettext("Hand all my families over"), url_for(".cover_page")
    nobody = len(form.colleague.choices) == 1
    return _page(here, pages.HandOverPage(title, sentences, "", form, nobody, back), status)


def _page(here: Here[StaffMember], page: Page, status: int = 200) -> Response:
    desk_frame(here)
    return render(page, status)
