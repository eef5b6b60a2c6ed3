"""The one form that may be large: what a person brings without script, in one go."""

import re
from io import BytesIO
from typing import IO

from flask import Request, g, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from portal import page
from portal.house import house
from portal.settings import Settings
from portal.words import gettext

PATH = re.compile(r"^/[a-z]{2,3}/your-space/bring$")
_AROUND = 200_000  # bytes of the form beside the file


def limit(settings: Settings) -> int:
    """Return how many bytes this one form may have."""
    return settings.file_megabytes * 1024 * 1024 + _AROUND


class InMemory(Request):
    """A request whose files are never laid on the disk in clear, not even for a moment."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def may_be_large() -> Response | None:
    """Let the one form be as large as a file may be; say so kindly when too many are arriving at this moment."""
    if not _brings():
        return None
    if request.environ.get("portal.busy"):
        return page.sorry(
            gettext("Several people are sending files just now"),
            gettext("Yours was not kept yet. Please try again in a few minutes."),
            status=503,
            action=gettext("Try again"),
            url=_back(),
        )
    request.max_content_length = limit(house().settings)
    return None


def too_much(_error: RequestEntityTooLarge) -> Response:
    """Say kindly that something is too large, before anything of it is looked at."""
    if _brings():
        return page.sorry(
            gettext("This file is too large to keep here"),
            gettext(
                "A file can have up to %(size)s megabytes. A picture of the screen, or a part of it, may be smaller.",
                size=house().settings.file_megabytes,
            ),
            status=413,
            action=gettext("Choose another file"),
            url=_back(),
        )
    return page.sorry(
        gettext("This is more than we can take in one go"),
        gettext("Please go back and send it in smaller parts. Nothing that you sent before is gone."),
        status=413,
    )


def _brings() -> bool:
    return request.method == "POST" and PATH.match(request.path) is not None


def _back() -> str:
    return url_for("family.bring_page", lang=g.language)
