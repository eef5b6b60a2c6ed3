"""The documents are true: what they lead to, name, count and list is there, and what there is they list."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import LargeBinary

from portal.commands import main
from portal.courier import courier
from portal.demo import make as demonstration
from portal.house import House
from portal.review.models import metadata
from portal.sealing import Sealed
from portal.settings import Settings
from scripts.catalogues import missing
from tests.house.needed import MOST_NEEDED

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
DOCUMENTS = [README, *sorted((ROOT / "docs").glob("*.md")), ROOT / "content" / "README.md"]
ORDER = ("make run", "make test", "The house", "A question's journey", "How to add", "Where to read on")
FOLDERS = "portal|docs|tests|templates|static|scripts|content|translations"
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def _code(text: str) -> list[str]:
    """Return everything that stands as code: whole blocks, and pieces within a line."""
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```\w*\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^ {4}(.+)$", rest, re.MULTILINE)
    return [*blocks, *indented, *re.findall(r"`([^`]+)`", rest)]


def _anchors(text: str) -> set[str]:
    """Return the anchors that a reader of markdown makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _sections(text: str, mark: str) -> dict[str, str]:
    parts = re.split(rf"^{mark} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _tables(text: str, heading: str) -> dict[str, list[str]]:
    """Return the rows of the table under a heading: the name in the first column, and the cells."""
    rows = [line for line in _sections(text, "###")[heading].splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in row.strip("| ").split("|")] for row in rows]
    return {row[0].strip("`"): row[1:] for row in cells}


@each_document
def test_every_link_of_a_document_leads_somewhere(path: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", path.read_text("utf-8"))):
        if target.startswith(("https:", "http:", "mailto:", "tel:")):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        if not found.exists() or (anchor and anchor not in _anchors(found.read_text("utf-8"))):
            lost.append(target)
    assert not lost, f"{path.name} leads to {lost}, which is not there"


@each_document
def test_every_file_that_a_document_names_is_there(path: Path) -> None:
    named = {piece for piece in _code(path.read_text("utf-8")) if re.fullmatch(rf"(?:{FOLDERS})/[\w./-]*", piece)}
    lost = sorted(name for name in named if not (ROOT / name).exists())
    assert not lost, f"{path.name} names {lost}, which is not there"


@each_document
def test_every_command_that_a_document_names_is_there(path: Path) -> None:
    code = "\n".join(_code(path.read_text("utf-8")))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    made = set(re.findall(r"^(?:PORTAL_VAR=\S+ )?make ([a-z-]+)", code, re.MULTILINE))
    assert made <= targets, f"{path.name}: the Makefile has no {made - targets}"
    said = set(re.findall(r"-m portal ([a-z-]+)", code))
    assert said <= set(main.commands), f"{path.name}: the portal has no command {said - set(main.commands)}"


@each_document
def test_every_test_that_a_document_names_is_there(path: Path) -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    known = {found for test in tests for found in re.findall(r"^def (test_\w+)", test.read_text("utf-8"), re.MULTILINE)}
    known |= {test.stem for test in tests}
    lost = set(re.findall(r"\btest_\w+", path.read_text("utf-8"))) - known
    assert not lost, f"{path.name} names {sorted(lost)}: no test is called that any more"


@each_document
def test_settings_shown_in_a_document_are_settings(path: Path) -> None:
    for block in re.findall(r"^```toml\n(.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        unknown = set(tomllib.loads(block)) - set(Settings.model_fields)
        assert not unknown, f"{path.name} sets {unknown}, which is no setting"
    named = re.findall(r"\bPORTAL_([A-Z0-9_]+)", path.read_text("utf-8"))
    ours = {name.upper() for name in Settings.model_fields}
    lost = {name for name in named if not name.startswith("TEST_")} - ours
    assert not lost, f"{path.name} names PORTAL_{lost}, which is no setting"


@each_document
def test_no_document_knows_one_machine(path: Path) -> None:
    found = re.findall(r"(?<![\w.])/(?:home|root|work|tmp|Users)/\S*", path.read_text("utf-8"))
    assert not found, f"{path.name} names places that only one machine has: {found}"


def test_the_readme_is_in_its_order() -> None:
    assert tuple(_sections(README.read_text("utf-8"), "##")) == ORDER


def test_how_to_add_something_is_short_and_ends_with_the_test_that_tells() -> None:
    part = _sections(README.read_text("utf-8"), "##")["How to add"]
    ways = _sections(part, "###")
    assert list(ways) == ["A page", "A language", "A panel", "A setting"]
    for name, text in ways.items():
        lines = [line for line in text.splitlines() if line.strip()]
        assert len(lines) <= 8, f"{name} takes {len(lines)} lines"
        assert re.search(r"`test_\w+`", lines[-1]), f"{name} does not end with the test that tells what was forgotten"


def test_the_first_reading_is_there_and_as_long_as_it_says() -> None:
    rows = re.findall(r"^\| `([\w./]+)` \| (\d+) \|", README.read_text("utf-8"), re.MULTILINE)
    assert rows
    for name, said in rows:
        lines = len((ROOT / name).read_text("utf-8").splitlines())
        assert abs(lines - int(said)) <= max(10, lines // 5), f"{name} has {lines} lines; the README says {said}"
    assert 550 <= sum(int(said) for _, said in rows) <= 850, "The first reading is about 700 lines"


def test_the_readme_maps_every_part_of_the_portal() -> None:
    tree = _sections(README.read_text("utf-8"), "##")["The house"]
    parts = {path.name + ("/" if path.is_dir() else "") for path in (ROOT / "portal").iterdir()}
    lost = {part for part in parts if not part.startswith("_") and not re.search(rf"\b{re.escape(part)}", tree)}
    assert not lost, f"The README's map does not show {sorted(lost)}"


@pytest.mark.parametrize("code", Settings.model_fields["languages"].default)
def test_every_language_on_offer_has_all_that_the_readme_asks_for(code: str) -> None:
    content, english = ROOT / "content", ROOT / "content" / "en"
    wanted = [content / code / f"{page}.md" for page in MOST_NEEDED] + [content / code / "words.toml"]
    wanted += [content / code / "easy" / path.name for path in english.glob("easy/*.md")]
    for panel in Settings.model_fields["panels"].default:
        wanted += [content / "panels" / panel / code / "opening.md"]
        wanted += [content / "panels" / panel / code / "words.toml"] if code != "en" else []
    wanted += [content / code / "banned.txt"] if code != "en" else []
    wanted += [content / code / "private-words.toml"]
    lost = [str(path.relative_to(ROOT)) for path in wanted if not path.exists()]
    assert not lost, f"The language {code} has not got {lost}"
    sentences = [] if code == "en" else missing(code)
    assert not sentences, f"translations/{code} has no translation of {sentences}"


def test_every_column_is_accounted_for() -> None:
    text = (ROOT / "docs" / "data-protection.md").read_text("utf-8")
    assert set(_sections(text, "###")) == set(metadata.tables), "docs/data-protection.md lists other tables"
    for name, table in metadata.tables.items():
        listed = _tables(text, name)
        columns = {column.name for column in table.columns}
        assert set(listed) == columns, f"docs/data-protection.md, {name}: {set(listed) ^ columns}"
        assert all(row[0] in ("clear", "sealed", "hashed", "wrapped") and row[1] for row in listed.values()), name


def test_what_is_said_to_be_sealed_is_sealed_and_nothing_else() -> None:
    text = (ROOT / "docs" / "data-protection.md").read_text("utf-8")
    sealed = {column for _, column in Sealed.everywhere}
    for name, table in metadata.tables.items():
        listed = _tables(text, name)
        for column in table.columns:
            is_sealed = column.name in sealed and isinstance(column.type, LargeBinary)
            assert (listed[column.name][0] == "sealed") is is_sealed, f"docs/data-protection.md, {name}.{column.name}"


def test_the_directions_of_the_demonstration_have_the_fields_that_are_described(app: Flask) -> None:
    described = (ROOT / "docs" / "demo.md").read_text("utf-8").split("## By script")[0]
    home: House = app.extensions["house"]
    with app.app_context():
        made = demonstration.make(home, lambda: courier.deliver_all(home, app))
    whole, families, staff = (
        set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)) for part in described.split("Each entry of")
    )
    assert whole == {field.name for field in fields(made)}
    assert all(set(one) == families and all(one.values()) for one in made.families)
    assert all(set(one) == staff and all(one.values()) for one in made.staff)
