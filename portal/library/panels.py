"""The panels: their facts, and the words that each uses, in each language."""

import tomllib
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from portal.languages import ENGLISH, as_english


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


PUBLIC_FACTS = ("area_sentence", "lived_experience", "meets", "aims", "partners", "membership", "oversight")


@dataclass(frozen=True)
class Facts:
    """A panel's facts in one language; English, and ``language`` says so, where there is no other."""

    text: dict[str, Any]
    notify: str
    links: list[dict[str, str]]
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

    def words(self, language: str) -> dict[str, str]:
        """Return the panel's own words in a language: they stand over the portal's."""
        return dict(self._in(language).get("words", {}))

    def in_language(self, language: str) -> Facts:
        """Return the panel's public facts in a language, or in English where they are not translated whole."""
        links = [dict(link) for link in self.facts.get("links", [])]
        text = self._in(language).get("text", {})
        if language == ENGLISH or any(self.facts.get(key) and not text.get(key) for key in PUBLIC_FACTS):
            text, language = self.facts, ENGLISH
        for link, own in zip(links, text.get("links", []), strict=False):
            link.update({key: own[key] for key in ("title", "why")})
        notify = text.get("notify") or self.facts["professionals"]["notify"]
        return Facts({key: text.get(key) for key in PUBLIC_FACTS}, notify, links, language)

    def contact_in(self, language: str) -> Contact:
        """Return how to reach the review team, the role and the hours in a language where they are translated."""
        text = self._in(language).get("text", {})
        return replace(
            self.contact,
            role=text.get("contact_role") or as_english(self.contact.role, language),
            hours=text.get("contact_hours") or as_english(self.contact.hours, language),
            panel=self.words(language).get("name") or as_english(self.name, language),
        )

    def _in(self, language: str) -> dict[str, Any]:
        if language == ENGLISH:
            return {"words": self.facts["words"][ENGLISH]}
        return self.translated.get(language, {})


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
