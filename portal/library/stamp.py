"""Writes into a fresh translation which English it was made from, section by section.

Only where nothing is said yet: whoever brings an older translation up to date has to read the change and give a name.
"""

import re
import tomllib
from pathlib import Path

from portal.languages import ENGLISH
from portal.library.panels import PARTS, hash_of
from portal.library.source import Key, Texts

_BEFORE = re.compile(r"^translated_by:", re.MULTILINE)


def stamp(folder: Path, language: str) -> list[Key]:
    """Stamp every translation of a language that does not name its English yet; return which they were."""
    texts = Texts(folder)
    found = [
        key
        for key, source in texts.items()
        if key.language == language != ENGLISH and "source" not in source.meta and key.english in texts
    ]
    for key in found:
        path = folder / key.path
        hashes = {
            section: made for section, made in texts[key.english].hashes.items() if section in texts[key].sections
        }
        lines = "source:\n" + "".join(f'  {section}: "{made}"\n' for section, made in hashes.items())
        path.write_text(_BEFORE.sub(lambda at: lines + at[0], path.read_text("utf-8"), count=1), encoding="utf-8")  # noqa: B023 - used in the same turn
    return found


def stamp_facts(folder: Path, language: str) -> list[Path]:
    """Stamp every part of the panels' facts in a language that does not name its English yet; return the files."""
    found = []
    for path in sorted(folder.glob(f"panels/*/{language}/words.toml")):
        english = tomllib.loads((path.parent.parent / "panel.toml").read_text("utf-8"))
        own = tomllib.loads(path.read_text("utf-8"))
        fresh = [name for name in PARTS if name in own.get("text", {}) and name not in own.get("source", {})]
        if not fresh:
            continue
        lines = "".join(f'{name} = "{hash_of(english[name])}"\n' for name in fresh)
        text = path.read_text("utf-8")
        head = "[source]\n"
        text = text.replace(head, head + lines, 1) if head in text else f"{text.rstrip()}\n\n{head}{lines}"
        path.write_text(text, encoding="utf-8")
        found.append(path)
    return found
