"""One text of the library: how it stands in a language, its versions, what differs between them, and taking it away."""

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.languages import ENGLISH, language
from portal.library.source import Key
from portal.page import Choice
from portal.panel.door import allowed, door, show_page
from portal.panel.labels import language_label
from portal.panel.workshop_forms import WithdrawForm
from portal.panel.workshop_pages import ComparePage, TextPage, WithdrawPage
from portal.panel.workshop_showing import (
    differing,
    how_label,
    key_of,
    live_url,
    look_at_once,
    page_of,
    row_of,
    state_label,
    text_url,
    title_of,
    work_url,
)
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.words import gettext
from portal.workshop import publishing, table, versions
from portal.workshop.models import ON_THE_WAY, ContentVersion, VersionState
from portal.workshop.table import Shown as How

Staff = Here[StaffMember]


@door.show("/workshop/text/<code>/<path:page>", may=May.SEE_THE_LIBRARY)
def text(here: Staff, code: str, page: str) -> Response:
    """Show how one text stands in one language, who has it in hand, and its versions."""
    key = key_of(here, code, page)
    kept = versions.of_text(here.db, key)
    waiting = {one.key for one in kept if one.state is VersionState.WAITING}
    found = table.rows(here.house.library, here.caller.panel, code, waiting, publishing.today())
    row = next((one for one in found if one.key == key), None)
    if row is None:
        raise NotHere
    told = {
        "kept": gettext("Your draft is kept. Readers see nothing of it."),
        "asked": gettext("It waits for a second person now. Readers see nothing of it until then."),
        "published": gettext("Readers have it now."),
        "sent-back": gettext("It is back with its author."),
        "taken-back": gettext("It is a draft again."),
        "put-aside": gettext("It is put aside. It stays among the versions."),
        "withdrawn": gettext("It is taken away. Readers get the English now."),
    }
    in_hand = [one for one in kept if one.state in ON_THE_WAY]
    shown = TextPage(
        title_of(here, key),
        language_label(code),
        how_label(row),
        _notes(here, row, in_hand),
        _acts(here, row),
        [row_of(here, one) for one in in_hand],
        [row_of(here, one) for one in kept],
        live_url(here, key),
        told.get(request.args.get("done", ""), ""),
        url_for("panel.library", language=code),
    )
    return show_page(here, shown)


@door.show("/workshop/version/<uuid:version_id>/compare", may=May.SEE_THE_LIBRARY)
def compare_texts(here: Staff, version_id: UUID) -> Response:
    """Show what differs between a version and another one, or what readers have."""
    one = versions.one_of_mine(here.db, here.caller, version_id)
    other_id = request.args.get("with", "")
    other = _other(here, one.key, other_id)
    live = here.house.library.source(one.key)
    before = other.source if other else live
    if before is None:
        raise NotNow
    others = [row for row in versions.of_text(here.db, one.key) if row.id != one.id]
    known = language(one.key.language)
    choices = [Choice(gettext("What readers have now"), "", not other_id)]
    choices += [Choice(_named(here, row), str(row.id), str(row.id) == other_id) for row in others]
    shown = ComparePage(
        gettext("What differs in: %(title)s", title=title_of(here, one.key)),
        _named(here, other) if other else gettext("What readers have now"),
        _named(here, one),
        known.code,
        known.direction,
        differing(here, here.house.library.source(one.key.english), before, one.source),
        choices,
        text_url(one.key),
    )
    return show_page(here, shown)


@door.show("/workshop/withdraw/<code>/<path:page>", may=May.EDIT_PAGES)
def ask_to_withdraw(here: Staff, code: str, page: str) -> Response:
    """Ask whether to take a translation away."""
    key = _translation(here, code, page)
    return _withdrawing(here, key, WithdrawForm())


@door.change("/workshop/withdraw/<code>/<path:page>", may=May.EDIT_PAGES)
def withdraw_text(here: Staff, code: str, page: str) -> Response:
    """Take a translation away from its readers, at once."""
    key = _translation(here, code, page)
    form = WithdrawForm()
    if not form.validate():
        return _withdrawing(here, key, form, 422)
    publishing.withdraw(here.db, here.house.library, here.caller, key, form.why.data)
    here.afterwards.append(look_at_once)
    return redirect(text_url(key, done="withdrawn"), 303)


def _translation(here: Staff, code: str, page: str) -> Key:
    key = key_of(here, code, page)
    live = here.house.library.source(key)
    if code == ENGLISH or live is None or live.meta.get("withdrawn"):
        raise NotNow
    return key


def _withdrawing(here: Staff, key: Key, form: WithdrawForm, status: int = 200) -> Response:
    title = gettext("Take away: %(title)s", title=title_of(here, key))
    return show_page(here, WithdrawPage(title, language_label(key.language), form, text_url(key)), status)


def _other(here: Staff, key: Key, version_id: str) -> ContentVersion | None:
    if not version_id:
        return None
    try:
        found = versions.one_of_mine(here.db, here.caller, UUID(version_id))
    except ValueError:
        raise NotHere from None
    if found.key != key:
        raise NotHere
    return found


def _named(here: Staff, one: ContentVersion) -> str:
    row = row_of(here, one)
    if row.author:
        return gettext(
            "Version %(number)s by %(name)s: %(state)s",
            number=one.number,
            name=row.author,
            state=state_label(one.state),
        )
    return gettext("Version %(number)s: %(state)s", number=one.number, state=state_label(one.state))


def _notes(here: Staff, row: table.Row, in_hand: list[ContentVersion]) -> list[str]:
    notes = []
    source = row.source
    if row.past:
        notes.append(gettext("The day to read this page again has gone by."))
    if row.shown is How.WITHDRAWN and source is not None:
        notes.append(gettext("Taken away: %(why)s", why=str(source.meta["withdrawn"])))
    if source is not None and row.key.language != ENGLISH:
        by = str(source.meta.get("translated_by") or "") or gettext("nobody yet")
        checked = str(source.meta.get("checked_by") or "") or gettext("nobody yet")
        notes.append(gettext("Translated by %(name)s. Checked by %(checked)s.", name=by, checked=checked))
    if any(one.author_id != here.caller.id for one in in_hand):
        notes.append(
            gettext(
                "A colleague is working on this text. You can write, too: nobody's words are written over, and both "
                "versions can be compared."
            )
        )
    return notes


def _acts(here: Staff, row: table.Row) -> list[Choice]:
    key, acts = row.key, []
    if key.language == ENGLISH:
        if allowed(here, May.EDIT_PAGES):
            acts.append(Choice(gettext("Write"), work_url(key)))
        return acts
    if row.shown is How.OLDER:
        acts.append(Choice(gettext("Translate what has changed"), work_url(key)))
    if row.shown in (How.MISSING, How.WITHDRAWN):
        acts.append(Choice(gettext("Translate it"), work_url(key)))
    else:
        acts.append(Choice(gettext("Go through the whole text"), f"{work_url(key)}?all=1"))
    if row.source is not None and row.shown is not How.WITHDRAWN and allowed(here, May.EDIT_PAGES):
        url = url_for("panel.ask_to_withdraw", code=key.language, page=page_of(key))
        acts.append(Choice(gettext("Take this translation away"), url))
    return acts
