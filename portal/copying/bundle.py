"""Plain files in one ZIP, written piece by piece while it is being fetched, so that nothing lies on a disk in clear."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from portal.copying.shape import File, Item, Section

Parts = Callable[[File], Iterable[bytes]]
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ue000-\ue002]+')
_LONGEST = 80  # bytes of a name; some telephones stop at 255 for the whole path
_MARK = "\ufeff"  # old programs take a text without it for one of their own country's letters


class _Spout:
    """What a ZIP is written to; what has come out is taken away at once."""

    def __init__(self) -> None:
        self._drops: list[bytes] = []

    def write(self, drop: bytes) -> int:
        """Take what the ZIP writes."""
        self._drops.append(bytes(drop))
        return len(drop)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is left open."""

    def take(self) -> bytes:
        """Return what came out since the last time."""
        drops, self._drops = b"".join(self._drops), []
        return drops


def packed(
    first: str, lead: Sequence[str], sections: Sequence[Section], parts_of: Parts, made_at: datetime
) -> Iterator[bytes]:
    """Return a ZIP in pieces: a list of what is in it under the name ``first``, and a folder for each section."""
    spout = _Spout()
    files = list(_files(sections))
    listed = "\n".join([*lead, "", *(name for name, _ in files)])

    def entry(name: str) -> zipfile.ZipInfo:
        found = zipfile.ZipInfo(name, made_at.timetuple()[:6])
        found.compress_type = zipfile.ZIP_DEFLATED
        return found

    with zipfile.ZipFile(spout, mode="w", compression=zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(entry(f"0 {plain_name(first)}.txt"), _MARK + listed + "\n")
        yield spout.take()
        for name, content in files:
            if isinstance(content, File):
                with bundle.open(entry(name), "w", force_zip64=True) as inside:
                    for part in parts_of(content):
                        inside.write(part)
                        yield spout.take()
            else:
                bundle.writestr(entry(name), _MARK + content)
            yield spout.take()
    yield spout.take()


def plain_name(text: str) -> str:
    """Return a text as part of a file's name: without what any system refuses, and without a path."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", text).split()).strip(". ")
    return name.encode()[:_LONGEST].decode("utf-8", "ignore").strip() or "1"


def text_of(item: Item) -> str:
    """Return one thing as plain text, the person's own words first."""
    own = item.own.words if item.own else ""
    blocks = [f"{item.title} {item.reference}".strip(), own, "\n".join(item.facts)]
    for piece in item.rest:
        blocks += ["\n".join(line for line in (piece.label, piece.note) if line), piece.words]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _files(sections: Sequence[Section]) -> Iterator[tuple[str, str | File]]:
    for number, section in enumerate(sections, 1):
        folder = f"{number} {plain_name(section.title)}"
        for place, item in enumerate(section.items, 1):
            name = f"{folder}/{place:03} {plain_name(item.reference or item.title)}"
            lead = f"{section.lead}\n\n" if section.lead and place == 1 else ""
            yield f"{name}.txt", lead + text_of(item)
            if item.file is not None:
                yield _with_ending(name, item.file.name), item.file


def _with_ending(name: str, as_it_came: str) -> str:
    """Return a name with the file's own name behind it, whose ending says to a device what opens it."""
    stem, dot, ending = plain_name(as_it_came).rpartition(".")
    return f"{name} {stem}{dot}{ending}" if stem else f"{name} {ending}"
