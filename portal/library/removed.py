"""What the cleaning takes out of a text, and why, in plain words, for those who write it."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from portal.library.bounds import beyond
from portal.library.markdown import TAGS, allowed, clean, unclean

_MOST = 200  # things that are told; whoever puts these right is told of the others
_LINKS = ("https:", "mailto:", "tel:", "sms:", "page:")
# What markdown itself makes of its own signs, where no tag was typed.
_SIGNS = {
    "img": re.compile(r"!\["),
    "h1": re.compile(r"^#\s", re.MULTILINE),
    "h5": re.compile(r"^#####\s", re.MULTILINE),
    "h6": re.compile(r"^######\s", re.MULTILINE),
    "code": re.compile(r"`|^(?: {4}|\t)\S", re.MULTILINE),
    "pre": re.compile(r"^(?: {4}|\t)\S|^```", re.MULTILINE),
}
_WHY = {
    "img": "Pictures are not shown, so that a page is one small request. Say in words what the picture would say.",
    "h1": "The page has one great heading already, its title. Begin a heading with ## instead.",
    "h5": "Headings go down to ####. A page with more of them is easier to read as two pages.",
    "h6": "Headings go down to ####. A page with more of them is easier to read as two pages.",
    "code": "Text in this form is for programs. Write it as plain words.",
    "pre": "Text in this form is for programs. Begin the line without spaces.",
    "script": "Nothing that runs may stand in a page.",
    "style": "The look of pages comes from one place.",
    "iframe": "Nothing of another site may stand in a page.",
    "form": "Pages hold no fields.",
    "input": "Pages hold no fields.",
}


_CALLED = {
    "img": "a picture",
    "h1": "a heading of the first rank",
    "code": "text as a program",
    "pre": "a block as it is",
}
_PLACE = re.compile(r"\{([a-z_:-]+)\}", re.IGNORECASE)  # a panel's word, or a picture of easy read: filled in before


@dataclass(frozen=True)
class Removed:
    """One thing that readers will not get: the line, from 1, what it was, and why."""

    line: int
    what: str
    why: str


class _Reader(HTMLParser):
    """Goes through HTML and notes each piece, and those that may not stay."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, str]] = []
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its attributes."""
        self.pieces.append(("start", tag))
        if tag not in TAGS:
            self.found.append((tag, f"<{tag}", _what(tag)))
            return
        for name, value in attrs:
            self.pieces.append((name, value or ""))
            if not allowed(tag, name, value or ""):
                self.found.append(("", value or name, f"{name}={value or ''}"))

    def handle_endtag(self, tag: str) -> None:
        """Note where a tag ends."""
        if tag in TAGS:
            self.pieces.append(("end", tag))

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.pieces.append(("words", data))

    def handle_decl(self, decl: str) -> None:
        """Note a declaration, which never stays."""
        self.found.append(("doctype", "<!", f"<!{decl[:20]}"))

    def handle_comment(self, data: str) -> None:
        """Note a comment, which never stays."""
        self.found.append(("comment", "<!--", "a comment"))

    @property
    def links(self) -> list[str]:
        """Every address that a link leads to and that may stay."""
        refused = set(self.found)
        return [value for name, value in self.pieces if name == "href" and ("", value, f"href={value}") not in refused]

    @property
    def words(self) -> str:
        """Every word, without the spaces between."""
        return "".join("".join(data.split()) for kind, data in self.pieces if kind == "words")


def removed(text: str) -> list[Removed]:
    """Return what the cleaning takes out of a text, line by line; nothing where readers get all of it."""
    if far := beyond(text):
        return [Removed(far.line, far.what, far.advice)]
    html = unclean(_PLACE.sub(r"\1", text), lambda page: f"/en/{page}")
    before, after = _read(html), _read(clean(html))
    kept = set(after.links)
    lost = [("", href, f"href={href}") for href in before.links if href not in kept]
    found: list[Removed] = []
    met: Counter[tuple[str, str]] = Counter()
    of_a_kind: dict[tuple[str, str], list[int]] = {}
    for tag, hint, what in [*before.found, *lost][:_MOST]:
        if (tag, hint) not in of_a_kind:
            of_a_kind[tag, hint] = _lines_of(text, tag, hint)
        lines = of_a_kind[tag, hint]
        line = lines[min(met[tag, hint], len(lines) - 1)] if lines else 1
        met[tag, hint] += 1
        found.append(Removed(line, what, _why(tag, what)))
    if not found and before.words != after.words:
        found.append(Removed(1, "signs like < and > that do not belong together", "Write such signs in words."))
    return sorted(dict.fromkeys(found), key=lambda one: one.line)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _what(tag: str) -> str:
    return _CALLED.get(tag, f"<{tag}>")


def _why(tag: str, what: str) -> str:
    if tag == "comment":
        return "Readers never see it. A remark for colleagues goes into the note of this version."
    if tag:
        return _WHY.get(tag, "Only markdown stands in a page: paragraphs, headings, lists, tables and links.")
    if what.startswith("href="):
        return f"A link begins with {', '.join(_LINKS[:-1])} or {_LINKS[-1]} and holds no space."
    if what.startswith("id="):
        return "The id of a heading is small letters, digits and hyphens, and begins with a letter."
    return "Looks, names and handlers of single pieces are not kept: every page looks alike, and nothing in it runs."


def _lines_of(text: str, tag: str, hint: str) -> list[int]:
    """Return the lines on which such a thing was typed, as a tag or by a sign of markdown, in their order."""
    typed = [found.start() for found in re.finditer(re.escape(hint), text, re.IGNORECASE)]
    drawn = [found.start() for found in _SIGNS[tag].finditer(text)] if tag in _SIGNS else []
    ends = [found.start() for found in re.finditer("\n", text)]
    return [bisect_left(ends, place) + 1 for place in sorted(typed + drawn)]
