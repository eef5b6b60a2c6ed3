"""A picture that a telephone's camera reads as an address: its squares, for a template to draw."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4  # squares of paper round about, without which cameras do not find it


@dataclass(frozen=True)
class Scan:
    """The squares as one path of strokes, one wide, on a ground of ``size`` by ``size``."""

    size: int
    path: str


def scan(address: str) -> Scan:
    """Return the picture of an address; on clean paper the least correction reads well, and its squares are fewer."""
    rows = [[bool(square) for square in row] for row in segno.make(address, error="l", micro=False).matrix]
    # From the end of each row back to the beginning of the next: written so, the rows press well.
    lines = [f"{_strokes(row)}m-{len(rows)} 1" for row in rows]
    return Scan(len(rows) + 2 * QUIET, f"M{QUIET} {QUIET}.5{''.join(lines)}")


def _strokes(row: list[bool]) -> str:
    """Return a row of squares: so many black ones drawn, so many white ones passed over."""
    runs = [(black, len(list(squares))) for black, squares in groupby(row)]
    return "".join(f"h{length}" if black else f"m{length} 0" for black, length in runs)
