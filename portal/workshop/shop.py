"""What is looked at before a text may reach readers: the texts of today, and the checks of the content."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.languages import ENGLISH
from portal.library.article import Library
from portal.library.check import problems
from portal.library.check.books import Books, Finding, Text
from portal.library.source import Key, Source

_ANCHOR = re.compile(r"^##.*\{#([a-z][a-z0-9-]*)\}[ \t]*$", re.MULTILINE)  # smaller headings are led to as well


@dataclass(frozen=True)
class Shop:
    """The library as readers have it, and the folder whose tables of words the checks look into."""

    library: Library
    folder: Path

    def problems(self, key: Key, source: Source) -> list[Finding]:
        """Return what is wrong with a text, as if readers had it now; a line is counted in the words, from 1."""
        near = self._texts(frozenset({key.language, ENGLISH}))
        books = Books(self.folder, {one: Text(one, "", text) for one, text in near.items()})
        raw = source.dump()
        found = problems(key, raw, books)
        before = Text(key, raw, source).head_lines
        inside = [Finding(one.path, max(one.line - before, 0), one.what, one.advice) for one in found]
        return [*inside, *self._lost_links(key, source)]

    def _texts(self, languages: Collection[str]) -> dict[Key, Source]:
        known = {one: self.library.source(one) for one in self.library.files if one.language in languages}
        return {one: text for one, text in known.items() if text is not None}

    def _lost_links(self, key: Key, source: Source) -> Sequence[Finding]:
        """Return links of other pages that would lead nowhere, because the English has lost the section."""
        live = self.library.source(key)
        if key.language != ENGLISH or key.panel or live is None:
            return []
        gone = [anchor for anchor in _ANCHOR.findall(live.body) if anchor not in _ANCHOR.findall(source.body)]
        found = []
        others = self._texts(self.library.offered) if gone else {}
        for anchor in gone:
            target = f"page:{key.page}#{anchor})"
            using = sorted(one.path for one, text in others.items() if one != key and target in text.body)
            if using:
                what = f"The section {anchor!r} is gone, and {len(using)} other texts lead to it: {using[0]}."
                found.append(Finding(key.path, 0, what, "Keep its heading, or change those links first."))
        return found
