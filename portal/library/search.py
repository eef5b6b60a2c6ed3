"""Search: what a reader types, in any script, and the places on this site that say something about it.

The index of a language is made when somebody first searches in it, and anew when the library has changed. It is only in
memory, and of what was looked for nothing is kept.
"""

import math
import threading
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portal.languages import ENGLISH, START, STOP
from portal.library.article import Library
from portal.library.folding import words
from portal.library.index import Found, Index, Kind, Place, every, matches
from portal.library.panels import Panel, Panels
from portal.library.snippet import Piece, snippet
from portal.library.support import Directory

LONGEST = 200  # signs of what was typed that are looked at
MOST_WORDS, MOST_FOUND = 12, 20
_BY_ENGLISH = 0.6  # what the English behind a translation says counts, but less than the translation
_ENOUGH = 0.5  # the part of what was typed, by weight, that a place has to say
_NEAR_THE_BEST = 0.15
_TELLING = 0.5  # words like "the" are in every text and are not marked

Synonyms = dict[tuple[str, ...], list[list[str]]]
Scores = dict[Place, float]


@dataclass(frozen=True)
class Hit:
    """One place that was found, as the reader is shown it."""

    kind: Kind
    title: str
    title_language: str
    heading: str
    url: str
    language: str
    snippet: tuple[Piece, ...]
    hard: bool


class Search:
    """Looks through the pages, the words explained, the support directory and the panels."""

    def __init__(self, folder: Path, library: Library, panels: Panels, directory: Directory) -> None:
        self._folder, self._library, self._panels, self._directory = folder, library, panels, directory
        self._lock = threading.Lock()
        self._made: dict[str, tuple[str, Index]] = {}
        self._said: dict[str, Synonyms] = {}

    def find(self, typed: str, language: str, panel: Panel | None) -> list[Hit]:
        """Return what fits best, best first; of a page that says it in several places only the best one."""
        asked = words(typed[:LONGEST])[:MOST_WORDS]
        index = self._index(language)
        layers = [(index, 1.0)]
        if language != ENGLISH:
            layers.append((self._index(ENGLISH), _BY_ENGLISH))
        scores, wanted = self._scores(asked, language, layers)
        best = max(scores.values(), default=0.0)
        hits: list[Hit] = []
        pages: set[tuple[Kind, str]] = set()
        for place in sorted(scores, key=lambda one: (-scores[one], one.kind.value, one.name, one.anchor)):
            if (place.kind, place.name) in pages:
                continue
            if scores[place] < best * _NEAR_THE_BEST or len(hits) == MOST_FOUND or place not in index.found:
                continue
            if place.kind in (Kind.PAGE, Kind.PANEL):
                pages.add((place.kind, place.name))
            hits.append(self._hit(index.found[place], language, panel, wanted))
        return hits

    def _scores(self, asked: list[str], language: str, layers: list[tuple[Index, float]]) -> tuple[Scores, set[str]]:
        """Return how well each place answers, and the words to mark: those that say most."""
        parts: list[Scores] = []
        marked: list[set[str]] = []
        for meanings in self._meanings(asked, language):
            part: Scores = {}
            wanted: set[str] = set()
            for meaning in meanings:
                together = [_of_word(word, layers, wanted) for word in meaning]
                for place in set(together[0]).intersection(*together[1:]):
                    score = sum(one[place] for one in together) / len(together)
                    part[place] = max(part.get(place, 0.0), score)
            if part:
                parts.append(part)
                marked.append(wanted)
        everything = len(layers[0][0].found)
        weights = [math.log(1 + everything / len(part)) for part in parts]
        total: Scores = {}
        said: Scores = {}
        for part, weight in zip(parts, weights, strict=True):
            for place, score in part.items():
                total[place] = total.get(place, 0.0) + weight * score
                said[place] = said.get(place, 0.0) + weight
        least = _ENOUGH * sum(weights)
        marked = [{word for word in one if len(word) > 1} for one in marked]
        telling = [one for one, weight in zip(marked, weights, strict=True) if weight >= _TELLING * max(weights)]
        return {place: score * said[place] for place, score in total.items() if said[place] >= least}, set().union(
            *telling
        )

    def _meanings(self, asked: list[str], language: str) -> Iterable[list[list[str]]]:
        """Divide what was typed into words and known phrases, each with the words that we write for it."""
        known = [self._synonyms(code) for code in dict.fromkeys((language, ENGLISH))]
        at = 0
        while at < len(asked):
            for length in range(min(4, len(asked) - at), 0, -1):
                phrase = tuple(asked[at : at + length])
                meant = [meaning for synonyms in known for meaning in synonyms.get(phrase, ())]
                if meant or length == 1:
                    yield [list(phrase), *meant]
                    at += length
                    break

    def _hit(self, one: Found, language: str, panel: Panel | None, wanted: set[str]) -> Hit:
        place, address = one.place, self._panels.address
        heading, text = (
            self._panels.filled(part, panel, one.language).replace(START, "").replace(STOP, "")
            for part in (one.heading, one.text)
        )
        shown = () if one.hard else snippet(text, wanted)
        if place.kind in (Kind.PAGE, Kind.WORD):
            title = self._library.title(place.name, language, panel)
            title_language = self._library.language_of(place.name, language)
            url = address(language, panel, place.name) + (f"#{place.anchor}" if place.anchor else "")
            return Hit(place.kind, title, title_language, heading, url, one.language, shown, one.hard)
        if place.kind is Kind.SUPPORT:
            entry = self._directory.named(place.name)
            named = self._directory.text(entry, language).name_language if entry else ENGLISH
            url = address(language, panel, "find-support") + f"?one={place.name}"
            return Hit(place.kind, heading, named, "", url, one.language, shown, False)
        found = self._panels.named(place.name)
        own = bool(found and (language == ENGLISH or found.words(language).get("name")))
        return Hit(
            place.kind,
            heading,
            language if own else ENGLISH,
            "",
            address(language, found, place.anchor),
            one.language,
            shown,
            False,
        )

    def _index(self, language: str) -> Index:
        kept = self._made.get(language)
        if kept is None or kept[0] != self._library.revision:
            with self._lock:  # many who search at once wait for one index, and do not make one each
                library, kept = self._library.as_it_stands(), self._made.get(language)
                if kept is None or kept[0] != library.revision:
                    kept = (library.revision, Index(every(language, library, self._panels, self._directory)))
                    self._made[language] = kept
        return kept[1]

    def _synonyms(self, language: str) -> Synonyms:
        if language not in self._said:
            path = self._folder / language / "synonyms.toml"
            said = tomllib.loads(path.read_text(encoding="utf-8"))["words"] if path.exists() else {}
            self._said[language] = {
                tuple(words(typed)): [words(meant) for meant in written] for typed, written in said.items()
            }
        return self._said[language]


def _of_word(word: str, layers: list[tuple[Index, float]], wanted: set[str]) -> Scores:
    """Return where a word stands, by all that it may mean, and note what that is."""
    scores: Scores = {}
    for index, part in layers:
        for term, likely in matches(index, word).items():
            wanted.add(term)
            for place, weight in index.where[term].items():
                scores[place] = max(scores.get(place, 0.0), weight * likely * part)
    return scores
