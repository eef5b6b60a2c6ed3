"""Somebody may be in danger: a coordinator reads it, brings it to the named person, and says what was done."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal import danger
from portal.access import May
from portal.door import Here
from portal.languages import ENGLISH
from portal.panel.concern_pages import ConcernPage, ConcernRow, ConcernsPage, SeenToForm
from portal.panel.door import door, show_page
from portal.panel.showing import name_of
from portal.review import concerns as told
from portal.review import contributions, questions
from portal.review.concerns import Concern, FamilyTold
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.sealing import opened
from portal.signin.desk import note_reading
from portal.words import gettext

_MAY = May.SEE_TO_CONCERNS


@door.show("/concerns", may=_MAY)
def concerns(here: Here[StaffMember]) -> Response:
    """List what was told to the coordinators: what nobody has read yet first."""
    found = told.of_panel(here.db, here.caller)
    waiting = [_row(here, one) for one in found if one.done_at is None]
    return show_page(here, ConcernsPage(waiting, [_row(here, one) for one in found if one.done_at is not None]))


@door.show("/concerns/<uuid:concern_id>", may=_MAY)
def concern(here: Here[StaffMember], concern_id: UUID) -> Response:
    """Show one of them."""
    return _page(here, told.one_of_panel(here.db, here.caller, concern_id), SeenToForm(), 200)


@door.change("/concerns/<uuid:concern_id>/seen", may=_MAY)
def see_concern(here: Here[StaffMember], concern_id: UUID) -> Response:
    """Say that it has been read and is being seen to."""
    told.see(here.db, here.caller, told.one_of_panel(here.db, here.caller, concern_id))
    return redirect(url_for(".concern", concern_id=concern_id), 303)


@door.change("/concerns/<uuid:concern_id>/done", may=_MAY)
def concern_done(here: Here[StaffMember], concern_id: UUID) -> Response:
    """Write down what was done; when a colleague was quicker, what was written stays on the page."""
    found = told.one_of_panel(here.db, here.caller, concern_id)
    form = SeenToForm()
    if not form.validate():
        return _page(here, found, form, 422)
    try:
        told.done(here.db, here.caller, found, form.what.data)
    except NotNow:
        changed = gettext("A colleague has written down what was done in the meantime. Your words are still here.")
        return _page(here, found, form, 409, changed)
    return redirect(url_for(".concern", concern_id=concern_id), 303)


def _row(here: Here[StaffMember], one: Concern) -> ConcernRow:
    if one.done_by is not None:
        standing = gettext("Seen to by %(name)s", name=name_of(here, one.done_by))
    elif one.seen_by is not None:
        standing = gettext("Read by %(name)s", name=name_of(here, one.seen_by))
    else:
        standing = gettext("Nobody has read it yet")
    url = url_for("panel.concern", concern_id=one.id)
    return ConcernRow(url, one.reference, one.raised_at, name_of(here, one.raised_by), standing)


def _page(here: Here[StaffMember], found: Concern, form: SeenToForm, status: int, changed: str = "") -> Response:
    note_reading(here, "concern read", found.review_id, found.id)
    panel = here.house.panels.named(found.panel)
    steps = []
    if found.seen_at is not None:
        steps.append((gettext("Read by %(name)s", name=name_of(here, found.seen_by)), found.seen_at))
    if found.done_at is not None:
        steps.append((gettext("Seen to by %(name)s", name=name_of(here, found.done_by)), found.done_at))
    page = ConcernPage(
        found.reference,
        found.to_role,
        str(panel.part("people", ENGLISH).facts["concerns"]) if panel else "",
        opened(lambda: found.why),
        name_of(here, found.raised_by),
        found.raised_at,
        opened(lambda: danger.who_is_there(here, found).name) or "",
        _family_told(found.told),
        steps,
        opened(lambda: found.what) or "",
        _words_url(here, found),
        form if found.done_at is None or changed else None,
        url_for("panel.see_concern", concern_id=found.id) if found.seen_at is None else "",
        url_for("panel.concern_done", concern_id=found.id),
        changed,
        url_for("panel.concerns"),
    )
    return show_page(here, page, status)


def _family_told(value: FamilyTold) -> str:
    return {
        FamilyTold.TOLD: gettext("The key worker has told the person that this was passed on, and why."),
        FamilyTold.WILL_BE: gettext("The key worker tells the person on the day on which this was passed on."),
        FamilyTold.NOT_SAFE: gettext(
            "The person has not been told, because that could put somebody in more danger. "
            "Agree with the key worker on what they are told, and when."
        ),
        FamilyTold.NOT_YET: gettext(
            "Nobody has told the person yet. Agree with the key worker on what they are told, by whom, and when."
        ),
    }[value]


def _words_url(here: Here[StaffMember], found: Concern) -> str:
    """Return where the panel reads the words themselves, if they are the panel's to read at all."""
    try:
        if found.about_question:
            questions.one_of_panel(here.db, here.caller, found.subject_id)
            return url_for("panel.question", question_id=found.subject_id)
        contributions.one_of_panel(here.db, here.caller, found.subject_id)
        return url_for("panel.contribution", contribution_id=found.subject_id)
    except NotHere:
        return ""  # they are the key worker's alone, or were taken back
