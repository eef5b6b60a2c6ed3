"""What the checks look at: every text as it is written, and the words that stand in braces."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.languages import ENGLISH
from portal.library.shape import Misshapen
from portal.library.source import Key, Source, content_files, key_of


@dataclass(frozen=True)
class Finding:
    """One fault: the file and line where it stands, what it is, and what to do about it, in plain words."""

    path: str
    line: int
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} {self.advice}"


@dataclass(frozen=True)
class Text:
    """One page as it stands in its file."""

    key: Key
    raw: str
    source: Source

    @property
    def head_lines(self) -> int:
        """How many lines stand before the words themselves."""
        at = self.raw.find(self.source.body) if self.source.body else len(self.raw)
        return self.raw[: max(at, 0)].count("\n")

    def finding(self, at: int, what: str, advice: str) -> Finding:
        """Return a fault at a place in the words."""
        line = self.head_lines + self.source.body[:at].count("\n") + 1
        return Finding(self.key.path, line, what, advice)

    def of_the_top(self, name: str, what: str, advice: str) -> Finding:
        """Return a fault in the front matter, at the line that names something."""
        lines = self.raw.splitlines()
        line = next((at for at, one in enumerate(lines, 1) if one.strip().startswith(f"{name}:")), 1)
        return Finding(self.key.path, line, what, advice)


@dataclass
class Books:
    """All texts of a content folder."""

    folder: Path
    texts: dict[Key, Text] = field(default_factory=dict)
    unreadable: list[Finding] = field(default_factory=list)
    _tables: dict[Path, dict[str, Any]] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, folder: Path) -> "Books":
        """Read a content folder; what cannot be read is kept as a fault."""
        books = cls(folder)
        for path in content_files(folder):
            books.put(key_of(path.relative_to(folder)), path.read_text(encoding="utf-8"))
        return books

    def put(self, key: Key, raw: str) -> Text | None:
        """Take in a text in place of what stands there; None when it cannot be read."""
        try:
            self.texts[key] = text = Text(key, raw, Source.parse(raw))
        except Misshapen as problem:
            lines = raw.splitlines()
            line = next((at for at, one in enumerate(lines, 1) if one.startswith(f"{problem.name}:")), 1)
            what = f"What stands behind {problem.name} cannot be used."
            self.unreadable.append(Finding(key.path, line, what, problem.advice))
            return None
        except ValueError as problem:
            found = re.search(r"line (\d+)", str(problem))
            line = int(found[1]) + 1 if found else 1
            advice = "Put what stands behind the colon into quotation marks, and look at the spaces at the start."
            self.unreadable.append(Finding(key.path, line, "The lines at the top cannot be read.", advice))
            return None
        return text

    @property
    def languages(self) -> list[str]:
        """The languages that have words of their own, English first."""
        found = {path.parent.name for path in self.folder.glob("*/words.toml")}
        return [ENGLISH, *sorted(found - {ENGLISH})]

    @property
    def panels(self) -> list[str]:
        """The panels, by their short names."""
        return sorted(path.parent.name for path in self.folder.glob("panels/*/panel.toml"))

    def english(self, text: Text) -> Text | None:
        """Return the English of a text."""
        return self.texts.get(text.key.english)

    def words(self, language: str) -> dict[str, str]:
        """Return the words that stand in braces in a language's pages."""
        return dict(self._table(self.folder / language / "words.toml").get("words", {}))

    def own_words(self, panel: str, language: str) -> dict[str, str]:
        """Return a panel's own words in a language."""
        if language == ENGLISH:
            return dict(self._table(self.folder / "panels" / panel / "panel.toml").get("words", {}).get(ENGLISH, {}))
        return dict(self._table(self.folder / "panels" / panel / language / "words.toml").get("words", {}))

    def _table(self, path: Path) -> dict[str, Any]:
        if path not in self._tables:
            try:
                self._tables[path] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
            except tomllib.TOMLDecodeError:
                self._tables[path] = {}  # the check of these files says so
        return self._tables[path]
