"""The files of facts and words: readable, whole in every language, and with contacts that are not past their day."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from portal.languages import ENGLISH, placeholders
from portal.library.check.books import Books, Finding
from portal.library.check.wording import wounding


def tables(books: Books) -> Iterator[Finding]:
    """Find files of facts and words that cannot be read."""
    for path in sorted(books.folder.rglob("*.toml")):
        try:
            tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as problem:
            found = str(problem).rpartition("line ")[2].partition(",")[0]
            line = int(found) if found.isdigit() else 1
            advice = "Look at quotation marks, commas and brackets on this line and the one before."
            yield Finding(_name(books, path), line, "This line cannot be read.", advice)


def panel_words(books: Books) -> Iterator[Finding]:
    """Find panels that lack a word which the pages of a language use."""
    for code in books.languages:
        for panel in books.panels:
            own = books.own_words(panel, code)
            name = f"panels/{panel}/" + ("panel.toml" if code == ENGLISH else f"{code}/words.toml")
            for word in sorted(books.words(code).keys() - {key for key, value in own.items() if value.strip()}):
                yield Finding(
                    name, 1, f"The panel has no word for {word!r}.", f"content/{code}/words.toml has it: add it."
                )


def contacts(books: Books, today: date) -> Iterator[Finding]:
    """Find contacts that nobody has looked at for too long: each says on which day it expires."""
    for path in sorted(books.folder.rglob("*.toml")):
        try:
            facts = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for expires, name in _expiring(facts):
            if expires < today:
                line = next((at for at, one in enumerate(lines, 1) if str(expires) in one), 1)
                advice = "Ring it, then write the new day behind checked_on and expires."
                yield Finding(_name(books, path), line, f"The contact {name!r} was good until {expires}.", advice)
        if path.name == "panel.toml" and not isinstance(facts.get("contact", {}).get("expires"), date):
            advice = "Write expires = 2027-05-22 (a day without quotation marks) under [contact]."
            yield Finding(
                _name(books, path), _line(lines, "[contact]"), "The contact does not say when it expires.", advice
            )


def _expiring(facts: Any, name: str = "") -> Iterator[tuple[date, str]]:
    if isinstance(facts, dict):
        name = str(facts.get("name") or facts.get("role") or facts.get("title") or name)
        for key, value in facts.items():
            if key == "expires" and isinstance(value, date):
                yield value, name
            yield from _expiring(value, name if isinstance(value, list) else str(key))
    elif isinstance(facts, list):
        for one in facts:
            yield from _expiring(one, name)


def catalogues(books: Books, folder: Path) -> Iterator[Finding]:
    """Find sentences of the interface that must be there and are not, that wound, or whose places do not fit."""
    path = books.folder / "must-have.toml"
    must = tomllib.loads(path.read_text(encoding="utf-8"))["sentences"] if path.exists() else []
    for code in books.languages:
        file = folder / code / "LC_MESSAGES" / "messages.po"
        if code == ENGLISH:
            continue
        name = f"translations/{code}/LC_MESSAGES/messages.po"
        if not file.exists():
            yield Finding(name, 1, "This language has no catalogue.", f"Make it: scripts/catalogues.py {code}")
            continue
        with file.open("rb") as opened:
            messages = [one for one in read_po(opened, locale=None) if one.id]
        for one in messages:
            english, own, line = str(one.id), str(one.string or ""), one.lineno or 1
            if own and placeholders(english) != placeholders(own):
                advice = "What stands in %(...)s stays as it is: " + ", ".join(sorted(placeholders(english)))
                yield Finding(name, line, f"The places of {english[:50]!r} do not fit.", advice)
            for word in wounding(own, code, books.folder):
                yield Finding(name, line, f"{word!r} must not stand before a family.", "content/README.md says why.")
        said = {str(one.id) for one in messages if one.string and not one.fuzzy}
        for sentence in must:
            if sentence not in said:
                yield Finding(name, 1, f"{sentence[:70]!r} must be there.", "Translate it: it keeps people safe.")


def _line(lines: list[str], start: str) -> int:
    return next((at for at, one in enumerate(lines, 1) if one.strip().startswith(start)), 1)


def _name(books: Books, path: Path) -> str:
    return path.relative_to(books.folder).as_posix()
