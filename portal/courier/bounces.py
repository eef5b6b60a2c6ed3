"""Mails that come back: whose message each is about, and what it says of it.

An e-mail leaves with a sender's address of its own, which holds the message's id and a seal of it that only this portal
can make; a mail server sends what it has to say to that address. Of a mail with another seal, or none, nothing is taken
in, nor of an absence note. The mail itself is never kept or logged: it can hold an address and a whole message.
"""

import hmac
import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message as Mail
from enum import Enum
from uuid import UUID

from portal.courier import fates
from portal.courier.channels import Answer, Outcome
from portal.courier.packing import log, note
from portal.house import House
from portal.sealing import Keyring

MOST = 200_000  # bytes of a mail that are read: what its servers say stands before the message that they give back
_SEAL_LENGTH = 16
_MARK = re.compile(rf"(?<![0-9a-f])([0-9a-f]{{32}})\.([0-9a-f]{{{_SEAL_LENGTH}}})(?![0-9a-f])", re.IGNORECASE)
_CAME_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-RcptTo")
_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_ACTIONS = {
    "failed": Outcome.CAME_BACK,
    "delayed": Outcome.DELAYED,
    "delivered": Outcome.ARRIVED,
    "relayed": Outcome.SENT,
    "expanded": Outcome.SENT,
}
_MAIL_SYSTEMS = re.compile(r"(?:mailer-daemon|postmaster|microsoftexchange[0-9a-f]*)@", re.IGNORECASE)
_CODE = re.compile(r"(?<![\d.])(?:([45])\.\d{1,3}\.\d{1,3}|(5)5[0-4](?=[ -]))(?!\.?\d)")
_OUTCOMES = {"4": Outcome.DELAYED, "5": Outcome.CAME_BACK}


class Mailed(Enum):
    """What a mail to the address for bounces is."""

    A_REPORT = "what a machine says of one of our messages, or says on somebody's behalf"
    SOMEBODYS_WORDS = "what a person may have written in answer to one"
    NOT_OURS = "about no message of ours"


def mark_of(keyring: Keyring, message_id: UUID) -> str:
    """Return the mark with which a message leaves."""
    seal = hmac.new(keyring.site_secret("bounces"), message_id.bytes, "sha256").hexdigest()
    return f"{message_id.hex}.{seal[:_SEAL_LENGTH]}"


def marked(address: str, mark: str) -> str:
    """Return the sender's address of one message; its first part is at most 64 characters, as mail servers want it."""
    name, _, host = address.rpartition("@")
    return f"{name}+{mark}@{host}"


def take_in(home: House, raw: bytes) -> Mailed:
    """Take in what a machine says of one of our messages, and return what the mail is. It may be taken in again."""
    try:
        mailed, message_id, outcome = read(home.vault.keyring, raw)
    except Exception as problem:  # a mail that nobody can read must not hold up the others
        note(problem)
        return Mailed.NOT_OURS
    if mailed is not Mailed.A_REPORT:
        log.warning("a mail came that is no report about a message of ours")
    if message_id is not None and outcome is not None:
        fates.take_in(home, message_id, Answer(outcome, reason="a mail came back"))
    return mailed


def take_in_all(home: House) -> None:
    """Take in what lies in the folder for mails that come back.

    A mail about a message of ours is deleted once that is kept, because it may hold the message, with its link. Any
    other stays, marked as read, in case that the folder holds what somebody else wants to read.
    """
    folder = home.settings.bounce_maildir
    for path in sorted((folder / "new").glob("*")) if folder else ():
        try:
            with path.open("rb") as file:
                raw = file.read(MOST)
            if take_in(home, raw) is Mailed.A_REPORT:
                path.unlink()
            else:
                path.rename(path.parent.parent / "cur" / f"{path.name}:2,S")
        except FileNotFoundError:
            continue  # another courier was quicker
        except OSError as problem:  # what cannot be read or put away must not hold up the others
            note(problem)


def read(keyring: Keyring, raw: bytes) -> tuple[Mailed, UUID | None, Outcome | None]:
    """Return what a mail is, which message of ours it is about, and what it says of it, if it says anything."""
    if _ours(keyring, raw.decode("latin-1")) is None:
        # It is not even taken apart: of some mails that takes long, and anybody can send one.
        return Mailed.NOT_OURS, None, None
    mail = message_from_bytes(raw)
    reports = [block for part in mail.walk() if part.get_content_type() in _REPORTS for block in _blocks(part)]
    places = [str(value) for name in _CAME_TO for value in mail.get_all(name, [])]
    places += [str(block["Original-Envelope-Id"]) for block in reports if "Original-Envelope-Id" in block]
    message_id = _ours(keyring, " ".join(places))
    if message_id is None:
        return Mailed.NOT_OURS, None, None
    if not _by_a_machine(mail):
        return Mailed.SOMEBODYS_WORDS, message_id, None
    return Mailed.A_REPORT, message_id, _reported(reports) if reports else _plain(mail)


def _ours(keyring: Keyring, text: str) -> UUID | None:
    for found in _MARK.finditer(text):
        message_id = UUID(hex=found[1])
        if hmac.compare_digest(found[0].lower(), mark_of(keyring, message_id)):
            return message_id
    return None


def _blocks(report: Mail) -> Iterator[Mail]:
    """Return the groups of fields in a report (RFC 3464); in its newer form (RFC 6533) they come as one text."""
    for block in report.walk():
        yield block
        if isinstance(rest := block.get_payload(), str) and rest.strip():
            yield message_from_string(rest)


def _reported(blocks: list[Mail]) -> Outcome | None:
    """Return what a report says; of what it says of several addresses, what asks most for a person."""
    said = [_ACTIONS.get(str(block["Action"]).strip().lower()) for block in blocks if "Action" in block]
    return next((one for one in _ACTIONS.values() if one in said), None)


def _by_a_machine(mail: Mail) -> bool:
    """Whether a mail says that no person wrote it; what does not say so may hold somebody's words."""
    automatic = str(mail.get("Auto-Submitted", "no")).strip().lower() != "no"
    named = any(name in mail for name in ("Precedence", "X-Failed-Recipients", "X-Autoreply"))
    return automatic or named or mail.get_content_type() == "multipart/report" or _from_a_mail_system(mail)


def _from_a_mail_system(mail: Mail) -> bool:
    return _MAIL_SYSTEMS.search(str(mail.get("From", ""))) is not None


def _plain(mail: Mail) -> Outcome | None:
    """Return what a mail says that is no report; only from a mail system, and only as far as its numbers are clear."""
    if "X-Failed-Recipients" in mail:
        return Outcome.CAME_BACK
    automatic = str(mail.get("Auto-Submitted", "no")).lower().startswith("auto-replied")
    if automatic or "Precedence" in mail or not _from_a_mail_system(mail):
        return None
    text = next((part for part in mail.walk() if part.get_content_type() == "text/plain"), mail)
    words = text.get_payload(decode=True)
    code = _CODE.search(words.decode("latin-1")) if isinstance(words, bytes) else None
    return _OUTCOMES[code[1] or code[2]] if code else Outcome.UNCERTAIN
