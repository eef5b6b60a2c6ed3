"""The courier: takes one message at a time from the outbox, sends it, and says what became of it.

The message is taken, and the hash of its link kept, before anything leaves the house; the link itself exists only here
and only until it has gone. A courier that dies between leaves a message that may have gone: it becomes uncertain, and a
person decides. Nothing here ever makes a message: that is always the act of a named person.
"""

import threading
import time
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.courier import bounces, fates
from portal.courier.channels import Answer, Channel, NoChannel, Outcome, Parcel
from portal.courier.files import FileChannel
from portal.courier.mail import SmtpChannel
from portal.courier.notify import NotifyChannel, OutOfReach, Silent
from portal.courier.packing import log, note, pack
from portal.house import House
from portal.review import coming_back, drafts, invitations, messages, spaces
from portal.review.messages import Kind, Message, Travel
from portal.review.people import Way

PAUSE = 1.0  # seconds between two looks into an empty outbox
REST = 5.0  # seconds after something went wrong, for example while the database is away
MINUTE, HOUR = 60.0, 3600.0
ASK_OFTEN, ASK_AT_ALL = timedelta(hours=1), timedelta(days=3)  # how long a provider is asked what became of a message


def channel_for(home: House, kind: Kind, way: Way) -> Channel:
    """Return the channel that the settings name for a message. Staff mail always has one, else nobody could sign in."""
    settings = home.settings
    name = settings.text_channel if way is Way.TEXT else settings.email_channel
    if name == "none" and kind is Kind.STAFF_MAIL:
        name = "file"
    if name == "smtp":
        return SmtpChannel(settings, home.vault.keyring)
    if name == "notify":
        return NotifyChannel(settings)
    return FileChannel(settings.messages_folder, settings.mail_from) if name == "file" else NoChannel()


def deliver_one(home: House, app: Flask) -> bool:
    """Take the next message that waits, and send it; False when none waits."""
    with app.app_context():
        with home.database.writing() as db:
            message = messages.claim(db)
            if message is None:
                return False
            message_id, way = message.id, message.way
            parcel = pack(home.settings, db, message)
            state = message.state
        if parcel is not None:
            fates.take_in(home, message_id, _send(channel_for(home, parcel.kind, parcel.way), parcel))
        else:
            log.info("message", id=str(message_id), way=way.value, state=state.value)
    return True


def deliver_all(home: House, app: Flask) -> int:
    """Send everything that waits now, and return how many messages were taken."""
    taken = 0
    while deliver_one(home, app):
        taken += 1
    return taken


def ask_after(home: House, within: timedelta) -> None:
    """Ask the provider what became of the messages of late, and of those of which it is uncertain whether they went."""
    with home.database.reading() as db:
        late = select(Message).where(
            Message.state.in_([Travel.SENT, Travel.UNCERTAIN]), Message.settled_at > clock.now() - within
        )
        found = [
            (one.id, one.kind, one.way, one.reference)
            for one in db.scalars(late.order_by(Message.settled_at, Message.id))
        ]
    for message_id, kind, way, reference in found:
        channel = channel_for(home, kind, way)
        if not isinstance(channel, NotifyChannel):
            continue
        try:
            answer = channel.fate(reference) if reference else channel.find(message_id)
        except Silent as silent:
            log.warning("the provider does not say", reason=str(silent))
            if isinstance(silent, OutOfReach):
                return  # each further question would wait as long
            continue
        if answer is not None:
            fates.take_in(home, message_id, answer)


def tidy(home: House) -> None:
    """Forget old misses, old visits, requests that a person saw to long ago, and words let go of long ago."""
    with home.database.writing() as db:
        invitations.forget_misses(db)
        spaces.forget_old(db)
        coming_back.forget_done(db)
        drafts.forget_let_go(db)


def doubt(home: House) -> None:
    """Mark as uncertain what a courier took and never settled."""
    with home.database.writing() as db:
        if count := messages.doubt_the_stranded(db):
            log.warning("messages are uncertain", count=count)


def every_minute(home: House) -> None:
    """Look after what is under way."""
    doubt(home)
    bounces.take_in_all(home)
    ask_after(home, ASK_OFTEN)


def every_hour(home: House) -> None:
    """Forget what is old, and ask once more after the messages of these days."""
    tidy(home)
    ask_after(home, ASK_AT_ALL)


def run(home: House, app: Flask, stop: threading.Event) -> None:
    """Deliver until told to stop. Whatever goes wrong, the next message is tried after a rest."""
    minute = hour = time.monotonic()
    while not stop.is_set():
        try:
            if time.monotonic() >= minute:
                minute = time.monotonic() + MINUTE
                every_minute(home)
            if time.monotonic() >= hour:
                hour = time.monotonic() + HOUR
                every_hour(home)
            if not deliver_one(home, app):
                stop.wait(PAUSE)
        except Exception as problem:
            note(problem)
            stop.wait(REST)


def _send(channel: Channel, parcel: Parcel) -> Answer:
    try:
        return channel.send(parcel)
    except Exception as problem:  # a channel that breaks may have sent it before
        note(problem)
        return Answer(Outcome.UNCERTAIN, reason=type(problem).__name__)
