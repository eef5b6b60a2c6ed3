"""A form whose hidden mark no longer fits, because the page lay open for long or the keys were changed.

Nothing that was typed is gone: the same form comes back with every word in it, to be pressed once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from flask import abort, current_app, g, request
from werkzeug.wrappers import Response

from portal.page import Page, frame, render, sorry
from portal.words import gettext

_NEVER_ECHOED = ("password", "number", "code")
_OF_A_SECTION = ("head_", "text_", "kind_", "english_")  # the workshop's: behind it stands any id, as "phone-numbers"
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
    if not request.view_args:
        return _start_over()
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in _MARKS]
    shown = [
        (name, value)
        for name, value in typed
        if name.startswith(_OF_A_SECTION) or not any(part in name for part in _NEVER_ECHOED)
    ]
    if not shown or (shown != typed and not request.form.get("words")):
        return _start_over()
    long = [name for name, value in shown if "\n" in value or len(value) > 100 or name == "words"]
    frame().site_name = gettext("Your space")
    frame().home_url = f"/{g.language}/"
    page = PressAgain(
        request.path,
        [(name, value) for name, value in shown if name in long],
        [(name, value) for name, value in shown if name not in long],
    )
    return render(page, 422)


def only_from_our_own_pages() -> None:
    """Turn away a form that another site sends in somebody's name, before anything of it is looked at."""
    if request.method == "POST" and _from_elsewhere():
        abort(400)


def _from_elsewhere() -> bool:
    """Whether the browser says that another site sends this; an older browser says it with the origin only."""
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "")
    if site == "same-origin" or not (site or origin):
        return False
    if site == "cross-site" or origin == "null":
        return True
    try:
        return bool(origin) and urlsplit(origin).hostname not in current_app.extensions["public_hosts"]
    except ValueError:
        return True


def _start_over() -> Response:
    return sorry(
        gettext("This page lay open for a long time"),
        gettext("Nothing was changed. Please open the page again and press once more."),
        status=422,
        action=gettext("Open the page again"),
        url=request.path,
    )
