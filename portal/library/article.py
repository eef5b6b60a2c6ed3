"""Articles: the pages that explain, one English source and its translations, as a reader meets them.

Every section of a translation names the English it was made from by its hash. Where it does not say what the English
says any more, or there is none, the English stands and is said to be English; when no professional has checked a text
yet, that is said too. What was published in the workshop stands over the files.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from pathlib import Path

import structlog
from markupsafe import Markup

from portal.languages import ENGLISH
from portal.library.glossary import PAGE as WORDS
from portal.library.glossary import Glossary, Terms
from portal.library.markdown import render_markdown
from portal.library.panels import Panel, Panels
from portal.library.source import PICTURE, TOP, Key, LaidOver, Source, Texts
from portal.library.standing import Standing, is_a_machines_draft, standings

log = structlog.get_logger("portal")

FIRST = "first"  # the group of the pages that most people need
EASY = "easy/"  # before the name of a page in easy read
_LINKED = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_NUMBERED = re.compile(r"^## \d+\. ")
_STEPPED_BACK = frozenset({Standing.UNSAFE, Standing.MISSING})


class Freshness(Enum):
    """How a page stands in a language."""

    CURRENT = "current"
    OLDER = "older than the English"
    MISSING = "not translated yet"


@dataclass(frozen=True)
class Part:
    """A piece of an article in one language. ``closed`` opens only when the reader wants to read it."""

    html: str
    language: str
    standing: Standing = Standing.CURRENT
    closed: str = ""
    english: str = ""
    picture: bool = False


@dataclass(frozen=True)
class Article:
    """One page as a reader meets it. ``language`` is that of its title; ``in_english``: that of all of it.

    ``only_a_draft`` says that a machine translated it, and nobody has checked that yet.
    """

    page: str
    title: str
    summary: str
    language: str
    freshness: Freshness
    in_english: bool
    only_a_draft: bool
    checked_by: str
    review_by: date | None
    render: Callable[[], tuple[Part, ...]] = field(repr=False)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The text as HTML, piece by piece. Made when asked for: lists need it not."""
        return self.render()


@dataclass(frozen=True)
class _Moment:
    """Every text as it stands at one moment, and what was found out about it; what is published makes another."""

    books: Mapping[Key, Source]
    revision: str = ""
    standings: dict[Key, dict[str, Standing]] = field(default_factory=dict)

    @cached_property
    def pages(self) -> list[str]:
        """The names of the pages, in their reading order."""
        english = [key for key in self.books if (key.panel, key.language) == ("", ENGLISH)]
        known = {key.page: self.books.get(key) for key in english if not key.page.startswith(EASY)}
        ordered = {page: int(one.meta["order"]) for page, one in known.items() if one and "order" in one.meta}
        return sorted(ordered, key=lambda page: (ordered[page], page))


class Library:
    """Every article in every language: files in the content folder, and over them what the workshop has published."""

    def __init__(self, folder: Path, offered: tuple[str, ...], panels: Panels) -> None:
        self.offered = offered
        self._panels = panels
        self._terms = Terms.read(folder)
        self.files: Mapping[Key, Source] = Texts(folder, _left_out)
        self._now = _Moment(self.files)

    def lay_over(self, published: Mapping[Key, Source | None]) -> None:
        """Let published texts stand over the files, all in one step; None takes a text away. Nothing of it is kept."""
        text = "".join(f"{key}{one.dump() if one else ''}" for key, one in sorted(published.items()))
        revision = hashlib.sha256(text.encode()).hexdigest()[:12] if published else ""
        self._now = _Moment(LaidOver(self.files, published), revision)

    @property
    def revision(self) -> str:
        """What is another one whenever something else was published; empty while the files stand alone."""
        return self._now.revision

    def as_it_stands(self) -> "Library":
        """Return a library that stays as this one is now, whatever is published while somebody goes through it."""
        return copy(self)

    def trying(self, key: Key, source: Source) -> "Library":
        """Return a library that differs from this one in one text, to look at it before readers do."""
        other = copy(self)
        other._now = _Moment(LaidOver(self._now.books, {key: source}))
        return other

    @property
    def pages(self) -> list[str]:
        """The names of the pages, in their reading order."""
        return self._now.pages

    def group(self, page: str) -> str:
        """Return the group in which a page stands on a front page."""
        return str(self._now.books[Key("", ENGLISH, page)].meta.get("group", FIRST))

    def source(self, key: Key) -> Source | None:
        """Return a text as it is written, if there is one."""
        return self._now.books.get(key)

    def standing(self, key: Key) -> dict[str, Standing]:
        """Say how each section of a text stands in its language; all are missing where it cannot be shown."""
        now = self._now
        known, books = now.standings, now.books
        if key not in known:
            english, own = books[key.english], books.get(key)
            panel = self._panels.named(key.panel)
            if (
                own is None
                or own.meta.get("withdrawn")
                or not own.places <= self._panels.own_words(panel, key.language).keys()
            ):
                known[key] = dict.fromkeys(english.sections, Standing.MISSING)
            elif key.language == ENGLISH:
                known[key] = dict.fromkeys(english.sections, Standing.CURRENT)
            else:
                known[key] = standings(english, own, key.language)
        return known[key]

    def freshness(self, page: str, language: str) -> Freshness:
        """Say how a page stands in a language."""
        found = set(self.standing(Key("", language, page)).values())
        if found == {Standing.MISSING}:
            return Freshness.MISSING
        return Freshness.CURRENT if found == {Standing.CURRENT} else Freshness.OLDER

    def language_of(self, page: str, language: str) -> str:
        """Return the language in which a page's title and summary are shown to readers of a language."""
        return ENGLISH if self.standing(Key("", language, page))[TOP] in _STEPPED_BACK else language

    def opening(self, panel: Panel | None, language: str) -> tuple[Markup, str]:
        """Return the words that open a front page, and the language that they are in: they are short, and one whole."""
        key = Key(panel.slug if panel else "", language, "opening")
        still = self.as_it_stands()
        used = language if set(still.standing(key).values()) == {Standing.CURRENT} else ENGLISH
        return self._render(still._now.books[key._replace(language=used)].body, panel, used, language), used

    def title(self, page: str, language: str, panel: Panel | None) -> str:
        """Return a page's title in a language; English where there is no other."""
        still = self.as_it_stands()
        used = still.language_of(page, language)
        return self._panels.filled(still._now.books[Key("", used, page)].title, panel, used)

    def article(self, page: str, language: str, panel: Panel | None) -> Article:
        """Return a page as one reader meets it."""
        still = self.as_it_stands()
        used, books = still.language_of(page, language), still._now.books
        source, english = books[Key("", used, page)], books[Key("", ENGLISH, page)]
        own = books.get(Key("", language, page), english)
        return Article(
            page,
            self._panels.filled(source.title, panel, used),
            self._panels.filled(source.summary, panel, used),
            used,
            still.freshness(page, language),
            set(still.standing(Key("", language, page)).values()) <= _STEPPED_BACK,
            is_a_machines_draft(own.meta),
            str(own.meta.get("checked_by") or ""),
            english.meta.get("review_by"),
            lambda: tuple(still._parts(page, language, panel)),
        )

    def on_paper(self, page: str, section: str, language: str, panel: Panel | None) -> Part:
        """Return one section of a page by itself, for a letter: without its number, and without links."""
        still = self.as_it_stands()
        state = still.standing(Key("", language, page))[section]
        code = ENGLISH if state in _STEPPED_BACK else language
        text = _LINKED.sub(r"\1", _text(still._now.books[Key("", code, page)], section))
        return Part(still._render(_NUMBERED.sub("## ", text), panel, code, language), code, state)

    def _parts(self, page: str, reader: str, panel: Panel | None) -> Iterator[Part]:
        english = self._now.books[Key("", ENGLISH, page)]
        own = self._now.books.get(Key("", reader, page), english)
        standing = self.standing(Key("", reader, page))
        hard = english.meta.get("hard") or []
        words = {code: self._words_of(page, code, reader, panel) for code in {reader, ENGLISH}}
        whole = set(standing.values()) <= _STEPPED_BACK  # then one note above the page says it for all
        plain = ""
        for section, state in standing.items():
            shown, code = (english, ENGLISH) if state in _STEPPED_BACK else (own, reader)
            text, closed = _text(shown, section), ""
            if section not in hard and (whole or state is Standing.CURRENT):
                plain += f"\n\n{text}"
                continue
            yield from self._plain(plain, panel, ENGLISH if whole else reader, reader, words)
            plain = ""
            if section in hard:
                text, closed = _at_the_note(text)
            yield Part(
                self._render(text, panel, code, reader, words[code]),
                code,
                Standing.CURRENT if whole else state,
                self._render(closed, panel, code, reader, words[code]),
                self._render(_without_headings(_text(english, section)), panel, ENGLISH, reader)
                if state is Standing.OLDER
                else "",
            )
        yield from self._plain(plain, panel, ENGLISH if whole else reader, reader, words)

    def _words_of(self, page: str, code: str, reader: str, panel: Panel | None) -> Glossary:
        return self._terms.on(page, code, self._panels.address(reader, panel, WORDS))

    def _plain(
        self, text: str, panel: Panel | None, code: str, reader: str, words: dict[str, Glossary]
    ) -> Iterator[Part]:
        for at, piece in enumerate(text.split(PICTURE)):
            if at:
                yield Part("", code, picture=True)
            if piece.strip():
                yield Part(self._render(piece, panel, code, reader, words[code]), code)

    def _render(self, text: str, panel: Panel | None, used: str, reader: str, words: Glossary | None = None) -> Markup:
        filled = self._panels.filled(text, panel, used)
        return render_markdown(filled, lambda page: self._panels.address(reader, panel, page), words)


def _left_out(key: Key) -> None:
    log.error("a page cannot be read, so readers go without it or get the English", page=key.path)


def _text(source: Source, section: str) -> str:
    return source.lead if section == TOP else source.sections[section].text


def _at_the_note(text: str) -> tuple[str, str]:
    """Divide a hard section after its heading and the note that says what is coming."""
    heading, _, rest = text.partition("\n")
    note, _, closed = rest.strip().partition("\n\n")
    return f"{heading}\n\n{note}", closed


def _without_headings(text: str) -> str:
    """Return a section's words alone: its heading stands on the page already, with its id."""
    lines = text.split("\n")
    return "\n".join(line for line in lines if not line.startswith("#"))
