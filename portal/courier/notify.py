"""GOV.UK Notify, for e-mail and text messages (its documentation: docs.notifications.service.gov.uk).

Every message carries its own id as the reference. Where an answer leaves it open whether Notify has taken a message, we
ask for that reference before we say anything, so that nothing goes twice and nothing is lost without a word.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import requests
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from urllib3.exceptions import MaxRetryError

from portal.courier.channels import Answer, Outcome, Parcel
from portal.review.people import Way
from portal.settings import Settings

SECONDS = 30
FATES = {
    "delivered": Outcome.ARRIVED,
    "permanent-failure": Outcome.CAME_BACK,
    "temporary-failure": Outcome.CAME_BACK,
    "technical-failure": Outcome.CAME_BACK,
}
_CLIENT: Any = NotificationsAPIClient  # its methods carry no types
# The client logs the provider's answers, which can repeat what was sent.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


class Silent(Exception):
    """Notify gave no answer that can be used; the message says why, fit for a log."""


class OutOfReach(Silent):
    """Notify did not answer at all."""


class NotKnown(Silent):
    """Notify does not know what it was asked about."""


class NotifyChannel:
    """GOV.UK Notify."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def send(self, parcel: Parcel) -> Answer:
        """Send an e-mail or a text message."""
        try:
            with self._client() as client:
                taken = self._post(client, parcel)
        except APIError as problem:
            return self._what_became(problem, parcel.message_id)
        return Answer(Outcome.SENT, str(taken.get("id") or "") if isinstance(taken, dict) else None)

    def fate(self, reference: str) -> Answer:
        """Return what became of a message that Notify has taken, by Notify's own id. Raises Silent."""
        try:
            with self._asking() as client:
                return _fate(client.get_notification_by_id(reference))
        except NotKnown:  # Notify forgets after some days
            return Answer(Outcome.SENT, reference)

    def find(self, message_id: UUID) -> Answer | None:
        """Return what became of one of our messages, or None when Notify has never taken it. Raises Silent."""
        with self._asking() as client:
            found = client.get_all_notifications(reference=str(message_id))["notifications"]
            return _fate(found[0]) if found else None

    def _post(self, client: Any, parcel: Parcel) -> Any:
        reference, text = str(parcel.message_id), parcel.letter.text
        if parcel.way is Way.TEXT:
            template = self._settings.notify_text_template
            return client.send_sms_notification(parcel.address, template, {"text": text}, reference)
        template = self._settings.notify_email_template
        words = {"subject": parcel.letter.subject, "text": text}
        return client.send_email_notification(parcel.address, template, words, reference)

    def _what_became(self, problem: APIError, message_id: UUID) -> Answer:
        status = 0 if problem.response is None else problem.response.status_code
        reason = f"answered {status}" if status else type(problem.__cause__).__name__
        if status == 400:
            return Answer(Outcome.CAME_BACK, reason=reason)
        # A wrong key or clock (403), too many at once (429): nothing that this person's address could help.
        if 400 < status < 500 or status == 503 or _never_left(problem):
            return Answer(Outcome.LATER, reason=reason)
        try:
            return self.find(message_id) or Answer(Outcome.LATER, reason=reason)
        except Silent:
            return Answer(Outcome.UNCERTAIN, reason=reason)

    @contextmanager
    def _client(self) -> Iterator[Any]:
        key = self._settings.notify_key.get_secret_value()
        client = _CLIENT(key, base_url=self._settings.notify_url, timeout=SECONDS)
        try:
            yield client
        finally:
            client.request_session.close()

    @contextmanager
    def _asking(self) -> Iterator[Any]:
        try:
            with self._client() as client:
                yield client
        except APIError as problem:
            status = 0 if problem.response is None else problem.response.status_code
            kind = {404: NotKnown, 0: OutOfReach}.get(status, Silent)
            raise kind(f"answered {status}") from None
        except (KeyError, TypeError):
            raise Silent("an answer of an unknown form") from None


def _fate(found: Any) -> Answer:
    return Answer(FATES.get(str(found["status"]), Outcome.SENT), str(found["id"]), str(found["status"]))


def _never_left(problem: APIError) -> bool:
    """Whether not even a connection came about."""
    cause = problem.__cause__
    return isinstance(cause, requests.ConnectionError) and bool(cause.args) and isinstance(cause.args[0], MaxRetryError)
