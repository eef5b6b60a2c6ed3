"""Hands out what a person brought: piece by piece, to be kept and never to be opened inside the browser's page.

The type and the name are ours. Nothing of what came is run, framed or sniffed at, whatever it may be.
"""

from collections.abc import Iterator

from flask import Response, request
from sqlalchemy.orm import Session

from portal.db import Database
from portal.headers import Freedom, grant
from portal.looking.kinds import Kind
from portal.review.files import File, bytes_from
from portal.review.reviews import NotHere
from portal.sealing import opened_bytes

_NAMES = {Kind.PICTURE: "photograph", Kind.DOCUMENT: "document", Kind.SOUND: "spoken-message"}


def file_name(file: File, *, shown: bool = False, named: bool = True) -> str:
    """Return the name under which a file is given out: what it is, and its reference; it says nothing of anybody.

    A relative to whom it is shown gets it without the reference, which belongs to whoever brought it.
    """
    if file.form is None:
        raise NotHere
    ending = "jpg" if shown else file.form.ending
    reference = f"-{file.reference}" if named else ""
    return f"{_NAMES[file.form.kind]}{reference}.{ending}"


def hand_out(db: Session, database: Database, file: File, *, shown: bool = False, named: bool = True) -> Response:
    """Give out a file as it came, or the clean copy of a picture; a stretch of it where a player asks for one."""
    name = file_name(file, shown=shown, named=named)
    size = file.shown_size if shown else file.size
    start, stop = _asked_for(size)
    if file.form is None or not opened_bytes(lambda: bytes_from(db, file, start, shown=shown)):
        raise NotHere
    grant(Freedom.NONE)
    answer = Response(
        _pieces(database, file, start, stop, shown), 206 if (start, stop) != (0, size) else 200, direct_passthrough=True
    )
    answer.content_type = "image/jpeg" if shown else file.form.mime
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Length"] = str(stop - start)
    if answer.status_code == 206:
        answer.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return answer


def _asked_for(size: int) -> tuple[int, int]:
    asked = request.range.range_for_length(size) if request.range else None
    return (asked[0], asked[1]) if asked and asked[0] is not None and asked[1] is not None else (0, size)


def _pieces(database: Database, file: File, start: int, stop: int, shown: bool) -> Iterator[bytes]:
    """Open one part at a time, each in a session of its own: a slow phone holds no session and no memory."""
    file_id, at = file.id, start
    while at < stop:
        with database.reading() as db:
            piece = bytes_from(db, db.get_one(File, file_id), at, shown=shown)[: stop - at]
        if not piece:
            return
        yield piece
        at += len(piece)
