"""What the pages of the workshop have in common: which text an address names, and how texts and versions are shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, url_for

from portal import languages
from portal.door import Here
from portal.languages import ENGLISH
from portal.library.article import EASY, Part
from portal.library.easy import with_pictures
from portal.library.removed import removed
from portal.library.source import TOP, Key, Source
from portal.library.standing import Change, Standing
from portal.panel.showing import name_of
from portal.panel.workshop_forms import divided, kind_labels
from portal.panel.workshop_pages import Difference, Shown, VersionRow
from portal.review.people import StaffMember
from portal.review.reviews import NotHere
from portal.sealing import opened
from portal.words import gettext
from portal.workshop import differences
from portal.workshop.models import ContentVersion, VersionState
from portal.workshop.shop import Shop
from portal.workshop.table import FRONT, Row
from portal.workshop.table import Shown as How

_OWN = "own/"  # before the name of a text that is the caller's own panel's: no address names another panel's
Staff = Here[StaffMember]


def key_of(here: Staff, code: str, page: str) -> Key:
    """Return the text that an address names. Raises NotHere where there is none."""
    own = page.startswith(_OWN)
    key = Key(here.caller.panel if own else "", code, page.removeprefix(_OWN))
    if code not in here.house.settings.languages or here.house.library.source(key.english) is None:
        raise NotHere
    return key


def page_of(key: Key) -> str:
    """Return the name of a text as it stands in an address."""
    return f"{_OWN}{key.page}" if key.panel else key.page


def text_url(key: Key, done: str | None = None) -> str:
    """Return the address of the page about one text; ``done`` names what has just been done."""
    return url_for("panel.text", code=key.language, page=page_of(key), done=done)


def work_url(key: Key) -> str:
    """Return the address at which a text is worked on."""
    if key.language == ENGLISH:
        return url_for("panel.write_text", page=page_of(key))
    return url_for("panel.translate_text", code=key.language, page=page_of(key))


def live_url(here: Staff, key: Key) -> str:
    """Return the address at which readers meet a text."""
    panels = here.house.panels
    panel = panels.named(key.panel or here.caller.panel)
    front = key.page == FRONT
    easy = key.page.startswith(EASY)
    name = "" if front else key.page.removeprefix(EASY) + ("/easy-read" if easy else "")
    return panels.address(key.language, panel if key.panel or not front else None, name)


def shop(here: Staff) -> Shop:
    """Return the library with what its checks look into."""
    return Shop(here.house.library, here.house.settings.content_folder)


def title_of(here: Staff, key: Key) -> str:
    """Return what a text is called for staff: its English title."""
    if key.page == FRONT:
        panel = here.house.panels.named(key.panel)
        return gettext("Opening words of %(panel)s", panel=panel.name) if panel else gettext("Opening words for all")
    source = here.house.library.source(key.english)
    title = _filled(here, source.title if source else key.page, ENGLISH)
    return gettext("%(title)s, in easy read", title=title) if key.page.startswith(EASY) else title


def heading_of(here: Staff, source: Source | None, section: str) -> str:
    """Return what a section is called for staff: its English heading."""
    if section == TOP:
        return gettext("Title, summary and opening")
    text = source.sections[section].text if source is not None and section in source.sections else ""
    return _filled(here, divided(text)[0], ENGLISH) or section


def _filled(here: Staff, text: str, code: str) -> str:
    panels = here.house.panels
    return panels.filled(text, panels.named(here.caller.panel), code)


def panel_choices(here: Staff, key: Key) -> list[tuple[str, str]]:
    """Return with whose words a text can be shown."""
    if key.panel:
        panel = here.house.panels.named(key.panel)
        return [(key.panel, panel.name if panel else key.panel)]
    return [*((one.slug, one.name) for one in here.house.panels.all), ("", gettext("no panel in particular"))]


def shown(here: Staff, key: Key, source: Source, panel: str, *, checked: bool = True) -> Shown:
    """Return a text as readers will meet it with a panel's words."""
    trial = here.house.library.trying(key, source)
    chosen = here.house.panels.named(key.panel or panel)
    known = languages.language(key.language)
    if key.page == FRONT:
        html, used = trial.opening(chosen if key.panel else None, key.language)
        parts: Sequence[Part] = [Part(html, used)]
    else:
        parts = trial.article(key.page, key.language, chosen).parts
    parts, pictures = with_pictures(parts) if key.page.startswith(EASY) else (parts, {})
    return Shown(
        _filled(here, source.title, key.language),
        known.code,
        known.direction,
        parts,
        pictures,
        removed(source.body),
        shop(here).problems(key, source) if checked else [],
    )


def state_label(state: VersionState) -> str:
    """Return where a version is."""
    return {
        VersionState.FROM_FILES: gettext("From the files"),
        VersionState.DRAFT: gettext("Draft"),
        VersionState.WAITING: gettext("Waits for a second person"),
        VersionState.PUBLISHED: gettext("Given to readers"),
        VersionState.PUT_ASIDE: gettext("Put aside"),
        VersionState.WITHDRAWN: gettext("Taken away from readers"),
    }[state]


def how_label(row: Row) -> str:
    """Return how a text stands in a language."""
    if row.shown is How.OLDER:
        if row.behind == 1:
            return gettext("Older than the English: 1 section")
        return gettext("Older than the English: %(count)s sections", count=row.behind)
    return {
        How.CURRENT: gettext("Current"),
        How.MISSING: gettext("Not translated yet"),
        How.WITHDRAWN: gettext("Withdrawn"),
    }[row.shown]


def standing_label(standing: Standing) -> str:
    """Return how one section of a translation stands."""
    return {
        Standing.CURRENT: gettext("Current"),
        Standing.OLDER: gettext("The meaning of the English has changed"),
        Standing.UNSAFE: gettext("Stepped back: readers see the English"),
        Standing.MISSING: gettext("Not translated yet"),
    }[standing]


def row_of(here: Staff, version: ContentVersion) -> VersionRow:
    """Return a version as a line of a list."""
    return VersionRow(
        str(version.id),
        version.number,
        state_label(version.state),
        name_of(here, version.author_id),
        version.created_at,
        version.published_at,
        name_of(here, version.published_by),
        version.state is VersionState.WITHDRAWN,
        note_of(version),
        remark_of(version),
        url_for("panel.text_version", version_id=version.id),
    )


def note_of(version: ContentVersion | None) -> str:
    """Return what the author of a version wrote for the second person."""
    return (opened(lambda: version.note) if version is not None else None) or ""


def remark_of(version: ContentVersion | None) -> str:
    """Return what somebody asked the author of a version to change."""
    return (opened(lambda: version.remark) if version is not None else None) or ""


def differing(
    here: Staff, english: Source | None, before: Source, after: Source, kinds: Mapping[str, Change] | None = None
) -> list[Difference]:
    """Return what differs between two texts, under the English headings."""
    labels = kind_labels()
    found = differences.by_section(before, after)
    named = english if english is not None else after
    return [
        Difference(
            heading_of(here, named, one.id),
            one.pieces,
            labels[kinds[one.id]] if kinds and one.id in kinds else "",
        )
        for one in found
    ]


def look_at_once(_db: Any) -> None:
    """Let readers of this process have what was published now; the other processes find it within seconds."""
    current_app.extensions["overlay"].try_to_look()
