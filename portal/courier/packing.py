"""Writing a message that the courier has taken: its link is made, its words are found in the person's language.

Where it goes is looked up only now, so that a changed address or an ended link is honoured up to the last moment.
"""

import traceback

import structlog
from cryptography.exceptions import InvalidTag
from sqlalchemy.orm import Session

from portal import clock
from portal.courier.channels import Parcel
from portal.letters import Letter, as_html, letter
from portal.review import invitations, messages
from portal.review.messages import Kind, Message, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.sealing import Erased
from portal.settings import Settings, link_to

log = structlog.get_logger("courier")


def pack(settings: Settings, db: Session, message: Message) -> Parcel | None:
    """Write a message that was taken, or settle it when there is nothing to send; in the transaction that took it."""
    try:
        if message.kind is Kind.STAFF_MAIL:
            return _to_staff(db, message)
        return _to_family(settings, db, message)
    except (Erased, InvalidTag) as problem:
        note(problem)
        messages.settle(message, Travel.STOPPED)
    except Exception as problem:  # one message that cannot be written must not hold up the others
        note(problem)
        messages.try_later(message)
    return None


def _to_staff(db: Session, message: Message) -> Parcel:
    person = db.get_one(StaffMember, message.staff_id)
    words = Letter(message.subject or "", message.text or "")
    return _parcel(message, person.email_open, words)


def _to_family(settings: Settings, db: Session, message: Message) -> Parcel | None:
    member = db.get_one(FamilyMember, message.family_member_id)
    address = member.address if member.way is message.way else None
    if message.way is not Way.PAPER and not address:
        messages.settle(message, Travel.CAME_BACK)
        return None
    if invitations.rests(db, message):
        messages.hold_with_its_link(message)
        return None
    link = ""
    if message.kind is Kind.INVITATION and message.invitation_id:
        if message.way is Way.PAPER:  # it was held; every other letter could be printed at once
            invitations.to_print(db, message, message.invitation_id)
            return None
        secret = invitations.new_link(db, message.invitation_id)
        link = link_to(settings, member.language, secret) if secret else ""
    if not link and (message.kind is Kind.INVITATION or not _has_a_link(db, member)):
        messages.settle(message, Travel.STOPPED)
        return None
    if message.way is Way.PAPER:  # its words are made when it is printed
        messages.settle(message, Travel.TO_PRINT)
        return None
    words = letter(message.kind, message.way, member.language, link, own=message.own or "")
    return _parcel(message, address or "", words)


def _has_a_link(db: Session, member: FamilyMember) -> bool:
    """Whether a person has a link that opens, of which news may say that it still does."""
    return any(one.secret_hash and one.opens for one in invitations.of_member(db, member))


def _parcel(message: Message, address: str, words: Letter) -> Parcel:
    html = as_html(words) if message.way is Way.EMAIL else ""
    return Parcel(message.id, message.kind, message.way, clock.now(), address, words, html)


def note(problem: Exception) -> None:
    """Log what kind of thing went wrong and where, and not its words: these may hold an address or a link."""
    at = traceback.extract_tb(problem.__traceback__)[-1]
    log.error("the courier stumbled", problem=type(problem).__name__, where=f"{at.name}:{at.lineno}")
