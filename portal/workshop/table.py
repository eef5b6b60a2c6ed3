"""How every text stands in a language, and what waits for somebody: counted from what readers have."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from portal.languages import ENGLISH
from portal.library.article import EASY, Library
from portal.library.source import Key, Source
from portal.library.standing import Standing

FRONT = "opening"  # the words that open the front page; it has no name in an address


class Shown(Enum):
    """How a text stands in a language, as a whole."""

    CURRENT = "current"
    OLDER = "older than the English"
    MISSING = "not translated yet"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Row:
    """One text in one language. ``behind`` is the number of sections that are not what the English says."""

    key: Key
    shown: Shown
    behind: int
    waits: bool
    past: bool
    source: Source | None

    @property
    def being_checked(self) -> bool:
        """Whether somebody is to read it now: a version waits, or its day to be read again has gone by."""
        return self.waits or self.past


@dataclass(frozen=True)
class Counts:
    """How many texts of a language stand how; those that are being checked are among the others."""

    current: int
    older: int
    missing: int
    withdrawn: int
    being_checked: int

    @property
    def all(self) -> int:
        """Every text of a language."""
        return self.current + self.older + self.missing + self.withdrawn


def texts(library: Library, panel: str) -> list[Key]:
    """Return every English text that a panel's people may work on: openings, pages in their order, easy read."""
    own = [Key(panel, ENGLISH, FRONT)]
    pages = [Key("", ENGLISH, page) for page in (FRONT, *library.pages)]
    easy = [Key("", ENGLISH, EASY + page) for page in library.pages]
    return [key for key in (*own, *pages, *easy) if library.source(key) is not None]


def rows(library: Library, panel: str, language: str, waiting: Collection[Key], today: date) -> list[Row]:
    """Return how every text stands in a language."""
    found = []
    for english in texts(library, panel):
        key = english._replace(language=language)
        source, standing = library.source(key), library.standing(key).values()
        again = source.meta.get("review_by") if source else None
        past = isinstance(again, date) and again < today
        behind = sum(one is not Standing.CURRENT for one in standing)
        found.append(Row(key, _shown(source, standing), behind, key in waiting, past, source))
    return found


def counts(found: Sequence[Row]) -> Counts:
    """Count the texts of a language by how they stand."""
    by_state = {state: sum(row.shown is state for row in found) for state in Shown}
    return Counts(
        by_state[Shown.CURRENT],
        by_state[Shown.OLDER],
        by_state[Shown.MISSING],
        by_state[Shown.WITHDRAWN],
        sum(row.being_checked for row in found),
    )


def _shown(source: Source | None, standing: Iterable[Standing]) -> Shown:
    if source is not None and source.meta.get("withdrawn"):
        return Shown.WITHDRAWN
    found = set(standing)
    if found == {Standing.CURRENT}:
        return Shown.CURRENT
    return Shown.MISSING if found == {Standing.MISSING} else Shown.OLDER
