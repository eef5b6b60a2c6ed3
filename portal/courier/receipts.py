"""Where GOV.UK Notify says what became of a message, with a token that only it and the settings have.

Its documentation calls this "Callbacks": a POST for each e-mail or text message, up to five times more when it gets no
good answer. So a word that was heard before, or about no message of ours, gets the same good answer. Of what it sends,
the address of the person is not even looked at.
"""

import hmac
from typing import Any
from uuid import UUID

from flask import abort, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import May, Role
from portal.courier import fates
from portal.courier.channels import Answer
from portal.courier.notify import FATES
from portal.door import Door, Here
from portal.house import house

SERVICE = frozenset({Role.MESSAGE_SERVICE})


def _with_the_token(_db: Session | None) -> None:
    """Let nobody in who has not the token; where none is set, nobody at all."""
    token = house().settings.notify_callback_token.get_secret_value()
    given = request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        abort(404)


door: Door[None] = Door("receipts", SERVICE, _with_the_token, lambda _: SERVICE, prefix="/receipts", database=False)


@door.change("/notify", may=May.SAY_WHAT_BECAME_OF_A_MESSAGE, own_session=True)
def receipt(here: Here[None]) -> Response:
    """Take in what became of one message."""
    try:
        said: Any = request.get_json(silent=True)
        message_id, outcome = UUID(said["reference"]), FATES.get(said["status"])
    except (TypeError, KeyError, ValueError, AttributeError, RecursionError):
        return Response(status=200)
    if outcome is not None:
        fates.take_in(here.house, message_id, Answer(outcome, reason=said["status"]))
    return Response(status=200)
