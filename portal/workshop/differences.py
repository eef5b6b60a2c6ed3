"""What differs between two texts, word by word: what went, what came, and what stayed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.library.source import Source

_WORDS = re.compile(r"\s+|\w+|[^\w\s]+")
_LINES = re.compile(r"[^\n]+\n?|\n")
_MOST_PAIRS = 2_000_000  # about a second; beyond it a text is compared by lines, and beyond that whole
_AROUND = 12  # words that stay before and after a change, where a long text is shortened


@dataclass(frozen=True)
class Piece:
    """A stretch of words: ``same``, ``gone`` or ``new``; ``cut`` stands for words that are left out."""

    kind: str
    words: str


@dataclass(frozen=True)
class SectionDifference:
    """One section of two texts; one that stands in one of them alone is whole ``gone`` or ``new``."""

    id: str
    pieces: Sequence[Piece]


def between(before: str, after: str) -> list[Piece]:
    """Return what differs between two texts, word by word."""
    old, new = [before.strip()], [after.strip()]
    for pattern in (_WORDS, _LINES):
        parts = pattern.findall(old[0]), pattern.findall(new[0])
        if _pairs(*parts) < _MOST_PAIRS:
            old, new = parts
            break
    found: list[Piece] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            found.append(Piece("new", "".join(new[c:d])))
    return _joined(found)


def _pairs(old: list[str], new: list[str]) -> int:
    """Return how often a piece of one text is the same as one of the other: so much comparing costs."""
    there = Counter(new)
    return sum(count * there[piece] for piece, count in Counter(old).items())


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Bring changes together between which nothing but a space stayed, so that they are read as one."""
    found: list[Piece] = []
    gone, new = "", ""
    for at, piece in enumerate(pieces):
        bridge = piece.kind == "same" and not piece.words.strip() and 0 < at < len(pieces) - 1 and (gone or new)
        if piece.kind == "gone" or bridge:
            gone += piece.words
        if piece.kind == "new" or bridge:
            new += piece.words
        if piece.kind == "same" and not bridge:
            found += _told(gone, new)
            gone, new = "", ""
            found.append(piece)
    return found + _told(gone, new)


def _told(gone: str, new: str) -> list[Piece]:
    return [Piece(kind, words) for kind, words in (("gone", gone), ("new", new)) if words]


def by_section(before: Source, after: Source) -> list[SectionDifference]:
    """Return the sections that differ between two texts, in the order of the new one; those that went come last."""
    old, new = before.sections, after.sections
    found = []
    for section in [*new, *(one for one in old if one not in new)]:
        was = old[section].text if section in old else ""
        now = new[section].text if section in new else ""
        if was.strip() != now.strip():
            found.append(SectionDifference(section, shortened(between(was, now))))
    return found


def shortened(pieces: Sequence[Piece], around: int = _AROUND) -> list[Piece]:
    """Leave out the middle of long stretches that stayed the same."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        words = _WORDS.findall(piece.words)
        first, last = at == 0, at == len(pieces) - 1
        most = around * 2 * (1 if first or last else 2)
        if piece.kind != "same" or len(words) <= most + 4:
            found.append(piece)
            continue
        if not first:
            found.append(Piece("same", "".join(words[: around * 2])))
        found.append(Piece("cut", ""))
        if not last:
            found.append(Piece("same", "".join(words[-around * 2 :])))
    return found
