"""Which panel looks after a place: councils, towns and villages, found however they are spelled.

What somebody looks for stays in the request: nothing here keeps it.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from portal.library.folding import one_letter_apart, words

LONGEST = 80  # letters; no place has a longer name, and nobody is helped by looking for more
_SURE_OF_A_LETTER = 5  # shorter names than this are too like each other to be forgiven a letter
_SMALL = frozenset("the of and upon on in le la under council county city borough district unitary authority".split())  # noqa: SIM905 - a list
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?(?:\s*\d[a-z]{2})?", re.IGNORECASE)


class Land(Enum):
    """Where a place is that no panel of this portal looks after."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern ireland"


@dataclass(frozen=True)
class Place:
    """A place or a council. ``panel`` is a panel's short name, empty where it is another's or none in England."""

    name: str
    council: str
    panel: str
    land: Land = Land.ENGLAND
    sure: bool = True


@dataclass(frozen=True)
class Council:
    """A council, and whose panel looks after it."""

    name: str
    panel: str
    sure: bool = True


class Places:
    """All places that are known, and what each may be called."""

    def __init__(
        self, named: Iterable[tuple[str, Place]], councils: tuple[Council, ...], to_confirm: tuple[str, ...]
    ) -> None:
        self.councils, self.to_confirm = councils, to_confirm
        self._named = [(key, place) for name, place in named if (key := fold(name))]

    @property
    def names(self) -> dict[str, str]:
        """Every name of a place as names are compared, with the place's own."""
        return {key: place.name for key, place in self._named}

    @classmethod
    def read(cls, path: Path) -> "Places":
        """Read the list of places."""
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
        councils = tuple(Council(one["name"], one["panel"], one.get("sure", True)) for one in lists["council"])
        named = [pair for one in lists["council"] for pair in _of_a_council(one)]
        for one in lists["elsewhere"]:
            land = Land(one["land"])
            named += [(name, Place(name, "", "", land)) for name in one["places"]]
        return cls(named, councils, tuple(lists["to_confirm"]))

    def find(self, asked: str) -> list[Place]:
        """Return every place that may be meant: of that very name, else beginning with it, else one letter away."""
        wanted = fold(asked[:LONGEST])
        if not wanted:
            return []
        begins = f"{wanted} "
        whole = [place for key, place in self._named if key == wanted]
        longer = [place for key, place in self._named if key.startswith(begins)]
        if whole or longer:
            return _once([*whole, *longer])
        if len(wanted) < _SURE_OF_A_LETTER:
            return []
        return _once(place for key, place in self._named if one_letter_apart(wanted, key))


def _of_a_council(one: dict[str, Any]) -> list[tuple[str, Place]]:
    def place(name: str) -> Place:
        return Place(name, one["name"], one["panel"], Land.ENGLAND, one.get("sure", True))

    itself = [(name, place(one["name"])) for name in (one["name"], *one.get("also", []))]
    other = [(name, place(towns)) for towns, names in one.get("spelled", {}).items() for name in names]
    return [*itself, *((name, place(name)) for name in one["places"]), *other]


def _once(places: Iterable[Place]) -> list[Place]:
    return list(dict.fromkeys(places))


def is_postcode(asked: str) -> bool:
    """Whether somebody wrote a postcode."""
    return _POSTCODE.fullmatch(asked.strip()) is not None


def fold(name: str) -> str:
    """Return a name as it is compared: folded, and without the small words that people leave out."""
    found = ["st" if word == "saint" else word for word in words(name.replace("&", " and "))]
    return " ".join([word for word in found if word not in _SMALL] or found)
