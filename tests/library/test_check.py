"""Thirty faults, planted one at a time in different languages: each is found at its line, with advice."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from portal.library.check import Books, Finding, everything, problems
from portal.library.source import Key
from portal.settings import ROOT

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

TODAY = date(2026, 11, 22)


def _swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, f"{old!r} is not there to be spoilt"
        return text.replace(old, new, 1)

    return change


def _at_the_end(words: str) -> Callable[[str], str]:
    return lambda text: f"{text.rstrip()}\n\n{words}\n"


def _without(pattern: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, "", text, count=1, flags=re.MULTILINE)


LONG = "This goes on" + " and on" * 12 + " until nobody who is tired can know at its end what it was about."
HARD = "\n\n".join(["Organisational accountability necessitates comprehensive interdisciplinary documentation."] * 60)
FAULTS = {
    "a colon without quotation marks": (
        "en/support.md",
        _swap("title: Where", "title: Where: to find"),
        "cannot be read",
    ),
    "no owner": ("pl/taking-part.md", _without(r"^owner:.*\n"), "does not say its owner"),
    "a key that nobody reads": ("ur/support.md", _swap("owner:", "ownre: x\nowner:"), "'ownre'"),
    "a review day that is no day": ("en/years-later.md", _without(r"(?<=^review_by: ).*"), "review_by"),
    "a translation that names no English": ("pl/support.md", _without(r"^source:\n(?:  .*\n)+"), "its source"),
    "a hard section that is not there": ("en/support.md", _swap("owner:", "hard: [nowhere]\nowner:"), "'nowhere'"),
    "a change not said whole": (
        "en/support.md",
        _swap("owner:", "changes:\n  - {section: right-now, kind: big}\nowner:"),
        "not said whole",
    ),
    "cleared by nobody": (
        "ur/support.md",
        _swap("owner:", 'cleared:\n  - {section: right-now, hash: "0", by: machine draft}\nowner:'),
        "Nobody gives a name",
    ),
    "a heading without an id": ("en/taking-part.md", _at_the_end("## And more"), "has no id"),
    "an id that stands twice": ("en/support.md", _at_the_end("### Again {#right-now}"), "stands twice"),
    "a heading out of step": ("pl/support.md", _swap("{#right-now}", "{#teraz}"), "out of step"),
    "a section that is not translated": (
        "ur/years-later.md",
        _without(r"^## .*\{#next\}(.|\n)*"),
        "The English goes on",
    ),
    "a link to no page": ("en/support.md", _at_the_end("[See this](page:no-such-page)"), "There is no such page"),
    "a link to no heading": ("en/support.md", _at_the_end("[See](page:support#nowhere)"), "no heading {#nowhere}"),
    "a link without words": ("pl/support.md", _at_the_end("[ ](page:support)"), "without words"),
    "a link without its protocol": ("en/support.md", _at_the_end("[Here](www.example.org)"), "Begin it with https://"),
    "a number that dials another": ("ur/support.md", _swap("tel:+448088006019", "tel:+448088006010"), "would dial"),
    "a link that the English has not": (
        "pl/support.md",
        _at_the_end("[x](https://example.org)"),
        "English has no link",
    ),
    "a brace that no panel knows": ("pl/support.md", _at_the_end("Zapytaj {osoba}."), "'{osoba}'"),
    "a brace left open": ("en/support.md", _at_the_end("Ask your {key_worker now."), "No panel has a word"),
    "the picture taken away": ("ur/what-happens-next.md", _swap("{process_picture}", ""), "as often as"),
    "a picture without words": ("en/support.md", _at_the_end("![](house.png)"), "picture without words"),
    "an easy picture without its sentence": ("en/support.md", _at_the_end("{picture:phone}"), "has no words"),
    "HTML": ("pl/support.md", _at_the_end("<b>Ważne</b>"), "would be taken out"),
    "foreign digits": ("ur/support.md", _at_the_end("فون ۱۲۳۴"), "The digit"),
    "a number in brackets": ("ur/support.md", _at_the_end("فون (0117) 342.7293 ملائیں"), "turned round"),
    "a crisis number taken out": ("pl/support.md", _without(r"^.*tel:116123.*\n"), "'(tel:116123)' is missing"),
    "a sentence too long": ("en/support.md", _at_the_end(LONG), "25 are the most"),
    "a page too hard": ("en/years-later.md", _at_the_end(HARD), "reads at grade"),
    "a word that wounds, in English": ("en/support.md", _at_the_end("Your case is now open."), "'case' must not"),
    "a word that wounds, in Polish": ("pl/support.md", _at_the_end("To jest numer sprawy."), "must not stand"),
    "a shout": ("ur/support.md", _at_the_end("سنیں!"), "exclamation mark"),
    "letters that nobody explained": ("en/support.md", _at_the_end("Ask the XYZ team."), "'XYZ' is used before"),
    "a table of facts that cannot be read": (
        "support.toml",
        _at_the_end("hours = 9 to 5"),
        "cannot be read",
    ),
    "a contact past its day": (
        "panels/worcestershire/panel.toml",
        lambda text: re.sub(r"^expires = .*$", "expires = 2026-01-31", text, count=1, flags=re.MULTILINE),
        "was good until 2026-01-31",
    ),
    "a panel without a word": ("panels/worcestershire/ur/words.toml", _without(r"^area = .*\n"), "no word for 'area'"),
    "places that do not fit": (
        "translations/ur/LC_MESSAGES/messages.po",
        _swap("%(number)s", "%(nummer)s"),
        "do not fit",
    ),
    "a sentence that keeps people safe": (
        "translations/pl/LC_MESSAGES/messages.po",
        lambda text: re.sub(r'(msgid "Leave this site"\nmsgstr )".*"', r'\1""', text),
        "'Leave this site' must be there",
    ),
}


@pytest.fixture(scope="module")
def books() -> Books:
    """The content as it is."""
    return Books.read(ROOT / "content")


def _names_its_place(found: list[Finding], name: str, said: str, lines: int) -> None:
    fitting = [one for one in found if said in str(one)]
    assert fitting, f"nobody found it: {said}; but {[str(one) for one in found]}"
    for one in fitting:
        assert one.path.endswith(name)
        assert 1 <= one.line <= lines
        assert one.advice.strip()


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if FAULTS[fault][0].endswith(".md")])
def test_a_planted_fault_is_found_with_its_file_its_line_and_advice(books: Books, fault: str) -> None:
    name, spoil, said = FAULTS[fault]
    key = next(key for key in books.texts if key.path == name)
    raw = books.texts[key].raw
    spoilt = spoil(raw)
    assert spoilt != raw
    found = [one for one in problems(key, spoilt, books) if one not in problems(key, raw, books)]
    _names_its_place(found, name, said, len(spoilt.splitlines()))
    assert books.texts[key].raw == raw, "looking at a text must not leave it among the others"


def test_each_fault_in_a_file_of_facts_or_in_a_catalogue_is_found_too(content_copy: Path) -> None:
    shutil.copytree(ROOT / "translations", content_copy.parent / "translations")
    faults = [fault for fault in FAULTS.values() if not fault[0].endswith(".md")]
    paths = [(content_copy.parent if name.startswith("translations") else content_copy) / name for name, _, _ in faults]
    for path, (_, spoil, _) in zip(paths, faults, strict=True):
        path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    looked_at = everything(content_copy, content_copy.parent / "translations", TODAY)
    found = [one for _, findings in looked_at for one in findings]
    for path, (name, _, said) in zip(paths, faults, strict=True):
        _names_its_place(found, name, said, len(path.read_text(encoding="utf-8").splitlines()))


def test_a_fault_at_the_end_of_a_page_is_named_by_its_own_line(books: Books) -> None:
    key = Key("", "pl", "support")
    raw = books.texts[key].raw.rstrip() + "\n\n<b>x</b>\n"
    found = [one for one in problems(key, raw, books) if "<b>" in one.what]
    assert [one.line for one in found] == [len(raw.splitlines())]
