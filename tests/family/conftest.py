"""A family and the people around it, for the tests of its doors."""

from dataclasses import dataclass

import pytest
from flask import Flask

from portal.house import House
from portal.review.people import Way
from tests import make
from tests.browser import Browser


@dataclass
class Family:
    """A mother with a live link, and how to open it."""

    app: Flask
    house: House
    secret: str
    number: str
    language: str = "en"

    @property
    def link(self) -> str:
        """The address of the link."""
        return f"/i/{self.secret}"

    def inside(self) -> Browser:
        """Return a browser in which she has just opened her space."""
        browser = Browser(self.app).open(self.link)
        return browser.fill("Your number", self.number).press("Open my space")


@pytest.fixture
def mother(app: Flask, house: House) -> Family:
    """A mother who reads English."""
    return invited(app, house)


@pytest.fixture
def father(app: Flask, house: House) -> Family:
    """A father of another family."""
    return invited(app, house)


def invited(app: Flask, house: House, language: str = "en") -> Family:
    """Invite somebody as a key worker does."""
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        member = make.a_family_member(db, make.a_review(db, key_worker), language=language, way=Way.EMAIL)
        secret, number = make.a_link(db, house, key_worker, member)
    return Family(app, house, secret, number, language)
