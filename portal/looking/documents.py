"""Looks into documents without opening them: a few kilobytes are unpacked at most, and no program may be inside."""

import io
import re
import zipfile
import zlib

from portal.looking.kinds import Form, NotTaken, Refusal

_MOST_ENTRIES = 3000
_MOST_UNPACKED = 300 * 1024 * 1024
_HEAD = 64 * 1024  # how much of one entry is unpacked to be looked at
_TAIL = 64 * 1024
_ODT = b"application/vnd.oasis.opendocument.text"
_PROGRAMS = re.compile(
    r"vbaproject|vbadata|activex|oleobject|/embeddings/.*\.(?:bin|exe)|^basic/|^scripts/", re.IGNORECASE
)
_OUTWARD = re.compile(rb"attachedTemplate\"[^>]*TargetMode=\"External|TargetMode=\"External\"[^>]*attachedTemplate")
# Names of a PDF that make a reader run, fetch or unpack something.
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def pdf(data: bytes) -> Form:
    """Return that this is a PDF. Raises NotTaken when half of it is missing or something in it would run."""
    tail = data[-_TAIL:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise NotTaken(Refusal.DOES_NOT_OPEN)
    if b"PK\x05\x06" in tail:
        raise NotTaken(Refusal.NOT_THIS_KIND)  # two files in one
    if _ACTIVE.search(data) or _ACTIVE.search(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)):
        raise NotTaken(Refusal.PROGRAM)
    return Form.PDF


def zipped(data: bytes) -> Form:
    """Return which document lies in a zip file. Raises NotTaken for archives, bombs, and documents with programs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _document(archive, len(data))
    except NotTaken:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as broken:
        raise NotTaken(Refusal.DOES_NOT_OPEN) from broken


def _document(archive: zipfile.ZipFile, size: int) -> Form:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if _head(archive, "mimetype", names).strip() == _ODT and "content.xml" in names:
        form, words = Form.ODT, ("content.xml", "styles.xml", "meta.xml")
    elif {"[Content_Types].xml", "word/document.xml"} <= names:
        form, words = Form.DOCX, ("word/document.xml", "[Content_Types].xml", "word/styles.xml")
    else:
        raise NotTaken(Refusal.NOT_THIS_KIND)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED or packed > size:
        raise NotTaken(Refusal.DOES_NOT_OPEN)
    if any(_PROGRAMS.search(name) for name in names):
        raise NotTaken(Refusal.PROGRAM)
    if b"macroEnabled" in _head(archive, "[Content_Types].xml", names):
        raise NotTaken(Refusal.PROGRAM)
    if _OUTWARD.search(_head(archive, "word/_rels/settings.xml.rels", names)):
        raise NotTaken(Refusal.PROGRAM)
    for name in words:
        head = _head(archive, name, names)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise NotTaken(Refusal.DOES_NOT_OPEN)
    return form


def _head(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    if name not in names:
        return b""
    with archive.open(name) as entry:
        return entry.read(_HEAD)
