"""What a key worker sees of cover: who is away, what was handed over, and which families have nobody now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import url_for

from portal.door import Here
from portal.keyworker.cover_forms import HandOverForm, LeaveForm
from portal.page import Choice, Page
from portal.review import cover, leaves
from portal.review.cover import Handover
from portal.review.leaves import Leave
from portal.review.people import StaffMember
from portal.review.reviews import Review
from portal.sealing import opened
from portal.words import day, gettext


@dataclass(frozen=True)
class LeaveRow:
    """Some days of leave, as one sentence, with the note for the colleague and the button that ends it."""

    sentence: str
    note: str
    end_url: str


@dataclass(frozen=True)
class PressRow:
    """Something that is put right with one press."""

    sentence: str
    url: str


@dataclass(frozen=True)
class CoverPage(Page):
    """Everything about cover and handing over, on one page."""

    template: ClassVar[str] = "keyworker/cover.html"
    mine: Sequence[LeaveRow]
    covered: Sequence[LeaveRow]
    away_url: str
    new: Sequence[Choice]
    given: Sequence[PressRow]
    without: Sequence[PressRow]
    all_url: str


@dataclass(frozen=True)
class AwayPage(Page):
    """The form for days of leave."""

    template: ClassVar[str] = "keyworker/cover_away.html"
    form: LeaveForm
    nobody: bool
    back_url: str


@dataclass(frozen=True)
class HandOverPage(Page):
    """The form that hands one family or all of them over."""

    template: ClassVar[str] = "keyworker/hand_over.html"
    title: str
    sentences: Sequence[str]
    child: str
    form: HandOverForm
    nobody: bool
    back_url: str


@dataclass(frozen=True)
class HandedPage(Page):
    """A family that was handed over to the reader, and the note about it."""

    template: ClassVar[str] = "keyworker/handed.html"
    child: str
    sentence: str
    note: str
    family_url: str
    seen_url: str


def name(here: Here[StaffMember], staff_id: UUID) -> str:
    """Return the name of a member of staff."""
    person = here.db.get_one(StaffMember, staff_id)
    return opened(lambda: person.name) or gettext("A name that cannot be shown")


def desk_lines(here: Here[StaffMember]) -> list[str]:
    """Return whom the caller covers for today, and who covers for the caller, for the top of their desk."""
    found = [_covering(here, leave) for leave in leaves.seats(here.db, here.caller).values() if leave is not None]
    if (there := leaves.there_for(here.db, here.caller.id)) is not None:
        leave, other = there
        found.append(
            gettext(
                "You are away until %(day)s. %(name)s is there for your families.",
                day=day(leave.until_on),
                name=name(here, other.id),
            )
        )
    return found


def whose(here: Here[StaffMember], review: Review) -> str:
    """Return whom the caller stands in for in a family; nothing in a family of their own."""
    leave = leaves.seats(here.db, here.caller).get(review.key_worker_id)
    return _covering(here, leave) if leave is not None else ""


def waiting(here: Here[StaffMember], reviews: Sequence[Review]) -> list[tuple[UUID, Choice]]:
    """Return what was handed to the caller and is not taken in yet."""
    ours = {review.id for review in reviews}
    return [
        (row.review_id, _handed_choice(here, row))
        for row in cover.new_for(here.db, here.caller)
        if row.review_id in ours
    ]


def of_no_family(here: Here[StaffMember]) -> list[Choice]:
    """Return a line for the families of the panel that have nobody now."""
    if not (found := cover.without_anybody(here.db, here.caller)):
        return []
    sentence = gettext("Families whose key worker has left: %(count)s", count=len(found))
    return [Choice(sentence, url_for("keyworker.cover_page"))]


def about_family(here: Here[StaffMember], review: Review) -> list[Choice]:
    """Return the way to hand a family over, and the notes with which it came."""
    handing = Choice(gettext("Hand this family over"), url_for("keyworker.hand_over_page", review_id=review.id))
    notes = [
        Choice(
            gettext("Note from %(name)s, %(day)s", name=name(here, row.by_id), day=day(row.at)),
            url_for("keyworker.handed", handover_id=row.id),
        )
        for row in cover.notes_of(here.db, review)
        if row.note_ct is not None
    ]
    return [handing, *notes]


def cover_page(here: Here[StaffMember]) -> CoverPage:
    """Return the page about cover for the one who calls."""
    return CoverPage(
        [_my_leave(here, leave) for leave in leaves.of(here.db, here.caller)],
        [_covered(here, leave) for leave in leaves.covered_by(here.db, here.caller)],
        url_for("keyworker.away"),
        [_handed_choice(here, row) for row in cover.new_for(here.db, here.caller)],
        [
            PressRow(
                gettext("One family, handed to %(name)s on %(day)s", name=name(here, row.to_id), day=day(row.at)),
                url_for("keyworker.take_back_family", handover_id=row.id),
            )
            for row in cover.may_take_back(here.db, here.caller)
        ],
        [
            PressRow(
                gettext(
                    "A family whose review began on %(day)s. Their key worker was %(name)s.",
                    day=day(review.started_at),
                    name=name(here, review.key_worker_id),
                ),
                url_for("keyworker.take_family_on", review_id=review.id),
            )
            for review in cover.without_anybody(here.db, here.caller)
        ],
        url_for("keyworker.hand_over_all") if cover.own_families(here.db, here.caller) else "",
    )


def handed_page(here: Here[StaffMember], row: Handover, review: Review, child: str) -> HandedPage:
    """Return the page of a family that was handed over."""
    is_new = row.seen_at is None
    return HandedPage(
        child,
        gettext(
            "%(by)s handed this family to %(name)s on %(day)s.",
            by=name(here, row.by_id),
            name=name(here, row.to_id),
            day=day(row.at),
        ),
        opened(lambda: row.note or "") or "",
        url_for("keyworker.family", review_id=review.id),
        url_for("keyworker.handed_seen", handover_id=row.id) if is_new else "",
    )


def _handed_choice(here: Here[StaffMember], row: Handover) -> Choice:
    sentence = gettext("A family was handed to you by %(name)s", name=name(here, row.by_id))
    return Choice(sentence, url_for("keyworker.handed", handover_id=row.id))


def _covering(here: Here[StaffMember], leave: Leave) -> str:
    return gettext("You cover for %(name)s until %(day)s.", name=name(here, leave.staff_id), day=day(leave.until_on))


def _days(leave: Leave) -> dict[str, str]:
    return {"first": day(leave.from_on), "last": day(leave.until_on)}


def _my_leave(here: Here[StaffMember], leave: Leave) -> LeaveRow:
    sentence = gettext(
        "You are away from %(first)s to %(last)s. %(name)s is there for your families.",
        name=name(here, leave.cover_id),
        **_days(leave),
    )
    return LeaveRow(sentence, _note(leave), url_for("keyworker.end_leave", leave_id=leave.id))


def _covered(here: Here[StaffMember], leave: Leave) -> LeaveRow:
    sentence = gettext(
        "You cover for %(name)s from %(first)s to %(last)s.", name=name(here, leave.staff_id), **_days(leave)
    )
    return LeaveRow(sentence, _note(leave), "")


def _note(leave: Leave) -> str:
    return opened(lambda: leave.note or "") or ""
