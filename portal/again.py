"""A form that could not be taken: its hidden mark no longer fits, because the page lay open for long or the keys were
changed; or something of ours failed while it was being kept.

Nothing that was typed is gone: the same form comes back with every word in it, to be pressed once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from flask import abort, current_app, g, request
from werkzeug.wrappers import Response

from portal.page import Page, frame, render, sorry, went_wrong
from portal.words import gettext

_NEVER_ECHOED = ("password", "number", "code")
_OF_A_SECTION = ("head_", "text_", "kind_", "english_")  # the workshop's: behind it stands any id, as "phone-numbers"
# A line of somebody's own, by its form; elsewhere the field holds what was chosen.
_LINES = {
    "family.bring": "what",
    **dict.fromkeys(("keyworker.begin", "keyworker.bring_in", "keyworker.change_details"), "name"),
    "keyworker.send_again": "own",
}
# Not the open page and its turn either: what is changed here by hand is newer than both (portal/review/drafting.py).
_MARKS = ("csrf_token", "tab", "turn")
# Endpoints that script alone calls: it keeps the words and tries again.
_ONLY_FOR_SCRIPT = ("family.keep", "keyworker.keep_told")


@dataclass(frozen=True)
class PressAgain(Page):
    """The same form once more: long texts to be seen and changed, everything else as it was."""

    template: ClassVar[str] = "errors/press_again.html"
    title: str
    sentence: str
    target: str
    texts: Sequence[tuple[str, str]]
    others: Sequence[tuple[str, str]]
    button: str


def press_again(_error: Exception) -> Response:
    """Answer a form whose hidden mark does not fit any more."""
    if request.endpoint in _ONLY_FOR_SCRIPT:
        return Response(status=422)
    page = _same_form(
        gettext("Please press once more"),
        gettext("This page lay open for a long time, so it was not sent yet. Everything that you wrote is here."),
    )
    return _start_over() if page is None else render(page, 422)


def after_a_fault(error: Exception) -> Response:
    """Answer when something of ours failed: with every word, where somebody sent words."""
    if request.endpoint in _ONLY_FOR_SCRIPT:
        return Response(status=500)
    page = None
    if request.method == "POST":
        page = _same_form(
            gettext("This did not work, and it is our fault"),
            gettext("Everything that you wrote is here. Please wait a moment and press once more."),
        )
    return went_wrong(error) if page is None or not page.texts else render(page, 500)


def _same_form(title: str, sentence: str) -> PressAgain | None:
    """Return the form that was sent, to be pressed once more; None where nothing of it can be shown."""
    if request.view_args is None:  # no page of ours has this address
        return None
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in _MARKS]
    shown = [
        (name, value)
        for name, value in typed
        if name.startswith(_OF_A_SECTION) or not any(part in name for part in _NEVER_ECHOED)
    ]
    if not shown or (shown != typed and not request.form.get("words")):
        return None
    typed_in = ("words", _LINES.get(request.endpoint or "", ""))
    long = [name for name, value in shown if "\n" in value or len(value) > 100 or name in typed_in]
    frame().site_name = gettext("Your space")
    frame().home_url = f"/{g.language}/"
    frame().offers_languages = False  # a link would leave the words behind
    return PressAgain(
        title,
        sentence,
        request.path,
        [(name, value) for name, value in shown if name in long],
        [(name, value) for name, value in shown if name not in long],
        gettext("Go on") if request.endpoint == "family.write" else gettext("Send it"),
    )


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
