"""Whether the content is true to its own rules: each fault with its file, its line and plain advice.

``problems`` looks at one text, as the workshop does before it publishes; ``everything`` goes through a whole folder.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from portal.library.bounds import beyond
from portal.library.check.books import Books, Finding, Text
from portal.library.check.facts import catalogues, contacts, panel_words, tables
from portal.library.check.reading import explained, plain_english
from portal.library.check.structure import front_matter, headings, links, pictures, places, size
from portal.library.check.wording import kind_words, must_stand, numbers
from portal.library.source import Key

__all__ = ["Books", "Finding", "everything", "problems"]

Check = Callable[[Text, Books], Iterator[Finding]]

OF_A_TEXT: dict[str, Check] = {
    "how large it is": size,
    "what each page says of itself": front_matter,
    "headings": headings,
    "links": links,
    "words in braces": places,
    "pictures": pictures,
    "numbers": numbers,
    "words that wound": kind_words,
    "words that must stand": must_stand,
    "how it reads": plain_english,
    "words of the field": explained,
}


def problems(key: Key, raw: str, books: Books) -> list[Finding]:
    """Return what is wrong with one text, as if it stood in its place among the others."""
    if far := beyond(raw, 3):  # before anything else looks at it
        return [Finding(key.path, far.line, far.what, far.advice)]
    known, before = len(books.unreadable), books.texts.get(key)
    text = books.put(key, raw)
    if text is None:
        found = books.unreadable[known:]
    else:
        found = list(size(text, books)) or [one for check in OF_A_TEXT.values() for one in check(text, books)]
    del books.unreadable[known:]
    if before is not None:
        books.texts[key] = before
    else:
        books.texts.pop(key, None)
    return found


def everything(content: Path, translations: Path, today: date) -> Iterator[tuple[str, list[Finding]]]:
    """Go through all content, one kind of fault after the other, so that whoever waits sees how far it is."""
    books = Books.read(content)
    yield "files", [*books.unreadable, *tables(books)]
    for name, check in OF_A_TEXT.items():
        yield name, [one for _, text in sorted(books.texts.items()) for one in check(text, books)]
    yield "words of the panels", list(panel_words(books))
    yield "contacts", list(contacts(books, today))
    yield "sentences of the interface", list(catalogues(books, translations))
