"""What staff see of the support directory: what nobody has checked, and what has to be looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from portal.page import Page


@dataclass(frozen=True)
class Listed:
    """One entry: who it is, how it is reached, where that comes from, and who checked it when."""

    name: str
    url: str
    reached: Sequence[str]
    source: str
    checked: str
    expires: date


@dataclass(frozen=True)
class ToLookAt:
    """Entries that need the same, under a heading."""

    key: str
    title: str
    entries: Sequence[Listed]


@dataclass(frozen=True)
class SupportList(Page):
    """The entries that need somebody."""

    template: ClassVar[str] = "panel/support.html"
    groups: Sequence[ToLookAt]
    behind: Sequence[tuple[str, int]]
