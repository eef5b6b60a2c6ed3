"""One version, and the second person: they read it, let readers have it, or ask its author for other words."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.languages import ENGLISH
from portal.library.source import Source
from portal.page import Choice
from portal.panel.door import allowed, door, show_page
from portal.panel.workshop_forms import PublishForm, RemarkForm
from portal.panel.workshop_pages import CheckPage, Difference, SectionWork, TextSendBackPage, VersionPage
from portal.panel.workshop_showing import (
    differing,
    look_at_once,
    remark_of,
    row_of,
    shop,
    shown,
    text_url,
    title_of,
    work_url,
)
from portal.panel.workshop_translate_views import section_work
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.words import gettext
from portal.workshop import publishing, versions, wording
from portal.workshop.models import ON_THE_WAY, ContentVersion, VersionState

Staff = Here[StaffMember]
_OLD = frozenset({VersionState.PUBLISHED, VersionState.PUT_ASIDE, VersionState.FROM_FILES})


@door.show("/workshop/version/<uuid:version_id>", may=May.SEE_THE_LIBRARY)
def text_version(here: Staff, version_id: UUID) -> Response:
    """Show one version."""
    version = versions.one_of_mine(here.db, here.caller, version_id)
    notes = [gettext("The second person asks: %(remark)s", remark=remark_of(version))] if version.remark_ct else []
    waits, own = version.state is VersionState.WAITING, version.author_id == here.caller.id
    if waits and own:
        notes.append(gettext("You wrote this version. Somebody else reads it before readers get it."))
    check_url = url_for(".check_text", version_id=version.id) if waits and _may_publish(here, version) else ""
    text = _text_of(version)
    page = VersionPage(
        _title(here, version),
        row_of(here, version),
        _differences(here, version, text),
        shown(here, version.key, text, here.caller.panel, checked=False),
        notes,
        check_url,
        _presses(here, version, own=own),
        url_for(".compare_texts", version_id=version.id),
        text_url(version.key),
    )
    return show_page(here, page)


@door.show("/workshop/version/<uuid:version_id>/check", may=May.PUBLISH_PAGES)
def check_text(here: Staff, version_id: UUID) -> Response:
    """Show the second person everything that readers would get."""
    version = _waiting(here, version_id)
    return _checking(here, version, PublishForm())


@door.change("/workshop/version/<uuid:version_id>/check", may=May.PUBLISH_PAGES)
def publish_text(here: Staff, version_id: UUID) -> Response:
    """Let readers have a version."""
    version = _waiting(here, version_id)
    form = PublishForm()
    if _refusal(here, version):
        return _checking(here, version, form, "", 409)
    if not form.validate():
        return _checking(here, version, form, "", 422)
    try:
        publishing.publish(here.db, shop(here), here.caller, version, read_all=bool(form.read_all.data))
    except publishing.Outdated:
        here.db.rollback()
        return _checking(here, version, form, _outdated(), 409)
    except publishing.Unfit:
        here.db.rollback()
        return _checking(here, version, form, _unfit(), 422)
    here.afterwards.append(look_at_once)
    return redirect(text_url(version.key, done="published"), 303)


@door.show("/workshop/version/<uuid:version_id>/send-back", may=May.PUBLISH_PAGES)
def ask_for_another_text(here: Staff, version_id: UUID) -> Response:
    """Show the form that asks the author for other words."""
    return _sending_back(here, _waiting(here, version_id), RemarkForm())


@door.change("/workshop/version/<uuid:version_id>/send-back", may=May.PUBLISH_PAGES)
def send_text_back(here: Staff, version_id: UUID) -> Response:
    """Ask the author for other words."""
    version = _waiting(here, version_id)
    form = RemarkForm()
    if not form.validate():
        return _sending_back(here, version, form, 422)
    versions.send_back(here.db, here.caller, version, form.remark.data)
    return redirect(text_url(version.key, done="sent-back"), 303)


@door.change("/workshop/version/<uuid:version_id>/take-back", may=May.TRANSLATE_PAGES)
def take_text_back(here: Staff, version_id: UUID) -> Response:
    """Make one's own version a draft again."""
    version = _own(here, version_id)
    versions.send_back(here.db, here.caller, version, "")
    return redirect(text_url(version.key, done="taken-back"), 303)


@door.change("/workshop/version/<uuid:version_id>/put-aside", may=May.TRANSLATE_PAGES)
def put_text_aside(here: Staff, version_id: UUID) -> Response:
    """Put one's own version aside."""
    version = _own(here, version_id)
    versions.put_aside(here.db, here.caller, version)
    return redirect(text_url(version.key, done="put-aside"), 303)


@door.change("/workshop/version/<uuid:version_id>/restore", may=May.TRANSLATE_PAGES)
def restore_text(here: Staff, version_id: UUID) -> Response:
    """Take an old version up again, as a draft that goes the way of any other."""
    version = versions.one_of_mine(here.db, here.caller, version_id)
    if version.state not in _OLD or not _may_write(here, version):
        raise NotNow
    versions.restore(here.db, here.house.library, here.caller, version)
    url = work_url(version.key)
    return redirect(url if version.language == ENGLISH else f"{url}?all=1", 303)


def _waiting(here: Staff, version_id: UUID) -> ContentVersion:
    version = versions.one_of_mine(here.db, here.caller, version_id)
    if version.state is not VersionState.WAITING:
        raise NotNow
    return version


def _own(here: Staff, version_id: UUID) -> ContentVersion:
    version = versions.one_of_mine(here.db, here.caller, version_id)
    if version.author_id != here.caller.id:
        raise NotHere
    return version


def _may_write(here: Staff, version: ContentVersion) -> bool:
    return allowed(here, May.EDIT_PAGES if version.language == ENGLISH else May.TRANSLATE_PAGES)


def _may_publish(here: Staff, version: ContentVersion) -> bool:
    return allowed(here, May.PUBLISH_PAGES) and publishing.may_publish(here.caller, version.key, version.author_id)


def _text_of(version: ContentVersion) -> Source:
    try:
        return version.source
    except ValueError:
        raise NotNow from None


def _title(here: Staff, version: ContentVersion) -> str:
    return gettext("Version %(number)s: %(title)s", number=version.number, title=title_of(here, version.key))


def _presses(here: Staff, version: ContentVersion, *, own: bool) -> list[Choice]:
    found = []
    if own and version.state is VersionState.WAITING:
        found.append(Choice(gettext("Take it back and go on writing"), _at("take_text_back", version)))
    if own and version.state in ON_THE_WAY:
        found.append(Choice(gettext("Put it aside"), _at("put_text_aside", version)))
    if version.state in _OLD and _may_write(here, version):
        found.append(Choice(gettext("Take this version up again"), _at("restore_text", version)))
    return found


def _at(view: str, version: ContentVersion) -> str:
    return url_for(f"panel.{view}", version_id=version.id)


def _refusal(here: Staff, version: ContentVersion) -> str:
    if version.author_id == here.caller.id:
        return gettext("You wrote this version. Somebody else reads it before readers get it.")
    if not _may_publish(here, version):
        return gettext(
            "The English is published by an editor. You can read it here, and ask its author for other words."
        )
    if publishing.is_outdated(here.db, here.house.library, version):
        return _outdated()
    return ""


def _outdated() -> str:
    return gettext(
        "Readers have been given another text since this was begun, so it cannot be published as it is. Please send it "
        "back: its author sees what has changed meanwhile and brings both together."
    )


def _unfit() -> str:
    return gettext("This cannot go to readers as it is. What has to be put right stands under «What would stop it».")


def _differences(here: Staff, version: ContentVersion, text: Source) -> list[Difference]:
    library = here.house.library
    live = library.source(version.key)
    kinds = wording.kinds_chosen(live, text) if version.language == ENGLISH else {}
    return differing(here, library.source(version.key.english), live or Source({}, ""), text, kinds)


def _english(here: Staff, version: ContentVersion, text: Source) -> Sequence[SectionWork]:
    """Return the English of each section that differs, or that was brought to the English of today."""
    library = here.house.library
    english, live = library.source(version.key.english), library.source(version.key)
    if english is None or version.language == ENGLISH:
        return []
    before: dict[str, str] = (live.meta.get("source") or {}) if live else {}
    made: dict[str, str] = text.meta.get("source") or {}
    hashes = live.hashes if live else {}
    behind = wording.to_do(library, version.key)
    touched = [
        one
        for one in english.sections
        if one in behind or before.get(one) != made.get(one) or hashes.get(one) != text.hashes.get(one)
    ]
    return [section_work(here, version.key, english, one, []) for one in touched]


def _checking(here: Staff, version: ContentVersion, form: PublishForm, told: str = "", status: int = 200) -> Response:
    text = _text_of(version)
    signed = publishing.signed(here.house.library, version, wording.signature(here.caller), read_all=False)
    page = CheckPage(
        gettext("Check: %(title)s", title=title_of(here, version.key)),
        row_of(here, version),
        _differences(here, version, text),
        _english(here, version, text),
        shown(here, version.key, signed, here.caller.panel),
        form,
        _refusal(here, version),
        told or _moved(here, version, text),
        url_for(".ask_for_another_text", version_id=version.id),
        text_url(version.key),
    )
    return show_page(here, page, status)


def _moved(here: Staff, version: ContentVersion, text: Source) -> str:
    """Return what to know when the English has changed again since the translator finished."""
    english, live = here.house.library.source(version.key.english), here.house.library.source(version.key)
    before: dict[str, str] = (live.meta.get("source") or {}) if live else {}
    made: dict[str, str] = text.meta.get("source") or {}
    now = english.hashes if english else {}
    if any(made[one] not in (now.get(one), before.get(one)) for one in made):
        return gettext(
            "The English has changed again since this was translated. It can be published, and is brought to the "
            "newest English in another step."
        )
    return ""


def _sending_back(here: Staff, version: ContentVersion, form: RemarkForm, status: int = 200) -> Response:
    title = gettext("Ask for other words: %(title)s", title=title_of(here, version.key))
    return show_page(here, TextSendBackPage(title, row_of(here, version), form, text_url(version.key)), status)
