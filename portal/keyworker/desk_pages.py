"""A key worker's desk: what needs them today, over all families; then the families, and the way to find one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import url_for

from portal.days import today
from portal.door import Here
from portal.forms import Form, Line, StringField, no_longer_than
from portal.keyworker import cover_pages, files_pages, needs, readiness, told_drafts, told_marks, wording
from portal.languages import ENGLISH
from portal.library.folding import fold, words
from portal.page import Choice, Page
from portal.review import at_a_glance, families, leaves, reviews
from portal.review.files import File
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from portal.sealing import vault_of
from portal.stages import stage_labels
from portal.unsent import Device
from portal.words import day, day_of_the_year, gettext, later

_LONGEST = 200  # characters; no name and no reference is longer


class FindForm(Form):
    """A name, a part of one, or a reference; sent in a form's body, because an address is kept in too many places."""

    words = StringField(
        later("Find a family"),
        widget=Line(),
        description=later("By a child's or a person's name, or a reference such as K7M-4TQ. A part is enough."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
        validators=[no_longer_than(_LONGEST)],
    )


@dataclass(frozen=True)
class NeedRow:
    """One thing that waits, and in which family."""

    title: str
    url: str
    child: str


@dataclass(frozen=True)
class FamilyRow:
    """One family in the list; with who of it is away or may be sent nothing, and what a reference led to."""

    child: str
    url: str
    people: Sequence[str]
    stage: str
    last: str
    next: str
    said: Sequence[str]
    found: Sequence[Choice]


@dataclass(frozen=True)
class Group:
    """The families of one key worker: the reader's own, or those of a colleague for whom they stand in."""

    title: str
    rows: Sequence[FamilyRow]


@dataclass(frozen=True)
class MyFamilies(Page):
    """The desk."""

    template: ClassVar[str] = "keyworker/my_families.html"
    needs: Sequence[NeedRow]
    of_no_family: Sequence[Choice]
    form: FindForm
    finding: bool
    fitting: str
    any_family: bool
    groups: Sequence[Group]
    cover_lines: Sequence[str]
    device: Device
    urls: dict[str, str]


def my_families(here: Here[StaffMember], form: FindForm, typed: str = "") -> MyFamilies:
    """Return the desk of the one who calls; with something typed, the families that it fits, and nothing else."""
    mine = reviews.looked_after_by(here.db, here.caller)
    people = families.people_of(here.db, mine)
    # Held while the page is made, so that nobody is asked for once for each family.
    _colleagues = leaves.colleagues_of(here.db, here.caller)
    vault_of(here.db).fetch(here.db, [*(one.key_id for one in mine), *(one.key_id for one in people)])
    children = {review.id: wording.child_of(review) for review in mine}
    wanted = words(typed)
    groups = _groups(here, mine, people, children, wanted)
    return MyFamilies(
        [] if wanted else [NeedRow(one.title, one.url, children[ours]) for ours, one in needs.waiting(here, mine)],
        [] if wanted else needs.of_no_family(here),
        form,
        bool(wanted),
        _fitting(sum(len(group.rows) for group in groups)) if wanted else "",
        bool(mine),
        groups,
        cover_pages.desk_lines(here),
        told_drafts.device(here),
        {
            **{name: url_for(f"keyworker.{name}") for name in ("start", "ways_back", "cover_page")},
            "card": url_for("keyworker.card", code=ENGLISH),
        },
    )


def _groups(
    here: Here[StaffMember],
    mine: Sequence[Review],
    people: Sequence[FamilyMember],
    children: dict[UUID, str],
    wanted: Sequence[str],
) -> list[Group]:
    """Return the families in the order of the children's names, one's own first; of all, those that fit."""
    days = at_a_glance.contact_days(here.db, people)
    stages = dict(stage_labels())
    written = at_a_glance.written_in(here.db, mine) if wanted else []
    rows: dict[UUID, list[FamilyRow]] = {here.caller.id: []}
    leads: dict[UUID, Review] = {}
    for review in sorted(mine, key=lambda one: (one.key_worker_id != here.caller.id, fold(children[one.id]), one.id)):
        theirs = [member for member in people if member.review_id == review.id]
        names = [wording.name_of(member) for member in theirs]
        found = [one for one in written if one.review_id == review.id and fits(wanted, [one.reference])]
        if not found and not fits(wanted, [children[review.id], *names]):
            continue
        contact = at_a_glance.of_family(review, theirs, days)
        rows.setdefault(review.key_worker_id, []).append(
            FamilyRow(
                children[review.id],
                url_for("keyworker.family", review_id=review.id),
                names,
                stages[review.stage.value],
                _short(contact.last),
                _short(contact.next),
                [said for member in theirs for said in _said(member)],
                [_written(one) for one in found],
            )
        )
        leads[review.key_worker_id] = review
    return [
        Group("" if who == here.caller.id else cover_pages.whose(here, leads[who]), theirs)
        for who, theirs in rows.items()
        if theirs
    ]


def _fitting(count: int) -> str:
    if not count:
        return gettext("No family here fits these words. A part of a name is enough.")
    return gettext("Families that fit: %(count)s", count=count)


def fits(wanted: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether each of the words is somewhere in these texts, however it was typed: capitals, accents, dashes."""
    there = " ".join(fold(text) for text in texts)
    return all(word in there or word in there.replace("-", "") for word in wanted)


def _said(member: FamilyMember) -> list[str]:
    """Say who may be sent nothing, or is away from their space; nobody else needs a line."""
    sentences = [*readiness.stopped(member), readiness.presence_of(member)]
    name = wording.name_of(member)
    return [gettext("%(name)s: %(sentence)s", name=name, sentence=one) for one in sentences if one]


def _short(on: date | None) -> str:
    """Return a day on one short line: with its year only where it is not this one."""
    if on is None:
        return ""
    return day_of_the_year(on) if on.year == today().year else day(on)


def _written(one: at_a_glance.Written) -> Choice:
    if isinstance(one, File):
        title = gettext("%(what)s, reference %(reference)s", what=files_pages.label_of(one), reference=one.reference)
        return Choice(title, url_for("keyworker.brought_file", file_id=one.id))
    return Choice(gettext("Reference: %(reference)s", reference=one.reference), told_marks.url_of(one))
