"""What a key worker does at the beginning of every journey: a review, a person, a link, and a number."""

import re
import time
from dataclasses import dataclass, replace

from tests.journeys.live import SEND_WITHIN
from tests.journeys.walker import Walker

CHILD = "Zebedeus"
NUMBER = re.compile(r"[0-9]{4} [0-9]{4}")


@dataclass(frozen=True)
class Invited:
    """What a key worker has in hand once somebody was invited."""

    link: str  # empty while a letter still waits to be printed
    number: str
    page: str  # the key worker's page of this person
    message: str


def start_a_review(key_worker: Walker, child: str = CHILD, look: bool = False) -> Walker:
    """Start a review, with the least possible about the child."""
    key_worker.open("/keyworker/")
    if look:
        key_worker.look("my families")
    key_worker.follow("Start a review")
    if look:
        key_worker.look("start a review")
    key_worker.fill("The child's name, as the family uses it", child).choose("Gathering information")
    key_worker.press("Start the review")
    if look:
        key_worker.look("one family")
    return key_worker


def invite(
    key_worker: Walker, language: str, way: str, address: str, name: str = "Amina", look: bool = False
) -> Invited:
    """Add somebody to the family on the screen and invite them; a letter is left for its own page."""
    before = key_worker.live.messages()
    key_worker.follow("Add and invite a person")
    if look:
        key_worker.look("add and invite")
    key_worker.fill("Their name, as they wish to be called", name).choose("Mother")
    key_worker.pick("The language that they read best", language).choose(way)
    key_worker.fill("The address for that way", address).press("Add and invite")
    if look:
        key_worker.look("one person with their number")
    page = key_worker.path()
    found = NUMBER.search(key_worker.main.inner_text())
    assert found is not None, key_worker.main.inner_text()
    key_worker.press("I have noted the number").does_not_read(found.group())
    if way == "Letter on paper":
        return Invited("", found.group(), page, "")
    link, message = key_worker.live.link_sent(before)
    return Invited(link, found.group(), page, " ".join(str(value) for value in message.values()))


def printed_link(key_worker: Walker, invited: Invited, look: bool = False) -> Invited:
    """Open the letter that waits for a person and read the link off it."""
    until = time.monotonic() + SEND_WITHIN
    while not _there(key_worker.open(invited.page), "Print the letter") and time.monotonic() < until:
        time.sleep(0.3)
    key_worker.follow("Print the letter")
    if look:
        key_worker.look("a letter to print")
    return replace(invited, link=key_worker.page.locator(".letter-link").inner_text().strip())


def _there(walker: Walker, words: str) -> bool:
    return walker.main.get_by_role("link", name=words).count() > 0
