"""A language that nobody speaks, in which every word stands in brackets: what is outside of them was forgotten."""

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.pofile import write_po

from portal.library.panels import PARTS, SAME, hash_of
from portal.library.source import PICTURE, Source
from portal.library.support import Directory
from portal.settings import ROOT
from scripts.catalogues import wanted
from tests.house.reading import read

CODE, OPEN, CLOSE = "eo", "⟦", "⟧"
_LETTER = re.compile(r"[^\W\d_]")
# What is the same in every language: addresses, references, and the names of languages in themselves.
_SAME = re.compile(
    r"https?://\S+|[\w.+-]+@[\w.-]+|^[a-z-]+(?:\.[a-z-]+)+$|\b[A-Z0-9]{3}-[A-Z0-9]{3}\b|^English$|^[Ee]speranto$"
)
# Names that stand in letters as they are.
_COUNCILS = tomllib.loads((ROOT / "content" / "places.toml").read_text("utf-8"))["council"]
_IN_ENGLISH = ("English", "SHOUT", *(council["name"] for council in _COUNCILS))
_MARKERS = re.compile(r"^(\s*(?:#{2,3}|[-*>:]|\d+\.)\s+)?(.*?)(\s*\{#[\w-]+\})?$")


def bracketed(text: str) -> str:
    """Return a text of this language."""
    return f"{OPEN}{text}{CLOSE}"


def speak(content: Path, translations: Path) -> None:
    """Write the language's catalogue and content into copies of the real folders."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for message in wanted():
        if message.id:
            catalogue.add(message.id, bracketed(str(message.id)))
    folder = translations / CODE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.po").open("wb") as file:
        write_po(file, catalogue)
    shutil.copytree(ROOT / "content", content)
    for path in [*content.glob("en/*.md"), *content.glob("panels/*/en/*.md")]:
        _page(path, path.parent.parent / CODE / path.name)
    for path in content.glob("en/professionals/*.md"):
        _page(path, content / CODE / "professionals" / path.name)
    _words(content / "en" / "words.toml", content / CODE / "words.toml")
    _support(content)
    for path in content.glob("panels/*/panel.toml"):
        _panel(path, path.parent / CODE / "words.toml")


def _page(english: Path, path: Path) -> None:
    source = Source.parse(english.read_text("utf-8"))
    meta: dict[str, Any] = {"source": source.hashes, "translated_by": "machine draft", "checked_by": ""}
    meta |= {key: source.meta[key] for key in ("order", "group") if key in source.meta}
    meta |= {key: bracketed(str(source.meta[key])) for key in ("title", "summary") if key in source.meta}
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items())
    path.parent.mkdir(exist_ok=True)
    body = "\n".join(map(_line, source.body.splitlines()))
    path.write_text(f"---\n{head}\n---\n\n{body}\n", encoding="utf-8")


def _line(line: str) -> str:
    if line.startswith("|"):
        cells = line.strip("|").split("|")
        return "|" + "|".join(cell if re.fullmatch(r"[-: ]*", cell) else bracketed(cell) for cell in cells) + "|"
    found = _MARKERS.fullmatch(line)
    if found is None or not found[2].strip() or found[2] == PICTURE:
        return line
    return f"{found[1] or ''}{bracketed(found[2])}{found[3] or ''}"


def _words(english: Path, path: Path) -> None:
    words = tomllib.loads(english.read_text("utf-8"))["words"]
    path.parent.mkdir(exist_ok=True)
    path.write_text(_toml("words", {key: bracketed(word) for key, word in words.items()}), encoding="utf-8")


def _support(content: Path) -> None:
    directory, whole = Directory(content), ""
    for entry in directory.entries:
        said = {"name": bracketed(entry.name), "offer": bracketed(directory.text(entry, "en").offer)}
        whole += _toml(entry.id, {"of": directory.hash(entry.id), **said})
    (content / CODE / "support.toml").write_text(whole, encoding="utf-8")


def _panel(english: Path, path: Path) -> None:
    facts = tomllib.loads(english.read_text("utf-8"))
    words = {"name": facts["name"], "short_name": facts["short_name"], **facts["words"]["en"]}
    contact = {key: bracketed(facts["contact"][key]) for key in ("role", "hours")}
    whole = _toml("words", {key: bracketed(word) for key, word in words.items()}) + _toml("text.contact", contact)
    whole += _toml("source", {name: hash_of(facts[name]) for name in PARTS if name in facts})
    for name in PARTS:
        part = facts.get(name, [])
        for one in part if isinstance(part, list) else []:
            whole += _toml(f"[text.{name}]", _in_brackets(one))
        if isinstance(part, dict):
            whole += _toml(f"text.{name}", _in_brackets(part))
    path.parent.mkdir(exist_ok=True)
    path.write_text(whole, encoding="utf-8")


def _in_brackets(fact: Any) -> Any:
    """Return a fact in this language, without what is the same in every language."""
    if isinstance(fact, dict):
        return {key: _in_brackets(value) for key, value in fact.items() if key not in SAME}
    if isinstance(fact, list):
        return [_in_brackets(one) for one in fact]
    return fact and bracketed(fact)


def _toml(name: str, values: dict[str, Any]) -> str:
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join([f"[{name}]", *lines, "", ""])


def forgotten(html: str) -> list[str]:
    """Return every word of a page that stands outside of brackets, or is in English."""
    found: list[str] = []
    depth = 0
    for run in read(html).runs:
        if run.lang == "en" and OPEN not in run.text and run.text not in _IN_ENGLISH:
            found.append(f"{run.text!r}, shown in English")
        if run.attribute:
            outside, _ = _outside(run.text, 0)
        else:
            outside, depth = _outside(run.text, depth)
        if run.lang != "en" and "time" not in run.tags and _LETTER.search(_SAME.sub("", outside.strip())):
            found.append(f"{outside.strip()!r} in <{run.tags[-1]}{f' {run.attribute}' if run.attribute else ''}>")
    return found


def _outside(text: str, depth: int) -> tuple[str, int]:
    """Return what of a text stands outside of brackets, and how many are open at its end."""
    kept = ""
    for sign in text:
        depth += (sign == OPEN) - (sign == CLOSE)
        kept += sign if depth == 0 and sign != CLOSE else ""
    return kept, depth
