"""Goes through every public page of a language, in every form, on a small screen and on a wide one.

Two test files share the languages, so that two workers can go through them beside each other.
"""

from flask import Flask

from portal.house import House
from portal.public.form_views import EASY_READ, LARGE, PRINT, has_easy_read
from tests.journeys.conftest import PHONE, Walk
from tests.journeys.eye import LOOSE_NUMBERS, OVERFLOW

WIDTHS = (320, 1280)
PANEL = "west-of-england"  # the pages of the library look the same in every panel; its own pages are looked at too


def paths_of(app: Flask, code: str) -> list[str]:
    """Return the addresses to look at: without a panel, the own pages of one panel, and the other forms."""
    home: House = app.extensions["house"]
    pages = home.library.pages
    own = [path for path in app.extensions["public_paths"]() if path.startswith(f"/{code}/")]
    slugs = tuple(f"/{code}/{panel.slug}/" for panel in home.panels.all)
    without = [path for path in own if not path.startswith(slugs)]
    panels = [path for path in own if path.startswith(f"/{code}/{PANEL}/") and path.rpartition("/")[2] not in pages]
    forms = [f"/{code}/{page}/{form}" for page in pages for form in (PRINT, LARGE)]
    easy = [f"/{code}/{page}/{EASY_READ}" for page in pages if has_easy_read(home, page)]
    return [*without, *panels, *forms, *easy, f"/{code}/support/was-it-clear", f"/{code}/search?q=coroner"]


def look_at_every_page(walk: Walk, app: Flask, code: str) -> None:
    """Open every page in a browser: nothing runs over, axe finds nothing, numbers keep their order, nothing breaks."""
    paths = paths_of(app, code)
    assert len(paths) > 120, "a language without its pages"
    walker = walk(code, device=PHONE, story=f"every page {code}")
    found: list[str] = []
    for path in paths:
        walker.open(path)
        for width in WIDTHS:
            with walker.eye.as_wide_as(width):
                found += [f"{path} at {width} px: {one}" for one in walker.page.evaluate(OVERFLOW)]
                # What axe finds does not change with the width on pages of one template, so the wide ones are a sample.
                if width == WIDTHS[0] or "/support" in path or path.count("/") == 2:
                    found += [f"{path} at {width} px: {one}" for one in walker.eye.axe()]
        if walker.page.evaluate("() => document.dir") == "rtl":
            found += [f"{path}: {one} would run backwards" for one in walker.page.evaluate(LOOSE_NUMBERS)]
        walker.eye.stays_quiet(path)
    assert not found, "\n".join(found)
