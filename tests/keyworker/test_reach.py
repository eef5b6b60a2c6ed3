"""Addresses are read as people write them, and only ways that this portal can send by are offered."""

import pytest

from portal.days import read_day
from portal.keyworker.reach import shown, tidy_address, ways_offered
from portal.review.people import Way
from portal.settings import Settings

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute


@pytest.mark.parametrize(
    "typed",
    ["07700900123", "07700 900123", "+44 7700 900 123", "0044 (0)7700 900123".replace("(0)", ""), "٠٧٧٠٠ ٩٠٠١٢٣"],
)
def test_a_mobile_number_may_be_written_in_many_ways(typed: str) -> None:
    assert tidy_address(Way.TEXT, typed) == "+447700900123"


def test_a_number_is_shown_as_people_write_it() -> None:
    assert shown(Way.TEXT, "+447700900123") == "07700 900123"
    assert shown(Way.EMAIL, "a@example.org") == "a@example.org"
    assert shown(Way.PAPER, None) == ""


def test_a_postal_address_keeps_its_lines_and_may_be_left_empty() -> None:
    assert tidy_address(Way.PAPER, " 1 Hill Lane \r\n\r\nBristol\r\n") == "1 Hill Lane\nBristol"
    assert tidy_address(Way.PAPER, "  \n") is None


def test_only_ways_that_the_settings_offer_are_offered_and_paper_always() -> None:
    assert ways_offered(Settings()) == [Way.EMAIL, Way.TEXT, Way.PAPER]
    assert ways_offered(Settings(email_channel="none", text_channel="none")) == [Way.PAPER]


@pytest.mark.parametrize("typed", ["", "soon", "31 February 2026", "13/13/2026", "24 Smarch 2026", "24 November"])
def test_what_is_no_day_is_not_taken_for_one(typed: str) -> None:
    assert read_day(typed) is None
