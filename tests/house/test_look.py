"""The look keeps its promises: generated style is current, directions are equal, colours can be read, pages small."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import brotli
import pytest
import tinycss2

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
SHEETS = sorted(STATIC.glob("*.css"))
LOOK = (ROOT / "docs" / "look.md").read_text("utf-8")

# The notch of a phone is where it is, whatever the language: these names belong to the browser.
PHYSICAL_ALLOWED = {"safe-area-inset-left", "safe-area-inset-right"}
PHYSICAL_VALUES = {"float", "clear", "text-align", "justify-content", "inset"}


def _vendor() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor_frontend", ROOT / "scripts" / "vendor_frontend.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _declarations(nodes: list[Any]) -> Iterator[Any]:
    for node in tinycss2.parse_blocks_contents(nodes, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            yield node
        elif getattr(node, "content", None):
            yield from _declarations(node.content)


def _all_declarations(css: str) -> Iterator[Any]:
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        assert rule.type != "error", rule
        if rule.content is not None:
            yield from _declarations(rule.content)


def _table(heading: str) -> list[list[str]]:
    part = LOOK.split(heading, 1)[1].split("\n#", 1)[0]
    rows = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip(" `") for cell in line.strip("| ").split("|")] for line in rows[2:]]


def _tokens(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the colours of the light and of the dark form."""
    dark = re.search(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{(.*?\})\s*\}", css, re.DOTALL)
    assert dark is not None, "The dark form is gone from the style sheet."
    colour = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6})")
    return dict(colour.findall(css[: dark.start()])), dict(colour.findall(dark.group(1)))


def _palette() -> tuple[dict[str, str], dict[str, str]]:
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for name in ("public.css", "portal.css"):
        day, night = _tokens((STATIC / name).read_text("utf-8"))
        assert day.keys() == night.keys(), f"{name}: each colour needs a light and a dark form"
        light |= day
        dark |= night
    return light, dark


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _brotli(path: str) -> int:
    return len(brotli.compress((ROOT / path).read_bytes(), quality=11))


def test_the_generated_style_is_what_the_original_gives() -> None:
    vendor = _vendor()
    made = vendor.generate(vendor.ORIGINAL.read_text("utf-8")).encode("utf-8")
    assert vendor.GENERATED.read_bytes() == made, "Made by scripts/vendor_frontend.py TARBALL: run it."


def test_nothing_foreign_is_fetched_by_a_style_sheet() -> None:
    for sheet in SHEETS:
        css = sheet.read_text("utf-8")
        fetched = [word for word in ("url(", "@import", "@font-face") if word in css]
        assert not fetched, f"{sheet.name} fetches something: {fetched}"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_style_says_left_or_right(sheet: Path) -> None:
    for found in _all_declarations(sheet.read_text("utf-8")):
        said = {found.lower_name} if not found.name.startswith("--") else set()
        if found.lower_name in PHYSICAL_VALUES:
            said |= {node.lower_value for node in found.value if node.type == "ident"}
        wrong = {word for word in said if {"left", "right"} & set(word.split("-"))} - PHYSICAL_ALLOWED
        assert not wrong, f"{sheet.name}:{found.source_line} says {wrong}: say inline-start or inline-end."


def test_a_physical_style_would_be_seen() -> None:
    names = [found.lower_name for found in _all_declarations("@media print{a{margin-left:1px}}b{float:left}")]
    assert names == ["margin-left", "float"]


def test_the_palette_in_the_docs_is_the_one_in_use() -> None:
    light, dark = _palette()
    written = {name: (day, night) for name, day, night, _use in _table("## Palette")}
    assert written == {name: (light[name], dark[name]) for name in light}, "docs/look.md and the style sheets differ."


@pytest.mark.parametrize("heading", ["### Words, measured", "### Edges and drawn things, measured"])
def test_every_named_pair_of_colours_can_be_told_apart(heading: str) -> None:
    light, dark = _palette()
    rows = _table(heading)
    assert rows
    for one, other, day, night, least in rows:
        floor = max(float(least), 4.5 if "Words" in heading else 3)
        floor = max(floor, 7) if one == "ink" and "Words" in heading else floor
        for form, said in ((light, day), (dark, night)):
            ratio = _contrast(form[one], form[other])
            assert ratio >= floor, f"{one} on {other} is {ratio:.2f}, needs {floor}"
            assert abs(ratio - float(said)) < 0.06, f"docs/look.md says {said} for {one} on {other}; it is {ratio:.2f}"


def test_no_text_is_smaller_than_nineteen_pixels() -> None:
    for name in ("public.css", "portal.css", "large.css", "easy.css", "print.css"):
        for found in _all_declarations((STATIC / name).read_text("utf-8")):
            if found.lower_name in ("font-size", "font"):
                for node in found.value:
                    if node.type == "dimension" and node.lower_unit == "rem":
                        assert node.value >= 1.1875, f"{name}:{found.source_line} makes text smaller than 19 px."


def test_what_public_pages_carry_stays_small() -> None:
    assert _brotli("static/public.css") <= 3584
    assert _brotli("templates/public/process_picture.svg.html") <= 2560
    assert _brotli("static/page.js") <= 2048
    for name in ("print", "large", "easy"):
        assert _brotli(f"static/{name}.css") <= 512


def test_what_script_adds_keeps_and_counts_nothing() -> None:
    script = (STATIC / "page.js").read_text("utf-8")
    for word in ("cookie", "localStorage", "sessionStorage", "indexedDB", "console"):
        assert word not in script, f"static/page.js must not use {word}."


def test_templates_of_the_frame_bring_no_inline_style_or_handler() -> None:
    templates = ROOT / "templates"
    picture = templates / "public" / "process_picture.svg.html"
    for path in [picture, *templates.glob("*layout.html"), *templates.glob("components/*.html")]:
        words = path.read_text("utf-8")
        found = re.search(r"\s(?:style|on\w+)=|<script(?![^>]*\ssrc=)|property=\"og:", words)
        assert found is None, f"{path.name} has {found and found.group()}: the content policy would refuse it."
