"""The panels: their facts, and the words that each uses, in each language."""

import hashlib
import json
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from portal.languages import ENGLISH, as_english
from portal.library.places import Places
from portal.library.standing import is_a_machines_draft


@dataclass(frozen=True)
class Contact:
    """How to reach a panel's review team; ``demonstration`` says that these are invented."""

    role: str
    phone: str
    email: str
    hours: str
    demonstration: bool
    panel: str

    @property
    def phone_href(self) -> str:
        """The number as a link dials it."""
        return "tel:+44" + "".join(sign for sign in self.phone if sign.isdigit()).removeprefix("0")


# The parts of a panel's facts that families and professionals read; each is translated whole, or stands in English.
PARTS = ("where", "people", "law", "work", "families", "notifying", "links", "reports", "themes", "changes")
# What a fact holds that is the same in every language.
SAME = frozenset({"url", "on", "agreed_on", "made_up"})


@dataclass(frozen=True)
class Part:
    """One part of a panel's facts in one language: English, and it says so, where it is not translated whole."""

    facts: Any
    language: str


@dataclass(frozen=True)
class Panel:
    """One Child Death Overview Panel, as its facts file describes it."""

    slug: str
    facts: dict[str, Any] = field(repr=False)
    translated: dict[str, dict[str, Any]] = field(repr=False)
    contact: Contact

    @property
    def name(self) -> str:
        """The panel's name."""
        return str(self.facts["name"])

    @property
    def checked(self) -> bool:
        """Whether the panel has read its facts and agreed to them."""
        return bool(self.facts.get("checked_on"))

    @property
    def looked_at(self) -> date:
        """The day on which the pages that the facts come from were last looked at."""
        found: date = self.facts["looked_at"]
        return found

    def words(self, language: str) -> dict[str, str]:
        """Return the panel's own words in a language: they stand over the portal's."""
        return dict(self._in(language).get("words", {}))

    def part(self, name: str, language: str) -> Part:
        """Return one part of the facts in a language, or in English where that is not translated whole, or is older."""
        english = self.facts.get(name, [])
        if language == ENGLISH or not english:
            return Part(english, language)
        own = _translated(english, self._text(language).get(name))
        current = self._in(language).get("source", {}).get(name) == hash_of(english)
        return Part(own, language) if current and own is not None else Part(english, ENGLISH)

    def only_a_draft(self, language: str) -> bool:
        """Whether a machine put the facts into a language, and nobody who speaks it has read them yet."""
        own = self.translated.get(language, {})
        return bool(own.get("text")) and is_a_machines_draft(own)

    def contact_in(self, language: str) -> Contact:
        """Return how to reach the review team, the role and the hours in a language where they are translated."""
        own = self._text(language).get("contact", {})
        return replace(
            self.contact,
            role=own.get("role") or as_english(self.contact.role, language),
            hours=own.get("hours") or as_english(self.contact.hours, language),
            panel=self.words(language).get("name") or as_english(self.name, language),
        )

    def _text(self, language: str) -> dict[str, Any]:
        return dict(self._in(language).get("text", {}))

    def _in(self, language: str) -> dict[str, Any]:
        if language == ENGLISH:
            return {"words": self.facts["words"][ENGLISH]}
        return self.translated.get(language, {})


def hash_of(english: Any) -> str:
    """Return what stands for exactly these English facts: twelve signs of the hash of what has to be translated."""
    return hashlib.sha256(json.dumps(_to_translate(english), ensure_ascii=False).encode()).hexdigest()[:12]


def _to_translate(fact: Any) -> Any:
    if isinstance(fact, dict):
        return {key: _to_translate(value) for key, value in fact.items() if key not in SAME}
    return [_to_translate(one) for one in fact] if isinstance(fact, list) else fact


def _translated(english: Any, own: Any) -> Any:
    """Return a fact in another language, with what is the same in all of them; None where something is missing."""
    if isinstance(english, dict) and isinstance(own, dict):
        each = {key: value if key in SAME else _translated(value, own.get(key)) for key, value in english.items()}
        return None if None in each.values() else each
    if isinstance(english, list) and isinstance(own, list) and len(english) == len(own):
        items = [_translated(one, other) for one, other in zip(english, own, strict=True)]
        return None if None in items else items
    if english == "":
        return ""
    return own if isinstance(own, type(english)) and own and not isinstance(english, (dict, list)) else None


class Panels:
    """Every panel that this portal serves, in the order of their names."""

    def __init__(self, folder: Path, served: tuple[str, ...], languages: tuple[str, ...]) -> None:
        self._folder = folder
        self._languages = languages
        found = [_read(folder / "panels" / slug, languages) for slug in served]
        self.all = tuple(sorted(found, key=lambda panel: panel.name))

    def named(self, slug: str) -> Panel | None:
        """Return the panel with a slug."""
        return next((panel for panel in self.all if panel.slug == slug), None)

    @property
    def only(self) -> Panel | None:
        """The panel, where this portal serves one alone and the address need not name it."""
        return self.all[0] if len(self.all) == 1 else None

    def address(self, language: str, panel: Panel | None, page: str = "") -> str:
        """Return the address of a public page; a portal with one panel does not name it."""
        return f"/{language}/" + (f"{panel.slug}/" if panel is not None and self.only is None else "") + page

    def words(self, panel: Panel | None, language: str) -> dict[str, str]:
        """Return the words that change from panel to panel, in a language; marked English where it has none yet."""
        english = {**({"name": panel.name} if panel else {}), **self._defaults[ENGLISH]}
        marked = {key: as_english(word, language) for key, word in english.items()}
        return {**marked, **self.own_words(panel, language)}

    def own_words(self, panel: Panel | None, language: str) -> dict[str, str]:
        """Return only those of these words that a language has itself."""
        return {**self._defaults.get(language, {}), **(panel.words(language) if panel else {})}

    def filled(self, text: str, panel: Panel | None, language: str) -> str:
        """Return a text in a language with the words that change from panel to panel in their places."""
        for name, word in self.words(panel, language).items():
            text = text.replace("{" + name + "}", word)
        return text

    @cached_property
    def places(self) -> Places:
        """The councils and places of which it is known whose panel looks after them."""
        return Places.read(self._folder / "places.toml")

    @cached_property
    def _defaults(self) -> dict[str, dict[str, str]]:
        paths = {code: self._folder / code / "words.toml" for code in self._languages}
        return {code: tomllib.loads(path.read_text())["words"] for code, path in paths.items() if path.exists()}


def _read(folder: Path, languages: tuple[str, ...]) -> Panel:
    facts = tomllib.loads((folder / "panel.toml").read_text())
    given = facts["contact"]
    contact = Contact(
        given["role"],
        given["phone"],
        given["email"],
        given["hours"],
        bool(facts.get("demonstration", False)),
        facts["name"],
    )
    paths = {code: folder / code / "words.toml" for code in languages}
    translated = {code: tomllib.loads(path.read_text()) for code, path in paths.items() if path.exists()}
    return Panel(folder.name, facts, translated, contact)
