"""How a person wishes to be reached, in the plain words in which a key worker meets it before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal import clock
from portal.door import Here
from portal.keyworker.wishes_forms import DespiteForm, SaidForm, SaidQuietForm
from portal.keyworker.wishes_words import day_words, said, whose, whose_part, why
from portal.page import Page
from portal.review import quiet_days, wishes
from portal.review.people import FamilyMember, StaffMember
from portal.review.quiet import Feast
from portal.review.wishes import Hold, Knowing, Part, Reach, Times
from portal.wishing import label_of_feast
from portal.words import gettext


@dataclass(frozen=True)
class Section:
    """One part of the wishes: what is set, and by whom."""

    title: str
    sentences: Sequence[str]
    whose: str
    url: str


@dataclass(frozen=True)
class WishesPage(Page):
    """How one person wishes to be reached."""

    template: ClassVar[str] = "keyworker/wishes.html"
    who: str
    now: Sequence[str]
    sections: Sequence[Section]
    here_again_url: str
    back_url: str


@dataclass(frozen=True)
class PartPage(Page):
    """One part, to be written down."""

    template: ClassVar[str] = "keyworker/wishes_part.html"
    title: str
    who: str
    whose: str
    changed_meanwhile: Sequence[str]
    form: SaidForm
    back_url: str


@dataclass(frozen=True)
class DayRow:
    """One quiet day; what the person set themselves is only theirs to take away."""

    text: str
    whose: str
    take_away_url: str


@dataclass(frozen=True)
class QuietDaysPage(Page):
    """The quiet days of one person."""

    template: ClassVar[str] = "keyworker/wishes_days.html"
    who: str
    days: Sequence[DayRow]
    feasts: Sequence[tuple[str, str]]
    feast_url: str
    form: SaidQuietForm
    back_url: str


@dataclass(frozen=True)
class DespitePage(Page):
    """A message that is held, and what it takes to send it all the same."""

    template: ClassVar[str] = "keyworker/wishes_despite.html"
    who: str
    sentences: Sequence[str]
    form: DespiteForm
    back_url: str


def title_of(part: str) -> str:
    """Return the name of a part."""
    return {
        "ways": gettext("How to reach them"),
        "times": gettext("When to reach them"),
        "knowing": gettext("Who may know that they are here"),
        "days": gettext("Quiet days"),
    }[part]


def wishes_page(here: Here[StaffMember], member: FamilyMember, who: str) -> WishesPage:
    """Return the page of everything that one person wishes."""
    found = wishes.of(here.db, member)
    parts: tuple[tuple[str, type[Part]], ...] = (("ways", Reach), ("times", Times), ("knowing", Knowing))
    sections = [
        Section(
            title_of(name),
            said(found, kind),
            whose_part(here, found, kind),
            url_for("keyworker.wish", member_id=member.id, wish=name),
        )
        for name, kind in parts
    ]
    days = [day_words(one) for one in quiet_days.of(here.db, member)]
    sections.append(Section(title_of("days"), days, "", url_for("keyworker.quiet_days_page", member_id=member.id)))
    held = wishes.hold_for(here.db, member, clock.now())
    away = held is not None and held.reason in (Hold.NOT_AT_ALL, Hold.PAUSED)
    return WishesPage(
        who,
        why(held),
        sections,
        url_for("keyworker.here_again_page", member_id=member.id) if away else "",
        url_for("keyworker.person", member_id=member.id),
    )


def quiet_days_page(here: Here[StaffMember], member: FamilyMember, who: str, form: SaidQuietForm) -> QuietDaysPage:
    """Return the page of one person's quiet days."""
    kept = quiet_days.of(here.db, member)
    there = {one.feast for one in kept}
    rows = [
        DayRow(
            day_words(one),
            whose(here, one.set_at, one.set_by),
            url_for("keyworker.take_quiet_day_away", member_id=member.id, quiet_day_id=one.id) if one.set_by else "",
        )
        for one in kept
    ]
    return QuietDaysPage(
        who,
        rows,
        [(one.value, label_of_feast(one)) for one in Feast if one not in there],
        url_for("keyworker.keep_feast", member_id=member.id),
        form,
        url_for("keyworker.wishes_of", member_id=member.id),
    )
