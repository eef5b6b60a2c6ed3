"""What the courier's tests share: queued messages, a house with other settings, a courier in a process of its own."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import select

from portal import clock
from portal.house import House
from portal.review import invitations, messages
from portal.review.codes import hash_of_secret
from portal.review.invitations import Invitation
from portal.review.messages import Kind, Message, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.settings import ROOT, Settings
from tests import make

CHILD, NAME = "Zebedee Canary", "Amina Canary"


def with_settings(house: House, **changes: Any) -> House:
    """Return the house with some settings changed."""
    return replace(house, settings=Settings(**{**house.settings.model_dump(), **changes}))


def an_invitation(
    house: House, way: Way = Way.EMAIL, address: str | None = "amina@example.org", language: str = "en"
) -> UUID:
    """Let a key worker invite a person, and return the message that waits."""
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        review = make.a_review(db, key_worker, CHILD)
        member = make.a_family_member(db, review, NAME, language, way, address)
        invitation = invitations.invite(db, key_worker, member, way)
        return db.scalars(select(Message.id).where(Message.invitation_id == invitation.id)).one()


def some_news(house: House, about: UUID) -> UUID:
    """Let the key worker of an earlier message tell the same person that there is something new."""
    with house.database.writing() as db:
        first = db.get_one(Message, about)
        member = db.get_one(FamilyMember, first.family_member_id)
        by = db.get_one(StaffMember, first.by_staff_id)
        return messages.queue_for_family(db, Kind.NEWS, member, first.way, by).id


def state(house: House, message_id: UUID) -> Travel:
    """Return how far a message has come."""
    with house.database.reading() as db:
        return db.get_one(Message, message_id).state


def later(**much: float) -> Any:
    """Return the moment that is so much later than now."""
    return clock.now() + timedelta(**much)


def link_in(text: str) -> str:
    """Return the private link in a message: the line that is an address, and nothing else."""
    lines = [line for line in text.splitlines() if "://" in line]
    assert len(lines) == 1, text
    return lines[0]


def opens(house: House, message_id: UUID, link: str) -> bool:
    """Whether a link is the one of which the database keeps the hash."""
    with house.database.reading() as db:
        message = db.get_one(Message, message_id)
        invitation = db.get_one(Invitation, message.invitation_id)
        return invitation.secret_hash == hash_of_secret(link.rpartition("/")[2])


_COURIER = """
import sys
from portal.app import create_app
from portal.courier.courier import deliver_all
app = create_app()
print("ready", flush=True)
sys.stdin.readline()
print("took", deliver_all(app.extensions["house"], app), flush=True)
"""


def a_courier(settings: Settings, script: str = _COURIER) -> subprocess.Popen[str]:
    """Start a courier in a process of its own; it waits for a line before it takes the first message."""
    courier = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(settings),
    )
    assert courier.stdout is not None
    while courier.stdout.readline().strip() != "ready":
        assert courier.poll() is None, "the courier did not start"
    return courier


def environment(settings: Settings) -> dict[str, str]:
    """Return what tells a process of its own the same settings."""
    named = {name: getattr(settings, name) for name in _HANDED_ON}
    plain = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in named.items()
        if value is not None
    }
    return {"PATH": os.environ["PATH"], **{f"PORTAL_{name.upper()}": value for name, value in plain.items()}}


_HANDED_ON = (
    "var",
    "base_url",
    "demo",
    "argon2_kib",
    "database",
    "email_channel",
    "smtp_host",
    "smtp_port",
    "smtp_tls",
    "bounce_address",
    "bounce_maildir",
    "notify_key",
    "notify_callback_token",
)
