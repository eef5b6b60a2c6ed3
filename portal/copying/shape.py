"""What a copy is made of, however it is shown: sections, things in them, and words, each line its own way round."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Piece:
    """Some words: the person's own, or others that belong to them, with what they are."""

    words: str
    label: str = ""
    language: str = ""  # where it is known
    note: str = ""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each line with its direction, found from its own letters: one text may be in two languages."""
        return [(line, direction(line)) for line in self.words.split("\n")]


@dataclass(frozen=True)
class File:
    """A file that the person brought, as it came."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Item:
    """One thing of the person's."""

    title: str
    reference: str = ""
    facts: Sequence[str] = ()
    pieces: Sequence[Piece] = ()
    file: File | None = None

    @property
    def own(self) -> Piece | None:
        """What stands first and needs no name: mostly the person's own words."""
        return self.pieces[0] if self.pieces and not self.pieces[0].label else None

    @property
    def rest(self) -> Sequence[Piece]:
        """What belongs to it."""
        return self.pieces[1:] if self.own else self.pieces


@dataclass(frozen=True)
class Section:
    """Things of one kind."""

    title: str
    items: Sequence[Item]
    lead: str = ""


def direction(line: str) -> str:
    """Return the direction of a line, from the first of its letters that has one."""
    for letter in line:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return "auto"
