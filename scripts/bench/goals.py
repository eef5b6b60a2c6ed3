"""The goals of docs/performance.md that the bench can see, each with its line, and the table in which they stand."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


@dataclass(frozen=True)
class Row:
    """One line of the table. `at_most` says on which side of `line` is good."""

    goal: str
    what: str
    measured: float
    line: float
    at_most: bool
    unit: str = "x"
    note: str = ""

    @property
    def is_met(self) -> bool:
        return self.measured <= self.line if self.at_most else self.measured >= self.line

    def cells(self) -> tuple[str, ...]:
        sign = "≤" if self.at_most else "≥"
        if math.isnan(self.measured):
            said = "not measured"
        elif self.is_met:
            said = "met"
        else:
            said = f"missed by {abs(self.measured - self.line) / self.line:.0%}" if self.line else "missed"
        return (
            self.goal,
            self.what,
            _figure(self.measured, self.unit),
            f"{sign} {_figure(self.line, self.unit)}",
            said + (f" ({self.note})" if self.note else ""),
        )


def _figure(value: float, unit: str) -> str:
    if math.isnan(value):
        return "-"
    if unit in ("bytes", "requests", "lost"):
        return f"{value:,.0f}" + (f" {unit}" if unit == "bytes" else "")
    if unit == "ms":
        return f"{value:.1f} ms"
    return f"{value:,.0f} x" if value >= 100 else f"{value:.2f} x"


def table(rows: Iterable[Row]) -> str:
    """All rows as Markdown."""
    lines = ["| goal | what | measured | line | |", "|---|---|---|---|---|"]
    lines += ["| " + " | ".join(row.cells()) + " |" for row in rows]
    return "\n".join(lines)


def write_into(page: Path, words: str) -> None:
    """Puts the words between the two marks of a page."""
    text = page.read_text(encoding="utf-8")
    fresh = f"{BEGIN}\n{words}\n{END}"
    text, found = re.subn(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: fresh, text, flags=re.DOTALL)
    if found != 1:
        raise SystemExit(f"{page} has no place for the table")
    page.write_text(text, encoding="utf-8")
