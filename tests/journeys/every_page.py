"""Goes through every public page of a language on a small and on a wide screen; two files share the languages."""

from tests.journeys.conftest import PHONE, Walk
from tests.journeys.eye import LOOSE_NUMBERS, OVERFLOW
from tests.journeys.walker import Walker

WIDTHS = (320, 1280)


def look_at_every_page(walk: Walk, paths: list[str], code: str) -> None:
    """Open every page of a language in a browser; nothing runs over, axe finds nothing, numbers stay whole."""
    own = [path for path in paths if path.split("/")[1] == code]
    assert len(own) > 100, "a language without its pages"
    walker: Walker = walk(code, device=PHONE, story=f"every page {code}")
    found: list[str] = []
    for path in own:
        walker.open(path)
        for width in WIDTHS:
            with walker.eye.as_wide_as(width):
                found += [f"{path} at {width} px: {one}" for one in walker.page.evaluate(OVERFLOW)]
                if width == WIDTHS[0] or path.count("/") == 2:
                    found += [f"{path} at {width} px: {one}" for one in walker.eye.axe()]
        if walker.page.evaluate("() => document.dir") == "rtl":
            found += [f"{path}: {one} would run backwards" for one in walker.page.evaluate(LOOSE_NUMBERS)]
        walker.eye.stays_quiet(path)
    assert not found, "\n".join(found)
