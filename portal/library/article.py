"""Articles: the pages that explain, one English source and its translations.

A translation names the English it was made from by its hash. When the English has changed since, or there is no
translation, the English is shown and said to be English; when no professional has checked a text yet, that is said too.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import frontmatter
from markupsafe import Markup

from portal.languages import ENGLISH
from portal.library.markdown import render_markdown
from portal.library.panels import Panel, Panels

PICTURE = "{process_picture}"
_PLACE = re.compile(r"\{(\w+)\}")
FIRST = "first"  # the group of the pages that most people need


class Freshness(Enum):
    """How a page stands in a language."""

    CURRENT = "current"
    OLDER = "older than the English"
    MISSING = "not translated yet"


@dataclass(frozen=True)
class Source:
    """One file of content: its front matter and its markdown."""

    meta: dict[str, Any]
    body: str

    @property
    def hash(self) -> str:
        """What stands for exactly this text: twelve signs of the hash of its title, summary and body."""
        parts = (str(self.meta.get("title", "")), str(self.meta.get("summary", "")), self.body)
        return hashlib.sha256("\n".join(part.strip() for part in parts).encode()).hexdigest()[:12]

    @property
    def places(self) -> set[str]:
        """The names of the words that a panel's own stand for."""
        parts = (str(self.meta.get("title", "")), str(self.meta.get("summary", "")), self.body.replace(PICTURE, ""))
        return {name for part in parts for name in _PLACE.findall(part)}


@dataclass(frozen=True)
class Article:
    """One page as a reader meets it. ``language`` is that of the text, which is English where there is no other."""

    page: str
    title: str
    summary: str
    language: str
    freshness: Freshness
    translated_by: str
    checked_by: str
    review_by: date | None
    render: Callable[[], tuple[Markup, ...]] = field(repr=False)

    @property
    def parts(self) -> tuple[Markup, ...]:
        """The text as HTML; the process picture stands between two parts. Made when asked for: lists need it not."""
        return self.render()


class Library:
    """Every article in every language, as files in the content folder."""

    def __init__(self, folder: Path, offered: tuple[str, ...], panels: Panels) -> None:
        self.offered = offered
        self._panels = panels
        self._sources = {
            code: {path.stem: _read(path) for path in sorted((folder / code).glob("*.md"))} for code in offered
        }
        self._openings = {
            (panel.slug, code): _read(path)
            for panel in panels.all
            for code in offered
            if (path := folder / "panels" / panel.slug / code / "opening.md").exists()
        }

    @property
    def pages(self) -> list[str]:
        """The names of the pages, in their reading order."""
        ordered = {page: source for page, source in self._sources[ENGLISH].items() if "order" in source.meta}
        return sorted(ordered, key=lambda page: (int(ordered[page].meta["order"]), page))

    def group(self, page: str) -> str:
        """Return the group in which a page stands on a front page."""
        return str(self._sources[ENGLISH][page].meta.get("group", FIRST))

    def freshness(self, page: str, language: str) -> Freshness:
        """Say how a page stands in a language."""
        source, english = self._sources[language].get(page), self._sources[ENGLISH][page]
        if source is None or not source.places <= self._panels.own_words(None, language).keys():
            return Freshness.MISSING
        if language != ENGLISH and source.meta.get("source_hash") != english.hash:
            return Freshness.OLDER
        return Freshness.CURRENT

    def source(self, page: str, language: str) -> Source | None:
        """Return the file of a page in a language, if there is one."""
        return self._sources[language].get(page)

    def opening(self, panel: Panel | None, language: str) -> tuple[Markup, str]:
        """Return the words that open a front page, and the language that they are in."""
        used = language
        english, own = self._opening(panel, ENGLISH), self._opening(panel, language)
        if (
            own is None
            or not own.places <= self._panels.own_words(panel, language).keys()
            or (language != ENGLISH and own.meta.get("source_hash") != english.hash)
        ):
            used, own = ENGLISH, english
        return self._render(own.body, panel, used, language), used

    def title(self, page: str, language: str, panel: Panel | None) -> str:
        """Return a page's title in a language; English where there is no other."""
        used = language if self.freshness(page, language) is Freshness.CURRENT else ENGLISH
        return self._fill(str(self._sources[used][page].meta["title"]), panel, used)

    def article(self, page: str, language: str, panel: Panel | None) -> Article:
        """Return a page as one reader meets it."""
        freshness = self.freshness(page, language)
        used = language if freshness is Freshness.CURRENT else ENGLISH
        source = self._sources[used][page]
        filled = {key: self._fill(str(source.meta.get(key, "")), panel, used) for key in ("title", "summary")}
        parts = source.body.split(PICTURE)
        return Article(
            page,
            filled["title"],
            filled["summary"],
            used,
            freshness,
            str(source.meta.get("translated_by", "")),
            str(source.meta.get("checked_by") or ""),
            source.meta.get("review_by"),
            lambda: tuple(self._render(part, panel, used, language) for part in parts),
        )

    def _opening(self, panel: Panel | None, language: str) -> Any:
        return self._openings.get((panel.slug, language)) if panel else self._sources[language].get("opening")

    def _render(self, text: str, panel: Panel | None, used: str, reader: str) -> Markup:
        return render_markdown(self._fill(text, panel, used), lambda page: self._panels.address(reader, panel, page))

    def _fill(self, text: str, panel: Panel | None, language: str) -> str:
        for name, word in self._panels.words(panel, language).items():
            text = text.replace("{" + name + "}", word)
        return text


def _read(path: Path) -> Source:
    post = frontmatter.loads(path.read_text(encoding="utf-8"))
    return Source(dict(post.metadata), post.content)
