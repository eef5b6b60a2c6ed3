"""People who can really sign in, and the steps by which they do."""

from dataclasses import dataclass

from flask import Flask
from passlib.totp import TOTP
from sqlalchemy import select

from portal import clock
from portal.access import Role
from portal.house import House
from portal.review.messages import Message
from portal.review.people import StaffMember
from portal.signin.enrol import enrol
from tests.browser import Browser
from tests.make import a_staff_member

PASSWORD = "lantern meadow copper violin"


@dataclass
class Known:
    """What a member of staff knows and has."""

    email: str
    secret: str
    codes: list[str]
    person: StaffMember

    def code(self) -> str:
        """Return what the authenticator app shows now."""
        return code_of(self.secret)


def code_of(secret: str) -> str:
    """Return what an authenticator app with this secret shows now."""
    return str(TOTP(key=secret).generate(time=clock.now()).token)


def somebody(app: Flask, *roles: Role, panel: str = "west-of-england") -> Known:
    """Add a member of staff who has a password and an authenticator."""
    house: House = app.extensions["house"]
    secret = TOTP.new().base32_key
    with app.app_context(), house.database.writing() as db:
        person = a_staff_member(db, *(roles or (Role.COORDINATOR,)), panel=panel)
        codes = enrol(person, PASSWORD, secret)
        db.flush()
        known = Known(person.email_open, secret, codes, person)
        db.refresh(person)
        db.expunge(person)
    return known


def give_password(browser: Browser, email: str, password: str = PASSWORD) -> Browser:
    """Give address and password."""
    return browser.open("/staff/login").fill("E-mail address", email).fill("Password", password).press("Continue")


def sign_in(browser: Browser, who: Known) -> Browser:
    """Sign in with password and code."""
    give_password(browser, who.email)
    return browser.fill("Code from your authenticator app", who.code()).press("Continue")


def mails_to(house: House, person: StaffMember) -> list[str]:
    """Return the texts of the mails that wait for a member of staff."""
    with house.database.reading() as db:
        found = db.scalars(select(Message).where(Message.staff_id == person.id).order_by(Message.queued_at))
        return [str(message.text) for message in found]


def now_of(house: House, who: Known) -> StaffMember:
    """Return how a member of staff stands in the database now."""
    with house.database.reading() as db:
        person = db.get_one(StaffMember, who.person.id)
        db.refresh(person)
        db.expunge(person)
        return person
