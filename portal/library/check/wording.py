"""Words that wound, words that must stand, and numbers that would be turned round in right-to-left text."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from portal.languages import ENGLISH, language
from portal.library.article import EASY
from portal.library.check.books import Books, Finding, Text
from portal.library.markdown import isolate

_NOT_WORDS = re.compile(r"\{#[\w-]+\}|\]\([^)]*\)")
_SHOUTED = re.compile(r"\w!")
_FOREIGN_DIGITS = re.compile(r"[٠-٩۰-۹০-৯੦-੯૦-૯]")
_ISOLATED = re.compile(r"<bdi[^>]*>[^<]*</bdi>")
_LOOSE = re.compile(r"\(?\+?\d[\d\s().\-/‐–]{3,}\d|\b[A-Z]{1,4}-?\d{2,}[A-Z0-9-]*")


@cache
def banned(path: Path) -> list[tuple[str, list[str]]]:
    """Return a language's words that must not appear, each with the harmless phrases in which it may stand."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    split = [line.partition("|") for line in lines if line.strip() and not line.startswith("#")]
    return [(word.strip(), [one.strip() for one in harmless.split(",") if one.strip()]) for word, _, harmless in split]


def wounding(text: str, code: str, folder: Path) -> list[str]:
    """Return the words of a text that must not appear in its language; English ones count only whole."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    path, found = folder / code / "banned.txt", []
    if _any_of(path, code).search(plain) is None:  # nearly always, and much faster than word by word
        return []
    for word, harmless in banned(path):
        rest = plain
        for phrase in harmless:
            rest = rest.replace(phrase, " ")
        if re.search(_as_pattern(word, code), rest):
            found.append(word)
    return found


@cache
def _any_of(path: Path, code: str) -> re.Pattern[str]:
    return re.compile("|".join(_as_pattern(word, code) for word, _ in banned(path)) or r"(?!)")


def _as_pattern(word: str, code: str) -> str:
    inside = re.escape(word.casefold())
    return rf"(?<!\w){inside}(?!\w)" if code == ENGLISH else inside


def kind_words(text: Text, books: Books) -> Iterator[Finding]:
    """Find words that wound, and sentences that shout."""
    advice = "docs/writing.md says what to write instead."
    head = text.head_lines
    for at, line in enumerate(text.raw.splitlines(), 1):
        said = _NOT_WORDS.sub("", line)
        if at <= head and not line.startswith(("title:", "summary:")):
            continue
        for word in wounding(said, text.key.language, books.folder):
            yield Finding(text.key.path, at, f"{word!r} must not stand before a family.", advice)
        if _SHOUTED.search(said):
            yield Finding(text.key.path, at, "An exclamation mark.", "Nothing here is shouted: end with a full stop.")


def numbers(text: Text, books: Books) -> Iterator[Finding]:
    """Find digits that cannot be dialled, and numbers or codes that would not keep their order from right to left."""
    for found in _FOREIGN_DIGITS.finditer(text.source.body):
        yield text.finding(found.start(), f"The digit {found[0]!r}.", "Write 0 to 9: telephones have these.")
    if language(text.key.language).direction != "rtl":
        return
    at = 0
    for line in text.source.body.splitlines(keepends=True):
        words = re.sub(r"\]\([^)]*\)", "]", re.sub(r"\{[^}]*\}", "", line)).replace("*", "")
        for found in _LOOSE.finditer(words):
            if _ISOLATED.fullmatch(isolate(found[0].strip())):
                continue
            advice = "Write a number with single spaces and no brackets, as on the English page."
            yield text.finding(at, f"{found[0].strip()!r} would be turned round from right to left.", advice)
        at += len(line)


def must_stand(text: Text, books: Books) -> Iterator[Finding]:
    """Find what has to stand on a page in every language, and does not."""
    path = books.folder / "must-have.toml"
    wanted = tomllib.loads(path.read_text(encoding="utf-8"))["pages"] if path.exists() else {}
    for piece in [] if text.key.panel else wanted.get(text.key.page.removeprefix(EASY), []):
        if piece not in text.source.body:
            advice = "It must stand on this page in every language (content/must-have.toml)."
            yield text.finding(0, f"{piece!r} is missing.", advice)
