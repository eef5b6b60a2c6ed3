"""What editors write becomes clean HTML: nothing that could act, nothing that the list does not name, and no less."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import nh3
import pytest
from flask import Flask
from markupsafe import Markup

from portal.house import House
from portal.library.markdown import ATTRIBUTES, TAGS, clean, render_markdown

HERE = Path(__file__).parent
_SIGNS = {r"\t": "\t", r"\n": "\n", r"\x00": "\x00", r"\x01": "\x01", r"\x0b": "\x0b", r"\\": "\\"}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
ATTACKS = [
    _SIGN.sub(lambda found: _SIGNS[found[0]], line)
    for line in (HERE / "attacks.txt").read_text(encoding="utf-8").splitlines()
    if line
]
SCHEMES = {"https", "mailto", "tel", "sms"}
# What is put around by us, after cleaning: a number that keeps together, a table that scrolls by itself.
MADE_BY_US = {"bdi": {"class"}, "div": {"class", "tabindex", "role", "aria-labelledby"}}


def render(text: str) -> Markup:
    return render_markdown(text, lambda page: f"/en/{page}")


def _acting(html: str) -> list[str]:
    """Return everything in HTML that the rules do not let pass, as a browser would read it."""
    found = []
    for one in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if one.tag == "DOCUMENT_FRAGMENT":
            continue
        if one.tag not in TAGS | MADE_BY_US.keys():
            found.append(f"<{one.tag}>")
            continue
        for name, value in one.attrib.items():
            if name not in ATTRIBUTES.get(one.tag, frozenset()) | MADE_BY_US.get(one.tag, set()):
                found.append(f"<{one.tag} {name}>")
            elif name == "href" and not _leads_somewhere_good(value):
                found.append(f'<{one.tag} href="{value}">')
            elif name == "id" and not re.fullmatch(r"[a-z][a-z0-9-]*", value):
                found.append(f'<{one.tag} id="{value}">')
    return found


def _leads_somewhere_good(href: str) -> bool:
    # A browser drops tabs and line ends, and takes a backslash for a slash.
    read = re.sub(r"[\t\n\r]", "", href).strip("".join(map(chr, range(33)))).replace("\\", "/")
    if read.startswith("#"):
        return True
    if read.startswith("/"):
        return not read.startswith("//")
    parts = urlsplit(read)
    return parts.scheme in SCHEMES and (parts.scheme != "https" or bool(parts.netloc))


def test_the_list_itself_names_nothing_that_could_act() -> None:
    acting = "script style iframe object embed form input button svg math img video audio link meta base template"
    assert not TAGS & set(acting.split())
    assert ATTRIBUTES.keys() <= TAGS
    named = set().union(*ATTRIBUTES.values())
    assert not {name for name in named if name.startswith("on") or name in ("style", "class", "src", "name", "target")}


def test_there_are_attacks_enough() -> None:
    assert len(set(ATTACKS)) >= 60


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_leaves_nothing_that_could_act(attack: str) -> None:
    around = (attack, f"> * {attack}", f"[x]({attack})", f"*{attack}*")
    for html in (clean(attack), *map(render, around)):
        assert not _acting(str(html)), html


@pytest.mark.parametrize("attack", ATTACKS)
def test_cleaning_what_is_clean_changes_nothing(attack: str) -> None:
    assert clean(clean(attack)) == clean(attack)


def test_the_check_itself_finds_what_could_act() -> None:
    for bad in ('<a href="java\tscript:x">', '<a href="/\\evil.example">', "<p onclick=x>", "<svg>", '<h2 id="A b">'):
        assert _acting(bad), bad


def _tree(html: str) -> str:
    return str(html5lib.serialize(html5lib.parseFragment(html), alphabetical_attributes=True))


def _nh3(html: str) -> str:
    named = ATTRIBUTES.keys() | MADE_BY_US.keys()
    attributes = {tag: set(ATTRIBUTES.get(tag, ())) | MADE_BY_US.get(tag, set()) for tag in named}
    return nh3.clean(
        html,
        tags=set(TAGS | MADE_BY_US.keys()),
        attributes={"*": set(), **attributes},
        url_schemes=SCHEMES,
        link_rel=None,
        generic_attribute_prefixes=None,
    )


@pytest.mark.whole
def test_a_second_cleaner_with_the_same_list_finds_nothing_left_in_any_page(portal_app: Flask) -> None:
    home: House = portal_app.extensions["house"]
    texts: dict[str, Markup] = {}
    for code in home.settings.languages:
        for page in home.library.pages:
            texts[f"{code}/{page}"] = Markup("").join(
                part.html + part.closed for part in home.library.article(page, code, None).parts
            )
        for panel in (None, *home.panels.all):
            texts[f"{code}/{panel.slug if panel else ''}"] = home.library.opening(panel, code)[0]
    assert len(texts) > 30
    for name, html in texts.items():
        assert not _acting(html), name
        assert _tree(_nh3(html)) == _tree(html), f"{name}: the two cleaners do not agree"


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_second_cleaner_finds_nothing_left_of_an_attack(attack: str) -> None:
    html = str(render(attack))
    assert _tree(_nh3(html)) == _tree(html)


def test_a_page_with_everything_that_an_editor_may_use_comes_out_as_it_always_did() -> None:
    made = render((HERE / "golden.md").read_text(encoding="utf-8"))
    assert str(made).strip() == (HERE / "golden.html").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("[0808 800 6019](tel:+448088006019)", 'href="tel:+448088006019"'),
        ("[116 123](tel:116123)", 'href="tel:116123"'),
        ("[85258](sms:85258)", 'href="sms:85258"'),
        ("[a](mailto:help@example.org)", 'href="mailto:help@example.org"'),
        ("[a](https://example.org/a?b=c&d=e#f)", 'href="https://example.org/a?b=c&amp;d=e#f"'),
        ("[a](page:support#right-now)", 'href="/en/support#right-now"'),
        ("[a](#right-now)", 'href="#right-now"'),
    ],
)
def test_a_link_that_helps_survives(written: str, link: str) -> None:
    assert link in render(written)


@pytest.mark.parametrize("number", ["111", "0808 800 6019", "NHS 111", "+44 117 496 0000", "24 / 7"[:2]])
def test_a_number_keeps_its_order_in_a_right_to_left_text(number: str) -> None:
    assert f'<bdi class="nb" dir="ltr">{number}</bdi>' in render(f"فون کریں {number} پر")


def test_the_words_before_a_number_may_break_over_lines() -> None:
    assert "</bdi>" not in render("Winston's Wish helps young people up to 25.").partition("up to ")[0]
    assert '<bdi class="nb" dir="ltr">25</bdi>' in render("Winston's Wish helps young people up to 25.")


@pytest.mark.parametrize("address", ["help@example.org", "www.example.org/a", "https://example.org/a", "example.org"])
def test_an_address_keeps_its_order_and_may_break(address: str) -> None:
    assert f'<bdi dir="ltr">{address}</bdi>' in render(f"یہاں {address} پر")
