"""What the public pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portal.library.article import Article
from portal.library.panels import Contact
from portal.page import Choice, Page


@dataclass(frozen=True)
class PageLink:
    """One page in the list of a front page."""

    title: str
    summary: str
    url: str
    language: str


@dataclass(frozen=True)
class Group:
    """Pages that belong together, under a heading of their own."""

    key: str
    title: str
    links: Sequence[PageLink]


@dataclass(frozen=True)
class Front(Page):
    """The front page of the portal."""

    template: ClassVar[str] = "public/front.html"
    title: str
    opening: Markup
    opening_language: str
    groups: Sequence[Group]
    panels: Sequence[Choice]
    of_panels: Sequence[Choice]


@dataclass(frozen=True)
class ArticlePage(Page):
    """One article."""

    template: ClassVar[str] = "public/article.html"
    article: Article
    key_worker: str
    stages: Sequence[tuple[str, str]]
    panels: Sequence[Choice]
    forms: Sequence[Choice]


@dataclass(frozen=True)
class WayBack(Page):
    """How to reach the person who gave a private link."""

    template: ClassVar[str] = "public/way_back.html"
    contacts: Sequence[Contact]
