"""Every page in every language: whole, linked, readable, fresh, and honest about what it is."""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app
from portal.house import House
from portal.languages import ENGLISH, language
from portal.library.article import FIRST, PICTURE, Library, Source, _read
from portal.library.panels import Panels
from portal.settings import ROOT, Settings
from tests.house.reading import Reading, Run, read

CONTENT = ROOT / "content"
LANGUAGES = ("en", "pl", "ur")
TRANSLATIONS = tuple(code for code in LANGUAGES if code != ENGLISH)
PANELS = sorted(path.name for path in (CONTENT / "panels").iterdir())
OF_EVERY_PAGE = {"title", "summary", "owner", "review_by", "checked_by"}
OF_ENGLISH = OF_EVERY_PAGE | {"to_confirm"}
OF_A_TRANSLATION = OF_EVERY_PAGE | {"source_hash", "translated_by"}
NOT_OF_ALL = {"order", "group"}
FILES = {path.relative_to(CONTENT).as_posix(): _read(path) for path in sorted(CONTENT.glob("*/*.md"))} | {
    path.relative_to(CONTENT).as_posix(): _read(path) for path in sorted(CONTENT.glob("panels/*/*/*.md"))
}
HEADING = re.compile(r"^(#+) .*?(?:\{#([a-z][a-z0-9-]*)\})?$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
OLDER = "The English page has changed, and the translation is being brought up to date."
MISSING = "This page has not been translated yet."
PARTLY = "Part of this page is in English, because it has not been translated yet."
SOME = "Some words on this page are in English, because they have not been translated yet."
BY_MACHINE = "This translation was made by a machine."


def _code(name: str) -> str:
    return name.split("/")[-2]


def _english(name: str) -> str:
    return name.rsplit("/", 2)[0] + "/en/" + name.rsplit("/", 1)[1] if "panels/" in name else f"en/{Path(name).name}"


def _headings(source: Source) -> list[tuple[str, str]]:
    return HEADING.findall(source.body)


@dataclass(frozen=True)
class Built:
    """Every public page as it is sent: without a panel, in English with one, and the front page of each."""

    html: dict[str, str]
    read: dict[str, Reading]


@pytest.fixture(scope="module")
def built(portal_app: Flask) -> Built:
    """The public pages, each fetched once."""
    client = portal_app.test_client()
    html = {}
    fronts = [f"/{code}/{panel}/" for code in LANGUAGES for panel in PANELS]
    others = tuple(front for front in fronts if front != f"/{ENGLISH}/{PANELS[0]}/")
    for path in portal_app.extensions["public_paths"]():
        if path.startswith(others) and path not in fronts:
            continue
        answer = client.get(path)
        assert answer.status_code == 200, path
        html[path] = answer.get_data(as_text=True)
    return Built(html, {path: read(text) for path, text in html.items()})


@pytest.mark.parametrize("name", FILES)
def test_a_page_says_what_it_is_and_who_looks_after_it(name: str) -> None:
    meta = FILES[name].meta
    wanted = OF_ENGLISH if _code(name) == ENGLISH else OF_A_TRANSLATION
    if "panels/" in name:  # whose panel.toml says the rest
        wanted = {"title"} if _code(name) == ENGLISH else {"title", "source_hash", "translated_by", "checked_by"}
    assert wanted <= set(meta), f"{name} does not say its {wanted - set(meta)}"
    assert set(meta) <= wanted | NOT_OF_ALL, f"{name} says what nobody reads: {set(meta) - wanted - NOT_OF_ALL}"
    assert ("order" in meta) == (Path(name).stem != "opening"), name
    assert isinstance(meta.get("review_by"), date) == ("review_by" in wanted)
    assert all(str(meta[key]).strip() for key in wanted - {"checked_by", "to_confirm"}), name
    english = FILES[_english(name)].meta
    for key in NOT_OF_ALL & set(english):
        assert meta.get(key, english[key]) == english[key], f"{name}: its {key} differs from the English"


@pytest.mark.parametrize("name", [name for name in FILES if FILES[_english(name)].meta.get("group", FIRST) == FIRST])
def test_a_page_that_most_people_need_stands_in_every_language(name: str) -> None:
    for code in LANGUAGES:
        folder = name.rsplit("/", 2)[0] + "/" if "panels/" in name else ""
        assert f"{folder}{code}/{Path(name).name}" in FILES, "take it away, or translate it"


@pytest.mark.parametrize("name", FILES)
def test_the_words_in_braces_are_words_that_every_panel_has(name: str, portal_app: Flask) -> None:
    home: House = portal_app.extensions["house"]
    for panel in (None, *home.panels.all):
        known = home.panels.own_words(panel, _code(name)).keys()
        assert FILES[name].places <= known, f"{name} uses {FILES[name].places - known}"
    assert FILES[name].body.count(PICTURE) == (Path(name).stem == "what-happens-next")


@pytest.mark.parametrize("name", FILES)
def test_headings_have_the_same_ids_in_the_same_order_in_every_language(name: str) -> None:
    found = _headings(FILES[name])
    assert all(level in ("##", "###") and anchor for level, anchor in found), f"{name}: {found}"
    anchors = [anchor for _, anchor in found]
    assert len(anchors) == len(set(anchors)), f"{name} uses an id twice"
    assert found == _headings(FILES[_english(name)]), f"{name}: headings differ from the English"


@pytest.mark.parametrize("name", FILES)
def test_a_page_holds_no_html_and_no_picture(name: str) -> None:
    body = FILES[name].body
    assert not re.search(r"<[A-Za-z/!]", body), name
    assert "![" not in body, name


@pytest.mark.parametrize("name", FILES)
def test_every_link_leads_somewhere_and_says_where(name: str, portal_app: Flask) -> None:
    home: House = portal_app.extensions["house"]
    for words, target in LINK.findall(FILES[name].body):
        assert words.strip(), f"{name}: a link without words to {target}"
        if target.startswith("page:"):
            page, _, anchor = target.removeprefix("page:").partition("#")
            page = page or Path(name).stem
            assert page in home.library.pages, f"{name}: {target}"
            there = [one for _, one in _headings(FILES[f"{_code(name)}/{page}.md"])]
            assert not anchor or anchor in there, f"{name}: {target}"
        elif target.startswith("tel:"):
            digits = "".join(sign for sign in words if sign.isdigit())
            dialled = digits if digits[0] != "0" else f"+44{digits[1:]}"
            assert target == f"tel:{dialled}", f"{name}: {words} would dial {target}"
        elif target.startswith("mailto:"):
            assert words == target.removeprefix("mailto:"), f"{name}: {words} would write to {target}"
        else:
            assert target.startswith("https://"), f"{name}: {target}"


@pytest.mark.parametrize("name", FILES)
def test_every_number_and_address_to_press_survives_cleaning(name: str, built: Built) -> None:
    folder = f"{name.split('/')[1]}/" if "panels/" in name else ""
    page = "" if Path(name).stem == "opening" else Path(name).stem
    links = [href for href, _ in built.read[f"/{_code(name)}/{folder}{page}"].links]
    for _, target in LINK.findall(FILES[name].body):
        if not target.startswith("page:"):
            assert target in links, f"{name}: the reader does not get {target}"


@pytest.mark.parametrize("name", [name for name in FILES if _code(name) != ENGLISH])
def test_a_translation_holds_the_same_links_as_the_english(name: str) -> None:
    def links(source: Source) -> list[str]:
        return sorted(target for _, target in LINK.findall(source.body))

    assert links(FILES[name]) == links(FILES[_english(name)]), name


def test_a_translation_is_current_or_the_english_is_shown_and_said_to_be_so(portal_app: Flask, built: Built) -> None:
    for name in FILES:
        code, page = _code(name), Path(name).stem
        if code != ENGLISH and "panels/" not in name and page != "opening":
            current = FILES[name].meta["source_hash"] == FILES[_english(name)].hash
            _is_said_to_be(portal_app, built.html[f"/{code}/{page}"], code, "" if current else OLDER)


def test_a_machines_draft_says_so_to_its_readers(portal_app: Flask, built: Built) -> None:
    for name, source in FILES.items():
        code, page = _code(name), Path(name).stem
        if code != ENGLISH and "panels/" not in name and page != "opening":
            html = built.html[f"/{code}/{page}"]
            shown = 'lang="en" dir="ltr"><h1' not in html.replace("\n", "")
            drafted = shown and "machine" in str(source.meta["translated_by"]) and not source.meta["checked_by"]
            assert (_start_of(portal_app, BY_MACHINE, code) in html) == drafted, name


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
    english = re.search(r'<article lang="en" dir="ltr"><h1', flat) is not None
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


def test_when_the_english_changes_every_translation_steps_back_to_marked_english(copy: Copy) -> None:
    pages = [path.stem for path in (copy.folder / "en").glob("*.md") if path.stem != "opening"]
    for page in pages:
        path = copy.folder / "en" / f"{page}.md"
        path.write_text(path.read_text(encoding="utf-8") + "\n\nOne sentence that is new here.\n", encoding="utf-8")
    copy.read_anew()
    for code in TRANSLATIONS:
        for page in pages:
            html = copy.page(f"/{code}/{page}")
            assert "One sentence that is new here." in html
            _is_said_to_be(copy.app, html, code, OLDER)
        assert 'lang="en" dir="ltr"' in copy.page(f"/{code}/"), "the list of pages is English now too"


def test_when_the_english_of_an_opening_changes_it_steps_back_to_marked_english(copy: Copy) -> None:
    for path in [copy.folder / "en" / "opening.md", *copy.folder.glob("panels/*/en/opening.md")]:
        path.write_text(path.read_text(encoding="utf-8") + "\n\nOne sentence that is new here.\n", encoding="utf-8")
    copy.read_anew()
    for code in TRANSLATIONS:
        for place in ("", *(f"{panel}/" for panel in PANELS)):
            html = copy.page(f"/{code}/{place}")
            assert _start_of(copy.app, PARTLY, code) in html
            assert any(run.lang == "en" and "that is new here" in run.text for run in read(html).runs)


def test_without_its_translation_a_page_still_comes_and_says_that_it_is_english(copy: Copy) -> None:
    gone = [path for code in TRANSLATIONS for path in copy.folder.glob(f"{code}/*.md") if path.stem != "opening"]
    for path in gone:
        path.unlink()
    copy.read_anew()
    for path in gone:
        html = copy.page(f"/{path.parent.name}/{path.stem}")
        _is_said_to_be(copy.app, html, path.parent.name, MISSING)
        assert not re.search(r"\{\w+\}", html), f"{path.name}: a word in braces is left"


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

    codes = [code for code in LANGUAGES if language(code).direction == "rtl"]
    assert codes
    for path, page in built.read.items():
        if path.split("/")[1] in codes:
            found = [run.text for run in page.runs if loose(run) and "title" not in run.tags]
            assert not found, f"{path}: put these in <bdi dir=ltr>: {found}"


def test_every_panel_has_every_word_of_every_language() -> None:
    for code in LANGUAGES:
        wanted = tomllib.loads((CONTENT / code / "words.toml").read_text("utf-8"))["words"].keys()
        for panel in PANELS:
            folder = CONTENT / "panels" / panel
            if code == ENGLISH:
                own = tomllib.loads((folder / "panel.toml").read_text("utf-8"))["words"][ENGLISH]
            else:
                own = tomllib.loads((folder / code / "words.toml").read_text("utf-8"))["words"]
            assert wanted <= own.keys(), f"{panel} in {code} lacks {wanted - own.keys()}"
            assert all(str(word).strip() for word in own.values()), f"{panel} in {code} has an empty word"


def test_from_the_first_page_every_public_page_is_reached_and_no_link_is_dead(
    portal_app: Flask, built: Built, client: FlaskClient
) -> None:
    start = client.get("/")
    assert start.status_code == 302
    waiting, reached = {urlsplit(start.headers["Location"]).path}, set()
    others: dict[str, Reading] = {}
    anchors: set[tuple[str, str, str]] = set()
    known = set(portal_app.extensions["public_paths"]())
    leave = portal_app.extensions["house"].settings.leave_url
    while waiting:
        path = waiting.pop()
        reached.add(path)
        if path in known and path not in built.read:
            continue  # the same page of another panel
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
    assert not missing, f"Nobody finds {sorted(missing)}"


# --- how it reads -------------------------------------------------------------------------------------------------


def _plain(source: Source, words: dict[str, str]) -> list[str]:
    """Return the sentences of an English text; a heading, an item and a cell end like a sentence."""
    text = re.sub(r"\{#[\w-]+\}", "", source.body.replace(PICTURE, ""))
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).replace("*", "")
    pieces: list[str] = []
    for line in text.splitlines():
        bare = re.sub(r"^\s*(?:#+|[-*>:]|\d+\.)\s+", "", line.strip())
        pieces += bare.strip("|").split("|") if line.startswith("|") else [bare]
    sentences = [one for piece in pieces for one in re.split(r"(?<=[.?:;])[\"”)]*\s+", piece.strip())]
    return [one for one in sentences if _words(one)]


def _words(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9'’-]*[A-Za-z][A-Za-z0-9'’-]*", sentence)


def _syllables(word: str) -> int:
    bare = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", bare))
    if bare.endswith("e") and not bare.endswith(("le", "ee")) and count > 1:
        count -= 1
    if re.search(r"[^td]ed$", bare) and count > 1:
        count -= 1
    return max(count, 1)


def _grade(sentences: list[str]) -> float:
    """Return the Flesch-Kincaid grade."""
    words = [word for sentence in sentences for word in _words(sentence)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize("name", [name for name in FILES if _code(name) == ENGLISH])
def test_english_can_be_read_at_the_age_of_eleven(name: str, portal_app: Flask) -> None:
    home: House = portal_app.extensions["house"]
    panel = home.panels.named(name.split("/")[1])
    sentences = _plain(FILES[name], home.panels.words(panel, ENGLISH))
    long = [one for one in sentences if len(_words(one)) > 25]
    assert not long, f"{name}: more than 25 words in a sentence: {long}"
    assert _grade(sentences) <= 6, f"{name}: grade {_grade(sentences):.1f}; shorter words, shorter sentences"
