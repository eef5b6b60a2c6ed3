"""What the pages of a person's copy show: the ways to have it, the page to print, and the pages of the PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.copying.shape import Section
from portal.page import Page


@dataclass(frozen=True)
class CopyPage(Page):
    """What a copy is, what to think of before one is made, and three ways to have it."""

    template: ClassVar[str] = "family/copy.html"
    can_make_pdf: bool
    not_made: bool
    key_worker: str


@dataclass(frozen=True)
class CopyPrint(Page):
    """Everything of a person on one page, to be printed."""

    template: ClassVar[str] = "family/copy_print.html"
    sections: Sequence[Section]
    made_at: datetime
    key_worker: str


@dataclass(frozen=True)
class CopyPaper(Page):
    """The same as the pages of a PDF, with a first page and a list of what is in it."""

    template: ClassVar[str] = "family/copy_paper.html"
    sections: Sequence[Section]
    made_at: datetime
    child: str
    key_worker: str
