"""What the pages on which a person writes show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.family.forms import WriteForm
from portal.family.places import Sheet
from portal.languages import Language
from portal.page import Page
from portal.unsent import Aside, Device


@dataclass(frozen=True)
class WritePage(Page):
    """A page to write at one place."""

    template: ClassVar[str] = "family/write.html"
    sheet: Sheet
    form: WriteForm
    kept: bool  # whether there is a draft already
    said: str
    aside: Sequence[Aside]
    talk: str
    tongues: Sequence[Language]
    device: Device


@dataclass(frozen=True)
class CheckPage(Page):
    """The words as others will read them, who will, and the one press that sends them."""

    template: ClassVar[str] = "family/check.html"
    sheet: Sheet
    words: str
    form: WriteForm
    trouble: str
    change_url: str
    talk: str


@dataclass(frozen=True)
class OneOfSeveral:
    """One of several drafts of one place."""

    words: str
    saved_at: datetime
    go_on_url: str
    let_go_url: str


@dataclass(frozen=True)
class SeveralPage(Page):
    """Everything that a person began at one place, side by side."""

    template: ClassVar[str] = "family/several.html"
    title: str
    drafts: Sequence[OneOfSeveral]
    together_url: str
    aside: Sequence[Aside]


@dataclass(frozen=True)
class LeftOver:
    """Words, and where they go on."""

    words: str
    go_on_url: str


@dataclass(frozen=True)
class LeftOverPage(Page):
    """Words of a place that is there no more; they can go on as something to tell."""

    template: ClassVar[str] = "family/left_over.html"
    texts: Sequence[LeftOver]
    way_back: str


@dataclass(frozen=True)
class Prompted:
    """One thing that a person may want to tell, and what they have written about it."""

    url: str
    title: str
    why: str
    standing: str


@dataclass(frozen=True)
class TellPage(Page):
    """Everything that a person may want to tell, in the order in which people tell."""

    template: ClassVar[str] = "family/tell.html"
    prompted: Sequence[Prompted]
    talk: str
