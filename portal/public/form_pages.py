"""What the other forms of a page show: for paper, in large print, in easy read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from portal.public.pages import ArticlePage
from portal.public.scan import Scan


@dataclass(frozen=True)
class LargePrint(ArticlePage):
    """A page in large letters."""

    template: ClassVar[str] = "public/large.html"


@dataclass(frozen=True)
class ForPaper(ArticlePage):
    """A page that is made to be printed. ``short`` is its address as it stands on the paper."""

    template: ClassVar[str] = "public/print.html"
    short: str
    scan: Scan
    look_again_on: date | None


@dataclass(frozen=True)
class EasyRead(ArticlePage):
    """A page in short sentences, with pictures, each drawn once."""

    template: ClassVar[str] = "public/easy.html"
    pictures: Mapping[str, Markup]
