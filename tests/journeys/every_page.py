"""Goes through every public page of a language, on a small screen and on a wide one; in some, through its forms.

Two test files share the languages, so that two workers can go through them beside each other.
"""

from flask import Flask

from portal.house import House
from portal.public.form_views import EASY_READ, LARGE, PRINT, has_easy_read
from tests.journeys.conftest import PHONE, Walk
from tests.journeys.eye import LOOSE_NUMBERS, OVERFLOW

NARROW, WIDE = 320, 1280
# One language for each direction is looked at through and through. In the others axe and the wide window are for pages
# with something that no page before them had: most of them are made of the same few pieces, in other words.
THROUGHOUT = ("en", "ur")
# On a screen the form for paper is the usual page without what stands around it, and large print the same in larger
# letters: where words are long or high besides, there it is looked at, too.
FORMS = dict.fromkeys(THROUGHOUT, (PRINT, LARGE)) | dict.fromkeys(("pl", "so", "bn"), (LARGE,))
PIECES = """() => [...new Set([...document.querySelectorAll("body *")].map(
  one => [one.parentElement.localName, one.localName, one.className, ...one.getAttributeNames()].join(" ")))]"""
PANEL = "west-of-england"  # the pages of the library look the same in every panel; its own pages are looked at too


def paths_of(app: Flask, code: str) -> list[str]:
    """Return the addresses to look at: without a panel, the own pages of one panel, and the other forms."""
    home: House = app.extensions["house"]
    pages = home.library.pages
    own = [path for path in app.extensions["public_paths"]() if path.startswith(f"/{code}/")]
    slugs = tuple(f"/{code}/{panel.slug}/" for panel in home.panels.all)
    without = [path for path in own if not path.startswith(slugs)]
    panels = [path for path in own if path.startswith(f"/{code}/{PANEL}/") and path.rpartition("/")[2] not in pages]
    forms = [f"/{code}/{page}/{form}" for page in pages for form in FORMS.get(code, ())]
    easy = [f"/{code}/{page}/{EASY_READ}" for page in pages if has_easy_read(home, page)]
    return [*without, *panels, *forms, *easy, f"/{code}/support/was-it-clear", f"/{code}/search?q=coroner"]


def look_at_every_page(walk: Walk, app: Flask, code: str) -> None:
    """Open every page in a browser: nothing runs over, axe finds nothing, numbers keep their order, nothing breaks."""
    paths = paths_of(app, code)
    assert len(paths) > 50, "a language without its pages"
    walker = walk(code, device=PHONE | {"viewport": {"width": NARROW, "height": 844}}, story=f"every page {code}")
    page, eye = walker.page, walker.eye
    found: list[str] = []
    known: set[str] = set()
    for path in paths:
        walker.open(path)
        pieces = set(page.evaluate(PIECES))
        new, known = not pieces <= known, known | pieces
        found += [f"{path} at {NARROW} px: {one}" for one in page.evaluate(OVERFLOW)]
        if new or code in THROUGHOUT:
            found += [f"{path}: {one}" for one in eye.axe(contrast=new)]
            with eye.as_wide_as(WIDE):
                found += [f"{path} at {WIDE} px: {one}" for one in page.evaluate(OVERFLOW)]
                if path.count("/") == 2:
                    found += [f"{path} at {WIDE} px: {one}" for one in eye.axe(contrast=new)]
        if page.evaluate("() => document.dir") == "rtl":
            found += [f"{path}: {one} would run backwards" for one in page.evaluate(LOOSE_NUMBERS)]
        eye.stays_quiet(path)
    assert not found, "\n".join(found)
