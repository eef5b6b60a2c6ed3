"""What the pages of how I wish to be reached show: what is set, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from flask import url_for

from portal.door import Here
from portal.family.wishes_forms import OwnQuietForm, PartForm
from portal.page import Page
from portal.review import quiet_days, wishes
from portal.review.people import FamilyMember, StaffMember
from portal.review.quiet import Feast
from portal.review.quiet_days import QuietDay
from portal.review.wishes import ContactWishes, Knowing, Part, Reach, Times
from portal.sealing import opened
from portal.unsent import Begun
from portal.wishing import label_of_feast, label_of_may_know, label_of_means, label_of_shared
from portal.words import day, day_of_the_year, gettext, hour, weekday


@dataclass(frozen=True)
class Line:
    """One thing that is set: its name and what it is, as words of the house, a number, or the person's own words."""

    label: str
    text: str
    kind: str = "plain"


@dataclass(frozen=True)
class Section:
    """One part of the wishes: what is set, on which day, and by whom where it was not the person."""

    name: str
    title: str
    url: str
    lines: Sequence[Line]
    on: datetime | None
    by: str


@dataclass(frozen=True)
class WishesPage(Page):
    """How I wish to be reached: every part, and where to change it."""

    template: ClassVar[str] = "family/wishes.html"
    sections: Sequence[Section]
    talk: str
    write_url: str


@dataclass(frozen=True)
class PartPage(Page):
    """One part, to be set."""

    template: ClassVar[str] = "family/wishes_part.html"
    title: str
    sentences: Sequence[str]
    form: PartForm
    begun: Begun | None
    back_url: str


@dataclass(frozen=True)
class DayRow:
    """One quiet day, and the address at which it is taken away or put back."""

    text: str
    every_year: bool
    what_for: str
    by: str
    url: str


@dataclass(frozen=True)
class QuietDaysPage(Page):
    """The quiet days: those that are kept, those that can be pressed, and one more to write."""

    template: ClassVar[str] = "family/wishes_days.html"
    sentence: str
    days: Sequence[DayRow]
    taken_away: Sequence[DayRow]
    feasts: Sequence[tuple[str, str]]
    form: OwnQuietForm
    begun: Begun
    back_url: str


def titles() -> dict[str, str]:
    """Return the name of each part."""
    return {
        "ways": gettext("How to reach me"),
        "times": gettext("When to reach me"),
        "days": gettext("Quiet days"),
        "knowing": gettext("Who may know that I am here"),
    }


def sections(here: Here[FamilyMember]) -> list[Section]:
    """Return every part with what is set in it."""
    found, named = wishes.of(here.db, here.caller), titles()
    parts: tuple[tuple[str, str, type[Part], list[Line]], ...] = (
        ("ways", "family.reach_ways", Reach, _ways(found)),
        ("times", "family.reach_times", Times, _times(found)),
        ("knowing", "family.who_may_know", Knowing, _knowing(found)),
    )
    made = {
        name: Section(name, named[name], url_for(endpoint), lines, *_set(here, found, kind))
        for name, endpoint, kind, lines in parts
    }
    lines = [
        Line(day_words(one), opened(lambda one=one: one.what_for) or "", "words")  # type: ignore[misc]  # bound now
        for one in quiet_days.of(here.db, here.caller)
    ]
    made["days"] = Section("days", named["days"], url_for("family.quiet_days_page"), lines, None, "")
    return [made[name] for name in named]


def _set(here: Here[FamilyMember], found: ContactWishes | None, kind: type[Part]) -> tuple[datetime | None, str]:
    by = wishes.set_by(found, kind)
    return wishes.set_at(found, kind), here.db.get_one(StaffMember, by).name if by else ""


def _ways(found: ContactWishes | None) -> list[Line]:
    if found is None:
        return []
    lines = [Line(gettext("Fine for me"), label_of_means(one)) for one in found.ways]
    lines += [Line(gettext("Somebody else may see"), label_of_shared(one)) for one in found.shared]
    lines.append(Line(gettext("Never ring"), opened(lambda: found.never_ring) or "", "words"))
    lines.append(Line(gettext("Interpreter for calls"), opened(lambda: found.interpreter) or "", "words"))
    return [line for line in lines if line.text]


def _times(found: ContactWishes | None) -> list[Line]:
    if found is None:
        return []
    lines = [
        Line(gettext("Not before"), hour(found.earliest) if found.earliest else "", "number"),
        Line(gettext("Not after"), hour(found.latest) if found.latest else "", "number"),
        *(Line(gettext("Fine for me"), weekday(number)) for number in found.weekdays),
    ]
    return [line for line in lines if line.text]


def _knowing(found: ContactWishes | None) -> list[Line]:
    if found is None or found.may_know is None:
        return []
    lines = [Line(gettext("Who may know?"), label_of_may_know(found.may_know))]
    who = opened(lambda: found.who) or ""
    return [*lines, Line(gettext("Who they are"), who, "words")] if who else lines


def day_words(one: QuietDay) -> str:
    """Return a quiet day as the reader's language writes it."""
    if one.feast is not None:
        return label_of_feast(one.feast)
    write = day_of_the_year if one.every_year else day
    first, last = write(one.first), write(one.last)
    return first if one.first == one.last else gettext("%(first)s to %(last)s", first=first, last=last)


def quiet_days_page(here: Here[FamilyMember], key_worker: str, form: OwnQuietForm, begun: Begun) -> QuietDaysPage:
    """Return the page of the quiet days."""
    kept = quiet_days.of(here.db, here.caller)
    there = {one.feast for one in kept}
    return QuietDaysPage(
        gettext(
            "On these days nothing is sent to you, and your %(key_worker)s sees that you want quiet.",
            key_worker=key_worker,
        ),
        [_row(here, one, "family.take_quiet_day_away") for one in kept],
        [_row(here, one, "family.put_quiet_day_back") for one in quiet_days.taken_away(here.db, here.caller)],
        [(one.value, label_of_feast(one)) for one in Feast if one not in there],
        form,
        begun,
        url_for("family.reaching"),
    )


def _row(here: Here[FamilyMember], one: QuietDay, endpoint: str) -> DayRow:
    return DayRow(
        day_words(one),
        one.every_year,
        opened(lambda: one.what_for) or "",
        here.db.get_one(StaffMember, one.set_by).name if one.set_by else "",
        url_for(endpoint, quiet_day_id=one.id),
    )
