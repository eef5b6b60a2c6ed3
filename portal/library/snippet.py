"""The few words around what was found: plain text in pieces, what was looked for marked, numbers kept in order."""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from portal.library.folding import terms
from portal.library.markdown import runs

BEFORE, LONG = 8, 30  # words

# What stands between words and round them. To the machine an Indic vowel sign is no letter, so "no letter" will not do.
_BETWEEN = re.compile(r"((?:[\s.,;:!?()\[\]{}\"“”„«»‹›…۔،؛؟।॥–—]|(?<=\s)['‘’])+)")
_MARKDOWN = (
    (re.compile(r"\{#[\w-]+\}|\{process_picture\}"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s*\|[-|: ]+\|\s*$", re.MULTILINE), ""),
    (re.compile(r"\s*\|\s*"), " "),
    (re.compile(r"^\s*(?:#+|[-*>:]|\d+\.)\s+", re.MULTILINE), ""),
    (re.compile(r"\*+"), ""),
)


@dataclass(frozen=True)
class Piece:
    """Words of a snippet: whether they were looked for, and whether they must be read from left to right."""

    text: str
    marked: bool = False
    ltr: bool = False


def plain(markdown: str) -> str:
    """Return markdown as plain text in one line."""
    for pattern, instead in _MARKDOWN:
        markdown = pattern.sub(instead, markdown)
    return " ".join(markdown.split())


def snippet(text: str, wanted: Set[str]) -> tuple[Piece, ...]:
    """Return the words around the first of those that were looked for, or the first words of the text."""
    pieces = [piece for run, ltr in runs(text) for piece in ([run] if ltr else _BETWEEN.split(run)) if piece]
    ordered = {run for run, ltr in runs(text) if ltr}
    shown = [Piece(one, not wanted.isdisjoint(_found_by(one)), one in ordered) for one in pieces]
    said = [place for place, piece in enumerate(shown) if _found_by(piece.text)]
    first = next((count for count, place in enumerate(said) if shown[place].marked), 0)
    start = max(0, first - BEFORE) if first > LONG - BEFORE else 0
    until = start + LONG
    if not said:
        return ()
    begin = said[start] if start else 0
    cut = shown[begin : said[until - 1] + 1] if until < len(said) else shown[begin:]
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if until < len(said) else ()
    return (*before, *_together(cut), *after)


@lru_cache(maxsize=10_000)  # a language says most of its words again and again, and folding takes longest
def _found_by(piece: str) -> tuple[str, ...]:
    """Return everything by which a word of ours is found; a number also by all its digits together."""
    found = terms(piece)
    digits = "".join(found)
    return (*found, digits) if digits.isdigit() else tuple(found)


def _together(pieces: list[Piece]) -> list[Piece]:
    """Join what stands side by side and is of one kind."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and not piece.ltr and not joined[-1].ltr and piece.marked == joined[-1].marked:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.marked)
        else:
            joined.append(piece)
    return joined
