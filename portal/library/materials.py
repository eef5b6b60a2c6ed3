"""What professionals may take with them: how to notify, words to offer, a letter for each stage, a note for themselves.

Each is a page of its own in content/<language>/professionals/. English is the source; a translation is shown when every
section of it was made from the English of today, and the English stands, marked as English, until then.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.languages import ENGLISH
from portal.library.source import Source
from portal.library.standing import Standing, standings

OF_ALL = "of-all"  # the text of the page for professionals itself; the others are listed on it
FOLDER = "professionals"
LETTER = "letter-"  # before the name of a letter


@dataclass(frozen=True)
class Material:
    """One text for professionals in one language."""

    name: str
    source: Source
    language: str


@dataclass(frozen=True)
class Materials:
    """All texts for professionals, in every language that has them."""

    sources: dict[tuple[str, str], Source]

    @property
    def names(self) -> list[str]:
        """The names of the texts that are pages of their own, in their order."""
        found = {name: source for (code, name), source in self.sources.items() if code == ENGLISH and name != OF_ALL}
        return sorted(found, key=lambda name: (int(found[name].meta["order"]), name))

    def material(self, name: str, language: str) -> Material:
        """Return a text in a language, or in English where it has none that says what the English says."""
        english, own = self.sources[ENGLISH, name], self.sources.get((language, name))
        if own is None or language == ENGLISH or set(standings(english, own, language).values()) != {Standing.CURRENT}:
            return Material(name, english, ENGLISH)
        return Material(name, own, language)


@cache
def read_materials(folder: Path) -> Materials:
    """Read the texts for professionals from a content folder."""
    paths = sorted(folder.glob(f"*/{FOLDER}/*.md"))
    return Materials({(path.parts[-3], path.stem): Source.parse(path.read_text(encoding="utf-8")) for path in paths})
