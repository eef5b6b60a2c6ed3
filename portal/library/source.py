"""One file of content: its front matter, its markdown, and the sections into which its headings divide it."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import frontmatter

from portal.languages import ENGLISH
from portal.library.shape import look_at

PICTURE = "{process_picture}"
TOP = "top"  # the title, the summary, and what stands before the first heading
_PLACE = re.compile(r"\{(\w+)\}")
_HEADING = re.compile(r"^## .*\{#([a-z][a-z0-9-]*)\}[ \t]*$", re.MULTILINE)


class Key(NamedTuple):
    """Which text: a panel's own or, with an empty panel, that of all; its language; its page (``easy/...`` too)."""

    panel: str
    language: str
    page: str

    @property
    def english(self) -> "Key":
        """The English of the same text."""
        return self._replace(language=ENGLISH)

    @property
    def path(self) -> str:
        """Where its file stands in the content folder."""
        return (
            f"panels/{self.panel}/{self.language}/{self.page}.md" if self.panel else f"{self.language}/{self.page}.md"
        )


@dataclass(frozen=True)
class Section:
    """A part of a page that can change by itself: what stands under one heading, or the top of the page."""

    id: str
    text: str

    @property
    def hash(self) -> str:
        """What stands for exactly this text: twelve signs of its hash."""
        return hashlib.sha256(self.text.strip().encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Source:
    """A page in one language, as it is written."""

    meta: dict[str, Any]
    body: str

    @classmethod
    def parse(cls, text: str) -> "Source":
        """Read a file's text. Raises ValueError when its front matter cannot be read, or says what it must not."""
        try:
            post = frontmatter.loads(text)
        except Exception as problem:  # every YAML library's own kinds
            raise ValueError(f"The lines at the top cannot be read: {problem}") from None
        look_at(post.metadata)
        return cls(dict(post.metadata), post.content)

    def dump(self) -> str:
        """Return the file's text, from which the same is read again."""
        post = frontmatter.Post(self.body, None, **self.meta)
        return str(frontmatter.dumps(post, sort_keys=False, allow_unicode=True, width=10_000)) + "\n"

    def saying(self, **meta: Any) -> "Source":
        """Return the same text with other front matter; a key whose value is None goes."""
        both = {**self.meta, **meta}
        return replace(self, meta={key: value for key, value in both.items() if value is not None})

    @property
    def title(self) -> str:
        """The title, with places for a panel's words."""
        return str(self.meta.get("title") or "")

    @property
    def summary(self) -> str:
        """The summary, with places for a panel's words."""
        return str(self.meta.get("summary") or "")

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The top and every section under a heading of its own, in their order."""
        heads = list(_HEADING.finditer(self.body))
        starts = [head.start() for head in heads]
        ends = [*starts, len(self.body)][1:]
        top = self.body[: starts[0]] if starts else self.body
        found = {TOP: Section(TOP, "\n".join((self.title.strip(), self.summary.strip(), top.strip())))}
        for head, start, end in zip(heads, starts, ends, strict=True):
            found[head[1]] = Section(head[1], self.body[start:end].strip())
        return found

    @property
    def lead(self) -> str:
        """The markdown that stands before the first heading."""
        head = _HEADING.search(self.body)
        return self.body[: head.start()].strip() if head else self.body.strip()

    @property
    def hashes(self) -> dict[str, str]:
        """The hash of each section, by its id."""
        return {section.id: section.hash for section in self.sections.values()}

    @cached_property
    def places(self) -> set[str]:
        """The names of the words that a panel's own stand for."""
        text = "\n".join((self.title, self.summary, self.body.replace(PICTURE, "")))
        return set(_PLACE.findall(text))


class Texts(Mapping[Key, Source]):
    """Every page of a content folder: held as it was read, and understood when somebody asks for it.

    A portal with eleven languages has many hundred pages. Understanding them all at the start would make each new
    language cost everybody time and memory; holding their bytes costs neither, and a file that changes while the portal
    runs changes nothing before the next start. Raises ValueError when a page that is asked for cannot be read; with
    ``told``, which is called with its key, it is as if that page were not there.
    """

    def __init__(self, folder: Path, told: Callable[[Key], None] | None = None) -> None:
        self._raw = {key_of(path.relative_to(folder)): path.read_bytes() for path in content_files(folder)}
        self._understood = lru_cache(maxsize=256)(self._understand)
        self._told, self._left_out = told, set[Key]()

    def __getitem__(self, key: Key) -> Source:
        if key not in self:
            raise KeyError(key)
        try:
            return self._understood(key)
        except ValueError:
            if self._told is None:
                raise
        self._left_out.add(key)
        self._told(key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[Key]:
        return iter([key for key in self._raw if key not in self._left_out])

    def __len__(self) -> int:
        return len(self._raw) - len(self._left_out)

    def __contains__(self, key: object) -> bool:
        return key in self._raw and key not in self._left_out

    def _understand(self, key: Key) -> Source:
        return Source.parse(self._raw[key].decode())


class LaidOver(Mapping[Key, Source]):
    """Texts with others over them; None over a text takes it away."""

    def __init__(self, under: Mapping[Key, Source], over: Mapping[Key, Source | None]) -> None:
        self._under, self._over = under, dict(over)
        self._keys = [key for key in {**dict.fromkeys(under), **self._over} if self._over.get(key, True) is not None]

    def __getitem__(self, key: Key) -> Source:
        if key not in self._over:
            return self._under[key]
        if (found := self._over[key]) is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def content_files(folder: Path) -> list[Path]:
    """Return the files of all pages: those of all, in easy read, and those of each panel."""
    return sorted([*folder.glob("*/*.md"), *folder.glob("*/easy/*.md"), *folder.glob("panels/*/*/*.md")])


def key_of(path: Path) -> Key:
    """Return which text a file of the content folder holds."""
    parts = path.with_suffix("").parts
    return Key(parts[1], parts[2], parts[3]) if parts[0] == "panels" else Key("", parts[0], "/".join(parts[1:]))
