"""Leads from a word of the field, where a page uses it for the first time, to the place where it is explained.

In other languages the English word stands in brackets beside the translated one, because families meet it in letters.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from portal.languages import ENGLISH

PAGE = "words-explained"
_PIECES = re.compile(r"(<[^>]*>)")
_NOT_HERE = ("a", "h2", "h3", "h4", "summary", "th", "bdi")


@dataclass(frozen=True)
class Terms:
    """The words of the field, each with the heading that explains it; and abbreviations that everybody knows."""

    anchors: dict[str, str] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()

    @classmethod
    def read(cls, folder: Path) -> "Terms":
        """Read them from a content folder."""
        path = folder / ENGLISH / "terms.toml"
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        entries = told.get("terms", {})
        return cls(
            {term: entry["anchor"] for term, entry in entries.items()},
            {term: entry.get("pages", []) for term, entry in entries.items()},
            frozenset(told.get("plain", [])),
        )

    def on(self, page: str, language: str, address: str) -> "Glossary":
        """Return what links the words of one page; the page that explains, and pages about a word, need no link."""
        waiting = {
            term: _pattern(term, language)
            for term in self.anchors
            if page.rpartition("/")[2] not in (PAGE, *self.pages[term])
        }
        return Glossary(waiting, self.anchors, address)


@dataclass
class Glossary:
    """The words that one page has not met yet."""

    waiting: dict[str, re.Pattern[str]]
    anchors: dict[str, str]
    address: str

    def link(self, html: str) -> str:
        """Return clean HTML in which each word leads to its explanation where it stands for the first time."""
        inside = 0
        pieces = _PIECES.split(html)
        for at, piece in enumerate(pieces):
            if piece.startswith("<"):
                inside += _opens(piece) - _closes(piece)
            elif not inside and piece.strip():
                pieces[at] = self._linked(piece)
        return "".join(pieces)

    def _linked(self, text: str) -> str:
        places: list[tuple[int, int, str]] = []
        for term, pattern in list(self.waiting.items()):
            found = pattern.search(text)
            if found and all(found.end(1) <= start or found.start(1) >= end for start, end, _ in places):
                places.append((*found.span(1), self.anchors[term]))
                del self.waiting[term]
        for start, end, anchor in sorted(places, reverse=True):
            text = f'{text[:start]}<a href="{self.address}#{anchor}">{text[start:end]}</a>{text[end:]}'
        return text


@cache
def _pattern(term: str, language: str) -> re.Pattern[str]:
    word = rf"(?<![\w:-])({re.escape(term)})(?:s|es)?(?![\w-])"
    return re.compile(word if language == ENGLISH else rf"\([^()]*?{word}[^()]*\)", re.IGNORECASE)


def _opens(tag: str) -> bool:
    return re.match(rf"<(?:{'|'.join(_NOT_HERE)})[\s>]", tag) is not None


def _closes(tag: str) -> bool:
    return re.match(rf"</(?:{'|'.join(_NOT_HERE)})>", tag) is not None
