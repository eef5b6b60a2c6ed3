"""Makes the copy of a picture that is shown: the right way up, no larger than a screen, and silent about itself.

The only module that imports the picture libraries. It runs in the process apart (portal/looking/child.py).
"""

import io
import warnings

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from portal.looking.kinds import NotTaken, Refusal

MOST_DOTS = 64_000_000  # a picture of the finest telephone; beyond it one picture would take all memory
LONGEST_SIDE = 2000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")

Image.MAX_IMAGE_PIXELS = MOST_DOTS
warnings.simplefilter("error", Image.DecompressionBombWarning)
pillow_heif.register_heif_opener()


def shown(data: bytes) -> bytes:
    """Return the copy of a picture that is shown, as JPEG. Raises NotTaken when it cannot be opened."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture.load()
            return _clean(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError) as too_fine:
        raise NotTaken(Refusal.TOO_FINE) from too_fine
    except Exception as broken:  # a decoder may raise anything at all about bytes that somebody made up
        raise NotTaken(Refusal.DOES_NOT_OPEN) from broken


def _clean(picture: Image.Image) -> bytes:
    profile = picture.info.get("icc_profile")
    if picture.mode not in ("RGB", "L", "RGBA"):
        picture = picture.convert("RGBA" if "transparency" in picture.info or "A" in picture.mode else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = ImageOps.exif_transpose(picture)
    # Pasted into a new one, because a picture carries what was said of it along into every form.
    fresh = Image.new("RGB", picture.size, "white")
    fresh.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    if profile:
        fresh = _in_common_colours(fresh, profile)
    kept = io.BytesIO()
    fresh.save(kept, "JPEG", quality=85, optimize=True)
    return kept.getvalue()


def _in_common_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        turned = ImageCms.profileToProfile(picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    if turned is None:
        return picture
    turned.info.clear()
    return turned
