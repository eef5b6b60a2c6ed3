"""What a key worker does at the beginning of every journey: a family, a person, a link, and a number."""

import re
from dataclasses import dataclass, replace

from tests import squares
from tests.journeys.walker import Walker

CHILD = "Zebedeus"
NUMBER = re.compile(r"[0-9]{4} [0-9]{4}")


@dataclass(frozen=True)
class Invited:
    """What a key worker has in hand once somebody was invited."""

    link: str  # empty while a letter still waits to be printed
    number: str
    page: str  # the key worker's page of this person
    family: str  # and of their family
    message: str


def invite(
    key_worker: Walker,
    language: str,
    way: str,
    address: str,
    name: str = "Amina",
    *,
    child: str = CHILD,
    family: str = "",
    look: bool = False,
) -> Invited:
    """Invite somebody, in a family that begins with them or in one that is there; a letter is left for its own page."""
    before = key_worker.live.messages()
    if family:
        key_worker.open(family).follow("Add and invite a person")
    else:
        key_worker.open("/keyworker/")
        if look:
            key_worker.look("my families")
        key_worker.follow("Invite a family").fill("The child's name, as the family uses it", child)
    if look:
        key_worker.look("add and invite")
    key_worker.fill("Their name, as they wish to be called", name).choose("Mother")
    key_worker.pick("The language that they read best", language).choose(way)
    key_worker.fill("The address for that way", address)
    if look:
        key_worker.press("See what they will see").look("what they will see")
    key_worker.press("Add and invite")
    if look:
        key_worker.look("one person with their number")
    page = key_worker.path()
    found = NUMBER.search(key_worker.main.inner_text())
    assert found is not None, key_worker.main.inner_text()
    key_worker.press("I have noted the number").does_not_read(found.group())
    back = key_worker.page.get_by_role("link", name="Back to the family").get_attribute("href") or ""
    if way == "Letter on paper":
        return Invited("", found.group(), page, back, "")
    link, message = key_worker.live.link_sent(before)
    return Invited(link, found.group(), page, back, " ".join(str(value) for value in message.values()))


def printed_link(key_worker: Walker, invited: Invited, look: bool = False) -> Invited:
    """Open the letter that waits for a person and read its link with a telephone's camera."""
    key_worker.open(invited.page).follow("Look at the letter, or at its copy for the file")
    if look:
        key_worker.look("a letter to print")
    (link,) = squares.in_picture(key_worker.page.locator(".way-in-square").screenshot())
    return replace(invited, link=link)
