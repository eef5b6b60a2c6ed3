"""What readers said of the pages: counted for each page and language, and what they wrote, the newest first."""

from datetime import date
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.languages import ENGLISH
from portal.panel.clearness_pages import ClearnessPage, Said, Wrote
from portal.panel.door import allowed, door, show_page
from portal.panel.labels import language_label
from portal.review import clearness as said_of_pages
from portal.review.clearness import Clear, Clearness, Shape
from portal.review.people import StaffMember
from portal.sealing import opened
from portal.words import gettext

PAGE = 50


@door.show("/clearness", may=May.SEE_THE_LIBRARY)
def clearness(here: Here[StaffMember]) -> Response:
    """Show what readers said and, to an editor, what they wrote."""
    counted = [
        Said(*_page(here, one.page, one.language), language_label(one.language), *(one.said[clear] for clear in Clear))
        for one in said_of_pages.counts(here.db)
    ]
    may_read = allowed(here, May.EDIT_PAGES)
    place = _place(request.args.get("before", ""))
    rows = said_of_pages.words_of_readers(here.db, place, PAGE + 1) if may_read else []
    following = ""
    if len(rows) > PAGE:
        last = rows[PAGE - 1]
        following = url_for("panel.clearness", before=f"{last.said_on.isoformat()}.{last.id.hex}")
    written = [_wrote(here, row) for row in rows[:PAGE]]
    return show_page(here, ClearnessPage(counted, written, following, may_read))


@door.change("/clearness/<uuid:clearness_id>/take-out", may=May.EDIT_PAGES)
def take_out_words(here: Here[StaffMember], clearness_id: UUID) -> Response:
    """Take out for good what a reader wrote, because it names somebody; the answer itself stays counted."""
    said_of_pages.take_out_words(here.db, clearness_id)
    return redirect(url_for("panel.clearness"), 303)


def _wrote(here: Here[StaffMember], row: Clearness) -> Wrote:
    answers = {Clear.YES: gettext("Clear"), Clear.PARTLY: gettext("Partly clear"), Clear.NO: gettext("Not clear")}
    shapes = {Shape.EASY_READ: gettext("Easy read"), Shape.LARGE_PRINT: gettext("Large print")}
    known = languages.language(row.language)
    return Wrote(
        row.id,
        *_page(here, row.page, row.language),
        answers[row.clear],
        known.code,
        known.direction,
        language_label(row.language),
        shapes.get(row.shape, ""),
        opened(lambda: row.words),
        row.said_on,
    )


def _page(here: Here[StaffMember], page: str, language: str) -> tuple[str, str]:
    """Return the English title of a page and its address in the language in which it was read."""
    library, panels = here.house.library, here.house.panels
    url = panels.address(language, panels.named(here.caller.panel), page)
    if page in library.pages:
        return library.title(page, ENGLISH, panels.named(here.caller.panel)), url
    return (gettext("Three questions, and the pages that may fit"), url) if page == "begin" else (page, "")


def _place(text: str) -> tuple[date, UUID] | None:
    """Read from an address where the last page of the list ended; what cannot be read leads to the beginning."""
    try:
        day, last = text.split(".")
        return date.fromisoformat(day), UUID(last)
    except ValueError:
        return None
