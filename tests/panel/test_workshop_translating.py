"""Translating in the browser: only what has changed, the English before and now, and a second person."""

import re

import pytest
from flask import Flask

from portal.house import House
from portal.library.source import Key
from portal.library.standing import Change, Standing
from portal.workshop import versions
from portal.workshop.models import ContentVersion, VersionState
from portal.workshop.shop import Shop
from tests import make
from tests.browser import Browser, as_staff

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

ENGLISH, POLISH, URDU = (Key("", code, "support") for code in ("en", "pl", "ur"))
WORK, TEXT = "/panel/workshop/translate/pl/support", "/panel/workshop/text/pl/support"
NEW = "Ask us if it is not clear."
OWN = "Proszę pytać, jeśli coś nie jest jasne."


@pytest.fixture
def changed(app: Flask, house: House) -> House:
    """A library whose English has just changed in its meaning, in one section of one page."""
    return _change(app, house, ENGLISH)


def _change(app: Flask, house: House, key: Key, kind: Change = Change.MEANING) -> House:
    with house.database.writing() as db:
        shop = Shop(house.library, house.settings.content_folder)
        make.a_published_change(db, shop, make.an_editor(db), make.an_editor(db), key, kind)
    app.extensions["overlay"].look()
    return house


@pytest.fixture
def translator(app: Flask, house: House) -> Browser:
    """A translator's browser."""
    with house.database.writing() as db:
        return as_staff(app, make.a_translator(db))


@pytest.fixture
def second(app: Flask, house: House) -> Browser:
    """Another translator's browser."""
    with house.database.writing() as db:
        return as_staff(app, make.a_translator(db))


def _newest(house: House, key: Key = POLISH) -> ContentVersion:
    with house.database.reading() as db:
        found = versions.of_text(db, key)[0]
        db.expunge_all()
        return found


def _done(page: Browser, how: str = "I wrote it myself, or rewrote all of it") -> Browser:
    text = page.value("Text")
    return page.fill("Text", f"{text}\n\n{OWN}").choose(how).press("Ask for a second person")


def _let_through(second: Browser, *, read_all: bool = False) -> Browser:
    page = second.open(TEXT)
    number = max(int(one) for one in re.findall(r"Version (\d+)", page.main))
    page = page.follow(f"Version {number}").follow("Read it as the second person")
    page.choose("I have read every change, and it is right")
    if read_all:
        page.choose("I have read the whole page")
    return page.press("Let readers have it")


def test_only_the_sections_that_changed_are_there_with_the_english_before_and_now(
    changed: House, translator: Browser
) -> None:
    page = translator.open(TEXT).follow("Translate what has changed")
    assert page.path == WORK
    assert page.html.count('name="english_') == 1
    assert f"put in: {NEW} end." in page.main
    assert "The meaning of the English has changed" in page.main
    own = changed.library.files[POLISH].sections["next"].text
    assert page.value("Text") == own.partition("\n")[2].strip(), "their own words, to be changed"
    page = page.follow("Go through the whole text")
    assert page.html.count('name="english_') == len(changed.library.files[ENGLISH].sections)


def test_a_translation_comes_back_to_readers_once_a_second_person_has_read_it(
    app: Flask, changed: House, translator: Browser, second: Browser
) -> None:
    client = app.test_client()
    assert NEW in client.get("/pl/support").get_data(as_text=True)
    page = _done(translator.open(WORK))
    assert "It waits for a second person now." in page.main, page.main
    assert OWN not in client.get("/pl/support").get_data(as_text=True)
    page = second.open(TEXT).follow("Version 2").follow("Read it as the second person")
    assert f"put in: {OWN} end." in page.main
    assert f"put in: {NEW} end." in page.main, "the English of it stands there too"
    page = _let_through(second)
    assert "Readers have it now." in page.main
    html = client.get("/pl/support").get_data(as_text=True)
    assert OWN in html
    assert NEW not in html
    assert set(changed.library.standing(POLISH).values()) == {Standing.CURRENT}
    assert "Urdu" in second.open("/panel/library?language=ur").main
    assert changed.library.standing(URDU)["next"] is Standing.OLDER


def test_how_it_was_made_has_to_be_said_and_a_machines_draft_says_so(
    changed: House, translator: Browser, second: Browser
) -> None:
    page = translator.open(WORK)
    page = page.fill("Text", f"{page.value('Text')}\n\n{OWN}").press("Ask for a second person")
    assert page.status == 422
    assert "Say how this translation was made." in page.main
    assert OWN in page.value("Text")
    page = page.choose("A machine made it, and it is not rewritten yet.").press("Ask for a second person")
    assert "It waits for a second person now." in page.main
    _let_through(second)
    meta = changed.library.source(POLISH).meta  # type: ignore[union-attr]  # it is there
    assert (meta["translated_by"], meta["checked_by"]) == ("machine draft", "")


def test_whoever_read_all_of_it_stands_under_the_text(changed: House, translator: Browser, second: Browser) -> None:
    _done(translator.open(WORK))
    _let_through(second, read_all=True)
    meta = changed.library.source(POLISH).meta  # type: ignore[union-attr]  # it is there
    assert re.fullmatch(r"Tran Slator \d+, translator", meta["checked_by"])
    assert re.fullmatch(r"machine draft, in part Tran Slator \d+, translator", meta["translated_by"])


def test_a_draft_is_kept_without_saying_that_it_is_done(changed: House, translator: Browser) -> None:
    page = translator.open(WORK)
    page = page.fill("Text", f"{page.value('Text')}\n\n{OWN}").press("Keep this draft")
    assert "Your draft is kept." in page.main
    kept = _newest(changed)
    assert kept.state is VersionState.DRAFT
    assert kept.source.meta["source"] == changed.library.files[POLISH].meta["source"]
    assert OWN in translator.open(WORK).value("Text")


def test_a_page_without_a_translation_is_translated_whole(app: Flask, house: House, translator: Browser) -> None:
    house.library.lay_over({POLISH: None})
    page = translator.open(TEXT)
    assert "Not translated yet" in page.main
    page = page.follow("Translate it")
    assert page.value("Title") == ""
    assert page.html.count('name="english_') == len(house.library.files[ENGLISH].sections)
    page = page.fill("Title", "Gdzie znaleźć wsparcie").choose("I wrote it myself, or rewrote all of it")
    page = page.press("Ask for a second person")
    assert page.status == 422
    assert "What would stop it from going to readers:" in page.main
    assert page.value("Title") == "Gdzie znaleźć wsparcie"


def test_when_the_english_changes_meanwhile_nothing_is_handed_on_unseen(
    app: Flask, changed: House, translator: Browser
) -> None:
    page = translator.open(WORK)
    page = page.fill("Text", f"{page.value('Text')}\n\n{OWN}").choose("I wrote it myself, or rewrote all of it")
    _change(app, changed, ENGLISH, Change.WORDING)
    page = page.press("Ask for a second person")
    assert page.status == 422
    assert "The English has changed again since you opened this page." in page.main
    assert OWN in page.value("Text")
    page = page.press("Ask for a second person")
    assert "It waits for a second person now." in page.main, page.main


def test_when_a_colleagues_translation_reaches_readers_first_the_later_words_are_kept(
    app: Flask, changed: House, translator: Browser, second: Browser
) -> None:
    with changed.database.writing() as db:
        quicker = as_staff(app, make.a_translator(db))
    page = translator.open(WORK)
    page = page.fill("Text", f"{page.value('Text')}\n\nZawsze chętnie pomożemy.")
    _done(quicker.open(WORK))
    _let_through(second)
    page = page.press("Keep this draft")
    assert page.status == 200
    assert "Readers have been given another text since you began." in page.main
    assert "Zawsze chętnie pomożemy." in page.html
    assert "Zawsze chętnie pomożemy." in _newest(changed).text


def test_somebody_from_right_to_left_writes_from_right_to_left(changed: House, translator: Browser) -> None:
    page = translator.open("/panel/workshop/translate/ur/support")
    field = next(one for one in page.html.split("<textarea")[1:] if 'name="text_next"' in one)
    assert 'lang="ur"' in field
    assert 'dir="rtl"' in field


def test_an_editor_takes_a_translation_away_at_once_and_says_why(app: Flask, house: House, translator: Browser) -> None:
    with house.database.writing() as db:
        editor = as_staff(app, make.an_editor(db))
    assert "Take this translation away" not in translator.open(TEXT).links
    page = editor.open(TEXT).follow("Take this translation away").press("Take it away now")
    assert page.status == 422
    page = page.fill("Why is it taken away?", "A number was wrong.").press("Take it away now")
    assert "Readers get the English now." in page.main
    assert "A number was wrong." in page.main
    assert "You do not have to do this alone" in app.test_client().get("/pl/support").get_data(as_text=True)
    page = translator.open(TEXT).follow("Version 1").press("Take this version up again")
    page = page.choose("I wrote it myself, or rewrote all of it").press("Ask for a second person")
    assert "It waits for a second person now." in page.main, page.main


def test_what_is_current_has_nothing_to_be_brought_along(house: House, translator: Browser) -> None:
    page = translator.open(TEXT)
    assert "Translate what has changed" not in page.links
    assert translator.client.get(WORK).status_code == 409
    assert translator.client.get(f"{WORK}?all=1").status_code == 200


def test_an_address_that_names_no_text_is_not_there(translator: Browser) -> None:
    for path in ("pl/nowhere", "xx/support", "pl/own/support", "pl/easy/nowhere"):
        assert translator.client.get(f"/panel/workshop/text/{path}").status_code == 404, path
    assert translator.client.get("/panel/workshop/translate/en/support").status_code == 404


def test_a_form_that_lay_open_for_long_comes_back_with_every_word(changed: House, translator: Browser) -> None:
    typed = {"text_next": OWN, "text_phone-numbers": f"{OWN} 2", "made_by": "person", "act": "ask", "csrf_token": "old"}
    answer = translator.client.post(WORK, data=typed)
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    for value in (OWN, f"{OWN} 2", 'value="ask"', 'value="person"'):
        assert value in html, value


def test_a_sign_in_that_has_ended_costs_no_word(app: Flask, changed: House) -> None:
    answer = app.test_client().post(WORK, data={"text_next": OWN, "act": "ask"})
    assert answer.status_code in (401, 422)
    assert OWN in answer.get_data(as_text=True)
