"""E-mail over SMTP: plain text and the same words as HTML, no pictures, nothing counted.

A mail server takes a message over in its answer to the last line of it. When the connection breaks just before that
answer, nobody can tell whether the message has gone; when it breaks earlier, it has not. The Message-ID is made of the
message's own id, so that two copies of one message can be known for what they are.
"""

import smtplib
import ssl
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from portal.courier.bounces import mark_of, marked
from portal.courier.channels import Answer, Outcome, Parcel
from portal.sealing import Keyring
from portal.settings import Settings

SECONDS = 30
_LONGEST_LINE = 78


def as_email(parcel: Parcel, mail_from: str) -> EmailMessage:
    """Write a parcel as an e-mail. Raises ValueError for an address that cannot be one."""
    sender = Address(addr_spec=mail_from)
    mail = EmailMessage(policy=SMTP.clone(max_line_length=_LONGEST_LINE))
    mail["From"] = sender
    mail["To"] = _address(parcel.address)
    mail["Subject"] = parcel.letter.subject
    mail["Date"] = format_datetime(parcel.at)
    mail["Message-ID"] = f"<{parcel.message_id}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(parcel.letter.text + "\n")
    mail.add_alternative(parcel.html, subtype="html")
    mail["Content-Language"] = parcel.letter.language  # last, because filling in the parts moves such headers
    return mail


def _address(typed: str) -> Address:
    """Return an address whose name of a host is written as mail servers know it."""
    try:
        name, _, host = typed.strip().rpartition("@")
        found = Address(addr_spec=f"{name}@{host.encode('idna').decode()}")
        found.addr_spec.encode("ascii")
    except (ValueError, IndexError, MessageError) as problem:
        raise ValueError("not an e-mail address") from problem
    return found


class SmtpChannel:
    """A mail server."""

    def __init__(self, settings: Settings, keyring: Keyring) -> None:
        self._settings, self._keyring = settings, keyring

    def send(self, parcel: Parcel) -> Answer:
        """Send an e-mail."""
        try:
            mail = as_email(parcel, self._settings.mail_from)
            to = _address(parcel.address).addr_spec
        except ValueError:
            return Answer(Outcome.CAME_BACK, reason="this cannot be an e-mail address")
        try:
            server = smtplib.SMTP(self._settings.smtp_host, self._settings.smtp_port, timeout=SECONDS)
        except (OSError, smtplib.SMTPException) as problem:
            return Answer(Outcome.LATER, reason=type(problem).__name__)
        try:
            self._greet(server)
            return self._hand_over(server, parcel.message_id, to, mail.as_bytes())
        except (OSError, smtplib.SMTPException) as problem:
            return Answer(Outcome.LATER, reason=type(problem).__name__)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _greet(self, server: smtplib.SMTP) -> None:
        if self._settings.smtp_tls:
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if self._settings.smtp_user:
            server.login(self._settings.smtp_user, self._settings.smtp_password.get_secret_value())

    def _hand_over(self, server: smtplib.SMTP, message_id: UUID, to: str, mail: bytes) -> Answer:
        sender, of_mail, of_reader = Address(addr_spec=self._settings.mail_from).addr_spec, [], []
        if self._settings.bounce_address:
            mark = mark_of(self._keyring, message_id)
            sender = marked(self._settings.bounce_address, mark)
            if server.has_extn("dsn"):  # what comes back then holds the head of our mail alone, and no link
                of_mail, of_reader = ["RET=HDRS", f"ENVID={mark}"], ["NOTIFY=SUCCESS,FAILURE,DELAY"]
        code, _ = server.mail(sender, of_mail)
        if code != 250:  # our own address is refused: a matter of settings, not of this person's address
            return Answer(Outcome.LATER, reason=f"sender refused with {code}")
        code, _ = server.rcpt(to, of_reader)
        if code not in (250, 251):
            return _refused(code)
        try:
            code, _ = server.data(mail)
        except smtplib.SMTPDataError as problem:
            return _refused(problem.smtp_code)
        except (OSError, smtplib.SMTPException) as problem:
            return Answer(Outcome.UNCERTAIN, reason=type(problem).__name__)
        return Answer(Outcome.SENT) if code == 250 else _refused(code)


def _refused(code: int) -> Answer:
    outcome = Outcome.CAME_BACK if 500 <= code < 600 else Outcome.LATER
    return Answer(outcome, reason=f"refused with {code}")
