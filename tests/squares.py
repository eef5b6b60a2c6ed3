"""Reads what stands on paper: the squares that a telephone's camera reads, and the words of a PDF."""

import io
import unicodedata

import pypdfium2
import zxingcpp
from PIL import Image


def in_picture(png: bytes) -> list[str]:
    """Return what the squares in a picture say."""
    with Image.open(io.BytesIO(png)) as picture:
        return [one.text for one in zxingcpp.read_barcodes(picture.convert("RGB"))]


def in_pdf(pdf: bytes) -> list[str]:
    """Return what the squares on the pages of a PDF say, as the pages look in print."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=3).to_pil() for page in document]
    return [one.text for page in pages for one in zxingcpp.read_barcodes(page.convert("RGB"))]


def words_of(pdf: bytes) -> str:
    """Return the words of every page, each in one line, without marks of direction."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    plain = "".join(sign for sign in "\n".join(pages) if unicodedata.category(sign) != "Cf")
    return " ".join(plain.split())
