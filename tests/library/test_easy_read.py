"""The easy-read twins: as whole as their pages, in short sentences of plain words, with pictures drawn in one hand."""

import re
import tomllib
from xml.etree import ElementTree

import pytest

from portal.library.check.books import Books
from portal.library.check.reading import grade, sentences, words_of
from portal.library.source import Source
from portal.settings import ROOT
from tests.offered import OFFERED, sampled

CONTENT = ROOT / "content"
TWELVE = (
    "what-a-review-is",
    "what-happens-next",
    "your-key-worker",
    "taking-part",
    "asking-questions",
    "what-you-will-be-told",
    "how-long-it-takes",
    "first-hours-and-days",
    "looking-after-yourself",
    "support",
    "who-reads-about-your-child",
    "leaving-this-site-quickly",
)
DRAWN = {path.stem: path for path in (ROOT / "static" / "easy").glob("*.svg")}
TWINS = {
    (path.parent.parent.name, path.stem): Source.parse(path.read_text(encoding="utf-8"))
    for path in sorted(CONTENT.glob("*/easy/*.md"))
}
PANELS = sorted(path.name for path in (CONTENT / "panels").iterdir())
LONGEST = 12
LONG_ALL_THE_SAME: tuple[str, ...] = ()  # sentences that may be longer, each with its reason behind it: there are none
PICTURE = re.compile(r"^\{picture:([^}]*)\}$", re.MULTILINE)
HEADING = re.compile(r"^(#+) .*\{#([a-z][a-z0-9-]*)\}$", re.MULTILINE)
NUMBER = re.compile(r"\d[\d ]+\d")
# What says in plain words what a word of the field means, on each page that uses it.
EXPLAINED = {
    r"\breview\b": "A review means that",
    r"\bpanel\b|\{[Pp]anel\}": "A panel is a group of people",
    r"\bcoroner\b": "A coroner is a kind of judge|judge who leads it is called a coroner",
    r"\{[Kk]ey_worker\}": "is the person who stays in touch with you|one person to stay in touch with you",
    r"\binquest\b": "An inquest is",
    r"\bdatabase\b": "A database is",
    r"\binterpreter\b": "An interpreter says",
    r"\bcertificate\b": "is called a certificate",
    r"\bregister\b": "To register means",
}
MAY_BE_DRAWN = {
    "svg": {"viewBox"},
    "g": {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"},
    "path": {"d", "fill", "stroke", "stroke-dasharray"},
    "circle": {"cx", "cy", "r", "fill", "stroke"},
    "ellipse": {"cx", "cy", "rx", "ry", "fill", "stroke"},
    "rect": {"x", "y", "width", "height", "rx", "fill", "stroke", "stroke-dasharray"},
}
COLOURS = {"none", "currentColor", "var(--ochre,#b07a2a)", "var(--mist,#e4eeea)"}

each_twin = pytest.mark.parametrize(("code", "page"), sampled(TWINS))
each_english_twin = pytest.mark.parametrize("page", [page for code, page in TWINS if code == "en"])
each_picture = pytest.mark.parametrize("name", sorted(DRAWN))


def _page(code: str, page: str) -> Source:
    return Source.parse((CONTENT / code / f"{page}.md").read_text(encoding="utf-8"))


def _words(text: str) -> list[str]:
    """Return the words of any language: what stands between spaces, and has a letter."""
    return [word for word in text.split() if any(sign.isalpha() for sign in word)]


def _without_pictures(source: Source) -> str:
    return re.sub(r"^##.*$", "", PICTURE.sub("", source.body), flags=re.MULTILINE)


@pytest.mark.parametrize("page", TWELVE)
@pytest.mark.parametrize("code", OFFERED)
def test_each_of_the_twelve_pages_that_most_people_need_has_a_twin(code: str, page: str) -> None:
    assert (code, page) in TWINS, f"write content/{code}/easy/{page}.md"


@each_twin
def test_a_twin_has_the_headings_of_its_page_in_their_order(code: str, page: str) -> None:
    found = HEADING.findall(TWINS[code, page].body)
    wanted = [one for one in HEADING.findall(_page("en", page).body) if one[0] == "##"]
    assert found == wanted, f"{code}/easy/{page}: {found}"


@each_twin
def test_a_twin_says_what_it_is_and_who_looks_after_it(code: str, page: str) -> None:
    meta, whole = TWINS[code, page].meta, _page("en", page).meta
    assert (meta["owner"], meta["review_by"]) == (whole["owner"], whole["review_by"])
    assert str(meta["title"]).strip()
    assert str(meta["summary"]).strip()
    assert "checked_by" in meta
    if code == "en":
        assert any("people who use easy read" in one for one in meta["to_confirm"])
    else:
        assert meta["translated_by"], "who translated it?"


@each_english_twin
def test_a_twin_has_one_short_thing_in_a_sentence_and_words_of_every_day(page: str) -> None:
    books = Books.read(CONTENT)
    for panel in ("", *PANELS):
        values = books.words("en") | (books.own_words(panel, "en") if panel else {})
        said = [sentence for _, sentence in sentences(TWINS["en", page].body, values)]
        long = [one for one in said if len(words_of(one)) > LONGEST and one not in LONG_ALL_THE_SAME]
        assert not long, f"easy/{page} {panel}: make two of {long}"
        assert grade(said) <= 4, f"easy/{page} {panel} reads at grade {grade(said):.1f}"
    assert 150 <= len(words_of(re.sub(r"\]\([^)]*\)", "]", _without_pictures(TWINS["en", page])))) <= 260


@pytest.mark.parametrize(("code", "page"), sampled(key for key in TWINS if key[0] != "en"))
def test_a_translated_twin_has_short_sentences_too(code: str, page: str) -> None:
    values = tomllib.loads((CONTENT / code / "words.toml").read_text(encoding="utf-8"))["words"]
    text = re.sub(r"\]\([^)]*\)", "]", TWINS[code, page].body)
    for name, word in values.items():
        text = text.replace("{" + name + "}", word)
    said = [one for line in text.splitlines() for one in re.split(r"(?<=[.?:;۔؟!।])\s+", re.sub(r"\{#.*\}", "", line))]
    # Some languages write as words of their own what English and Polish put into the ending of a word.
    longest = LONGEST if code == "pl" else LONGEST + 4
    long = [one for one in said if len(_words(one)) > longest]
    assert not long, f"{code}/easy/{page}: make two of {long}"


@each_english_twin
def test_a_word_of_the_field_is_explained_on_each_page_that_uses_it(page: str) -> None:
    text = re.sub(r"\[[^\]]*\]\([^)]*\)", "", _without_pictures(TWINS["en", page]))
    for word, meaning in EXPLAINED.items():
        assert not re.search(word, text) or re.search(meaning, text), f"easy/{page} does not say what {word} means"


@each_english_twin
def test_a_hard_section_first_says_what_is_coming_and_that_it_can_be_left_out(page: str) -> None:
    for section in _page("en", page).meta.get("hard") or []:
        words = PICTURE.sub("", TWINS["en", page].sections[section].text).strip().splitlines()[1:]
        first = next(line for line in words if line.strip())
        assert re.fullmatch(r"\*This part is about .*leave it out\.\*", first), f"easy/{page}#{section}: {first}"


@each_twin
def test_a_picture_of_a_twin_is_drawn_and_its_words_stand_under_it(code: str, page: str) -> None:
    paragraphs = TWINS[code, page].body.split("\n\n")
    for at, paragraph in enumerate(paragraphs):
        if "{picture:" in paragraph:
            found = PICTURE.fullmatch(paragraph)
            assert found, f"{paragraph!r} stands alone on its line"
            assert found[1] in DRAWN, f"draw static/easy/{found[1]}.svg"
            after = paragraphs[at + 1]
            assert not after.startswith(("#", "{picture:")), f"nobody says what the picture {found[1]} says"
    assert 8 <= len(PICTURE.findall(TWINS[code, page].body)) <= 14


@each_twin
def test_a_translated_twin_has_the_pictures_of_the_english_in_their_order(code: str, page: str) -> None:
    assert PICTURE.findall(TWINS[code, page].body) == PICTURE.findall(TWINS["en", page].body)


def test_every_picture_that_is_drawn_is_shown_somewhere() -> None:
    shown = {name for twin in TWINS.values() for name in PICTURE.findall(twin.body)}
    assert DRAWN.keys() == shown, DRAWN.keys() ^ shown


@each_picture
def test_a_picture_is_small_drawn_in_the_one_hand_and_does_nothing(name: str) -> None:
    raw = DRAWN[name].read_text(encoding="utf-8")
    assert len(raw.encode()) < 700
    assert re.fullmatch(r"[a-z-]+", name)
    root = ElementTree.fromstring(raw)
    for one in root.iter():
        tag = one.tag.removeprefix("{http://www.w3.org/2000/svg}")
        assert set(one.keys()) <= MAY_BE_DRAWN[tag], f"{name}: <{tag} {set(one.keys()) - MAY_BE_DRAWN[tag]}>"
        assert not f"{one.text or ''}{one.tail or ''}".strip(), f"{name}: words in a picture"
        assert {one.get("fill", "none"), one.get("stroke", "none")} <= COLOURS, f"{name}: another colour"
    assert root.get("viewBox") == "0 0 48 48"
    assert root[0].attrib == {
        "fill": "none",
        "stroke": "currentColor",
        "stroke-width": "2.5",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    assert "http" not in raw.replace('xmlns="http://www.w3.org/2000/svg"', "")


@each_twin
def test_a_number_of_a_twin_stands_just_so_in_its_page(code: str, page: str) -> None:
    whole, twin = _page("en", page).body, TWINS[code, page].body
    for number in [one for one in NUMBER.findall(re.sub(r"\{#[^}]*\}|\(tel:[^)]*\)", "", twin)) if len(one) > 2]:
        assert number in whole, f"{code}/easy/{page}: {number} is not on the page"
    for link in re.findall(r"\[[^\]]*\]\(tel:[^)]*\)", twin):
        assert link in whole, f"{code}/easy/{page}: {link} is not on the page"
