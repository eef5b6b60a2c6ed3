"""One English paragraph changes: what readers of every language see then, until somebody gives their name for it."""

import re
from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from portal.library.source import Key, Source, Texts
from portal.settings import Settings
from tests.house.reading import Run, read
from tests.offered import TRANSLATIONS

PAGE, SECTION, NEW = "support", "not-alone", "This sentence is new and matters."
NOTE, STEPPED_BACK = "The English of this part has changed.", "This part has changed."
pytestmark = pytest.mark.whole


def _change(folder: Path, kind: str) -> None:
    path = folder / "en" / f"{PAGE}.md"
    source = Source.parse(path.read_text("utf-8"))
    change = {"section": SECTION, "was": source.hashes[SECTION], "kind": kind, "by": "E. Ditor", "on": "2026-11-22"}
    text = re.sub(rf"(\{{#{SECTION}\}}\n)", rf"\1\n{NEW}\n", source.body)
    changed = Source({**source.meta, "changes": [*source.meta.get("changes", []), change]}, text)
    path.write_text(changed.dump(), encoding="utf-8")


def _clear(folder: Path, code: str) -> None:
    texts = Texts(folder)
    english, own = texts[Key("", "en", PAGE)], texts[Key("", code, PAGE)]
    entry = {
        "section": SECTION,
        "hash": english.hashes[SECTION],
        "by": "E. Translator, interpreter",
        "on": "2026-11-23",
    }
    (folder / code / f"{PAGE}.md").write_text(own.saying(cleared=[entry]).dump(), encoding="utf-8")


def _said(app: Flask, code: str) -> tuple[list[Run], str]:
    html = app.test_client().get(f"/{code}/{PAGE}").get_data(as_text=True)
    return read(html).runs, html


@pytest.mark.parametrize(("kind", "note", "other"), [("meaning", NOTE, STEPPED_BACK), ("unsafe", STEPPED_BACK, NOTE)])
def test_a_change_does_what_its_kind_says_in_all_languages_at_once_and_a_name_clears_it(
    content_copy: Path, settings: Settings, kind: str, note: str, other: str
) -> None:
    changed = settings.model_copy(update={"content_folder": content_copy})
    _change(content_copy, kind)
    app = create_app(changed)
    notes = app.extensions["catalogues"]
    own = {
        code: Texts(content_copy)[Key("", code, PAGE)].sections[SECTION].text.split("\n")[2][:30]
        for code in TRANSLATIONS
    }

    def message(code: str, start: str) -> str:
        whole = next(one for one in notes._messages[code] if one.startswith(start))
        return str(notes.find(code, whole))

    for code in TRANSLATIONS:
        runs, html = _said(app, code)
        assert message(code, note).replace("'", "&#39;") in html, f"{code} has no notice"
        assert message(code, other).replace("'", "&#39;") not in html
        assert any(NEW in run.text and run.lang == "en" for run in runs), f"{code}: the English is not one tap away"
        assert (own[code] in html) == (kind == "meaning"), f"{code}: does the old text stand?"
    for code in TRANSLATIONS:
        _clear(content_copy, code)
    app = create_app(changed)
    for code in TRANSLATIONS:
        _, html = _said(app, code)
        assert NEW not in html
        assert own[code] in html
        assert message(code, note).replace("'", "&#39;") not in html, (
            f"{code}: the notice stays after a person cleared it"
        )
