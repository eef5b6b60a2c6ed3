"""What is published reaches every process by itself, and no reader's page ever breaks by it."""

import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, update

from portal.app import build_house, create_app
from portal.house import House
from portal.library.source import Key
from portal.serving.ready import ReadyPages
from portal.workshop.models import ContentVersion
from portal.workshop.overlay import Overlay
from portal.workshop.shop import Shop
from tests import make

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

PAGE = Key("", "en", "support")
NEW = "Ask us if it is not clear."


def _publish(house: House, sentence: str = NEW) -> None:
    with house.database.writing() as db:
        shop = Shop(house.library, house.settings.content_folder)
        make.a_published_change(db, shop, make.an_editor(db), make.an_editor(db), PAGE, sentence=sentence)


def _says(app: Flask, path: str = "/en/support") -> str:
    return app.test_client().get(path).get_data(as_text=True)


def test_another_process_sees_within_seconds_what_was_published(app: Flask, house: House) -> None:
    other = create_app(house.settings, build_house(house.settings))
    overlay: Overlay = other.extensions["overlay"]
    overlay.watch(every=0.05)
    _publish(house)
    until = time.monotonic() + 10
    while NEW not in _says(other) and time.monotonic() < until:
        time.sleep(0.05)
    overlay.stop()
    other.extensions["house"].database.engine.dispose()
    assert NEW in _says(other)
    assert NEW not in _says(app), "this process has not looked yet"


def test_looking_is_one_cheap_question_and_does_nothing_when_nothing_is_new(app: Flask, house: House) -> None:
    overlay: Overlay = app.extensions["overlay"]
    _publish(house)
    assert overlay.look()
    asked: list[str] = []
    event.listen(house.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert not overlay.look()
    questions = [one for one in asked if one.startswith("SELECT")]
    assert len(questions) == 1
    assert "LIMIT" in questions[0]


def test_pages_that_were_ready_before_go_to_nobody_after_a_publish(app: Flask, house: House, tmp_path: Path) -> None:
    pages = ReadyPages.of(app, tmp_path)
    before = str(app.extensions["public_revision"])
    for path in ("/en/support", "/pl/support"):
        assert pages.make(path) is not None
    _publish(house)
    app.extensions["overlay"].look()
    assert pages.get("/en/support") is None
    for path in ("/en/support", "/pl/support"):
        made = pages.make(path)
        assert made is not None
        assert NEW.encode() in made.reply("GET", b"", b"").body
    assert app.extensions["public_revision"] != before, "a new start must not take older pages from the disk"
    del app.extensions["ready_pages"]


def test_a_version_that_cannot_be_shown_breaks_no_page_and_its_number_is_in_the_log(
    app: Flask, house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    _publish(house)
    with house.database.writing() as db:
        db.execute(update(ContentVersion).values(text="---\ntitle: [\n---\n\nbroken"))
    assert app.extensions["overlay"].look()
    assert "cannot be shown" in capsys.readouterr().out
    for path in ("/en/support", "/pl/support", "/en/"):
        assert app.test_client().get(path).status_code == 200
    assert NEW not in _says(app)


def test_a_database_that_does_not_answer_leaves_readers_what_they_have(
    app: Flask, house: House, tmp_path: Path
) -> None:
    away = build_house(house.settings.model_copy(update={"database": f"sqlite:///{tmp_path / 'nothing' / 'there.db'}"}))
    overlay = Overlay(away.database, away.library)
    overlay.try_to_look()
    assert away.library.source(PAGE) == away.library.files[PAGE]


def test_no_public_page_opens_the_database_after_a_publish_either(app: Flask, house: House) -> None:
    _publish(house)
    app.extensions["overlay"].look()
    asked: list[str] = []
    event.listen(house.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert NEW in _says(app)
    assert asked == []
