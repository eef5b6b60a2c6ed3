"""Fingers press twice: whatever the first press of a button did, the second is answered kindly."""

import re
from urllib.parse import urljoin

import html5lib
import pytest
from flask import Flask

from portal.house import House
from tests.browser import Element
from tests.house.world import World, everybody

pytestmark = pytest.mark.whole
HTML = "{http://www.w3.org/1999/xhtml}"
HOMES = {"key worker": "/keyworker/", "coordinator": "/panel/questions", "chair": "/panel/questions"}
ONLY_TO_READ = re.compile(r"\.pdf|/preview|/letters/|/cards/|/help")  # many, slow to make, and without a button
KIND = {303, 409, 422}


def _pages(world: World, who: str) -> dict[str, str]:
    """Return every page of somebody's door to which links lead them."""
    found: dict[str, str] = {}
    near, waiting = HOMES[who].split("/")[1], [HOMES[who]]
    while waiting:
        path = waiting.pop()
        answer = world.clients[who].get(path)
        found[path] = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        links = (one.get("href") or "" for one in html5lib.parse(found[path]).iter(f"{HTML}a"))
        there = {urljoin(path, one).partition("#")[0] for one in links}
        waiting += {one for one in there if one.startswith(f"/{near}/") and not ONLY_TO_READ.search(one)} - {
            *found,
            *waiting,
        }
    return found


def _filled(form: Element) -> dict[str, str]:
    """Fill a form in as somebody in a hurry does: the first of every choice, every tick, a word everywhere."""
    data: dict[str, str] = {}
    for one in form.iter():
        name, kind = one.get("name"), one.get("type", "text")
        if not name:
            continue
        if one.tag == f"{HTML}select":
            options = [option.get("value", "") for option in one.iter(f"{HTML}option")]
            data[name] = next((value for value in options if value), "")
        elif one.tag == f"{HTML}textarea":
            data[name] = "".join(one.itertext()).strip() or "A word."
        elif one.tag == f"{HTML}input" and kind != "file":
            data.setdefault(name, one.get("value") or ("1 November 2026" if re.search("_on$", name) else "A word"))
        elif one.tag == f"{HTML}button":
            data.setdefault(name, one.get("value", ""))
    return data


@pytest.mark.parametrize("who", HOMES)
def test_a_second_press_is_never_answered_as_if_nothing_were_there(app: Flask, house: House, who: str) -> None:
    world = everybody(app, house)
    client, pressed, done = world.clients[who], set(), 0
    for path, html in _pages(world, who).items():
        for form in html5lib.parse(html).iter(f"{HTML}form"):
            action = urljoin(path, form.get("action") or path)
            if form.get("method") != "post" or action in pressed or "/staff/" in action:
                continue
            pressed.add(action)
            data = _filled(form)
            if client.post(action, data=data).status_code != 303:
                continue
            done += 1
            again = client.post(action, data=data).status_code
            assert again in KIND, f"{who} presses twice on {path}: {action} answers {again}"
    assert done > 2
