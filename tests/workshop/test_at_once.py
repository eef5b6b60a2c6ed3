"""Many at one moment: nobody's words are lost, and what reaches readers has an order."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy.orm.exc import StaleDataError

from portal.house import House
from portal.library.source import Key
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.workshop import publishing, versions
from portal.workshop.models import ContentVersion, VersionState
from portal.workshop.shop import Shop
from tests import make

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

PAGES = [Key("", "pl", page) for page in ("support", "years-later", "faith-and-culture", "suicide", "contact")]


def test_eight_who_keep_a_version_of_one_text_at_one_moment_all_keep_it(house: House) -> None:
    key = PAGES[0]
    live = house.library.files[key]
    with house.database.writing() as db:
        people = [make.a_translator(db).id for _ in range(8)]

    def keep(who: UUID) -> None:
        with house.database.writing() as db:
            text = replace(live, body=f"{live.body}\n\n{who}")
            versions.keep(db, db.get_one(StaffMember, who), key, text, base=None)

    with ThreadPoolExecutor(8) as everybody:
        list(everybody.map(keep, people))
    with house.database.reading() as db:
        kept = versions.of_text(db, key)
        assert sorted(one.number for one in kept) == list(range(1, 9))
        assert all(any(str(who) in one.text for one in kept) for who in people)


def test_what_is_published_at_one_moment_has_an_order_and_nothing_is_published_twice(house: House) -> None:
    with house.database.writing() as db:
        author, second = make.an_editor(db), make.an_editor(db).id
        made = [make.a_waiting_text(db, house, author, key).id for key in PAGES]

    def publish(version_id: UUID) -> bool:
        shop = Shop(house.library, house.settings.content_folder)
        for _ in range(10):
            try:
                with house.database.writing() as db:
                    version = db.get_one(ContentVersion, version_id)
                    publishing.publish(db, shop, db.get_one(StaffMember, second), version)
                return True
            except (NotNow, StaleDataError):  # the second person presses once more
                with house.database.reading() as db:
                    if db.get_one(ContentVersion, version_id).state is VersionState.PUBLISHED:
                        return False
        raise AssertionError("it never went through")

    with ThreadPoolExecutor(10) as everybody:
        through = list(everybody.map(publish, [*made, *made]))
    assert sum(through) == len(PAGES)
    with house.database.reading() as db:
        serials = sorted(db.get_one(ContentVersion, one).serial or 0 for one in made)
        assert serials == list(range(1, len(PAGES) + 1))
        assert set(publishing.published(db, house.library.files)) == set(PAGES)
