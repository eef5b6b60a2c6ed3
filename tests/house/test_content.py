"""Every page in every language: whole, linked, readable, fresh, and honest about what it is."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import clock
from portal.app import create_app
from portal.house import House
from portal.languages import ENGLISH, language
from portal.library.article import EASY, Library
from portal.library.check import everything
from portal.library.panels import Panels
from portal.library.source import Key, Texts
from portal.library.standing import Standing
from portal.settings import ROOT, Settings
from tests.house.needed import MOST_NEEDED
from tests.house.reading import Reading, Run, read

CONTENT = ROOT / "content"
LANGUAGES = ("en", "pl", "ur")
TRANSLATIONS = tuple(code for code in LANGUAGES if code != ENGLISH)
PANELS = sorted(path.name for path in (CONTENT / "panels").iterdir())
FILES = Texts(CONTENT)
PAGES = sorted(
    {key.page for key in FILES if not key.panel and "order" in FILES[key].meta and not key.page.startswith(EASY)}
)
LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
OLDER = "The English page has changed, and the translation is being brought up to date."
MISSING = "This page has not been translated yet."
PARTLY = "Part of this page is in English, because it has not been translated yet."
SOME = "Some words on this page are in English, because they have not been translated yet."
BY_MACHINE = "This translation was made by a machine."


def _path(key: Key) -> str:
    return f"/{key.language}/" + (f"{key.panel}/" if key.panel else "") + ("" if key.page == "opening" else key.page)


@dataclass(frozen=True)
class Built:
    """Every public page as it is sent: without a panel, in English with one, and the front page of each."""

    languages: tuple[str, ...]
    html: dict[str, str]
    read: dict[str, Reading]

    @property
    def articles(self) -> list[Key]:
        """The texts that are pages of the library, in the languages that were built."""
        return [key for key in FILES if not key.panel and key.page in PAGES and key.language in self.languages]


@pytest.fixture(
    scope="module",
    params=[pytest.param(LANGUAGES, id="some"), pytest.param((), id="the others", marks=pytest.mark.whole)],
)
def built(portal_app: Flask, request: pytest.FixtureRequest) -> Built:
    """The public pages, each fetched once."""
    client = portal_app.test_client()
    html = {}
    offered = portal_app.extensions["house"].settings.languages
    languages = request.param or tuple(code for code in offered if code not in LANGUAGES) or LANGUAGES
    fronts = [f"/{code}/{panel}/" for code in languages for panel in PANELS]
    others = tuple(front for front in fronts if front != f"/{ENGLISH}/{PANELS[0]}/")
    for path in portal_app.extensions["public_paths"]():
        if path.split("/")[1] not in languages or (path.startswith(others) and path not in fronts):
            continue
        answer = client.get(path)
        assert answer.status_code == 200, path
        html[path] = answer.get_data(as_text=True)
    return Built(languages, html, {path: read(text) for path, text in html.items()})


def test_the_content_is_true_to_its_own_rules() -> None:
    looked_at = list(everything(CONTENT, ROOT / "translations", clock.now().date()))
    found = [str(one) for _, findings in looked_at for one in findings]
    assert len(looked_at) > 10
    assert not found, "\n".join(found)


def test_a_page_that_most_people_need_stands_in_every_language(settings: Settings) -> None:
    for code in settings.languages:
        missing = [page for page in MOST_NEEDED if Key("", code, page) not in FILES]
        assert not missing, f"{code} lacks {missing}"
        assert all(Key(panel, code, "opening") in FILES for panel in PANELS), f"{code}: a panel's opening words"


def test_no_translation_is_behind_its_english(settings: Settings, portal_app: Flask) -> None:
    library = portal_app.extensions["house"].library
    for key in FILES:
        if key.language in settings.languages and key.english in FILES:
            behind = {section: how for section, how in library.standing(key).items() if how is not Standing.CURRENT}
            assert not behind, f"{key.path}: {behind}"


def test_every_number_and_address_to_press_survives_cleaning(built: Built) -> None:
    for key in FILES:
        if key.language in built.languages and (key.page in PAGES or key.page == "opening"):
            links = [href for href, _ in built.read[_path(key)].links]
            for _, target in LINK.findall(FILES[key].body):
                if not target.startswith("page:"):
                    assert target in links, f"{key.path}: the reader does not get {target}"


def test_a_machines_draft_says_so_to_its_readers(portal_app: Flask, built: Built) -> None:
    for key in built.articles:
        meta = FILES[key].meta
        drafted = "machine" in str(meta.get("translated_by")) and not meta["checked_by"]
        assert (_start_of(portal_app, BY_MACHINE, key.language) in built.html[_path(key)]) == drafted, key
        _is_said_to_be(portal_app, built.html[_path(key)], key.language, "")


def _start_of(app: Flask, sentence: str, code: str) -> str:
    """Return the start of the message that begins so, as its catalogue says it."""
    found = next(
        (
            text
            for message, text in app.extensions["catalogues"]._messages[code].items()
            if message.startswith(sentence)
        ),
        sentence,
    )
    return str(found)[:40].replace("'", "&#39;")


def _is_said_to_be(app: Flask, html: str, code: str, note: str) -> None:
    flat = html.replace("\n", "")
    english = '<h1 lang="en" dir="ltr">' in flat
    assert english == bool(note), "English is shown unmarked, or a translation is called English"
    for one in (OLDER, MISSING):
        assert (_start_of(app, one, code) in html) == (one == note), f"is the note {one!r} there?"


@dataclass
class Copy:
    """A portal over a copy of the content, to be changed."""

    settings: Settings
    app: Flask

    @property
    def folder(self) -> Path:
        """Where the content lies."""
        return self.settings.content_folder

    def read_anew(self, *, start: bool = False) -> None:
        """Let the portal see the changed files; those of a panel only by a new start."""
        if start:
            self.app = create_app(self.settings)
        home: House = self.app.extensions["house"]
        panels = Panels(self.folder, self.settings.panels, self.settings.languages)
        library = Library(self.folder, self.settings.languages, panels)
        self.app.extensions["house"] = replace(home, panels=panels, library=library)

    def page(self, path: str) -> str:
        """Return a page, which is there."""
        answer = self.app.test_client().get(path)
        assert answer.status_code == 200, path
        return answer.get_data(as_text=True)


@pytest.fixture
def copy(content_copy: Path, settings: Settings) -> Copy:
    """A portal over a copy of the content."""
    changed = settings.model_copy(update={"content_folder": content_copy})
    return Copy(changed, create_app(changed))


def test_when_the_english_changes_and_nobody_says_how_its_translations_step_back(copy: Copy) -> None:
    new = "One sentence that is new here."
    for page in PAGES:
        path = copy.folder / "en" / f"{page}.md"
        path.write_text(path.read_text(encoding="utf-8") + f"\n\n{new}\n", encoding="utf-8")
    copy.read_anew()
    for key in FILES:
        if key.language in TRANSLATIONS and not key.panel and key.page in PAGES:
            runs = read(copy.page(_path(key))).runs
            assert any(new in run.text and run.lang == "en" for run in runs), key
            assert any(run.lang == key.language and run.tags[-1] == "p" for run in runs), "the rest stays translated"


def test_when_the_english_of_an_opening_changes_it_steps_back_to_marked_english(copy: Copy) -> None:
    for path in [copy.folder / "en" / "opening.md", *copy.folder.glob("panels/*/en/opening.md")]:
        path.write_text(path.read_text(encoding="utf-8") + "\n\nOne sentence that is new here.\n", encoding="utf-8")
    copy.read_anew()
    for code in TRANSLATIONS:
        for place in ("", *(f"{panel}/" for panel in PANELS)):
            html = copy.page(f"/{code}/{place}")
            assert _start_of(copy.app, PARTLY, code) in html
            assert any(run.lang == "en" and "that is new here" in run.text for run in read(html).runs)


@pytest.mark.whole
def test_without_its_translation_a_page_still_comes_and_says_that_it_is_english(copy: Copy) -> None:
    gone = [path for code in TRANSLATIONS for path in copy.folder.glob(f"{code}/*.md") if path.stem != "opening"]
    for path in gone:
        path.unlink()
    copy.read_anew()
    for path in gone:
        html = copy.page(f"/{path.parent.name}/{path.stem}")
        _is_said_to_be(copy.app, html, path.parent.name, MISSING)
        assert not re.search(r"\{\w+\}", html), f"{path.name}: a word in braces is left"


@pytest.mark.whole
def test_without_any_one_file_of_words_a_language_still_comes_and_says_what_is_english(copy: Copy) -> None:
    for code in TRANSLATIONS:
        own = [copy.folder / code / "words.toml", copy.folder / code / "opening.md"]
        for path in [*own, *copy.folder.glob(f"panels/*/{code}/*")]:
            kept = path.read_bytes()
            path.unlink()
            panel = path.parent.parent.name if "panels" in path.parts else ""
            copy.read_anew(start=bool(panel))
            place, name = f"/{code}/{panel}/" if panel else f"/{code}/", path.relative_to(copy.folder)
            html = copy.page(place)
            assert any(_start_of(copy.app, note, code) in html for note in (PARTLY, SOME)), name
            assert any(run.lang == "en" and run.text != "English" for run in read(html).runs), name
            for page in ("", "support", "what-happens-next"):
                assert not re.search(r"\{\w+\}", copy.page(place + page)), f"{name}: a word in braces is left"
            path.write_bytes(kept)
        copy.read_anew(start=True)


def test_no_word_in_braces_reaches_a_reader_and_no_id_stands_twice(built: Built) -> None:
    for path, html in built.html.items():
        assert not re.search(r"\{\w+\}", html), path
        ids = built.read[path].ids
        assert len(ids) == len(set(ids)), f"{path}: {sorted({one for one in ids if ids.count(one) > 1})}"
        assert built.read[path].images == 0, path


_ORDERED = re.compile(r"\d[\d -]{3,}\d|[\w.+-]+@[\w-]+\.\w|https?://|www\.")


def test_numbers_and_addresses_keep_their_order_on_right_to_left_pages(built: Built) -> None:
    def loose(run: Run) -> bool:
        return bool(_ORDERED.search(run.text)) and not run.attribute and run.dir != "ltr"

    codes = [code for code in built.languages if language(code).direction == "rtl"]
    assert codes
    for path, page in built.read.items():
        if path.split("/")[1] in codes:
            found = [run.text for run in page.runs if loose(run) and "title" not in run.tags]
            assert not found, f"{path}: put these in <bdi dir=ltr>: {found}"


@pytest.mark.whole
def test_from_the_first_page_every_public_page_is_reached_and_no_link_is_dead(
    portal_app: Flask, built: Built, client: FlaskClient
) -> None:
    start = client.get("/")
    assert start.status_code == 302
    assert urlsplit(start.headers["Location"]).path == "/en/"
    waiting, reached = {f"/{built.languages[0]}/"}, set[str]()
    others: dict[str, Reading] = {}
    anchors: set[tuple[str, str, str]] = set()
    every = set(portal_app.extensions["public_paths"]())
    known = {path for path in every if path.split("/")[1] in built.languages}
    settings = portal_app.extensions["house"].settings
    offered, leave = settings.languages, settings.leave_url
    while waiting:
        path = waiting.pop()
        reached.add(path)
        code = path.split("/")[1]
        if (code in offered and code not in built.languages) or (path in every and path not in built.read):
            continue  # in a language that is looked at at another time, or the same page of another panel
        page = built.read.get(path) or others.get(path)
        if page is None:
            answer = client.get(path)
            assert answer.status_code == 200, f"a link to {path} is dead"
            page = others[path] = read(answer.get_data(as_text=True) if "html" in answer.content_type else "")
        for href, words in page.links:
            parts = urlsplit(urljoin(path, href))
            assert words.strip(), f"{path}: a link without words to {href}"
            if parts.scheme in ("tel", "sms", "mailto") or href == leave:
                continue
            if parts.netloc:
                assert parts.scheme == "https", f"{path}: {href}"
                continue
            anchors.add((path, parts.path, parts.fragment))
            waiting |= {parts.path} - reached
    for origin, path, anchor in anchors:
        there = built.read.get(path) or others.get(path)
        assert not anchor or there is None or anchor in there.ids, (
            f"{origin} leads to {path}#{anchor}, which is not there"
        )
    missing = known - reached - {path for path in built.html if path.endswith("/your-way-back")}
    assert not missing, f"Nobody finds {sorted(missing)[:20]}"
