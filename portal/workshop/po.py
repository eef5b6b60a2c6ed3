"""Texts and interface sentences as one PO file for an agency, and back.

Each section of a text is one message: its English is the msgid, and where it stands is the context,
``page#section``. What is not current is marked as unsure (fuzzy); an agency takes the mark away when it is right.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

from portal.languages import placeholders
from portal.library.article import Library
from portal.library.source import TOP, Key, Source
from portal.library.standing import Standing

_TITLE, _SUMMARY = f"{TOP}/title", f"{TOP}/summary"


@dataclass
class BroughtBack:
    """What came back: whole texts to be checked, interface sentences, and what could not be used, with the reason."""

    texts: dict[Key, tuple[Source, list[str]]] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def messages(source: Source) -> dict[str, str]:
    """Return a text as messages: what stands in which place."""
    found = {_TITLE: source.title, _SUMMARY: source.summary, TOP: source.lead}
    found |= {section.id: section.text for section in source.sections.values() if section.id != TOP}
    return {place: text for place, text in found.items() if text.strip()}


def out(library: Library, language: str, keys: Iterable[Key], interface: Path | None) -> bytes:
    """Return the PO file of a language: these texts, and the catalogue of the interface where it is named."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for key in keys:
        english, own = library.source(key.english), library.source(key._replace(language=language))
        if english is None:
            continue
        standing = library.standing(key._replace(language=language))
        said = messages(own) if own else {}
        for place, text in messages(english).items():
            sure = standing.get(place.partition("/")[0]) is Standing.CURRENT
            string = said.get(place, "")
            context = f"{_name(key)}#{place}"
            catalogue.add(text, string, context=context, flags=["fuzzy"] if string and not sure else [])
    if interface is not None and interface.exists():
        with interface.open("rb") as file:
            for message in read_po(file, locale=None):
                if message.id and isinstance(message.id, str):
                    catalogue.add(message.id, message.string, flags=["fuzzy"] if message.fuzzy else [])
    written = BytesIO()
    write_po(written, catalogue, width=0, omit_header=False)
    return written.getvalue()


def back(library: Library, language: str, keys: Iterable[Key], file: Path) -> BroughtBack:
    """Read a PO file that came back; for each text that it changes, the whole text and its sure sections."""
    with file.open("rb") as opened:
        catalogue = read_po(opened, locale=None)
    came = {(one.context or "", str(one.id)): one for one in catalogue if one.id}
    found = BroughtBack()
    for key in keys:
        english, own = library.source(key.english), library.source(key._replace(language=language))
        if english is not None:
            _text_back(library, key._replace(language=language), english, own, came, found)
    for (context, message), one in came.items():
        string = str(one.string or "")
        if context or not string or one.fuzzy:
            continue
        if placeholders(message) != placeholders(string):
            found.left_out.append(f"{message[:60]!r}: what stands in %(...)s has to stay as it is.")
        else:
            found.sentences[message] = string
    known = {f"{_name(key)}#" for key in keys}
    for context, _message in came:
        if context and not any(context.startswith(name) for name in known):
            found.left_out.append(f"{context}: there is no such text.")
    return found


def _text_back(
    library: Library,
    key: Key,
    english: Source,
    own: Source | None,
    came: dict[tuple[str, str], Message],
    found: BroughtBack,
) -> None:
    before, standing = (messages(own) if own else {}), library.standing(key)
    said, sure, seen = dict(before), [], False
    for place, text in messages(english).items():
        context = f"{_name(key)}#{place}"
        one = came.get((context, text))
        if one is None:
            if any(there == context for there, _ in came):
                found.left_out.append(f"{context}: the English has changed since this was sent out.")
            continue
        string = str(one.string or "")
        if not string.strip() or one.fuzzy:
            continue
        section = place.partition("/")[0]
        sure.append(section)
        seen = seen or string.strip() != before.get(place, "").strip() or standing[section] is not Standing.CURRENT
        said[place] = string.strip()
    if seen:
        body = "\n\n".join(said[place] for place in english.sections if said.get(place))
        made = Source(dict(own.meta) if own else {}, body).saying(
            title=said.get(_TITLE, ""), summary=said.get(_SUMMARY) or None
        )
        whole = [section for section in dict.fromkeys(sure) if _is_whole(section, messages(english), sure, said)]
        found.texts[key] = (made, whole)


def _is_whole(section: str, english: dict[str, str], sure: list[str], said: dict[str, str]) -> bool:
    """Whether all messages of a section have come back; the top has up to three."""
    wanted = [place for place in english if place.partition("/")[0] == section]
    return section in sure and all(said.get(place) for place in wanted) and sure.count(section) >= len(wanted)


def _name(key: Key) -> str:
    return f"panels/{key.panel}/{key.page}" if key.panel else key.page


def differing(path: Path, came: dict[str, str]) -> dict[str, str]:
    """Return the sentences that a catalogue has otherwise, or is not sure of."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=None)
    known = {str(one.id): one for one in catalogue if one.id}
    return {
        message: string
        for message, string in came.items()
        if message in known and (known[message].string != string or known[message].fuzzy)
    }


def put_in(path: Path, sentences: dict[str, str], remark: str) -> None:
    """Put sentences into a catalogue; what stands at its head stays, with a remark on who these are by."""
    head, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    comments, _, rest = head.partition('msgid ""')
    with path.open("rb") as file:
        catalogue = read_po(file, locale=None)
    for message, string in sentences.items():
        catalogue[message].string = string
        catalogue[message].flags.discard("fuzzy")
    written = BytesIO()
    write_po(written, catalogue, sort_output=False, omit_header=True, include_lineno=False, width=0)
    path.write_bytes(f'{comments}# {remark}\nmsgid ""{rest}\n\n'.encode() + written.getvalue())
