"""What somebody may try who works in the workshop: to keep the machine busy, to be both people, to be somebody else."""

import re
import time

import pytest
from flask import Flask

from portal.house import House
from portal.library.source import Key
from portal.workshop import publishing, versions
from portal.workshop.models import ContentVersion, VersionState
from portal.workshop.shop import Shop
from tests import make
from tests.browser import Browser, as_staff
from tests.house.test_enemy import token

pytestmark = pytest.mark.whole  # it keeps the machine busy on purpose

PAGE = Key("", "en", "support")
WRITE, TEXT = "/panel/workshop/write/support", "/panel/workshop/text/en/support"
TIRING = {
    "brackets": "[" * 60_000,
    "lists": "".join(" " * 4 * depth + "- a\n" for depth in range(170)),
    "words": "a\n: b\n" * 10_000,
    "one word": "a" * 90_000,
    "lines": "a\n" * 45_000,
    "far too much": "Good words. " * 80_000,
}


@pytest.fixture
def editor(app: Flask, house: House) -> Browser:
    """An editor's browser."""
    with house.database.writing() as db:
        return as_staff(app, make.an_editor(db))


@pytest.mark.parametrize("kind", TIRING)
@pytest.mark.parametrize("press", ["Show me", "Keep this draft", "Ask for a second person"])
def test_a_text_that_would_keep_the_machine_busy_comes_back_at_once_with_every_word(
    editor: Browser, kind: str, press: str
) -> None:
    page = editor.open(WRITE).fill("The text", TIRING[kind])
    began = time.process_time()
    page = page.press(press)
    assert time.process_time() - began < 6
    if page.status == 200 and press == "Keep this draft":
        page = page.open(WRITE)
    assert page.status in (200, 422)
    assert page.value("The text").strip() == TIRING[kind].strip()
    assert "more than" in page.main or "so many" in page.main or "longer than we can keep" in page.main


def _waiting(house: House, author: Browser) -> str:
    """Let the author hand a text on; return its address."""
    page = author.open(WRITE)
    text = page.value("The text")
    page = page.fill("The text", f"{text}\n\nAsk us.").press("Show me").choose("Wording: it says the same")
    page = page.press("Ask for a second person")
    assert "It waits for a second person now." in page.main, page.main
    with house.database.reading() as db:
        return f"/panel/workshop/version/{versions.of_text(db, PAGE)[0].id}"


def test_nobody_publishes_their_own_text_by_any_way(app: Flask, house: House, editor: Browser) -> None:
    path = _waiting(house, editor)
    sent = {"csrf_token": token(editor.open(WRITE)), "agreed": "y", "read_all": "y"}
    for _ in range(3):
        assert editor.client.post(f"{path}/check", data=sent).status_code == 409
    assert editor.client.post(f"{path}/restore", data=sent).status_code == 409
    editor.client.post(f"{path}/take-back", data=sent)
    assert editor.client.post(f"{path}/check", data=sent).status_code == 409
    with house.database.reading() as db:
        assert all(one.serial is None for one in versions.of_text(db, PAGE))


def test_a_translator_reaches_nothing_of_an_editors_by_its_address(app: Flask, house: House, editor: Browser) -> None:
    path = _waiting(house, editor)
    with house.database.writing() as db:
        translator = as_staff(app, make.a_translator(db))
    sent = {"csrf_token": token(translator.open("/panel/workshop/translate/pl/support?all=1")), "agreed": "y"}
    sent |= {"why": "x", "the_title": "x", "the_words": "x"}
    assert translator.client.post(f"{path}/check", data=sent).status_code == 409
    for address in (WRITE, "/panel/workshop/withdraw/pl/support", "/panel/workshop/write/own/opening"):
        assert translator.client.get(address).status_code == 404
        assert translator.client.post(address, data=sent).status_code == 404
    for act in ("take-back", "put-aside"):
        assert translator.client.post(f"{path}/{act}", data=sent).status_code == 404
    with house.database.reading() as db:
        assert versions.of_text(db, PAGE)[0].state is VersionState.WAITING


@pytest.mark.parametrize(
    "name",
    [
        *("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "own/own/opening", "own/support", "worcestershire/opening"),
        *("panels/worcestershire/en/opening", "easy/", "easy/../support", "x" * 3000, "%00", "own/../x/opening"),
    ],
)
def test_a_name_that_is_no_page_is_not_there(editor: Browser, name: str) -> None:
    for address in (
        f"write/{name}",
        f"text/en/{name}",
        f"translate/pl/{name}",
        f"text/xx/{name}",
        f"withdraw/pl/{name}",
    ):
        assert editor.client.get(f"/panel/workshop/{address}").status_code in (404, 409), address


def test_a_smaller_heading_that_other_texts_lead_to_cannot_go(house: House) -> None:
    shop = Shop(house.library, house.settings.content_folder)
    key = Key("", "en", "words-explained")
    live = house.library.source(key)
    assert live is not None
    anchor = "medical-examiner"
    body = re.sub(rf"^### .*\{{#{anchor}\}}$", "### Another {#another}", live.body, flags=re.MULTILINE)
    assert body != live.body
    found = [one for one in shop.problems(key, type(live)(live.meta, body)) if repr(anchor) in one.what]
    assert any("other texts lead to it" in one.what for one in found)


def test_two_who_press_at_once_publish_once(app: Flask, house: House, editor: Browser) -> None:
    path = _waiting(house, editor)
    with house.database.writing() as db:
        second = as_staff(app, make.an_editor(db))
    sent = {"csrf_token": token(second.open(f"{path}/check")), "agreed": "y"}
    assert [second.client.post(f"{path}/check", data=sent).status_code for _ in range(3)] == [303, 409, 409]
    with house.database.reading() as db:
        found: list[ContentVersion] = [one for one in versions.of_text(db, PAGE) if one.serial]
        assert [one.serial for one in found] == [publishing.newest(db)[0]]
