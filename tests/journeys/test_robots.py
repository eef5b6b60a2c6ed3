"""A link that robots found first is as fresh as before: nothing in the house has changed, and it opens at once."""

import re

import pytest
from playwright.sync_api import Browser

from tests import zoo
from tests.journeys.conftest import Walk
from tests.journeys.desk import Invited, invite, printed_link, start_a_review
from tests.journeys.live import Live
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser


@pytest.fixture
def invited(key_worker: Walker) -> list[Invited]:
    """Invite three people of a new family, one by each way."""
    start_a_review(key_worker)
    family = key_worker.path()
    people = [invite(key_worker, "en", "E-mail", "robots@example.org", "Amina")]
    people.append(invite(key_worker.open(family), "en", "Text message", "07700 900124", "Bushra"))
    letter = invite(key_worker.open(family), "en", "Letter on paper", "1 Made-up Road\nBristol", "Daniel")
    return [*people, printed_link(key_worker, letter)]


def test_a_zoo_of_robots_changes_nothing_and_every_link_opens_at_the_first_try(
    live: Live, browser: Browser, walk: Walk, invited: list[Invited]
) -> None:
    before = live.everything()
    assert sum(len(rows) for rows in before.values()) > 100
    for person in invited:
        by_program = zoo.over_http(person.link, rounds=50)
        by_browser = zoo.in_a_browser(browser, person.link, rounds=5)
        assert by_program.pressed >= 50
        assert by_browser.pressed >= 5
        assert by_program.worst < 500
        for page in by_program.pages:
            head = re.sub(r"(?s)<style>.*?</style>", "", page.partition("</head>")[0])
            assert "og:" not in head
            assert not any(word in head.lower() for word in ("died", "death", "child", "panel", "review"))
    after = live.everything()
    assert {table: rows for table, rows in after.items() if rows != before[table]} == {}
    for person in invited:
        walk().enter(person.link, person.number)
    assert live.everything() != before
