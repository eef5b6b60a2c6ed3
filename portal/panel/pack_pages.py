"""What the page of a meeting's pack shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.page import Page
from portal.panel.pages import Words


@dataclass(frozen=True)
class PackPage(Page):
    """The words for one meeting, to be read or printed; and fixed, or let be changed again."""

    template: ClassVar[str] = "panel/pack.html"
    title: str
    made: str
    asked: Sequence[tuple[str, str, Words]]
    make_url: str
    unmake_url: str
    changed: str
    back: str
