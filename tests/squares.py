"""Reads the squares that a telephone's camera reads, from a picture of the screen or of a page of a PDF."""

import io

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
