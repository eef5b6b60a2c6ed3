"""What the cleaning takes out is said to whoever wrote it: the line, what it was, and why."""

from pathlib import Path

import pytest

from portal.library.markdown import clean, unclean
from portal.library.removed import removed
from portal.library.source import Source
from portal.settings import ROOT

ATTACKS = (Path(__file__).parent / "attacks.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("text", "line", "what", "why"),
    [
        ("Words.\n\n<script>alert(1)</script>", 3, "<script>", "Nothing that runs"),
        ("# Great\n\nWords.", 1, "a heading of the first rank", "##"),
        ("Words.\n\n![A hill](https://example.org/hill.jpg)", 3, "a picture", "Say in words"),
        ("Words.\n[x](javascript:alert)", 2, "href=javascript:alert", "https:"),
        ("Words.\n[x](http://example.org)", 2, "href=http://example.org", "https:"),
        ("## Who {#who .red}", 1, "class=red", "every page looks alike"),
        ("Words.\n\n<!-- for Eddie -->", 3, "a comment", "note of this version"),
        ("Words.\n\n    as a program", 3, "text as a program", "plain words"),
        ("One <b>two</b>.\n\nThree <b>four</b>.", 3, "<b>", "markdown"),
    ],
)
def test_each_thing_that_goes_is_named_with_its_line_and_why(text: str, line: int, what: str, why: str) -> None:
    found = [one for one in removed(text) if one.line == line and one.what == what]
    assert found, removed(text)
    assert why in found[0].why


@pytest.mark.whole
def test_of_our_own_pages_nothing_is_taken_out() -> None:
    paths = sorted([*(ROOT / "content").glob("*/*.md"), *(ROOT / "content").glob("panels/*/*/*.md")])
    assert len(paths) > 100
    for path in paths:
        source = Source.parse(path.read_text("utf-8"))
        assert not source.meta or removed(source.body) == [], path


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_is_taken_out_without_a_word(attack: str) -> None:
    html = unclean(attack, lambda page: page)
    gone = [sign for sign in ("<script", "<img", "<iframe", "<svg", "<form", "<style") if sign in html.lower()]
    assert not gone or removed(attack), f"{attack}: {clean(html)}"
