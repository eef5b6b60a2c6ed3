"""The key worker and requests for a way back in: nobody has proved who wrote one, and a person decides what to do."""

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.keyworker import readiness
from portal.keyworker.door import desk_frame, door
from portal.keyworker.way_back_pages import (
    SeenToForm,
    WayBackPage,
    WayBackUrls,
    WaysBackPage,
    choice,
    how_words,
)
from portal.keyworker.wording import name_of
from portal.page import render
from portal.review import coming_back
from portal.review.coming_back import Found, How
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, member_of_mine
from portal.sealing import opened
from portal.signin.desk import note_reading
from portal.words import gettext, moment

_MAY = May.LOOK_AFTER_FAMILIES
_RULE = "/ways-back/<uuid:way_back_id>"


@door.show("/ways-back", may=_MAY)
def ways_back(here: Here[StaffMember]) -> Response:
    """Show who asks for a new link or a new number, and what nobody has taken yet."""
    found = coming_back.for_key_worker(here.db, here.caller)
    desk_frame(here)
    waiting = [(choice(here, one), _standing(one)) for one in found if one.request.done_at is None]
    seen_to = [(choice(here, one), _standing(one)) for one in found if one.request.done_at is not None]
    return render(WaysBackPage(waiting, seen_to))


@door.show(_RULE, may=_MAY)
def way_back(here: Here[StaffMember], way_back_id: UUID) -> Response:
    """Show one request."""
    found = coming_back.one_for(here.db, here.caller, way_back_id)
    return _page(here, found, SeenToForm(found.member))


@door.change(f"{_RULE}/take", may=_MAY)
def take_way_back(here: Here[StaffMember], way_back_id: UUID) -> Response:
    """Take a request, so that the others know that somebody sees to it."""
    found = coming_back.one_for(here.db, here.caller, way_back_id)
    shown = request.form.get("instead_of", "")
    if (str(found.keeper.id) if found.keeper else "") != shown:
        raise NotNow
    coming_back.take(here.db, here.caller, found, found.keeper.id if found.keeper else None)
    return _to(found)


@door.change(f"{_RULE}/leave", may=_MAY)
def leave_way_back(here: Here[StaffMember], way_back_id: UUID) -> Response:
    """Leave a request to whoever takes it next."""
    found = coming_back.one_for(here.db, here.caller, way_back_id)
    coming_back.give_back(here.db, here.caller, found)
    return redirect(url_for(".ways_back"), 303)


@door.change(f"{_RULE}/done", may=_MAY)
def way_back_done(here: Here[StaffMember], way_back_id: UUID) -> Response:
    """Say that a request was seen to, and how."""
    found = coming_back.one_for(here.db, here.caller, way_back_id)
    form = SeenToForm(found.member)
    if not form.validate():
        return _page(here, found, form, 422)
    coming_back.done(here.db, here.caller, found, How(form.how.data))
    return _to(found)


@door.change(f"{_RULE}/again", may=_MAY)
def way_back_again(here: Here[StaffMember], way_back_id: UUID) -> Response:
    """Take back that a request was seen to."""
    found = coming_back.one_for(here.db, here.caller, way_back_id)
    coming_back.open_again(here.db, here.caller, found)
    return _to(found)


def _standing(found: Found) -> str:
    row = found.request
    if row.done_at is not None and row.how is not None:
        return gettext("Seen to on %(moment)s: %(how)s", moment=moment(row.done_at), how=how_words(row.how))
    if found.keeper is not None and row.seen_at is not None:
        name = opened(lambda: found.keeper.name if found.keeper else None) or ""
        return gettext("Taken by %(name)s on %(moment)s", name=name, moment=moment(row.seen_at))
    return gettext("Nobody has taken it yet")


def _page(here: Here[StaffMember], found: Found, form: SeenToForm, status: int = 200) -> Response:
    row, member = found.request, found.member
    note_reading(here, "way back read", member.review_id if member else None, row.id)
    desk_frame(here)
    mine = found.keeper is not None and found.keeper.id == here.caller.id
    done = row.done_at is not None
    urls = WayBackUrls(
        url_for(".ways_back"),
        "" if mine or done else url_for(".take_way_back", way_back_id=row.id),
        url_for(".leave_way_back", way_back_id=row.id) if mine and not done else "",
        url_for(".way_back_done", way_back_id=row.id) if mine and not done else "",
        url_for(".way_back_again", way_back_id=row.id) if done else "",
        url_for(".person", member_id=member.id) if member and _is_mine(here, member) else "",
    )
    unreadable = gettext("These words cannot be shown")
    page = WayBackPage(
        opened(lambda: row.name) or unreadable,
        opened(lambda: row.reach) or unreadable,
        (opened(lambda: row.words) or unreadable) if row.words_ct else "",
        row.language,
        moment(row.asked_at),
        languages.language(row.language).own_name,
        name_of(member) if member else "",
        readiness.stopped(member) if member else (),
        _standing(found),
        str(found.keeper.id) if found.keeper else "",
        form,
        urls,
    )
    return render(page, status)


def _is_mine(here: Here[StaffMember], member: FamilyMember) -> bool:
    """Whether the person is of one of the caller's own families; else only the panel looks after the request."""
    try:
        member_of_mine(here.db, here.caller, member.id)
    except NotHere:
        return False
    return True


def _to(found: Found) -> Response:
    return redirect(url_for(".way_back", way_back_id=found.request.id), 303)
