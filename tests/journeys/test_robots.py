"""A link that robots found first is as fresh as before: nothing in the house has changed, and it opens at once."""

import re

import pytest
from playwright.sync_api import Browser

from tests import zoo
from tests.journeys.conftest import Walk
from tests.journeys.desk import Invited, invite, printed_link
from tests.journeys.live import Live
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser


@pytest.fixture
def invited(key_worker: Walker) -> list[Invited]:
    """Invite three people of a new family, one by each way."""
    first = invite(key_worker, "en", "E-mail", "robots@example.org")
    text = invite(key_worker, "en", "Text message", "07700 900124", "Bushra", family=first.family)
    letter = invite(key_worker, "en", "Letter on paper", "1 Made-up Road\nBristol", "Daniel", family=first.family)
    return [first, text, printed_link(key_worker, letter)]


def test_a_zoo_of_robots_changes_nothing_and_every_link_opens_at_the_first_try(
    live: Live, browser: Browser, walk: Walk, invited: list[Invited]
) -> None:
    before = live.everything()
    assert sum(len(rows) for rows in before.values()) > 100
    # Fifty robots one after the other at one link, and every kind of them at the others and where codes are typed.
    places = [*(person.link for person in invited), f"{live.base}/en/i"]
    kinds = len(zoo.KINDS)
    for place, rounds, windows in zip(places, (50, kinds, kinds, kinds), (3, 1, 1, 1), strict=True):
        by_program = zoo.over_http(place, rounds)
        by_browser = zoo.in_a_browser(browser, place, windows)
        # Each round presses the link's own button and the one behind it that asks for a new link.
        assert by_program.pressed >= 2 * rounds
        assert by_browser.pressed >= 2 * windows
        for seen in (by_program, by_browser):
            assert any(one.endswith("/ask-for-my-link") for one in seen.places)
        assert by_program.worst < 500
        for page in by_program.pages:
            head = re.sub(r"(?s)<style>.*?</style>", "", page.partition("</head>")[0])
            assert "og:" not in head
            assert "oembed" not in head
            assert not any(word in head.lower() for word in ("died", "death", "child", "panel", "review"))
    after = live.everything()
    assert {table: rows for table, rows in after.items() if rows != before[table]} == {}
    for person in invited:
        walk().enter(person.link, person.number)
    assert live.everything() != before


def test_a_robot_that_writes_into_every_field_leaves_a_request_for_a_person_and_nothing_else(
    live: Live, invited: list[Invited]
) -> None:
    before = live.everything()
    seen = zoo.over_http(invited[0].link, rounds=2, junk="test")
    assert seen.worst < 500
    after = live.everything()
    changed = {table for table, rows in after.items() if rows != before[table]}
    # A number of "test" is a miss, and misses are charged to the link: after five it rests a while, and then opens.
    assert changed == {"way_back_requests", "history", "link_misses"}
