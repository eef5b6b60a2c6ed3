"""What the search shows: a field, and under it what was found, by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.library.search import Hit
from portal.page import Choice, Page


@dataclass(frozen=True)
class Hits:
    """What was found of one kind, under a heading of its own."""

    key: str
    title: str
    hits: Sequence[Hit]


@dataclass(frozen=True)
class SearchPage(Page):
    """The field, and what was found; where nothing was, ways on."""

    template: ClassVar[str] = "public/search.html"
    asked: str
    groups: Sequence[Hits]
    ways_on: Sequence[Choice]
    address: str
