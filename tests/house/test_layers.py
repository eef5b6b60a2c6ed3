"""The shape of the house: imports point downwards, and what is dangerous or untyped is touched in one place."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "portal").rglob("*.py"))


def test_imports_point_downwards_and_no_door_imports_another() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("package", "only"),
    [
        ("flask_babel", {"portal/words.py"}),
        ("bleach", {"portal/library/markdown.py"}),
        ("flask_wtf", {"portal/forms.py", "portal/app.py", "portal/signin/forms.py"}),
        ("govuk_frontend_wtf", {"portal/forms.py", "portal/app.py", "portal/signin/forms.py"}),
        ("frontmatter", {"portal/library/source.py"}),
        ("notifications_python_client", {"portal/courier/notify.py"}),
    ],
)
def test_an_untyped_library_is_touched_in_one_place(package: str, only: set[str]) -> None:
    pattern = re.compile(rf"^\s*(?:from|import) {package}\b", re.MULTILINE)
    found = {str(path.relative_to(ROOT)) for path in SOURCES if pattern.search(path.read_text(encoding="utf-8"))}
    assert found <= only, f"{package} belongs to {only}; take it out of {found - only}"


def test_html_is_made_in_one_place_only() -> None:
    pattern = re.compile(r"\bMarkup\(|\|\s*safe\b")
    allowed = {"portal/library/markdown.py", "templates/public_layout.html"}
    places = [*SOURCES, *sorted((ROOT / "templates").rglob("*.html"))]
    found = {str(path.relative_to(ROOT)) for path in places if pattern.search(path.read_text(encoding="utf-8"))}
    assert found <= allowed, f"People's words are text: {found - allowed} make HTML of their own"


def test_there_is_one_clock() -> None:
    pattern = re.compile(r"datetime\.(?:now|utcnow|today)\(|date\.today\(")
    allowed = {"portal/clock.py"}
    found = {str(path.relative_to(ROOT)) for path in SOURCES if pattern.search(path.read_text(encoding="utf-8"))}
    assert found <= allowed, f"Use clock.now() in {found - allowed}"


def test_every_module_starts_by_saying_what_it_is_for() -> None:
    silent = [str(path.relative_to(ROOT)) for path in SOURCES if not path.read_text(encoding="utf-8").startswith('"""')]
    assert not silent, f"These say nothing about themselves: {silent}"


def test_a_module_stays_one_subject() -> None:
    long = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in SOURCES
        if "/versions/" not in str(path)
    }
    over = {name: lines for name, lines in long.items() if lines > 320}
    assert not over, f"About 200 lines to a module: cut these by subject: {over}"


def test_nothing_is_called_what_says_nothing() -> None:
    names = {"common", "utils", "util", "helpers", "services", "manager", "misc"}
    found = [str(path.relative_to(ROOT)) for path in SOURCES if path.stem in names or path.parent.name in names]
    assert not found, f"Name these after their subject: {found}"


def test_every_list_has_an_order() -> None:
    unordered = []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        for found in re.finditer(r"scalars\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)(?:\.(\w+)\(\))?", text):
            ends = found[2] in ("one", "one_or_none", "first")
            if not ends and "order_by" not in found[1]:
                unordered.append(f"{path.relative_to(ROOT)}: {found[0][:80]}")
    assert not unordered, f"A list without an order differs from day to day: {unordered}"


def test_unfinished_words_stand_nowhere() -> None:
    # In capitals, as they are left: "todo" is a word of Portuguese.
    pattern = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError|[Ll]orem ipsum)\b")
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in [*SOURCES, *(ROOT / "templates").rglob("*.html"), *(ROOT / "content").rglob("*.md")]
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
        if not (match[0] == "NotImplementedError" and path.name == "forms.py")
    }
    assert not found
