"""A text that was made to keep the machine busy is met with one kind sentence, at once, and breaks no page."""

import time
from pathlib import Path

import pytest

from portal.library.bounds import LONGEST, beyond
from portal.library.check import problems
from portal.library.check.books import Books
from portal.library.markdown import render_markdown
from portal.library.removed import removed
from portal.library.source import Key, Source, Texts
from portal.settings import ROOT
from portal.workshop.differences import between

SIZE = 60_000
AT_ONCE = 3.0  # seconds of work, on a slow machine


def _many(signs: str, size: int = SIZE) -> str:
    return (signs * (size // len(signs) + 1))[:size]


HOSTILE = {
    "brackets": _many("["),
    "brackets with a space": _many("[ "),
    "links that never end": _many("[a]("),
    "pictures": _many("!["),
    "angles": _many("<a "),
    "comments": _many("<!--"),
    "program signs": _many("`a``b```c"),
    "stars": _many("**a *b "),
    "underscores": _many("_"),
    "quotations": _many("> "),
    "a list in a list": "".join(" " * 4 * depth + "- a\n" for depth in range(170)),
    "words explained": _many("a\n: b\n"),
    "rules": _many("---\n"),
    "headings under lines": _many("a\n===\n"),
    "a table": "|a|b|\n|-|-|\n" + _many("|a|b|\n"),
    "digits": _many("1") + "a",
    "one word": _many("a"),
    "an address": _many("a."),
    "spaces in a heading": "## " + " " * 3_000 + "x",
    "capitals in brackets": _many("(") + _many("AB "),
    "tags": _many("<div>"),
    "lines": _many("a\n"),
}
# The same in small: each just inside the bounds.
INSIDE = {
    "brackets": "\n\n".join(["[" * 90] * 6),
    "links that never end": "\n\n".join(["[a](" * 90] * 6),
    "program signs": "\n\n".join([_many("`a``b```c ", 3_900 // 2)] * 9),
    "stars": "\n\n".join([_many("**a *b ", 1_900)] * 9),
    "words explained": "\n\n".join([_many("a\n: b\n", 1_000)] * 5),
    "a list in a list": "\n\n".join(["".join(" " * 4 * depth + "- a\n" for depth in range(6))] * 200),
    "long words": "\n".join(["a." * 195] * 9),
    "headings": "\n\n".join(f"## Word {{#a{number}}}" for number in range(900)),
    "tags": "\n\n".join(["<div><b>"] * 40),
}


def _work(text: str) -> float:
    """Return how many seconds of work it is to show a text to its author with all that can be said of it."""
    began = time.process_time()
    render_markdown(text, lambda page: f"/en/{page}")
    removed(text)
    for code in ("en", "ar"):
        problems(Key("", code, "support"), Source({"title": "A page"}, text).dump(), Books(ROOT / "content"))
    return time.process_time() - began


def test_every_text_that_there_is_stands_far_inside_the_bounds() -> None:
    for key, text in Texts(ROOT / "content").items():
        assert beyond(text.body) is None, key
        assert len(text.body) < LONGEST * 0.75, key


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_text_that_would_keep_the_machine_busy_is_told_so_at_once(kind: str) -> None:
    text = f"Good words.\n\n{HOSTILE[kind]}"
    raw = Source({"title": "A page"}, text).dump()
    assert _work(text) < AT_ONCE
    told = problems(Key("", "en", "support"), raw, Books(ROOT / "content"))
    assert len(told) == 1
    assert told[0].advice
    assert removed(text)[0].why


@pytest.mark.parametrize("kind", INSIDE)
def test_what_is_just_inside_the_bounds_is_soon_done(kind: str) -> None:
    assert beyond(INSIDE[kind]) is None
    assert _work(INSIDE[kind]) < AT_ONCE


@pytest.mark.parametrize("kind", ["a list in a list", "words explained", "tags", "brackets"])
def test_what_markdown_cannot_make_a_page_of_is_shown_as_it_was_typed(kind: str) -> None:
    html = render_markdown(f"Good <b>words</b>.\n\n{HOSTILE[kind]}", lambda page: f"/en/{page}")
    assert html.startswith("<p>Good &lt;b&gt;words&lt;/b&gt;.</p>")


def test_the_line_that_goes_too_far_is_named() -> None:
    raw = Source({"title": "A page", "summary": "What it says"}, f"One.\n\nTwo.\n\n{'a' * 500}").dump()
    (told,) = problems(Key("", "en", "support"), raw, Books(Path("nowhere")))
    assert "more than 400 signs" in told.what
    assert raw.splitlines()[told.line - 1] == "a" * 500


@pytest.mark.parametrize(
    ("before", "after"),
    [("a b " * 5_000, "b a " * 5_000), ("a\n" * 200_000, "b\na\n" * 100_000), ("\n" * 50_000, "\n" * 49_000 + "a")],
)
def test_two_texts_that_are_alike_everywhere_are_soon_compared(before: str, after: str) -> None:
    began = time.process_time()
    pieces = between(before, after)
    assert time.process_time() - began < AT_ONCE
    assert "".join(one.words for one in pieces if one.kind != "gone") == after.strip()
