"""The library's table: every text in every language, what waits, who looks after what, and facts to confirm."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import Flask

from portal import clock
from portal.languages import ENGLISH
from portal.library.source import Key
from portal.library.standing import Standing, standings
from portal.panel.labels import language_label
from portal.review.people import StaffMember
from portal.workshop import publishing, table, versions
from portal.workshop.shop import Shop
from tests import make
from tests.browser import Browser, as_staff
from tests.panel.scene import Scene


@pytest.mark.whole
def test_the_editor_sees_every_text_in_every_language_with_real_links(scene: Scene) -> None:
    page = scene.editor.open("/panel/library")
    assert page.heading == "The library"
    for code in scene.house.settings.languages:
        page = scene.editor.open("/panel/library").follow(language_label(code))
        for name in scene.house.library.pages:
            assert f"/{code}/west-of-england/{name}" in page.html
            assert f"/panel/workshop/text/{code}/{name}" in page.html
        assert scene.editor.client.get(f"/{code}/west-of-england/support").status_code == 200
    page = scene.editor.open("/panel/library").follow("Work on it (What a review is, and why it happens)")
    assert page.heading == "What a review is, and why it happens"


def _numbers(page: Browser, code: str) -> list[int]:
    cells = page.html.split(f">{language_label(code)}</a></th>")[1].split("</tr>")[0]
    return [int(cell.split("</td>")[0]) for cell in cells.split("<td>")[1:]]


def _scanned(scene: Scene, code: str, published: Sequence[Key] = ()) -> list[int]:
    """Count by going through the files, as they were read, and what was published over them."""
    texts = dict(scene.house.library.files)
    with scene.house.database.reading() as db:
        kept = {key: versions.of_text(db, key)[0] for key in published}
        texts |= {key: version.source for key, version in kept.items()}
    pages = {key for key in texts if key.language == ENGLISH and key.panel in ("", make.PANEL)}
    pages = {key for key in pages if "order" in texts[key].meta or key.page == "opening" or "easy/" in key.page}
    found = [0, 0, 0, 0]
    for key in pages:
        own = texts.get(key._replace(language=code))
        if code == ENGLISH:
            found[0] += 1
        elif own is None:
            found[2] += 1
        elif own.meta.get("withdrawn"):
            found[3] += 1
        else:
            how = set(standings(texts[key], own, code).values())
            found[0 if how == {Standing.CURRENT} else 2 if how == {Standing.MISSING} else 1] += 1
    return found


@pytest.mark.whole
def test_the_counts_are_those_of_the_files_and_of_what_was_published_over_them(app: Flask, scene: Scene) -> None:
    shop, library = Shop(scene.house.library, scene.house.settings.content_folder), scene.house.library
    page = scene.editor.open("/panel/library")
    for code in scene.house.settings.languages:
        assert _numbers(page, code)[:4] == _scanned(scene, code), code
    gone, older = Key("", "pl", "years-later"), Key("", "pl", "support")
    with scene.house.database.writing() as db:
        editor, other = make.an_editor(db), make.an_editor(db)
        publishing.withdraw(db, library, editor, gone, "It names a line that has ended.")
        published = make.a_published_change(db, shop, editor, other, older.english)
        assert published.key == older.english
        make.a_waiting_text(db, scene.house, editor, Key("", "ur", "faith-and-culture"))
    app.extensions["overlay"].look()
    page = scene.editor.open("/panel/library?language=pl")
    for code in scene.house.settings.languages:
        assert _numbers(page, code)[:4] == _scanned(scene, code, (gone, older.english)), code
    assert _numbers(page, "pl")[3] == 1
    assert _numbers(page, "ur")[4] == 1, "one Urdu text is being checked"
    assert "Withdrawn" in page.main
    assert "Older than the English: 1 section" in page.main


def test_what_waits_for_a_second_person_stands_first(scene: Scene) -> None:
    with scene.house.database.writing() as db:
        make.a_waiting_text(db, scene.house, make.a_translator(db), Key("", "pl", "support"))
    page = scene.editor.open("/panel/library")
    assert page.main.index("Where to find support, Polish") < page.main.index("Languages")
    assert page.follow("Version 2").heading == "Version 2: Where to find support"


def test_a_page_past_its_day_is_being_checked_and_stands_first_in_the_list(scene: Scene) -> None:
    library = scene.house.library
    key = Key("", ENGLISH, "years-later")
    source = library.source(key)
    assert source is not None
    day = clock.now().date() - timedelta(days=1)
    library.lay_over({key: source.saying(review_by=day)})
    page = scene.editor.open("/panel/library")
    listed = page.main.partition("To be read again, the next first")[2]
    assert listed.index("If your child died years ago") < listed.index("Where to find support")
    assert "It is time to read it again." in listed
    assert _numbers(page, ENGLISH)[4] == 1


def test_facts_to_confirm_are_listed_by_page_and_by_panel(scene: Scene) -> None:
    main = scene.editor.open("/panel/library").main
    source = scene.house.library.source(Key("", "en", "what-a-review-is"))
    assert source is not None
    for point in source.meta["to_confirm"]:
        assert " ".join(str(point).split()) in main
    for panel in scene.house.panels.all:
        assert panel.name in main
        assert str(panel.facts["to_confirm"][0]) in main


def test_a_translator_comes_to_the_library_and_no_further(app: Flask, scene: Scene) -> None:
    with scene.house.database.writing() as db:
        browser = as_staff(app, make.a_translator(db))
    page = browser.open("/panel/library")
    assert page.heading == "The library"
    assert "Questions" not in page.links
    for path in ("/panel/questions", "/panel/staff", "/panel/workshop/write/support"):
        assert browser.client.get(path).status_code == 404


def test_the_table_knows_a_panels_own_opening_and_no_other_panels(scene: Scene) -> None:
    with scene.house.database.reading() as db:
        assert db.get(StaffMember, scene.coordinator_id) is not None
    keys = table.texts(scene.house.library, make.PANEL)
    assert [key for key in keys if key.panel] == [Key(make.PANEL, ENGLISH, "opening")]
