"""My copy: everything of a person as a page to print, as a PDF, and as plain files, for them alone.

What is read of a person is read first, and the session of the request closed before a PDF or a ZIP is made of it, so
that a long document holds up nobody.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from uuid import UUID

from flask import current_app, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal import clock, paper
from portal.access import May
from portal.copying import bundle
from portal.copying.gathering import everything_of
from portal.copying.shape import File, Item, Piece, Section
from portal.door import Here
from portal.family import copy_pages as pages
from portal.family import own_forms, places
from portal.family.copy_showing import sections
from portal.family.door import door, review_here
from portal.page import render
from portal.review import files
from portal.review.people import FamilyMember
from portal.review.reviews import NotHere
from portal.sealing import opened_bytes
from portal.settings import ROOT
from portal.words import clean_of_marks, gettext, moment

_MAY = May.USE_OWN_SPACE
NAME = "your-words"  # says nothing to whoever sees it among other files


@door.show("/<lang:lang>/your-space/copy", may=_MAY)
def copy(here: Here[FamilyMember]) -> Response:
    """Say what a copy is and what to think of, and offer three ways to have it."""
    return _offer(here)


@door.show("/<lang:lang>/your-space/copy/print", may=_MAY)
def copy_print(here: Here[FamilyMember]) -> Response:
    """Show everything of the person on one page, to be printed."""
    found, _, key_worker = _gathered(here)
    return render(pages.CopyPrint(found, clock.now(), key_worker))


@door.show(f"/<lang:lang>/your-space/copy/{NAME}.pdf", may=_MAY)
def copy_pdf(here: Here[FamilyMember]) -> Response:
    """Give everything of the person as one PDF; where none can be made, offer the other ways."""
    found, child, key_worker = _gathered(here)
    page = pages.CopyPaper(found, clock.now(), child if request.args.get("child") == "yes" else "", key_worker)
    html = render(page).get_data(as_text=True)
    here.db.close()
    try:
        made = paper.pdf(html, _style())
    except paper.NotMade:
        return _offer(here, not_made=True, status=503)
    return _to_keep(current_app.response_class(made, mimetype="application/pdf"), "pdf")


@door.show(f"/<lang:lang>/your-space/copy/{NAME}.zip", may=_MAY)
def copy_files(here: Here[FamilyMember]) -> Response:
    """Give everything of the person as plain files, packed while they are fetched."""
    found, _, key_worker = _gathered(here)
    made_at = clock.now()
    lead = [clean_of_marks(line) for line in _lead(made_at, key_worker)]
    first = clean_of_marks(gettext("Read this first"))
    packed = bundle.packed(first, lead, [_plain(section) for section in found], _parts_of(here), made_at)
    here.db.close()
    return _to_keep(current_app.response_class(packed, mimetype="application/zip"), "zip")


def _offer(here: Here[FamilyMember], *, not_made: bool = False, status: int = 200) -> Response:
    _, key_worker = review_here(here)
    return render(pages.CopyPage(paper.ready(), not_made, key_worker), status)


def _gathered(here: Here[FamilyMember]) -> tuple[list[Section], str, str]:
    """Return everything of the caller in sections, the child's name as the family uses it, and the key worker's."""
    review, key_worker = review_here(here)
    found = everything_of(here.db, here.caller)
    titles = own_forms.titles()
    for place in {row["place"] for row in found["drafts"]}:
        try:
            titles[place] = places.sheet(here, place).title
        except NotHere:  # what it was about is there no more, and the words are
            continue
    return sections(found, key_worker, here.caller.language, titles), review.child, key_worker


def _lead(made_at: datetime, key_worker: str) -> list[str]:
    return [
        gettext("Your words"),
        gettext("You made this copy on %(moment)s.", moment=moment(made_at)),
        gettext("Whoever opens it can read everything in it. Keep it where only you can find it."),
        gettext("An answer or news is in it only if you chose to read it."),
        gettext("If you want to speak about anything in it, ask your %(key_worker)s.", key_worker=key_worker),
    ]


def _plain(section: Section) -> Section:
    """Return a section without the marks of what is not translated, which a plain file cannot show."""
    items = [
        Item(
            clean_of_marks(item.title),
            item.reference,
            [clean_of_marks(fact) for fact in item.facts],
            [
                Piece(clean_of_marks(one.words), clean_of_marks(one.label), one.language, clean_of_marks(one.note))
                for one in item.pieces
            ],
            item.file,
        )
        for item in section.items
    ]
    return Section(clean_of_marks(section.title), items, clean_of_marks(section.lead))


def _parts_of(here: Here[FamilyMember]) -> bundle.Parts:
    """Return what reads a file of the person's piece by piece, each in a session of its own."""
    database = here.house.database

    def parts(file: File) -> Iterator[bytes]:
        at = 0
        while True:
            with database.reading() as db:
                piece = _piece(db, file.id, at)
            if not piece:
                return
            yield piece
            at += len(piece)

    return parts


def _piece(db: Session, file_id: UUID, at: int) -> bytes:
    """Return the next piece of a file; nothing of what was let go meanwhile or does not open: the copy goes on."""
    kept = db.get(files.File, file_id)
    return opened_bytes(lambda: files.bytes_from(db, kept, at)) if kept else b""


def _to_keep(answer: Response, kind: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{NAME}.{kind}"'
    return answer


@cache
def _style() -> str:
    return "".join((ROOT / "static" / name).read_text("utf-8") for name in ("paper.css", "copy.css"))
