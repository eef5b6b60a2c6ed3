"""Long lists of the panel's door: in groups, fifty at a time, each page beginning where the last one ended.

Nothing is counted and nothing is skipped over: the place where a page ends is in the link to the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from portal.review.contributions import Place
from portal.review.kept import WordsKept, some_of_panel
from portal.review.people import StaffMember
from portal.review.questions import Standing

PAGE = 50
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
W = TypeVar("W", bound=WordsKept)


@dataclass(frozen=True)
class Group:
    """A part of a list: everything that stands in one of these states."""

    key: str
    states: tuple[Enum, ...]


QUESTION_GROUPS = (
    Group("new", (Standing.ASKED,)),
    Group("taken-up", (Standing.TAKEN_UP,)),
    Group("at-a-meeting", (Standing.AT_MEETING,)),
    Group("second-person", (Standing.DRAFTED,)),
    Group("key-worker", (Standing.CHECKED,)),
    Group("ended", (Standing.ANSWERED, Standing.PARTLY_ANSWERED, Standing.CANNOT_BE_ANSWERED)),
)
CONTRIBUTION_GROUPS = (Group("new", (Place.KEPT,)), Group("with-panel", (Place.WITH_PANEL,)))


@dataclass(frozen=True)
class Cursor:
    """The last row of a page."""

    group: str
    at: datetime
    last: UUID

    def __str__(self) -> str:
        """Return the place as it stands in an address."""
        return f"{self.group}.{(self.at - _BEGINNING) // timedelta(microseconds=1)}.{self.last.hex}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Read the place from an address; what cannot be read leads to the beginning."""
        try:
            group, at, last = text.split(".")
            return cls(group, _BEGINNING + timedelta(microseconds=int(at)), UUID(last))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Stretch(Generic[W]):
    """One page of a list: its groups that have something in them, and where the next page begins."""

    groups: Sequence[tuple[Group, Sequence[W]]]
    following: Cursor | None


def stretch(
    db: Session, kind: type[W], reader: StaffMember, groups: Sequence[Group], begin: Cursor | None, most: int = PAGE
) -> Stretch[W]:
    """Return the next rows of a list, through as many of its groups as it takes to fill a page."""
    keys = [group.key for group in groups]
    if begin is not None and begin.group not in keys:
        begin = None
    found: list[tuple[Group, Sequence[W]]] = []
    room, place = most, begin
    for group in groups[keys.index(begin.group) if begin else 0 :]:
        after = (begin.at, begin.last) if begin is not None and group.key == begin.group else None
        rows: list[Any] = []
        for state in group.states:  # one by one, so that each follows the index
            rows += some_of_panel(db, kind, reader, state, after, room + 1)
        rows.sort(key=lambda row: (row.kept_at, row.id))
        if shown := rows[:room]:
            found.append((group, shown))
            room -= len(shown)
            place = Cursor(group.key, shown[-1].kept_at, shown[-1].id)
        if len(rows) > len(shown):
            return Stretch(found, place)
    return Stretch(found, None)
