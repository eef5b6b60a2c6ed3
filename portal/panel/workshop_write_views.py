"""Writing the English: the text beside what readers will meet, and what kind of change each changed section is."""

from collections.abc import Sequence

from flask import redirect, request
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.languages import ENGLISH
from portal.library.source import Key, Source
from portal.panel.door import door, show_page
from portal.panel.workshop_forms import ASK, SHOW, WriteForm, kind_field
from portal.panel.workshop_pages import WritePage
from portal.panel.workshop_showing import (
    differing,
    heading_of,
    key_of,
    note_of,
    panel_choices,
    remark_of,
    shop,
    shown,
    text_url,
    title_of,
)
from portal.review.people import StaffMember
from portal.review.reviews import NotHere
from portal.words import gettext
from portal.workshop import differences, publishing, versions, wording

Staff = Here[StaffMember]


@door.show("/workshop/write/<path:page>", may=May.EDIT_PAGES)
def write_text(here: Staff, page: str) -> Response:
    """Show the form for an English text: the editor's own draft, or what readers have."""
    key, live = _text(here, page)
    draft = versions.in_hand(here.db, here.caller, key)
    text = draft.source if draft else live
    form = _form(live, text, key)
    for section, kind in wording.kinds_chosen(live, text).items():
        if kind_field(section) in form:
            form[kind_field(section)].data = kind.value
    form.the_note.data = note_of(draft)
    form.with_panel.data = here.caller.panel
    form.seen.data = versions.mark_of(live)
    return _writing(here, key, live, text, form)


@door.change("/workshop/write/<path:page>", may=May.EDIT_PAGES)
def keep_text(here: Staff, page: str) -> Response:
    """Show, keep or hand on what was written; to show it changes nothing."""
    key, live = _text(here, page)
    pressed = request.form.get("act", SHOW)
    first = _form(live, live, key)
    changed = wording.changed_sections(live, first.text_over(live))
    form = _form(live, first.text_over(live), key)
    kinds = form.kinds(changed)
    text = wording.with_kinds(live, form.text_over(live), kinds, wording.signature(here.caller), publishing.today())
    form.with_panel.choices = panel_choices(here, key)
    if pressed == SHOW:
        return _writing(here, key, live, text, form)
    missing = [one for one in changed if one not in kinds] if pressed == ASK else []
    if not form.validate() or missing:
        for section in missing:
            field = form[kind_field(section)]
            field.errors = [gettext("Say what kind of change %(section)s is.", section=heading_of(here, live, section))]
        return _writing(here, key, live, text, form, 422)
    base = versions.with_mark(here.db, key, form.seen.data or "")
    if form.seen.data != versions.mark_of(live):
        versions.keep(here.db, here.caller, key, text, base=base, note=form.the_note.data)
        return redirect(request.path, 303)
    base = versions.begun_from(here.db, key, live)
    if pressed != ASK:
        versions.keep(here.db, here.caller, key, text, base=base, note=form.the_note.data)
        return redirect(text_url(key, done="kept"), 303)
    try:
        publishing.hand_on(here.db, shop(here), here.caller, key, text, base=base, note=form.the_note.data)
    except publishing.Unfit:
        here.db.rollback()
        return _writing(here, key, live, text, form, 422, [not_yet()])
    return redirect(text_url(key, done="asked"), 303)


def not_yet() -> str:
    """Return what somebody is told whose text cannot go to readers as it is."""
    return gettext(
        "This cannot go to readers yet, so it was not handed on. What has to be put right stands under "
        "«What would stop it». Your words are all here; to be safe, keep the draft."
    )


def _text(here: Staff, page: str) -> tuple[Key, Source]:
    key = key_of(here, ENGLISH, page)
    live = here.house.library.source(key)
    if live is None:
        raise NotHere
    return key, live


def _form(live: Source, text: Source, key: Key) -> WriteForm:
    changed = wording.changed_sections(live, text)
    return WriteForm.over(live, text, own=bool(key.panel), changed=changed)


def _writing(
    here: Staff,
    key: Key,
    live: Source,
    text: Source,
    form: WriteForm,
    status: int = 200,
    told: Sequence[str] = (),
) -> Response:
    form.with_panel.choices = panel_choices(here, key)
    changed = [one for one in wording.changed_sections(live, text) if kind_field(one) in form]
    kinds = [
        (
            heading_of(here, text, one),
            differences.shortened(differences.between(live.sections[one].text, text.sections[one].text)),
            form[kind_field(one)],
        )
        for one in changed
    ]
    draft = versions.in_hand(here.db, here.caller, key)
    outrun = draft is not None and publishing.is_outdated(here.db, here.house.library, draft)
    base = versions.base_of(here.db, draft) if draft is not None and outrun else None
    page = WritePage(
        title_of(here, key),
        form,
        kinds,
        shown(here, key, text, form.with_panel.data or ""),
        [*told, *told_of(here, key, outrun=outrun, remark=remark_of(draft))],
        differing(here, live, base.source, live) if base is not None else [],
        text_url(key),
    )
    return show_page(here, page, status)


def told_of(here: Staff, key: Key, *, outrun: bool, remark: str) -> list[str]:
    """Return what somebody has to know who goes on writing: other versions, other readers' texts, other wishes."""
    found = []
    if outrun:
        found.append(
            gettext(
                "Readers have been given another text since you began. Your words are kept, and nothing of either text "
                "is lost. Below you see what has changed meanwhile: bring it into your text, and then go on."
            )
        )
    if remark:
        found.append(gettext("The second person asks: %(remark)s", remark=remark))
    for other in versions.of_others(here.db, here.caller, key):
        author = here.db.get(StaffMember, other.author_id) if other.author_id else None
        name = author.name if author else gettext("A colleague")
        found.append(
            gettext(
                "%(name)s has a version of this text in hand too (version %(number)s). You can compare the two on the "
                "page of this text.",
                name=name,
                number=other.number,
            )
        )
    return found
