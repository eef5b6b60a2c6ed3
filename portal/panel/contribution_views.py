"""What families told the panel, in their own words; a coordinator takes each up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal import danger
from portal.access import May
from portal.door import Here
from portal.languages import ENGLISH
from portal.page import Page
from portal.panel.door import allowed, door, show_page
from portal.panel.labels import group_label
from portal.panel.lists import CONTRIBUTION_GROUPS, Cursor, stretch
from portal.panel.pages import ListPage, Rows, Tie, Words
from portal.panel.showing import contribution_rows, name_of, ties_of, words_of
from portal.review import contributions as told
from portal.review.contributions import Contribution, Place
from portal.review.people import StaffMember
from portal.review.prompts import for_staff
from portal.signin.desk import note_reading
from portal.words import gettext


@dataclass(frozen=True)
class ContributionPage(Page):
    """One thing that a family told the panel."""

    template: ClassVar[str] = "panel/contribution.html"
    reference: str
    prompt: str
    words: Words
    ties: Sequence[Tie]
    kept_at: datetime
    taken_up_at: datetime | None
    taken_up_by: str
    take_up_url: str
    translation_url: str
    back: str


@door.show("/contributions", may=May.READ_QUESTIONS)
def contributions(here: Here[StaffMember]) -> Response:
    """List what families told the panel."""
    begin = Cursor.read(request.args.get("after", ""))
    found = stretch(here.db, Contribution, here.caller, CONTRIBUTION_GROUPS, begin)
    parts = [Rows(group.key, group_label(group.key, ""), contribution_rows(here, rows)) for group, rows in found.groups]
    nothing = gettext("No family has told the panel anything at the moment. Nobody has to, and that is all right.")
    following = url_for("panel.contributions", after=str(found.following)) if found.following else ""
    return show_page(here, ListPage(gettext("From families"), (), parts, nothing, following))


@door.show("/contributions/<uuid:contribution_id>", may=May.READ_QUESTIONS)
def contribution(here: Here[StaffMember], contribution_id: UUID) -> Response:
    """Show one thing that a family told the panel."""
    found = told.one_of_panel(here.db, here.caller, contribution_id)
    note_reading(here, "contribution read", found.review_id, found.id)
    offer = found.state is Place.KEPT and allowed(here, May.HANDLE_QUESTIONS)
    translates = found.language != ENGLISH and allowed(here, May.HANDLE_QUESTIONS)
    page = ContributionPage(
        found.reference,
        for_staff(found.prompt),
        words_of(found, danger.url_at("panel", found)),
        ties_of(here, found),
        found.kept_at,
        found.taken_up_at,
        name_of(here, found.taken_up_by),
        url_for("panel.take_up_contribution", contribution_id=found.id) if offer else "",
        url_for("panel.contribution_translation", contribution_id=found.id) if translates else "",
        url_for("panel.contributions"),
    )
    return show_page(here, page)


@door.change("/contributions/<uuid:contribution_id>/take-up", may=May.HANDLE_QUESTIONS)
def take_up_contribution(here: Here[StaffMember], contribution_id: UUID) -> Response:
    """Say that the panel has it now; done by two people at once, it is done once."""
    told.take_up(here.db, here.caller, told.one_of_panel(here.db, here.caller, contribution_id))
    return redirect(url_for(".contribution", contribution_id=contribution_id), 303)
