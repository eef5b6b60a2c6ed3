"""What a sentence of somebody's own must not hold when it goes out in a message: private words, in every language.

Whoever picks up the telephone first reads the message, too. So no name of the family, no place, nothing that tells of a
death, of the review, of police or hospital, no date, no long number, no address and no second link may stand in it.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import groupby
from pathlib import Path

from babel.dates import get_month_names

from portal.languages import ENGLISH, locale
from portal.library import places
from portal.library.folding import forms, words

_LONG = 4  # letters from which a name counts with an ending, too
_PARTICLES = frozenset("the of and al el bin ibn de da do dos van von mr mrs ms miss dr".split())  # noqa: SIM905 - a list
_LINK = re.compile(
    r"https?:\S*|www\.\S*|\S*@\S*|\b[\w-]+\.(?:(?:uk|org|com|net|info|gov|nhs|co|io|me)\b\S*|[a-z]{2,}/\S*)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4} ?([./\u2010-\u2015-]) ?\d{1,2} ?\1 ?\d{1,4}|\b\d{1,2}/\d{1,2}\b")  # not 10.30-12.00
_NUMBER = re.compile(r"\d(?:[\s()\u2010-\u2015-]*\d){4,}|\d{4}")  # an hour, as in 10.30, is none
_ADDRESS = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"
    r"|\b\d+[a-z]?,? (?:\w+ ){1,3}(?:street|road|lane|avenue|drive|terrace|crescent|way|gardens|square|st|rd)\b",
    re.IGNORECASE,
)
_OWNS = re.compile(r"['’‘ʼ`´]s\b", re.IGNORECASE)  # after a name that is too short to have any ending
_DAY = re.compile(r"(3[01]|[12]?\d|0\d)(?:st|nd|rd|th)?")
_VOWELS = "aeiouyăâî"
_SHORT = 3  # letters from which a name counts with the endings of its language, and where it is spelled out
# What looks like a Latin letter, as it is typed: no language here is written in Cyrillic or Greek.
_LOOKS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԚԜҺаеѕіјкмнорстухѵԁһԛԝгΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχωγɑɡ℮",
    "ABESIJKMHOPCTYXYQWHaesijkmhopctyxvdhqwrABEZHIKMNOPTYXaeikvoptuxwyage",
)
_JOINED = "وفبل"  # "and", "so", "with", "for" are written together with the next word in Arabic


class Private(Enum):
    """What kind of private thing was found."""

    NAME = "name"
    PLACE = "place"
    DEATH = "death"
    REVIEW = "review"
    POLICE = "police"
    HOSPITAL = "hospital"
    DATE = "date"
    NUMBER = "number"
    ADDRESS = "address"
    LINK = "link"


_ORDER = list(Private)
_LISTS = (Private.DEATH, Private.REVIEW, Private.POLICE, Private.HOSPITAL)


@dataclass(frozen=True)
class Found:
    """A private thing, as it was typed."""

    kind: Private
    piece: str


@dataclass(frozen=True)
class Entry:
    """A word or several in a row that must not go out, folded; ``begins`` where it may have any ending."""

    kind: Private
    words: tuple[str, ...]
    begins: bool

    def fits(self, typed: Sequence[frozenset[str]]) -> bool:
        """Whether the first of some words, each in its forms, are this entry."""
        if len(typed) < len(self.words):
            return False
        *before, last = zip(self.words, typed, strict=False)
        whole = all(word in there for word, there in before)
        return whole and any(one == last[0] or (self.begins and one.startswith(last[0])) for one in last[1])


class PrivateWords:
    """The lists of all languages, and the places that are known."""

    def __init__(self, content: Path, known: places.Places, panels: Iterable[str]) -> None:
        self._content, self._known, self._panels = content, known, [places.fold(one) for one in panels]

    def found(self, sentence: str, language: str, names: Iterable[str]) -> list[Found]:
        """Return what is private in a sentence, each thing once, what would tell most first."""
        plain = _seen(sentence)
        found = [Found(Private.LINK, one) for one in _LINK.findall(plain)]
        plain = _LINK.sub(" ", plain)
        for kind, pattern in ((Private.ADDRESS, _ADDRESS), (Private.DATE, _DATE), (Private.NUMBER, _NUMBER)):
            found += [Found(kind, one[0]) for one in pattern.finditer(plain)]
            plain = pattern.sub(" ", plain)
        plain = _OWNS.sub("", plain)
        typed = [(one, _forms(one, language)) for part in plain.split() for one in words(part)]
        raw = [part.strip(".,;:?\"'()“”‘’،؛؟।") for part in plain.split() for _ in words(part)]
        spoken = [there for _, there in typed]
        entries = [one for code in dict.fromkeys((ENGLISH, language)) for one in self.entries_of(code)]
        called = _parts(map(_seen, names))
        bent = self._bent(map(_seen, names), language)
        found += _spelled_out(called, entries, [one for one, _ in typed])
        for at in range(len(typed)):
            capital = not raw[at][:1].islower()
            if (capital and raw[at].lower() in bent) or any(_is_name(name, spoken[at], language) for name in called):
                found.append(Found(Private.NAME, raw[at]))
            found += _dates(typed, raw, at, language)
            for entry in entries:
                if entry.fits(spoken[at:]):
                    found.append(Found(entry.kind, " ".join(raw[at : at + len(entry.words)])))
        return sorted(dict.fromkeys([*found, *self._places(plain)]), key=lambda one: _ORDER.index(one.kind))

    def entries_of(self, language: str) -> list[Entry]:
        """Return what is listed in a language."""
        return _read(self._content / language)

    def _bent(self, names: Iterable[str], language: str) -> frozenset[str]:
        """Return short names with the endings of a language; they count with a capital only, as names are written."""
        endings = _lists(self._content / language).get("endings", [])
        short = [name for one in names for name in one.lower().split() if _SHORT <= len(name) <= _LONG]
        stems = [*short, *(name[:-1] for name in short if name[-1] in _VOWELS)]
        return frozenset(stem + ending for stem in stems for ending in endings)

    def _places(self, sentence: str) -> Iterator[Found]:
        """Find places; one that is an ordinary word counts with a capital only, and not where a sentence begins."""
        text, capitals = f" {places.fold(sentence)} ", set(re.findall(r"(?<=[^.?\s] )[A-Z]\w+", sentence))
        ordinary = _lists(self._content / ENGLISH).get("ordinary", [])
        for key, name in self._known.names.items():
            if f" {key} " in text and (key not in ordinary or key.capitalize() in capitals):
                yield Found(Private.PLACE, name)
        yield from (Found(Private.PLACE, one.title()) for one in self._panels if f" {one} " in text)


def _seen(sentence: str) -> str:
    """Return a sentence as an eye sees it: what looks alike is one, and what shows nothing goes."""
    plain = unicodedata.normalize("NFKC", sentence).translate(_LOOKS)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in plain if not _shows_nothing(sign))


def _shows_nothing(sign: str) -> bool:
    # The two that join and part letters change how a word looks; folding knows them.
    return "\ufe00" <= sign <= "\ufe0f" or (unicodedata.category(sign) == "Cf" and sign not in "\u200c\u200d")


@cache
def _lists(folder: Path) -> dict[str, list[str]]:
    path = folder / "private-words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def _read(folder: Path) -> list[Entry]:
    lists = _lists(folder)
    return [Entry(kind, tuple(words(one)), one.endswith("*")) for kind in _LISTS for one in lists.get(kind.value, [])]


@cache
def _months(language: str) -> frozenset[str]:
    return frozenset(
        words(name)[0]
        for code in (ENGLISH, language)
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for name in get_month_names(width, context, locale(code)).values()
    )


def _forms(word: str, language: str) -> frozenset[str]:
    """Return a folded word, and in Arabic also without what is written together with it."""
    if language != "ar":
        return frozenset({word})
    bare = [word, word[1:]] if word[0] in _JOINED and len(word) > _LONG else [word]
    return frozenset(form for one in bare for form in forms(one))


def _parts(names: Iterable[str]) -> list[str]:
    return [part for name in names for part in words(name) if len(part) > 1 and part not in _PARTICLES]


def _is_name(name: str, typed: frozenset[str], language: str) -> bool:
    """Whether a word is a name, with any ending; where names are bent, its last vowel may have become another."""
    bent = name[:-1] if language != ENGLISH and len(name) > _LONG and name[-1] in _VOWELS else name
    return any(one == name or (len(name) >= _LONG and one.startswith(bent)) for one in typed)


def _spelled_out(names: Iterable[str], entries: Iterable[Entry], typed: Sequence[str]) -> Iterator[Found]:
    """Find what stands there letter by letter, with spaces or signs between them."""
    sought = [(Private.NAME, name) for name in names] + [(one.kind, "".join(one.words)) for one in entries]
    for alone, run in groupby(typed, key=_is_one_letter):
        letters = list(run)
        if alone and len(letters) >= _SHORT:
            spelled = "".join(letters)
            for kind in dict.fromkeys(kind for kind, word in sought if len(word) >= _SHORT and word in spelled):
                yield Found(kind, " ".join(letters))


def _is_one_letter(word: str) -> bool:
    return [unicodedata.category(sign)[0] for sign in word].count("L") == 1 and not any(map(str.isdigit, word))


def _dates(typed: Sequence[tuple[str, frozenset[str]]], raw: Sequence[str], at: int, language: str) -> Iterator[Found]:
    """Find a day of the month beside the name of a month, however the two are ordered."""
    if not any(one in _months(language) or _is_month(one, language) for one in typed[at][1]):
        return
    for beside in (at - 1, at + 1, at - 2):  # "3 May", "May 3", "3 de maio"
        if 0 <= beside < len(typed) and _DAY.fullmatch(typed[beside][0]):
            first, last = sorted((at, beside))
            yield Found(Private.DATE, " ".join(raw[first : last + 1]))
            return


def _is_month(word: str, language: str) -> bool:
    return any(len(month) > _LONG and word.startswith(month) for month in _months(language))
