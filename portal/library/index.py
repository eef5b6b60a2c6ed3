"""What can be found in one language: each section of each page, each word explained, each who helps, and the panels.

A section is found by its own words and, in an index that all languages share, by the English that it was made from.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from portal.languages import ENGLISH
from portal.library.article import Library
from portal.library.folding import forms, one_letter_apart, terms
from portal.library.panels import SAME, Panel, Panels
from portal.library.snippet import plain
from portal.library.source import TOP, Key, Source
from portal.library.standing import Standing
from portal.library.support import Directory

GLOSSARY = "words-explained"
# A panel's pages, and the parts of its facts that they show; what was learned from deaths opens only there, by choice.
_PANEL_PAGES = {
    "about": ("where", "people", "law", "work", "families"),
    "professionals": ("notifying",),
    "reports": ("reports", "changes"),
}
_HEADING, _PAGE_TITLE = 5.0, 2.0
_SUBHEADING = re.compile(r"^### (.*?)\s*\{#([a-z][a-z0-9-]*)\}[ \t]*$", re.MULTILINE)
_HEADING_LINE = re.compile(r"\A## (.*?)\s*\{#[\w-]+\}[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"\A\*[^*]")  # a section that begins with words in italics says that hard words are coming


class Kind(Enum):
    """What was found."""

    PAGE = "page"
    WORD = "word"
    SUPPORT = "support"
    PANEL = "panel"


class Place(NamedTuple):
    """Where something stands, in any language: a page and the section in it, an entry, or a panel."""

    kind: Kind
    name: str
    anchor: str


@dataclass(frozen=True)
class Found:
    """One thing that can be found, as it stands in one language; panels' own words are still in braces."""

    place: Place
    heading: str
    text: str
    language: str
    hard: bool = False
    title: str = ""


class Index:
    """The words of one language, and where each of them stands with which weight."""

    def __init__(self, every: Iterable[tuple[Found, dict[str, str]]]) -> None:
        self.found: dict[Place, Found] = {}
        self.where: dict[str, dict[Place, float]] = {}
        for one, other_words in every:
            self.found[one.place] = one
            for term, weight in _weights(one, other_words).items():
                self.where.setdefault(term, {})[one.place] = weight

    @cached_property
    def words(self) -> list[str]:
        """Every word, in order."""
        return sorted(self.where)

    def beginning(self, start: str) -> Iterator[str]:
        """Return the words that begin like this."""
        for at in range(bisect_left(self.words, start), len(self.words)):
            if not self.words[at].startswith(start):
                return
            yield self.words[at]


def _weights(one: Found, other_words: dict[str, str]) -> dict[str, float]:
    """Return each word by which a thing is found, and how much it says; the words of every panel count."""
    found: dict[str, float] = {}
    of_page = _HEADING if one.place.anchor == "" else _PAGE_TITLE
    for text, weight in ((one.title, of_page), (one.heading, _HEADING)):
        for term in terms(_filled(text, other_words)):
            found[term] = found.get(term, 0.0) + weight
    for term, count in Counter(terms(_filled(one.text, other_words))).items():
        found[term] = found.get(term, 0.0) + 1 + math.log(count)
    digits = "".join(re.findall(r"\d+", one.text)) if one.place.kind is Kind.SUPPORT else ""
    return {**found, **dict.fromkeys([digits] if digits else [], _HEADING)}


def _filled(text: str, words: dict[str, str]) -> str:
    for name in set(re.findall(r"\{(\w+)\}", text)):
        text = text.replace("{" + name + "}", words.get(name, ""))
    return text


def every(
    language: str, library: Library, panels: Panels, directory: Directory
) -> Iterator[tuple[Found, dict[str, str]]]:
    """Return everything that can be found in a language, each with all the words that panels use in it."""
    words = {code: _words_of_all(panels, code) for code in {language, ENGLISH}}
    for page in library.pages:
        for one in _of_page(page, language, library):
            yield one, words[one.language]
    for entry in directory.entries:
        text = directory.text(entry, language)
        said = " ".join(filter(None, [text.offer, text.hours, entry.phone, entry.text, entry.email, entry.web_name]))
        yield Found(Place(Kind.SUPPORT, entry.id, ""), text.name, said, text.language), {}
    for panel in panels.all:
        yield from ((one, {}) for one in _of_panel(panel, language, panels))


def _words_of_all(panels: Panels, language: str) -> dict[str, str]:
    """Return each of the words that change from panel to panel, with all that stands for it anywhere."""
    found: dict[str, list[str]] = {}
    for panel in (None, *panels.all):
        for name, word in panels.own_words(panel, language).items():
            found.setdefault(name, []).append(word)
    return {name: " ".join(dict.fromkeys(own)) for name, own in found.items()}


def _of_page(page: str, language: str, library: Library) -> Iterator[Found]:
    english = library.source(Key("", ENGLISH, page))
    if english is None:
        return
    own = library.source(Key("", language, page)) or english
    hard = [str(one) for one in english.meta.get("hard") or []]
    for section, standing in library.standing(Key("", language, page)).items():
        shown, code = (own, language) if standing in (Standing.CURRENT, Standing.OLDER) else (english, ENGLISH)
        yield from _of_section(page, section, shown, code, section in hard)


def _of_section(page: str, section: str, source: Source, language: str, hard: bool) -> Iterator[Found]:
    if section == TOP:
        text = plain(f"{source.summary}\n\n{source.lead}")
        yield Found(Place(Kind.PAGE, page, ""), "", text, language, hard, source.title)
        return
    whole = source.sections[section].text
    heads = list(_SUBHEADING.finditer(whole))
    first = _HEADING_LINE.match(whole)
    body = whole[first.end() if first else 0 : heads[0].start() if heads else len(whole)].strip()
    place = Place(Kind.PAGE, page, section)
    if body or page != GLOSSARY:  # there a heading alone only divides the words
        yield Found(
            place, first[1] if first else "", plain(body), language, hard or bool(_NOTE.match(body)), source.title
        )
    kind = Kind.WORD if page == GLOSSARY else Kind.PAGE
    for head, following in zip(heads, [*heads, None][1:], strict=True):
        text = whole[head.end() : following.start() if following else len(whole)].strip()
        quiet = hard or bool(_NOTE.match(text))
        title = source.title if kind is Kind.PAGE else ""
        yield Found(Place(kind, page, head[2]), head[1], plain(text), language, quiet, title)


def _of_panel(panel: Panel, language: str, panels: Panels) -> Iterator[Found]:
    name = panels.own_words(panel, language).get("name") or panel.name
    for page, names in _PANEL_PAGES.items():
        parts = [panel.part(part, language) for part in names]
        used = parts[0].language
        said = [text for part in parts if part.language == used for text in _said(part.facts)]
        if page == "about":
            said += [str(place) for place in panel.facts.get("area", [])]
        yield Found(Place(Kind.PANEL, panel.slug, page), str(name), " ".join(said), used)


def _said(facts: Any) -> Iterator[str]:
    """Return every text in a part of a panel's facts."""
    if isinstance(facts, dict):
        facts = [value for key, value in facts.items() if key not in SAME]
    if isinstance(facts, list):
        for one in facts:
            yield from _said(one)
    elif isinstance(facts, str):
        yield facts


def matches(index: Index, word: str) -> dict[str, float]:
    """Return the words of an index that a typed word may mean, and how likely: the same, longer, another ending."""
    found: dict[str, float] = {}
    for form in forms(word):
        if form in index.where:
            found[form] = 1.0
        if len(form) > 1:
            for longer in index.beginning(form):
                found.setdefault(longer, 0.8 if len(longer) - len(form) <= 3 else 0.5)
        cut = 0 if len(form) < 4 else min(3, (len(form) - 1) // 3)
        for other in index.beginning(form[: len(form) - cut]) if cut else ():
            if len(other) <= len(form) + cut - 1 + (len(form) > 5):
                found.setdefault(other, 0.4)
    return found or _misspelt(index, word)


def _misspelt(index: Index, word: str) -> dict[str, float]:
    """Return the words that differ in one letter, where a word is in no text at all."""
    if len(word) < 5:
        return {}
    return {other: 0.5 for other in index.beginning(word[0]) if one_letter_apart(word, other)}
