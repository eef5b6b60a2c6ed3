"""Translating: the sections whose English is not what it was, with the English before and now, and one's own words."""

from collections.abc import Sequence

from flask import redirect, request
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.languages import ENGLISH
from portal.library.source import TOP, Key, Source
from portal.panel.door import door, show_page
from portal.panel.labels import language_label
from portal.panel.workshop_forms import ASK, MADE_BY_A_MACHINE, MADE_BY_A_PERSON, SHOW, TranslateForm
from portal.panel.workshop_pages import SectionWork, TranslatePage
from portal.panel.workshop_showing import (
    heading_of,
    key_of,
    note_of,
    panel_choices,
    remark_of,
    shop,
    shown,
    standing_label,
    text_url,
    title_of,
    work_url,
)
from portal.panel.workshop_write_views import not_yet, told_of
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.words import gettext
from portal.workshop import differences, publishing, versions, wording

Staff = Here[StaffMember]


@door.show("/workshop/translate/<code>/<path:page>", may=May.TRANSLATE_PAGES)
def translate_text(here: Staff, code: str, page: str) -> Response:
    """Show the sections that have to be brought to what the English says, or all of them."""
    key, english = _text(here, code, page)
    sections, draft = _sections(here, key, english), versions.in_hand(here.db, here.caller, key)
    live = here.house.library.source(key)
    form = TranslateForm.for_sections(english, draft.source if draft else live, sections)
    form.the_note.data = note_of(draft)
    form.with_panel.data = here.caller.panel
    form.seen.data = versions.mark_of(live)
    return _translating(here, key, english, sections, form, draft.source if draft else live)


@door.change("/workshop/translate/<code>/<path:page>", may=May.TRANSLATE_PAGES)
def keep_translated(here: Staff, code: str, page: str) -> Response:
    """Show, keep or hand on what was translated; to show it changes nothing."""
    key, english = _text(here, code, page)
    live, draft = here.house.library.source(key), versions.in_hand(here.db, here.caller, key)
    sections, pressed = _written(english) or _sections(here, key, english), request.form.get("act", SHOW)
    own = draft.source if draft else live
    form = TranslateForm.for_sections(english, own, sections)
    form.with_panel.choices = panel_choices(here, key)
    outrun = form.outrun(english, sections)
    text = wording.as_translation(
        english,
        live,
        form.text_over(english, own, sections),
        sections,
        by=wording.signature(here.caller),
        on=publishing.today(),
        machine=form.made_by.data == MADE_BY_A_MACHINE,
    )
    if pressed == SHOW:
        return _translating(here, key, english, sections, form, text)
    if not form.validate() or (pressed == ASK and not _said_how(form)):
        return _translating(here, key, english, sections, form, text, 422)
    if outrun:
        for one in outrun:
            form[f"english_{one}"].data = english.hashes[one]
        return _translating(here, key, english, sections, form, text, 422, [_english_moved()])
    current = form.seen.data == versions.mark_of(live)
    base = (
        versions.begun_from(here.db, key, live) if current else versions.with_mark(here.db, key, form.seen.data or "")
    )
    if pressed != ASK or not current:
        # What is only kept does not say yet that it was brought to the English of today.
        half = text.saying(**{name: own.meta.get(name) for name in ("source", "cleared")}) if own else text
        versions.keep(here.db, here.caller, key, half, base=base, note=form.the_note.data)
        return redirect(text_url(key, done="kept") if current else f"{work_url(key)}?all=1", 303)
    try:
        publishing.hand_on(here.db, shop(here), here.caller, key, text, base=base, note=form.the_note.data)
    except publishing.Unfit:
        here.db.rollback()
        return _translating(here, key, english, sections, form, text, 422, [not_yet()])
    return redirect(text_url(key, done="asked"), 303)


def _text(here: Staff, code: str, page: str) -> tuple[Key, Source]:
    key = key_of(here, code, page)
    english = here.house.library.source(key.english)
    if english is None or code == ENGLISH:
        raise NotHere
    return key, english


def _sections(here: Staff, key: Key, english: Source) -> list[str]:
    if request.args.get("all"):
        return list(english.sections)
    behind = list(wording.to_do(here.house.library, key))
    if not behind:
        raise NotNow
    return behind


def _written(english: Source) -> list[str]:
    """Return the sections that came with the form: a colleague may have brought some to the English meanwhile."""
    return [one for one in english.sections if f"english_{one}" in request.form]


def _said_how(form: TranslateForm) -> bool:
    if form.made_by.data in (MADE_BY_A_PERSON, MADE_BY_A_MACHINE):
        return True
    form.made_by.errors = [gettext("Say how this translation was made.")]
    return False


def _translating(
    here: Staff,
    key: Key,
    english: Source,
    sections: Sequence[str],
    form: TranslateForm,
    text: Source | None,
    status: int = 200,
    told: Sequence[str] = (),
) -> Response:
    form.with_panel.choices = panel_choices(here, key)
    draft = versions.in_hand(here.db, here.caller, key)
    outrun = draft is not None and publishing.is_outdated(here.db, here.house.library, draft)
    known = languages.language(key.language)
    empty = Source({"title": english.title}, "")
    page = TranslatePage(
        title_of(here, key),
        language_label(key.language),
        known.code,
        known.direction,
        form,
        [section_work(here, key, english, one, form.fields_of(one)) for one in sections],
        shown(here, key, text or empty, form.with_panel.data or "", checked=text is not None),
        [*told, *told_of(here, key, outrun=outrun, remark=remark_of(draft))],
        "" if len(sections) == len(english.sections) else f"{work_url(key)}?all=1",
        text_url(key),
    )
    return show_page(here, page, status)


def section_work(here: Staff, key: Key, english: Source, section: str, fields: Sequence[object]) -> SectionWork:
    """Return one section with its English, and what has changed in it since the translation was made."""
    own = here.house.library.source(key)
    made_from = str(((own.meta.get("source") or {}) if own else {}).get(section, ""))
    now = english.sections[section].text
    before = versions.english_before(here.db, key.english, section, made_from)
    standing = here.house.library.standing(key).get(section)
    return SectionWork(
        section,
        heading_of(here, english, section),
        standing_label(standing) if standing else "",
        "" if section == TOP and not now.strip() else now,
        differences.between(before, now) if before and before.strip() != now.strip() else [],
        fields,
    )


def _english_moved() -> str:
    return gettext(
        "The English has changed again since you opened this page. Your words are all here, and nothing was kept yet: "
        "look at the English as it is now, and press once more."
    )
