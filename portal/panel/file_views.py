"""What families brought for the panel: a coordinator takes each up, and from then on the panel's people may have it."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.downloads import file_name, hand_out
from portal.headers import Freedom, grant
from portal.looking.kinds import Kind
from portal.panel.door import allowed, door, show_page
from portal.panel.file_pages import FilePage, FileRow, FilesPage
from portal.panel.labels import language_label
from portal.panel.lists import PAGE, Cursor
from portal.panel.showing import name_of
from portal.review import brought
from portal.review.files import File, Keeping
from portal.review.people import StaffMember
from portal.sealing import opened
from portal.signin.desk import note_reading
from portal.words import gettext


@door.show("/brought", may=May.READ_QUESTIONS)
def files(here: Here[StaffMember]) -> Response:
    """List what families brought; what nobody has taken up yet only for those who do that."""
    begin = Cursor.read(request.args.get("after", ""))
    after = (begin.at, begin.last) if begin else None
    new = brought.of_panel(here.db, here.caller, Keeping.SENT, None, PAGE) if _handles(here) and not begin else ()
    taken_up = brought.of_panel(here.db, here.caller, Keeping.WITH_PANEL, after, PAGE + 1)
    following = ""
    if len(taken_up) > PAGE and (last := taken_up[PAGE - 1]).kept_at is not None:
        following = url_for("panel.files", after=str(Cursor("with-panel", last.kept_at, last.id)))
    return show_page(here, FilesPage(_rows(here, new), _rows(here, taken_up[:PAGE]), following))


@door.show("/brought/<uuid:file_id>", may=May.READ_QUESTIONS)
def file(here: Here[StaffMember], file_id: UUID) -> Response:
    """Show one thing that a family brought."""
    found = _one(here, file_id)
    note_reading(here, "file read", found.review_id, found.id)
    grant(Freedom.SOUND)
    known = languages.language(found.language)
    picture, url = found.shown_size > 0, url_for("panel.file_copy", file_id=found.id)
    offer = found.state is Keeping.SENT
    page = FilePage(
        label_of(found),
        found.reference,
        opened(lambda: found.words) or "",
        known.code,
        known.direction,
        language_label(found.language),
        found.kept_at or found.begun_at,
        found.taken_up_at,
        name_of(here, found.taken_up_by),
        url if picture else "",
        url if found.kind is Kind.SOUND else "",
        url,
        file_name(found, shown=picture),
        url_for("panel.take_up_file", file_id=found.id) if offer else "",
        url_for("panel.files"),
    )
    return show_page(here, page)


@door.show("/brought/<uuid:file_id>/copy", may=May.READ_QUESTIONS)
def file_copy(here: Here[StaffMember], file_id: UUID) -> Response:
    """Give out what was brought: of a picture the clean copy, of everything else what came."""
    found = _one(here, file_id)
    note_reading(here, "file read", found.review_id, found.id)
    return hand_out(here.db, here.house.database, found, shown=found.shown_size > 0)


@door.change("/brought/<uuid:file_id>/take-up", may=May.HANDLE_QUESTIONS)
def take_up_file(here: Here[StaffMember], file_id: UUID) -> Response:
    """Say that the panel has it now; done by two people at once, it is done once."""
    brought.take_up(here.db, here.caller, _one(here, file_id))
    return redirect(url_for(".file", file_id=file_id), 303)


def label_of(found: File) -> str:
    """Say what something is."""
    labels = {
        Kind.PICTURE: gettext("A photograph"),
        Kind.DOCUMENT: gettext("A document"),
        Kind.SOUND: gettext("A spoken message"),
    }
    return labels[found.kind] if found.kind else ""


def _handles(here: Here[StaffMember]) -> bool:
    return allowed(here, May.HANDLE_QUESTIONS)


def _one(here: Here[StaffMember], file_id: UUID) -> File:
    return brought.one_of_panel(here.db, here.caller, file_id, handles=_handles(here))


def _rows(here: Here[StaffMember], found: Sequence[File]) -> list[FileRow]:
    return [
        FileRow(
            url_for("panel.file", file_id=one.id),
            label_of(one),
            one.reference,
            one.kept_at or one.begun_at,
            gettext("Taken up by %(name)s.", name=name_of(here, one.taken_up_by)) if one.taken_up_by else "",
        )
        for one in found
    ]
