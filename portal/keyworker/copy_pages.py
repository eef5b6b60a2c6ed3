"""What a key worker sees of a request to take something out: what is meant, where it is, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal.door import Here
from portal.keyworker.wording import name_of
from portal.page import Page
from portal.review import contributions, files, questions, removals
from portal.review.contributions import Place
from portal.review.files import FOR_STAFF, Keeping
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import MOVES, Standing
from portal.review.removals import OPEN, Removal, RemovalRequest
from portal.sealing import opened
from portal.words import day, gettext


@dataclass(frozen=True)
class RequestRow:
    """One request in the list."""

    url: str
    name: str
    asked_on: str
    standing: str


@dataclass(frozen=True)
class RemovalsPage(Page):
    """Every request of one's own families."""

    template: ClassVar[str] = "keyworker/removals.html"
    waiting: Sequence[RequestRow]
    settled: Sequence[RequestRow]


@dataclass(frozen=True)
class Meant:
    """One thing that is meant: what it is, where it is now, and whether it can be taken out here."""

    reference: str
    sentence: str


@dataclass(frozen=True)
class RemovalPage(Page):
    """One request."""

    template: ClassVar[str] = "keyworker/removal.html"
    name: str
    everything: bool
    asked_on: str
    standing: str
    words: str
    language: str
    meant: Sequence[Meant]
    urls: dict[str, str]


def standing_of(request: RemovalRequest) -> str:
    """Say where a request is, as the key worker's pages call it."""
    settled = day(request.settled_at) if request.settled_at else ""
    return {
        Removal.ASKED: gettext("Nobody sees to it yet."),
        Removal.BEING_DONE: gettext("You see to it."),
        Removal.TALKED: gettext("You have spoken with them about it."),
        Removal.DONE: gettext("It was done on %(day)s.", day=settled),
        Removal.TAKEN_BACK: gettext("They took it back on %(day)s. Everything stays.", day=settled),
    }[request.state]


def row_of(here: Here[StaffMember], request: RemovalRequest) -> RequestRow:
    """Return a request as a line of the list."""
    return RequestRow(
        url_for("keyworker.removal", removal_id=request.id),
        name_of(here.db.get_one(FamilyMember, request.family_member_id)),
        day(request.asked_at),
        standing_of(request),
    )


def meant_by(here: Here[StaffMember], request: RemovalRequest) -> list[Meant]:
    """Return what a request is about; what is not sent, or was taken back, is nobody's but the person's."""
    member = here.db.get_one(FamilyMember, request.family_member_id)
    found = []
    for question in questions.asked_by(here.db, member):
        if question.state not in (Standing.WITHDRAWN, Standing.TOLD_ALOUD):
            can = Standing.WITHDRAWN in MOVES[question.state]
            stays = gettext("A question whose answer is with you, or was brought. It stays, whatever is pressed here.")
            found.append(Meant(question.reference, gettext("A question. It can be taken out.") if can else stays))
    for told in contributions.told_by(here.db, member):
        if told.state is Place.WITH_PANEL:
            sentence = gettext("Something they told the panel, which the panel has. It can be taken out.")
            found.append(Meant(told.reference, sentence))
        elif told.state not in (Place.WITHDRAWN, Place.TOLD_ALOUD):
            found.append(Meant(told.reference, gettext("Something they told. It can be taken out.")))
    for file in files.of_member(here.db, member):
        if file.state in FOR_STAFF:
            with_panel = gettext("Something they brought, which the panel has. It can be taken out.")
            brought = gettext("Something they brought. It can be taken out.")
            found.append(Meant(file.reference, with_panel if file.state is Keeping.WITH_PANEL else brought))
    return [one for one in found if removals.is_meant(request, one.reference)]


def removal_page(here: Here[StaffMember], request: RemovalRequest) -> RemovalPage:
    """Return the page of one request."""
    acts = {"see_to": "see_to_removal", "talked": "talked_about_removal", "finish": "finish_removal_page"}
    is_open = request.state in OPEN
    urls = {act: url_for(f"keyworker.{view}", removal_id=request.id) if is_open else "" for act, view in acts.items()}
    if request.state is not Removal.ASKED:
        urls["see_to"] = ""
    if request.state is Removal.TALKED:
        urls["talked"] = ""
    member = here.db.get_one(FamilyMember, request.family_member_id)
    return RemovalPage(
        name_of(member),
        not request.what,
        day(request.asked_at),
        standing_of(request),
        opened(lambda: request.words) or "",
        request.language,
        meant_by(here, request),
        {**urls, "back": url_for("keyworker.removals")},
    )
