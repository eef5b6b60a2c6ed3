"""What the editors' page of readers' answers shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from portal.page import Page


@dataclass(frozen=True)
class Said:
    """How many readers said what of one page in one language."""

    title: str
    url: str
    language: str
    yes: int
    partly: int
    no: int


@dataclass(frozen=True)
class Wrote:
    """What one reader wrote about a page; ``words`` is None where it cannot be read any more."""

    id: UUID
    title: str
    url: str
    answer: str
    code: str
    direction: str
    language: str
    shape: str
    words: str | None
    said_on: date


@dataclass(frozen=True)
class ClearnessPage(Page):
    """What readers said of the pages; what they wrote is for editors alone, because it may name somebody."""

    template: ClassVar[str] = "panel/clearness.html"
    counted: Sequence[Said]
    written: Sequence[Wrote]
    following: str
    may_read: bool
