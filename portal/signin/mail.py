"""The mails of the sign-in, which go into the outbox in the same transaction.

A link is made from the settings, never from what a browser calls this site.
"""

from datetime import timedelta
from typing import Any

from flask import url_for
from flask_security import MailUtil
from flask_security.recoverable import generate_reset_password_token
from flask_security.utils import hash_password
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.house import house
from portal.review.messages import Kind, Message, queue_for_staff
from portal.review.people import StaffMember
from portal.signin.datastore import Account, session_of
from portal.words import gettext

AN_HOUR_AT_MOST = 4


class Mail(MailUtil):
    """Puts the extension's mails into the outbox, in our words."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **about: Any
    ) -> None:
        """Queue one mail."""
        person: Account = about["user"]
        db = session_of(person)
        if template.endswith("reset_instructions"):
            # For an address that is not known a password is hashed, so one is hashed here: both take the same time.
            hash_password("not a password")
            send_link(db, person)
        else:
            queue_for_staff(
                db,
                person,
                gettext("Your password has been changed"),
                gettext(
                    "Your password for the child death review portal has just been changed, and you have been signed "
                    "out everywhere. If it was not you who did this, please tell your administrator now."
                ),
            )


def send_link(db: Session, person: StaffMember) -> None:
    """Queue a link with which a person chooses a password; somebody else's pressing cannot fill their mailbox."""
    lately = select(func.count()).where(
        Message.staff_id == person.id,
        Message.kind == Kind.STAFF_MAIL,
        Message.queued_at > clock.now() - timedelta(hours=1),
    )
    if (db.scalar(lately) or 0) >= AN_HOUR_AT_MOST:
        return
    queue_for_staff(
        db,
        person,
        gettext("A new password"),
        gettext(
            "Somebody, probably you, asked for a new password for the child death review portal. Choose it here, "
            "within a day:\n\n%(link)s\n\nIf it was not you, there is nothing to do: your password stays as it is.",
            link=link_for(person),
        ),
    )


def invite(db: Session, person: StaffMember, by: StaffMember) -> None:
    """Queue the invitation to a new member of staff."""
    queue_for_staff(
        db,
        person,
        gettext("Your access to the child death review portal"),
        gettext(
            "%(name)s has given you access to the child death review portal.\n\n1. Choose a password here, within a "
            "day:\n\n%(link)s\n\n2. Then sign in with this e-mail address. You will need an authenticator app on your "
            "phone: the portal shows you how.\n\nIf the link has grown too old, the page that it leads to sends a new "
            "one.",
            name=by.name,
            link=link_for(person),
        ),
    )


def link_for(person: StaffMember) -> str:
    """Return the address at which a person chooses a password; it works once, and for a day."""
    token = generate_reset_password_token(person)  # type: ignore[no-untyped-call]  # as the extension left it
    path = url_for("security.reset_password", token=token)
    return f"{house().settings.base_url.rstrip('/')}{path}"
