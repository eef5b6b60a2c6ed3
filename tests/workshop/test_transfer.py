"""Texts to files and back, to an agency and back: nothing is lost on the way, and nothing is let through unread."""

import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from click.testing import CliRunner, Result

from portal.commands import main
from portal.house import House
from portal.library.article import Library
from portal.library.source import Key, Source
from portal.workshop import po, publishing, table, transfer, versions
from portal.workshop.models import ContentVersion, VersionState
from portal.workshop.shop import Shop
from tests import make
from tests.workshop.conftest import ENGLISH, POLISH, Bench

pytestmark = pytest.mark.whole  # all files of all languages go out and in


@pytest.fixture
def files(bench: Bench, tmp_path: Path) -> Path:
    """A copy of the content, to be changed."""
    copy = tmp_path / "content"
    shutil.copytree(bench.house.settings.content_folder, copy)
    for path in copy.glob("**/*.md"):
        path.unlink()
    for key, source in bench.library.files.items():  # as the library read them
        (copy / key.path).write_text(source.dump(), encoding="utf-8")
    return copy


def _nothing(key: Key, found: publishing.Unfit) -> None:
    raise AssertionError(f"{key} {[str(one) for one in found.found]}")


def test_what_was_published_goes_into_files_and_says_there_exactly_the_same(bench: Bench, files: Path) -> None:
    make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH)
    publishing.withdraw(bench.db, bench.library, bench.editor, POLISH, "A number was wrong.")
    bench.look()
    assert transfer.export(bench.db, bench.library.files, files) == [ENGLISH, POLISH]
    assert transfer.export(bench.db, bench.library.files, files) == [], "once is enough"
    again = Library(files, bench.library.offered, bench.house.panels)
    for key in [one for one in bench.library.files if one.language in bench.library.offered]:
        assert again.source(key) == bench.library.source(key), key
        assert again.standing(key) == bench.library.standing(key), key


def test_a_changed_file_becomes_a_version_that_waits_and_an_unchanged_one_does_not(bench: Bench, files: Path) -> None:
    assert transfer.bring_in(bench.db, bench.shop, bench.editor, files, _nothing) == []
    path = files / POLISH.path
    path.write_text(path.read_text("utf-8") + "\nNowe zdanie.\n", encoding="utf-8")
    assert transfer.bring_in(bench.db, bench.shop, bench.editor, files, _nothing) == [POLISH]
    version = versions.of_text(bench.db, POLISH)[0]
    assert version.state is VersionState.WAITING
    assert version.source == Source.parse(path.read_text("utf-8"))
    assert transfer.bring_in(bench.db, bench.shop, bench.editor, files, _nothing) == [], "sent twice"
    publishing.publish(bench.db, bench.shop, bench.second, version)
    bench.look()
    path.write_text(bench.library.files[POLISH].dump(), encoding="utf-8")
    assert transfer.bring_in(bench.db, bench.shop, bench.editor, files, _nothing) == [], "an older file is no news"


def test_a_file_that_could_not_be_published_is_told_and_left(bench: Bench, files: Path) -> None:
    path = files / POLISH.path
    path.write_text(path.read_text("utf-8") + "\n[x](page:nowhere)\n", encoding="utf-8")
    told: list[Key] = []
    assert transfer.bring_in(bench.db, bench.shop, bench.editor, files, lambda key, _: told.append(key)) == []
    assert told == [POLISH]


def test_another_panels_opening_is_not_brought_in(bench: Bench, files: Path) -> None:
    path = files / Key("worcestershire", "pl", "opening").path
    path.write_text(path.read_text("utf-8") + "\nNowe zdanie.\n", encoding="utf-8")
    assert transfer.bring_in(bench.db, bench.shop, bench.editor, files, _nothing) == []


def _sent(bench: Bench, language: str, to: Path) -> Path:
    catalogue = bench.house.settings.translations_folder / language / "LC_MESSAGES" / "messages.po"
    keys = table.texts(bench.library, make.PANEL)
    to.write_bytes(po.out(bench.library, language, keys, catalogue))
    return to


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_a_round_trip_to_an_agency_loses_nothing(bench: Bench, tmp_path: Path, language: str) -> None:
    file, keys = _sent(bench, language, tmp_path / "out.po"), table.texts(bench.library, make.PANEL)
    came = po.back(bench.library, language, keys, file)
    assert came.texts == {}
    assert came.left_out == []
    catalogue = bench.house.settings.translations_folder / language / "LC_MESSAGES" / "messages.po"
    assert po.differing(catalogue, came.sentences) == {}
    for key in keys:
        english, own = bench.live(key), bench.library.source(key._replace(language=language))
        said = po.messages(own) if own else {}
        with file.open("rb") as opened:
            sent = {one.context: one for one in read_po(opened, locale=None) if one.context}
        name = f"panels/{key.panel}/{key.page}" if key.panel else key.page
        for place, text in po.messages(english).items():
            assert sent[f"{name}#{place}"].id == text
            assert sent[f"{name}#{place}"].string == said.get(place, "")


def _changed(file: Path, context: str, add: str) -> None:
    with file.open("rb") as opened:
        catalogue = read_po(opened, locale=None)
    one = next(one for one in catalogue if one.context == context)
    one.string = f"{one.string}{add}"
    one.flags.discard("fuzzy")
    with file.open("wb") as written:
        write_po(written, catalogue, width=0)


def test_one_changed_section_comes_back_as_the_whole_text_with_that_section_new(bench: Bench, tmp_path: Path) -> None:
    file = _sent(bench, "pl", tmp_path / "out.po")
    _changed(file, "support#next", "\n\nNowe zdanie.")
    came = po.back(bench.library, "pl", table.texts(bench.library, make.PANEL), file)
    text, sections = came.texts[POLISH]
    live = bench.live(POLISH)
    assert {one for one in text.sections if text.hashes[one] != live.hashes[one]} == {"next"}
    assert text.body == live.body + "\n\nNowe zdanie."
    assert "next" in sections


def test_what_is_older_is_sent_as_unsure_and_comes_back_only_when_somebody_is_sure(
    bench: Bench, tmp_path: Path
) -> None:
    make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH)
    bench.look()
    file, keys = _sent(bench, "pl", tmp_path / "out.po"), table.texts(bench.library, make.PANEL)
    with file.open("rb") as opened:
        one = next(one for one in read_po(opened, locale=None) if one.context == "support#next")
    assert one.fuzzy
    assert po.back(bench.library, "pl", keys, file).texts == {}
    _changed(file, "support#next", "")
    assert list(po.back(bench.library, "pl", keys, file).texts) == [POLISH]
    make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH, sentence="And once more.")
    bench.look()
    came = po.back(bench.library, "pl", keys, file)
    assert came.texts == {}
    assert came.left_out == ["support#next: the English has changed since this was sent out."]


def _say(*words: str) -> Result:
    return CliRunner().invoke(main, ["content", *words], catch_exceptions=False)


@pytest.fixture
def operator(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's shell on this machine, over copies of content and translations."""
    content, words = tmp_path / "content", tmp_path / "translations"
    shutil.copytree(house.settings.content_folder, content)
    shutil.copytree(house.settings.translations_folder, words)
    around = {
        "VAR": str(house.settings.var),
        "BASE_URL": "http://localhost",
        "DEMO": "1",
        "DATABASE": house.settings.database,
        "CONTENT_FOLDER": str(content),
        "TRANSLATIONS_FOLDER": str(words),
    }
    for name, value in around.items():
        monkeypatch.setenv(f"PORTAL_{name}", value)
    return tmp_path


def _editor(house: House) -> str:
    with house.database.writing() as db:
        return make.an_editor(db).email_open


def test_an_operator_brings_files_in_and_writes_published_texts_out(house: House, operator: Path) -> None:
    email = _editor(house)
    path = operator / "content" / POLISH.path
    other = operator / "other"
    shutil.copytree(operator / "content", other)
    changed = other / POLISH.path
    changed.write_text(changed.read_text("utf-8") + "\nNowe zdanie.\n", encoding="utf-8")
    answer = _say("import", "--from", str(other), "--by", email)
    assert answer.exit_code == 0
    assert "1 versions wait for a second person." in answer.output
    assert "0 files" in _say("export").output
    with house.database.writing() as db:
        version = db.query(ContentVersion).filter_by(state=VersionState.WAITING).one()
        publishing.publish(db, Shop(house.library, house.settings.content_folder), make.an_editor(db), version)
    answer = _say("export")
    assert POLISH.path in answer.output
    assert "Nowe zdanie." in path.read_text("utf-8")
    assert _say("import", "--by", "nobody@example.org").exit_code == 1


def test_an_operator_sends_a_language_out_and_brings_it_back(house: House, operator: Path) -> None:
    email, file = _editor(house), operator / "pl.po"
    assert "texts are in" in _say("po-out", "pl", str(file)).output
    _changed(file, "support#next", "\n\nNowe zdanie.")
    _interface(file, "Skip to the main text", "Przejdź dalej")
    words = ("po-in", "pl", str(file), "--by", email, "--translator", "Example Translations")
    answer = _say(*words)
    assert POLISH.path in answer.output
    assert "1 sentences of the interface differ and were left as they are" in answer.output
    with house.database.reading() as db:
        version = versions.of_text(db, POLISH)[0]
        assert version.state is VersionState.WAITING
        assert "Nowe zdanie." in version.text
        assert version.source.meta["translated_by"] == "Example Translations"
    assert "left as they are" in _say(*words, "--interface-read-by", "example translations").output, "not a second one"
    assert "are in" in _say(*words, "--interface-read-by", "Nadia Begum").output
    catalogue = operator / "translations" / "pl" / "LC_MESSAGES" / "messages.po"
    text = catalogue.read_text("utf-8")
    assert "Przejdź dalej" in text
    assert text.startswith("# Translated by: machine draft")
    assert "# In part by Example Translations, read by Nadia Begum." in text
    assert _say("po-out", "en", str(file)).exit_code == 1


def _interface(file: Path, sentence: str, translation: str) -> None:
    with file.open("rb") as opened:
        catalogue = read_po(opened, locale=None)
    catalogue[sentence].string = translation
    with file.open("wb") as written:
        write_po(written, catalogue, width=0)


def test_a_translation_that_comes_back_broken_is_told_with_line_and_advice_and_kept_nowhere(
    house: House, operator: Path
) -> None:
    email, file = _editor(house), operator / "pl.po"
    _say("po-out", "pl", str(file))
    _changed(file, "support#next", " {nobody}")
    answer = _say("po-in", "pl", str(file), "--by", email, "--translator", "Example Translations")
    assert answer.exit_code == 1
    assert "'{nobody}'" in answer.output
    assert "pl/support.md, line " in answer.output
    with house.database.reading() as db:
        assert [one.state for one in versions.of_text(db, POLISH)] == [VersionState.FROM_FILES]
