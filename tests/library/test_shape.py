"""Whatever stands at the top of a page, its author is told kindly, and no reader's page breaks."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from portal.app import create_app
from portal.house import House
from portal.library.check import Books, problems
from portal.library.source import Key, Source
from portal.settings import ROOT, Settings
from portal.workshop.models import ContentVersion
from portal.workshop.shop import Shop
from tests import make

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

POLISH = Key("", "pl", "support")
WRONG = {
    "title": "[a, b]",
    "summary": "{a: b}",
    "owner": "[a]",
    "review_by": "2027-05-22 10:00:00",
    "order": "first",
    "hard": "phone-numbers",
    "changes": "[wording]",
    "cleared": "{section: top}",
    "source": "[top]",
    "checked_by": "[nobody]",
    "to_confirm": "everything",
    "number": "[1]",
    "withdrawn": "{on: today}",
}
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: *c"


def _with(name: str, value: str) -> str:
    text = (ROOT / "content" / POLISH.path).read_text(encoding="utf-8")
    return text.replace("---\n", f"---\n{name}: {value}\n", 1)


@pytest.mark.parametrize("name", WRONG)
def test_another_kind_of_thing_at_the_top_is_told_with_its_line_and_advice(name: str) -> None:
    raw = f"---\ntitle_before: x\n{name}: {WRONG[name]}\n---\n\nWords.\n"
    (found,) = problems(POLISH, raw, Books(ROOT / "content"))
    assert (found.line, found.path) == (3, POLISH.path)
    assert name in found.what
    assert found.advice


@pytest.mark.parametrize(
    "top", [BOMB, "title: !!python/object/apply:os.system [ls]", "title: [", "\x00", "title: \ud7ff\x01"]
)
def test_tricks_at_the_top_are_told_and_do_nothing(top: str) -> None:
    (found,) = problems(POLISH, f"---\n{top}\n---\n\nWords.\n", Books(ROOT / "content"))
    assert "cannot be" in found.what
    with pytest.raises(ValueError, match="cannot be"):
        Source.parse(f"---\n{top}\n---\n\nWords.\n")


@pytest.mark.parametrize("raw", [_with("hard", "yes"), "---\ntitle: [\n---\n", "\udcff"], ids=["kind", "yaml", "bytes"])
def test_a_file_that_cannot_be_read_costs_its_readers_only_the_translation(
    app: Flask, settings: Settings, content_copy: Path, raw: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (content_copy / POLISH.path).write_bytes(raw.encode("utf-8", "surrogateescape"))
    client = create_app(settings.model_copy(update={"content_folder": content_copy})).test_client()
    page = client.get("/pl/support")
    assert page.status_code == 200
    assert "Where to find support" in page.get_data(as_text=True)
    for path in ("/pl/", "/pl/search?q=pomoc", "/pl/taking-part", "/pl/find-support", "/en/support"):
        assert client.get(path).status_code == 200
    assert capsys.readouterr().out.count(POLISH.path) == 1


def test_an_english_file_that_cannot_be_read_leaves_the_other_pages_standing(
    app: Flask, settings: Settings, content_copy: Path
) -> None:
    (content_copy / "en" / "years-later.md").write_text("---\norder: [1]\n---\n\nWords.\n")
    client = create_app(settings.model_copy(update={"content_folder": content_copy})).test_client()
    assert client.get("/en/years-later").status_code == 404
    for path in ("/en/", "/pl/", "/en/search?q=years", "/en/support", "/en/begin?what=-&when=-&want=-"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "line", ["changes: [wording]", "source: [top]", "review_by: soon", "order: first", "hard: [1]"]
)
def test_a_published_text_of_another_shape_leaves_its_file_standing(
    app: Flask, house: House, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    key = Key("", "en", "support")
    with house.database.writing() as db:
        shop = Shop(house.library, house.settings.content_folder)
        make.a_published_change(db, shop, make.an_editor(db), make.an_editor(db), key, sentence="Not for readers.")
    with house.database.writing() as db:
        db.execute(update(ContentVersion).values(text=f"---\ntitle: A page\n{line}\n---\n\nNot for readers.\n"))
    assert app.extensions["overlay"].look()
    for path in ("/en/support", "/pl/support", "/en/", "/en/search?q=support", "/en/support/print"):
        page = app.test_client().get(path)
        assert page.status_code == 200, path
        assert "Not for readers" not in page.get_data(as_text=True)
    assert "cannot be shown" in capsys.readouterr().out
