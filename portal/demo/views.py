"""In the demonstration, and only there, a page that lists the messages that were "sent"."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import abort
from werkzeug.wrappers import Response

from portal.access import May, Role
from portal.door import Door, Here
from portal.page import Page, frame, render
from portal.words import gettext

ANYONE = frozenset({Role.ANYONE})
door: Door[None] = Door("demo", ANYONE, lambda _: None, lambda _: ANYONE, prefix="/demo", database=False)
NEWEST = 100


@dataclass(frozen=True)
class MessagesPage(Page):
    """What the demonstration would have sent, the newest first."""

    template: ClassVar[str] = "demo/messages.html"
    messages: Sequence[dict[str, Any]]


@door.show("/messages", may=May.SEE_THE_DEMONSTRATION)
def messages(here: Here[None]) -> Response:
    """List what would have been sent."""
    if not here.house.settings.demo:
        abort(404)
    paths = sorted(here.house.settings.messages_folder.glob("*.json"), reverse=True)[:NEWEST]
    frame().site_name = gettext("Child death reviews")
    frame().home_url = "/en/"
    frame().offers_languages = False
    return render(MessagesPage([json.loads(path.read_text(encoding="utf-8")) for path in paths]))
