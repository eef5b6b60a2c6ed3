"""The library's table: how every text stands in a language, what waits, who looks after what, and facts to confirm."""

from collections.abc import Sequence
from datetime import date

from flask import request, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.languages import ENGLISH
from portal.library.article import EASY
from portal.library.materials import FOLDER, OF_ALL, read_materials
from portal.library.source import Key
from portal.panel.door import door, show_page
from portal.panel.labels import language_label
from portal.panel.pages import Again, Facts, LanguageRow, LibraryPage, TextRow, WaitingRow
from portal.panel.workshop_showing import how_label, live_url, row_of, text_url, title_of
from portal.review.people import StaffMember
from portal.workshop import publishing, table, versions

Staff = Here[StaffMember]


@door.show("/library", may=May.SEE_THE_LIBRARY)
def library(here: Staff) -> Response:
    """Show how every text stands in one language, and in numbers how the others stand."""
    offered = here.house.settings.languages
    code = request.args.get("language", "")
    code = code if code in offered else ENGLISH
    waits = versions.waiting(here.db, here.caller)
    by_language = {one: _rows(here, one, {version.key for version in waits}) for one in offered}
    page = LibraryPage(
        language_label(code),
        code == ENGLISH,
        [_in_numbers(one, rows, code) for one, rows in by_language.items()],
        [WaitingRow(title_of(here, one.key), language_label(one.language), row_of(here, one)) for one in waits],
        [_text(here, row) for row in by_language[code]],
        _to_read_again(here, by_language[ENGLISH]),
        _page_facts(here),
        [*_panel_facts(here), *_other_facts(here)],
    )
    return show_page(here, page)


def _rows(here: Staff, code: str, waiting: set[Key]) -> list[table.Row]:
    return table.rows(here.house.library, here.caller.panel, code, waiting, publishing.today())


def _in_numbers(code: str, rows: Sequence[table.Row], shown: str) -> LanguageRow:
    found = table.counts(rows)
    url = url_for("panel.library", language=code)
    return LanguageRow(language_label(code), url, code == shown, found)


def _text(here: Staff, row: table.Row) -> TextRow:
    books, key, source = here.house.library, row.key, row.source
    meta = source.meta if source else {}
    easy_or_front = key.page == table.FRONT or key.page.startswith(EASY)
    used = key.language if easy_or_front else books.language_of(key.page, key.language)
    panel = here.house.panels.named(here.caller.panel)
    again = meta.get("review_by")
    return TextRow(
        title_of(here, key),
        "" if easy_or_front or used == ENGLISH else books.title(key.page, key.language, panel),
        languages.language(used).code,
        languages.language(used).direction,
        live_url(here, key),
        text_url(key),
        how_label(row),
        row.being_checked,
        str(meta.get("owner") or ""),
        str(meta.get("translated_by") or ""),
        str(meta.get("checked_by") or ""),
        again if isinstance(again, date) else None,
        row.past,
    )


def _to_read_again(here: Staff, rows: Sequence[table.Row]) -> list[Again]:
    """Return the English texts by the day on which somebody is to read them again, the next one first."""
    dated = [(row.source.meta["review_by"], row) for row in rows if row.source and row.source.meta.get("review_by")]
    return [
        Again(title_of(here, row.key), text_url(row.key), str(row.source.meta.get("owner") or ""), day, row.past)
        for day, row in sorted(dated, key=lambda one: (one[0], one[1].key))
        if row.source
    ]


def _page_facts(here: Staff) -> list[Facts]:
    books, found = here.house.library, []
    for key in table.texts(books, here.caller.panel):
        source = books.source(key)
        points = [str(point) for point in source.meta.get("to_confirm") or []] if source else []
        if points:
            found.append(Facts(title_of(here, key), text_url(key), points))
    return found


def _panel_facts(here: Staff) -> list[Facts]:
    panels = here.house.panels
    found = [(one, [str(point) for point in one.facts.get("to_confirm") or []]) for one in panels.all]
    return [Facts(one.name, panels.address(ENGLISH, one), points) for one, points in found if points]


def _other_facts(here: Staff) -> list[Facts]:
    panels, texts = here.house.panels, read_materials(here.house.settings.content_folder)
    found = [Facts("Which panel looks after which place", "/en/which-panel", list(panels.places.to_confirm))]
    for name in (OF_ALL, *texts.names):
        source = texts.material(name, ENGLISH).source
        address = panels.address(ENGLISH, panels.only, FOLDER if name == OF_ALL else f"{FOLDER}/{name}")
        found.append(Facts(source.title, address, [str(point) for point in source.meta["to_confirm"]]))
    return found
