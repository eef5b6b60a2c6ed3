"""A form whose hidden mark no longer fits, because the page lay open for long or the keys were changed.

Nothing that was typed is gone: the same form comes back with every word in it, to be pressed once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import g, request
from werkzeug.wrappers import Response

from portal.page import Page, frame, render, sorry
from portal.words import gettext

_NEVER_ECHOED = ("password", "number", "code")
_MARKS = ("csrf_token",)


@dataclass(frozen=True)
class PressAgain(Page):
    """The same form once more: long texts to be seen and changed, everything else as it was."""

    template: ClassVar[str] = "errors/press_again.html"
    target: str
    texts: Sequence[tuple[str, str]]
    others: Sequence[tuple[str, str]]


def press_again(_error: Exception) -> Response:
    """Answer a form whose hidden mark does not fit any more."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or not request.view_args:
        return _start_over()
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in _MARKS]
    if not typed or any(part in name for name, _ in typed for part in _NEVER_ECHOED):
        return _start_over()
    long = [name for name, value in typed if "\n" in value or len(value) > 100 or name == "words"]
    frame().site_name = gettext("Your space")
    frame().home_url = f"/{g.language}/"
    page = PressAgain(
        request.path,
        [(name, value) for name, value in typed if name in long],
        [(name, value) for name, value in typed if name not in long],
    )
    return render(page, 422)


def _start_over() -> Response:
    return sorry(
        gettext("This page lay open for a long time"),
        gettext("Nothing was changed. Please open the page again and press once more."),
        status=422,
        action=gettext("Open the page again"),
        url=request.path,
    )
