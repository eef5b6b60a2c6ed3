"""The support directory: who can be asked for help, for whom, after what, where, how, and whether anybody checked it.

The facts are the same in every language; what an entry offers is a short text of each language, which names the English
it was made from by its hash. Where it does not, the English stands and is marked as English.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from portal.languages import ENGLISH
from portal.library.standing import is_a_machines_draft

NEAR, NOW, ANY_TIME = "near", "now", "any time"
WHAT_HAPPENED, WHO_YOU_ARE, PRACTICAL = "what happened", "who you are", "practical"
PLACES = (NEAR, NOW, ANY_TIME, WHAT_HAPPENED, WHO_YOU_ARE, PRACTICAL)
WHO = ("parent", "father", "sibling", "grandparent", "other")
WHAT = ("baby", "sudden", "no cause", "illness", "suicide", "road", "harm", "custody", "inquest", "care", "practical")
OWN = ("muslim", "jewish", "any faith", "any language")
_WITHIN = {"father": "parent"}  # what is there for parents is there for fathers


class Check(Enum):
    """Whether an entry can be relied on."""

    CHECKED = "checked"
    UNCHECKED = "not checked yet"
    PAST = "out of date"


@dataclass(frozen=True)
class Wish:
    """What a reader chose, of each kind at most one thing; nothing has to be chosen."""

    who: str = ""
    what: str = ""
    own: str = ""
    area: str = ""

    def __bool__(self) -> bool:
        """Whether anything was chosen that says something about the reader."""
        return bool(self.who or self.what or self.own)


@dataclass(frozen=True)
class Entry:
    """Somebody who can be asked for help: the facts, in no language."""

    id: str
    name: str
    place: str
    who: tuple[str, ...]
    what: tuple[str, ...]
    own: tuple[str, ...]
    languages: tuple[str, ...]
    area: tuple[str, ...]
    phone: str
    text: str
    text_word: str
    email: str
    web: str
    own_way: bool
    at_any_hour: bool
    free: bool
    source: str
    checked_on: date | None
    checked_by: str
    expires: date

    @property
    def phone_href(self) -> str:
        """The number as a link dials it."""
        digits = "".join(sign for sign in self.phone if sign.isdigit())
        return f"tel:+44{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"

    @property
    def text_href(self) -> str:
        """The number as a link writes to it."""
        return f"sms:{self.text}?body={self.text_word}"

    @property
    def web_name(self) -> str:
        """The web address as people say it."""
        return self.web.removeprefix("https://").removeprefix("www.").partition("/")[0]

    @property
    def is_reached_by_asking(self) -> bool:
        """Whether there is no number and no address, so that the key worker has to help."""
        return not (self.phone or self.text or self.email or self.web or self.own_way)

    def check(self, today: date) -> Check:
        """Say whether the entry can be relied on at a day."""
        if today > self.expires:
            return Check.PAST
        return Check.CHECKED if self.checked_on and self.checked_by else Check.UNCHECKED

    def _speaks(self, own: str) -> bool:
        return own in self.own or own in self.languages

    def suits(self, wish: Wish) -> bool:
        """Whether nothing that was chosen speaks against it."""
        return (
            (not wish.who or not self.who or wish.who in self.who or _WITHIN.get(wish.who) in self.who)
            and (not wish.what or not self.what or wish.what in self.what)
            and (not wish.own or not (self.own or self.languages) or self._speaks(wish.own))
            and (not wish.area or not self.area or wish.area in self.area)
        )

    def is_made_for(self, wish: Wish) -> bool:
        """Whether it suits, and is there for just one of the things that were chosen."""
        chosen = (
            bool(wish.who) and (wish.who in self.who or _WITHIN.get(wish.who) in self.who),
            bool(wish.what) and wish.what in self.what,
            bool(wish.own) and self._speaks(wish.own),
            bool(wish.area) and wish.area in self.area and not (self.what or self.who),
        )
        return self.suits(wish) and any(chosen)

    @property
    def is_for_everybody(self) -> bool:
        """Whether it is there for anybody in England, after any death."""
        return not (self.what or self.own or self.area) and self.place == ANY_TIME


@dataclass(frozen=True)
class Text:
    """What an entry is called and offers, and the language that this is in."""

    name: str
    name_language: str
    offer: str
    hours: str
    language: str


class Directory:
    """Every entry, and its texts in every language."""

    def __init__(self, folder: Path) -> None:
        facts = tomllib.loads((folder / "support.toml").read_text(encoding="utf-8"))
        self.entries = tuple(_entry(name, one) for name, one in facts.items())
        self._folder = folder
        self._texts: dict[str, dict[str, Any]] = {}

    def named(self, name: str) -> Entry | None:
        """Return the entry with an id."""
        return next((entry for entry in self.entries if entry.id == name), None)

    def hash(self, entry: str) -> str:
        """What stands for exactly the English text of an entry: twelve signs of its hash."""
        english = self._of(ENGLISH)[entry]
        parts = (str(english.get("offer", "")), str(english.get("hours", "")))
        return hashlib.sha256("\n".join(part.strip() for part in parts).encode()).hexdigest()[:12]

    def text(self, entry: Entry, language: str) -> Text:
        """Return what an entry offers in a language, or in English where there is no translation of today's English."""
        english, own = self._of(ENGLISH)[entry.id], self._of(language).get(entry.id, {})
        if language == ENGLISH or not own.get("offer") or own.get("of") != self.hash(entry.id):
            return Text(entry.name, ENGLISH, english["offer"], english.get("hours", ""), ENGLISH)
        called = str(own.get("name", ""))
        named = language if called else ENGLISH
        return Text(called or entry.name, named, own["offer"], own.get("hours", ""), language)

    def is_a_machines_draft(self, language: str) -> bool:
        """Whether a machine translated the texts of a language and no person has checked them yet."""
        return is_a_machines_draft(self._of(language))

    def _of(self, language: str) -> dict[str, Any]:
        """Return the texts of a language, read when somebody first asks for them."""
        if language not in self._texts:
            path = self._folder / language / "support.toml"
            self._texts[language] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return self._texts[language]

    def find(self, wish: Wish) -> tuple[list[Entry], list[Entry]]:
        """Return the entries that are made for what was chosen, those of the area first, and those for everybody."""
        made = [entry for entry in self.entries if entry.is_made_for(wish)]
        everybody = [entry for entry in self.entries if entry.is_for_everybody and entry.suits(wish)]
        return sorted(made, key=lambda entry: not entry.area), [entry for entry in everybody if entry not in made]

    def past(self, today: date) -> tuple[str, ...]:
        """Return the ids of the entries that may be out of date at a day: what changes when a day has passed."""
        return tuple(entry.id for entry in self.entries if entry.check(today) is Check.PAST)


def _entry(name: str, facts: dict[str, Any]) -> Entry:
    def some(key: str) -> tuple[str, ...]:
        return tuple(facts.get(key, ()))

    def word(key: str) -> str:
        return str(facts.get(key, ""))

    return Entry(
        id=name,
        name=facts["name"],
        place=facts["place"],
        who=some("who"),
        what=some("what"),
        own=some("own"),
        languages=some("languages"),
        area=some("area"),
        phone=word("phone"),
        text=word("text"),
        text_word=word("text_word"),
        email=word("email"),
        web=word("web"),
        own_way=bool(facts.get("own_way")),
        at_any_hour=bool(facts.get("at_any_hour")),
        free=bool(facts.get("free")),
        source=word("source"),
        checked_on=facts["checked_on"] or None,
        checked_by=word("checked_by"),
        expires=facts["expires"],
    )
