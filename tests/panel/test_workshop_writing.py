"""Writing the English in the browser: shown as readers meet it, classed, read by a second person, published."""

import re

import pytest
from flask import Flask

from portal.house import House
from portal.library.source import Key
from portal.workshop import versions
from portal.workshop.models import ContentVersion, VersionState
from tests import make
from tests.browser import Browser, as_staff
from tests.house.test_enemy import EVIL, _nothing_runs

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

PAGE = Key("", "en", "support")
WRITE, TEXT = "/panel/workshop/write/support", "/panel/workshop/text/en/support"
WORDS = "You can ask for help soon after your child's death, or many years later."
NEW = "You can ask for help today, or many years later."
MEANING = "Meaning: it says something else now."


@pytest.fixture
def editor(app: Flask, house: House) -> Browser:
    """An editor's browser."""
    with house.database.writing() as db:
        return as_staff(app, make.an_editor(db))


@pytest.fixture
def second(app: Flask, house: House) -> Browser:
    """Another editor's browser."""
    with house.database.writing() as db:
        return as_staff(app, make.an_editor(db))


def _rows(house: House, key: Key = PAGE) -> list[ContentVersion]:
    with house.database.reading() as db:
        found = list(versions.of_text(db, key))
        db.expunge_all()
        return found


def _written(browser: Browser, before: str = WORDS, after: str = NEW) -> Browser:
    """Write something else over a sentence, without sending it."""
    page = browser.open(WRITE)
    text = page.value("The text")
    assert before in text
    return page.fill("The text", text.replace(before, after))


def _handed_on(browser: Browser, before: str = WORDS, after: str = NEW) -> Browser:
    page = _written(browser, before, after).press("Show me")
    return page.choose(MEANING).press("Ask for a second person")


def _published(author: Browser, second: Browser, before: str = WORDS, after: str = NEW) -> None:
    page = _handed_on(author, before, after)
    assert "It waits for a second person now." in page.main, page.main
    number = max(int(one) for one in re.findall(r"Version (\d+)", page.main))
    page = second.open(TEXT).follow(f"Version {number}").follow("Read it as the second person")
    page = page.choose("I have read every change, and it is right").press("Let readers have it")
    assert "Readers have it now." in page.main


def test_the_text_stands_beside_what_readers_meet_with_a_panels_words(editor: Browser, house: House) -> None:
    page = editor.open(WRITE)
    assert page.heading == "Where to find support"
    assert "Nothing was taken out of the text." in page.main
    words = {panel.name: house.panels.words(panel, "en")["contact"] for panel in house.panels.all}
    shown = page.main.partition("As readers meet it")[2]
    assert words[house.panels.named(make.PANEL).name] in shown  # type: ignore[union-attr]  # it is there
    other = next(panel for panel in house.panels.all if panel.slug == "worcestershire")
    page = page.choose(other.name).press("Show me")
    assert page.status == 200
    assert words[other.name] in page.main.partition("As readers meet it")[2]


def test_show_me_says_what_was_taken_out_and_why_and_changes_nothing(editor: Browser, house: House) -> None:
    page = _written(editor, after=f"{NEW} <script>alert(1)</script> ![A hill](https://example.org/hill.jpg)")
    page = page.press("Show me")
    assert page.status == 200
    assert "<script>. Nothing that runs may stand in a page." in page.main
    assert "a picture. Pictures are not shown" in page.main
    assert "<script>alert" not in page.html
    assert "What would stop it from going to readers:" in page.main
    assert NEW in page.value("The text")
    assert _rows(house) == []


def test_a_draft_is_kept_and_nobody_else_sees_it_as_the_text(editor: Browser, second: Browser, house: House) -> None:
    page = _written(editor).press("Keep this draft")
    assert "Your draft is kept." in page.main
    assert NEW in editor.open(WRITE).value("The text")
    page = second.open(WRITE)
    assert NEW not in page.value("The text")
    assert "has a version of this text in hand too" in page.main
    assert house.library.source(PAGE) == house.library.files[PAGE]


def test_each_changed_part_has_to_be_classed_before_it_is_handed_on(editor: Browser, house: House) -> None:
    page = _written(editor).press("Ask for a second person")
    assert page.status == 422
    assert page.title.startswith("There is a problem")
    assert "Say what kind of change You do not have to do this alone is." in page.main
    assert NEW in page.value("The text")
    assert _rows(house) == []
    page = page.choose(MEANING).press("Ask for a second person")
    assert "It waits for a second person now." in page.main
    change = _rows(house)[0].source.meta["changes"][-1]
    assert (change["section"], change["kind"]) == ("not-alone", "meaning")


def test_a_text_that_cannot_be_published_is_not_handed_on_and_says_on_which_line_and_what_to_do(
    editor: Browser, house: House
) -> None:
    page = _written(editor, after=f"{NEW} [x](page:nowhere)").press("Show me")
    page = page.choose(MEANING).press("Ask for a second person")
    assert page.status == 422
    line = next(at for at, one in enumerate(page.value("The text").splitlines(), 1) if "page:nowhere" in one)
    assert f"Line {line}: The link 'x' to 'page:nowhere' does not work." in page.main
    assert NEW in page.value("The text")
    assert _rows(house) == []


def test_a_second_person_publishes_and_every_translation_gets_its_notice(
    app: Flask, editor: Browser, second: Browser
) -> None:
    _published(editor, second)
    client = app.test_client()
    assert NEW in client.get("/en/support").get_data(as_text=True).replace("&#x27;", "'")
    polish = client.get("/pl/support").get_data(as_text=True)
    assert NEW in polish, "one press away"
    assert "Older than the English: 1 section" in editor.open("/panel/library?language=pl").main


def test_the_author_is_not_the_second_person_and_is_told_why(editor: Browser) -> None:
    page = _handed_on(editor).follow("Version 2")
    assert "Somebody else reads it before readers get it." in page.main
    page = editor.open(f"{page.path}/check")
    assert "Let readers have it" not in page.buttons
    answer = editor.client.post(page.path, data={"csrf_token": _token(editor), "agreed": "y"})
    assert answer.status_code == 409


def _token(browser: Browser) -> str:
    return browser.open("/staff/you").html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def test_a_translator_does_not_publish_the_english(app: Flask, house: House, editor: Browser) -> None:
    page = _handed_on(editor).follow("Version 2")
    with house.database.writing() as db:
        translator = as_staff(app, make.a_translator(db))
    checking = translator.open(f"{page.path}/check")
    assert "The English is published by an editor." in checking.main
    answer = translator.client.post(checking.path, data={"csrf_token": _token(translator), "agreed": "y"})
    assert answer.status_code == 409


def test_the_second_person_sends_it_back_and_the_author_reads_what_to_change(
    editor: Browser, second: Browser, house: House
) -> None:
    page = _handed_on(editor)
    page = second.open(TEXT).follow("Version 2").follow("Read it as the second person")
    page = page.follow("Ask its author for other words").press("Send it back")
    assert page.status == 422
    page = page.fill("What should be different?", "Say who one can ask.").press("Send it back")
    assert "It is back with its author." in page.main
    assert _rows(house)[0].state is VersionState.DRAFT
    page = editor.open(WRITE)
    assert "The second person asks: Say who one can ask." in page.main
    assert NEW in page.value("The text")


def test_the_later_of_two_is_told_loses_nothing_and_sees_what_has_changed(
    app: Flask, house: House, editor: Browser, second: Browser
) -> None:
    with house.database.writing() as db:
        third = as_staff(app, make.an_editor(db))
    page = _written(editor, "If one does not work, try another", "If one does not work, please try another")
    _published(second, third)
    page = page.press("Keep this draft")
    assert "Readers have been given another text since you began." in page.main
    assert "please try another" in page.value("The text")
    assert "today" in page.main.partition("What readers have been given meanwhile")[2]
    page = page.fill("The text", page.value("The text").replace(WORDS, NEW)).press("Show me")
    page = page.choose("Wording: it says the same in other words.").press("Ask for a second person")
    assert "It waits for a second person now." in page.main
    newest = _rows(house)[0]
    assert NEW in newest.text
    assert "please try another" in newest.text


def test_what_was_begun_before_another_publish_cannot_be_let_through(
    app: Flask, house: House, editor: Browser, second: Browser
) -> None:
    with house.database.writing() as db:
        third = as_staff(app, make.an_editor(db))
    waiting = _handed_on(editor, "If one does not work, try another", "If one does not work, please try another")
    path = waiting.follow("Version 2").path
    _published(second, third)
    page = third.open(f"{path}/check")
    assert "Readers have been given another text since this was begun" in page.main
    answer = third.client.post(f"{path}/check", data={"csrf_token": _token(third), "agreed": "y"})
    assert answer.status_code == 409
    page = editor.open(WRITE)
    assert "Readers have been given another text since you began." in page.main


def test_any_two_versions_are_compared_and_an_old_one_is_taken_up_again(
    editor: Browser, second: Browser, house: House
) -> None:
    _published(editor, second)
    page = editor.open(TEXT).follow("Version 1")
    assert page.heading == "Version 1: Where to find support"
    page = page.follow("Compare it with another version")
    label = next(one for one in page.html.split("<option")[1:] if "Version 2" in one).split(">")[1].split("<")[0]
    page = page.choose(label).press("Compare")
    assert "taken out: today end." in page.main
    assert "put in: soon after your child's death end." in page.main
    page = editor.open(TEXT).follow("Version 1").press("Take this version up again")
    assert page.path == WRITE
    assert WORDS in page.value("The text")
    assert _rows(house)[0].state is VersionState.DRAFT
    page = page.press("Ask for a second person")
    assert page.status == 422, "what kind of change it is has to be said again"


def test_a_version_is_taken_back_and_put_aside_by_its_author_alone(
    editor: Browser, second: Browser, house: House
) -> None:
    path = _handed_on(editor).follow("Version 2").path
    for act in ("take-back", "put-aside"):
        assert second.client.post(f"{path}/{act}", data={"csrf_token": _token(second)}).status_code == 404
    page = editor.open(path).press("Take it back and go on writing")
    assert "It is a draft again." in page.main
    page = editor.open(path).press("Put it aside")
    assert "It stays among the versions." in page.main
    assert _rows(house)[0].state is VersionState.PUT_ASIDE


def test_what_looks_after_a_page_is_written_too(editor: Browser, house: House) -> None:
    page = editor.open(WRITE).fill("To be read again by", "24 November 2028").fill("Who looks after this page", "Sam")
    page = page.press("Ask for a second person")
    assert "It waits for a second person now." in page.main, page.main
    meta = _rows(house)[0].source.meta
    assert (str(meta["review_by"]), meta["owner"]) == ("2028-11-24", "Sam")
    page = editor.open(WRITE).fill("To be read again by", "some day").press("Keep this draft")
    assert page.status == 422
    assert "Write the day like this" in page.main


def test_a_panels_own_opening_is_written_by_its_own_people_alone(app: Flask, house: House, editor: Browser) -> None:
    page = editor.open("/panel/workshop/write/own/opening")
    assert "Who looks after this page" not in page.html
    text = page.value("The text")
    page = page.fill("The text", f"{text}\n\nWe are here on working days.").press("Show me").choose(MEANING)
    page = page.press("Ask for a second person")
    assert "It waits for a second person now." in page.main, page.main
    own = Key(make.PANEL, "en", "opening")
    path = editor.follow("Version 2").path
    with house.database.writing() as db:
        elsewhere = as_staff(app, make.an_editor(db, panel="worcestershire"))
    assert len(_rows(house, own)) == 2
    assert elsewhere.client.get(path).status_code == 404
    assert elsewhere.client.get(f"{path}/check").status_code == 404
    assert "We are here" not in elsewhere.open("/panel/workshop/text/en/own/opening").html
    assert elsewhere.client.get("/panel/workshop/write/west-of-england/opening").status_code == 404


def test_whatever_is_typed_is_text_or_clean_and_nothing_of_it_runs(editor: Browser, second: Browser) -> None:
    page = _written(editor, after=f"{NEW} {EVIL}").fill("Title", EVIL).fill("Summary, in one sentence", EVIL)
    page = page.fill("What you changed, and why, for the second person", EVIL).fill("Who looks after this page", EVIL)
    page = page.fill("Facts to confirm, one on each line", EVIL).press("Show me")
    _nothing_runs(page.path, page.html)
    page = page.press("Keep this draft")
    for browser in (editor, second):
        page = browser.open(TEXT)
        _nothing_runs(page.path, page.html)
        page = page.follow("Version 2")
        _nothing_runs(page.path, page.html)
        page = page.follow("Compare it with another version")
        _nothing_runs(page.path, page.html)
        assert "onerror" in page.html, "it stands there, as text"


def test_a_translator_takes_no_english_version_up_again(
    app: Flask, house: House, editor: Browser, second: Browser
) -> None:
    _published(editor, second)
    path = editor.open(TEXT).follow("Version 1").path
    with house.database.writing() as db:
        translator = as_staff(app, make.a_translator(db))
    assert "Take this version up again" not in translator.open(path).buttons
    answer = translator.client.post(f"{path}/restore", data={"csrf_token": _token(translator)})
    assert answer.status_code == 409
