"""Tells from the first bytes and the build of a file what it is; everything here is written by strangers."""

import re
from collections.abc import Callable, Iterator

from portal.looking import documents
from portal.looking.kinds import Form, NotTaken, Refusal

_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_SOUND = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash", b"MSNV")
_FILMS = (b"qt  ", b"M4V ", b"avc1")
_A_PAGE = re.compile(
    r"<(?:!doctype|!--|html|head|body|script|svg|iframe|math|object|embed|\?xml|\?php|%)", re.IGNORECASE
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_PROGRAM_TEXT = ("#!", "@echo", "{\\rtf", "%!ps", "%!PS")
_LOOKED_AT = 64 * 1024  # of a text, for the signs of a page
_MOST_BOXES = 2000


# What begins so is this, or is looked at further by a function of its own.
_BEGINS: tuple[tuple[bytes, Form], ...] = (
    (b"\xff\xd8\xff", Form.JPEG),
    (b"\x89PNG\r\n\x1a\n", Form.PNG),
    (b"GIF87a", Form.GIF),
    (b"GIF89a", Form.GIF),
    (b"#!AMR\n", Form.AMR),
    (b"#!AMR-WB\n", Form.AMR),
)


def told(data: bytes) -> Form:
    """Return what a file is. Raises NotTaken for everything that is not taken."""
    if not data.strip(b"\x00"):
        raise NotTaken(Refusal.EMPTY)
    for begins, form in _BEGINS:
        if data.startswith(begins):
            return form
    if data[4:8] == b"ftyp":
        return _boxed(data)
    for begins, further in _FURTHER:
        if data.startswith(begins):
            return further(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"%PDF-":
        return documents.pdf(data)
    if _is_mp3(data):
        return Form.MP3
    if _is_text(data):
        return Form.TXT
    raise NotTaken(Refusal.NOT_THIS_KIND)


def _riff(data: bytes) -> Form:
    if data[8:12] == b"WEBP":
        return Form.WEBP
    if data[8:12] == b"WAVE" and b"fmt " in data[12:1024]:
        return Form.WAV
    raise NotTaken(Refusal.FILM if data[8:12] == b"AVI " else Refusal.NOT_THIS_KIND)


def _ogg(data: bytes) -> Form:
    first = data[:256]
    if b"theora" in first:
        raise NotTaken(Refusal.FILM)
    if b"OpusHead" in first or b"\x01vorbis" in first or b"Speex" in first:
        return Form.OGG
    raise NotTaken(Refusal.NOT_THIS_KIND)


def _webm(data: bytes) -> Form:
    head = data[:8192]
    if b"webm" not in head[:128] and b"matroska" not in head[:128]:
        raise NotTaken(Refusal.NOT_THIS_KIND)
    if b"V_VP" in head or b"V_AV1" in head or b"V_MPEG" in head:
        raise NotTaken(Refusal.FILM)
    if b"A_OPUS" in head or b"A_VORBIS" in head or b"A_PCM" in head:
        return Form.WEBM
    raise NotTaken(Refusal.DOES_NOT_OPEN)


def _boxed(data: bytes) -> Form:
    """Return what a file made of boxes is: a picture of an iPhone, a sound, or a film, which is not taken."""
    brand = data[8:12]
    if brand in _HEIC:
        return Form.HEIC
    three = brand.startswith((b"3gp", b"3g2"))
    if not three and brand not in _SOUND + _FILMS:
        raise NotTaken(Refusal.NOT_THIS_KIND)
    tracks = set(_tracks(data))
    if b"vide" in tracks:
        raise NotTaken(Refusal.FILM)
    if b"soun" not in tracks:
        raise NotTaken(Refusal.DOES_NOT_OPEN)
    return Form.THREE_GP if three else Form.M4A


def _tracks(data: bytes) -> Iterator[bytes]:
    for name, start, stop in _boxes(data, 0, len(data)):
        if name != b"moov":
            continue
        for track, begins, ends in _boxes(data, start, stop):
            if track != b"trak":
                continue
            for media, first, last in _boxes(data, begins, ends):
                if media == b"mdia":
                    for one, at, _ in _boxes(data, first, last):
                        if one == b"hdlr":
                            yield data[at + 8 : at + 12]


def _boxes(data: bytes, start: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    for _ in range(_MOST_BOXES):
        if start + 8 > stop:
            return
        size, head = int.from_bytes(data[start : start + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[start + 8 : start + 16], "big"), 16
        elif size == 0:
            size = stop - start
        if size < head:
            return
        yield data[start + 4 : start + 8], start + head, min(start + size, stop)
        start += size


_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_BITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_LOW_BITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _is_mp3(data: bytes) -> bool:
    """Whether two frames of an MP3 follow each other where sound begins."""
    at = 0
    if data.startswith(b"ID3"):
        size = 0
        for one in data[6:10]:
            size = size << 7 | one & 0x7F
        at = 10 + size
        while data[at : at + 1] == b"\x00":  # some leave room after what they say of the song
            at += 1
    elif data[:1] != b"\xff":
        return False
    length = _frame(data[at : at + 4])
    return length > 0 and _frame(data[at + length : at + length + 4]) > 0


def _frame(head: bytes) -> int:
    """Return how long the frame is that begins so; 0 when none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or bits in (0, 15) or rate == 3:
        return 0
    per_second = (_BITS if version == 3 else _LOW_BITS)[bits] * 1000
    return (144 if version == 3 else 72) * per_second // _RATES[version][rate] + (head[2] >> 1 & 1)


def _is_text(data: bytes) -> bool:
    """Whether this is words and nothing that a program could take for a page or a script."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if wide else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _NO_TEXT.search(text):
            return False
        begins = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n")
        return bool(begins) and not begins.startswith(_PROGRAM_TEXT) and not _A_PAGE.search(begins)
    return False


_FURTHER: tuple[tuple[bytes, Callable[[bytes], Form]], ...] = (
    (b"RIFF", _riff),
    (b"OggS", _ogg),
    (b"\x1aE\xdf\xa3", _webm),
    (b"PK\x03\x04", documents.zipped),
)
