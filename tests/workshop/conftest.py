"""A library over its files, and the people who work on it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from portal.house import House
from portal.library.article import Library
from portal.library.source import Key, Source
from portal.review.people import StaffMember
from portal.workshop import publishing
from portal.workshop.shop import Shop
from tests import make

ENGLISH, POLISH, URDU = (Key("", code, "support") for code in ("en", "pl", "ur"))


@dataclass
class Bench:
    """A session that writes, two editors, two translators, and what they work on."""

    house: House
    db: Session
    shop: Shop
    editor: StaffMember
    second: StaffMember
    translator: StaffMember
    other_translator: StaffMember

    @property
    def library(self) -> Library:
        """The library as readers have it."""
        return self.shop.library

    def live(self, key: Key) -> Source:
        """Return the text that readers have."""
        found = self.library.source(key)
        assert found is not None
        return found

    def look(self) -> None:
        """Lay over what is published, as the overlay does once it is committed."""
        self.library.lay_over(publishing.published(self.db, self.library.files))


@pytest.fixture
def bench(house: House) -> Iterator[Bench]:
    """Everybody at work."""
    with house.database.writing() as db:
        people = (make.an_editor(db), make.an_editor(db), make.a_translator(db), make.a_translator(db))
        yield Bench(house, db, Shop(house.library, house.settings.content_folder), *people)
    house.library.lay_over({})
