"""What a panel's own pages show, and the pages that stand in their place where no panel is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from markupsafe import Markup

from portal.library.panels import Part
from portal.page import Choice, Page
from portal.public.pages import Group


@dataclass(frozen=True)
class Block:
    """A heading and what stands under it: the panel's own words in their language, then words that all panels share."""

    key: str
    heading: str
    language: str
    own: Sequence[str] = ()
    items: Sequence[str] = ()
    common: Sequence[str] = ()
    more: Sequence[Choice] = ()


@dataclass(frozen=True)
class PanelFront(Page):
    """The front page of one panel."""

    template: ClassVar[str] = "public/panel_front.html"
    title: str
    opening: Markup
    opening_language: str
    where: Part
    beside: Sequence[Choice]
    of_panel: Sequence[Choice]
    groups: Sequence[Group]


@dataclass(frozen=True)
class AboutPanel(Page):
    """Who a panel is, what it does, and who is responsible for it."""

    template: ClassVar[str] = "public/panel_about.html"
    title: str
    panel_name: str
    standing: str
    partly_english: bool
    blocks: Sequence[Block]
    links: Part
    looked_at: date


@dataclass(frozen=True)
class Reports(Page):
    """What a panel has reported, what reviews have taught, and what changed because families asked."""

    template: ClassVar[str] = "public/panel_reports.html"
    title: str
    panel_name: str
    standing: str
    partly_english: bool
    key_worker: str
    reports: Part
    themes: Part
    changes: Part
    more: Sequence[Choice]


@dataclass(frozen=True)
class Professionals(Page):
    """The way in for professionals."""

    template: ClassVar[str] = "public/panel_professionals.html"
    title: str
    standing: str
    partly_english: bool
    notifying: Part | None
    blocks: Sequence[Block]
    body: Markup
    body_language: str
    materials: Sequence[Choice]
    panels: Sequence[Choice]


@dataclass(frozen=True)
class MaterialPage(Page):
    """One text for professionals, to be read, copied or printed."""

    template: ClassVar[str] = "public/panel_material.html"
    title: str
    lead: Markup
    body: Markup
    language: str
    is_letter: bool
    standing: str
    back_url: str


@dataclass(frozen=True)
class ChoosePanel(Page):
    """The same page of every panel, for somebody who has not chosen one."""

    template: ClassVar[str] = "public/panel_choose.html"
    title: str
    panels: Sequence[Choice]
    which: Choice


@dataclass(frozen=True)
class Found:
    """A panel that may be the right one, and the places that were found in its area."""

    title: str
    url: str
    places: Sequence[str]
    sure: bool


@dataclass(frozen=True)
class PanelCouncils:
    """A panel and the councils of its area."""

    title: str
    url: str
    councils: Sequence[str]


@dataclass(frozen=True)
class WhichPanel(Page):
    """Is this my panel? By the name of a place, or by council."""

    template: ClassVar[str] = "public/panel_which.html"
    asked: str
    longest: int
    postcode: bool
    found: Sequence[Found]
    lands: Sequence[str]
    nothing: bool
    panels: Sequence[PanelCouncils]


def shown(part: Part, *keys: str) -> list[Any]:
    """Return those of a part's facts that say something."""
    return [part.facts[key] for key in keys if part.facts.get(key)]
