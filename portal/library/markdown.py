"""Markdown of our own editors to clean HTML; the only place that makes Markup, and the only one that knows bleach.

People's own words never come here: they are text. bleach has had its last release, so everything about it stays in this
file, with one list of rules that a test also gives to nh3, which must find nothing left to remove.
"""

import re
from collections.abc import Callable, Collection

import bleach
import markdown as python_markdown
from markupsafe import Markup, escape

from portal.library.bounds import beyond
from portal.library.glossary import Glossary

TAGS = frozenset(
    "a abbr bdi blockquote br dd dl dt em h2 h3 h4 hr li ol p strong table tbody td th thead tr ul".split()  # noqa: SIM905 - a list
)
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "abbr": frozenset({"title"}),
    "bdi": frozenset({"dir"}),
    "h2": frozenset({"id"}),
    "h3": frozenset({"id"}),
    "h4": frozenset({"id"}),
    "ol": frozenset({"start"}),
    "th": frozenset({"scope"}),
}
_LINK = re.compile(r"(?:https://|mailto:|tel:|sms:)[^\s<>\"'\\]+|#[a-z][a-z0-9-]*|/(?!/)[^\s<>\"'\\]*")
_SAFE_VALUE = {
    "href": _LINK,
    "id": re.compile(r"[a-z][a-z0-9-]*"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "scope": re.compile(r"col|row"),
    "start": re.compile(r"\d{1,3}"),
    "title": re.compile(r"[^<>]*"),
}
_EXTENSIONS = ["attr_list", "def_list", "sane_lists", "tables"]
_PAGE_LINK = re.compile(r"\]\(page:([a-z0-9-]*)(#[a-z0-9-]+)?\)")
# What must be read left to right inside any script: numbers, with capitals before them ("NHS 111"), and addresses.
_LEFT_TO_RIGHT = re.compile(
    r"(?:\b[A-Z]{2,} )?\+?\d[\d\u00a0 -]*\d(?!\w)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s<]+[\w/]|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:uk|org|com|net)\b"
)
_HEADING = re.compile(r'<h[23] id="([^"]+)"')
_PIECES = re.compile(r"(<[^>]*>)")


def allowed(tag: str, name: str, value: str) -> bool:
    """Whether an attribute may stay: on the list for its tag, and with a value that can do no harm."""
    return name in ATTRIBUTES.get(tag, ()) and _SAFE_VALUE[name].fullmatch(value) is not None


def clean(html: str) -> str:
    """Return HTML with everything removed that is not on the list."""
    # bleach drops telephone links that work (tel:+44...), so they pass it as plain paths.
    guarded = _TELEPHONE.sub(rf'href="{_GUARD}\1/\2"', html)
    # One cleaner for each text: a cleaner that two threads share mixes up what it reads.
    cleaner = bleach.Cleaner(TAGS, allowed, {"https", "mailto"}, strip=True, strip_comments=True)
    return _GUARDED.sub(r'href="\1:\2"', cleaner.clean(guarded))


_GUARD = "/telephone-link/"
_TELEPHONE = re.compile(r'href="(tel|sms):(\+?\d+)"')
_GUARDED = re.compile(rf'href="{_GUARD}(tel|sms)/(\+?\d+)"')


def render_markdown(text: str, address: Callable[[str], str], glossary: Glossary | None = None) -> Markup:
    """Return an editor's markdown as clean HTML; ``address`` turns the name of a page into its address.

    With a glossary the words of the field lead to their explanation.
    """
    if beyond(text, 2):
        return _plainly(text)
    try:
        made = unclean(text, address)
    except RecursionError:
        return _plainly(text)
    html = made.replace("<th>", '<th scope="col">').replace("<th style=", '<th scope="col" style=')
    safe = isolate(clean(html))
    return Markup(_scrolling(glossary.link(safe) if glossary else safe))  # noqa: S704 - cleaned on this very line


def _plainly(text: str) -> Markup:
    """Return paragraphs as they were typed: what markdown cannot make a page of breaks no page either."""
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    return Markup("".join(f"<p>{escape(part)}</p>" for part in paragraphs))  # noqa: S704 - each is escaped on this line


def unclean(text: str, address: Callable[[str], str]) -> str:
    """Return what the markdown alone makes of a text, for comparing: it is not clean and no reader may get it."""
    linked = _PAGE_LINK.sub(lambda found: f"]({address(found[1])}{found[2] or ''})", text)
    return str(python_markdown.markdown(linked, extensions=_EXTENSIONS, output_format="html"))


def _scrolling(html: str) -> str:
    """Let a table that is wider than a telephone scroll by itself; the heading above it names it."""
    parts = html.split("<table>")
    for place in range(1, len(parts)):
        above = _HEADING.findall("".join(parts[:place]))
        named = f' role="region" aria-labelledby="{above[-1]}"' if above else ""
        parts[place] = f'<div class="scroll" tabindex="0"{named}><table>' + parts[place].replace(
            "</table>", "</table></div>"
        )
    return "".join(parts)


def isolate(html: str) -> str:
    """Return clean HTML in which every number, e-mail and web address keeps its order in right-to-left text."""
    inside = 0
    pieces = []
    for piece in _PIECES.split(html):
        inside += piece.startswith("<bdi") - piece.startswith("</bdi")
        bare = not inside and not piece.startswith("<")
        pieces.append(_LEFT_TO_RIGHT.sub(_isolated, piece) if bare else piece)
    return "".join(pieces)


def runs(text: str) -> list[tuple[str, bool]]:
    """Divide a plain text, and say of each part whether it must be read from left to right in any script."""
    found, end = [], 0
    for one in _LEFT_TO_RIGHT.finditer(text):
        found += [(text[end : one.start()], False), (one[0], True)]
        end = one.end()
    return [(part, ltr) for part, ltr in [*found, (text[end:], False)] if part]


def _isolated(found: re.Match[str]) -> str:
    # A number never breaks over two lines; a long address may.
    whole = ' class="nb"' if found[0][-1].isdigit() else ""
    return f'<bdi{whole} dir="ltr">{found[0]}</bdi>'


_STEP = re.compile(r"<p>\{picture:([a-z][a-z0-9-]*)\}</p>\s*")
_NEXT_HEADING = re.compile(r"(?=<h[23][ >])")
_LINES = (
    r"</?(?:g|path|circle|ellipse|rect|line|polyline|polygon)"
    r'(?: (?!on|href|style|id)[a-z][a-z0-9-]*="[^"<>&\\]*")* ?/?>'
)
_DRAWING = re.compile(rf'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="(0 0 \d+ \d+)">((?:{_LINES})*)</svg>', re.I)


def pictures_in(html: str) -> list[str]:
    """Return the names of the pictures that a text in easy read asks for."""
    return _STEP.findall(html)


def drawn(html: str, known: Collection[str]) -> Markup:
    """Set each picture of a text in easy read beside the words that follow it; one that is not known leaves them so."""
    before, *steps = _STEP.split(escape(html))  # which leaves what is HTML already as it is
    made = [before]
    for name, words in zip(steps[::2], steps[1::2], strict=True):
        beside, *after = _NEXT_HEADING.split(words, maxsplit=1)
        if name in known:
            # The sentence says what the picture shows, so that it is not said twice to those who listen.
            use = f'<svg class="picture" aria-hidden="true" focusable="false"><use href="#picture-{name}"/></svg>'
            beside = f'<div class="step">{use}<div>{beside}</div></div>'
        made += [beside, *after]
    return Markup("".join(made))  # noqa: S704 - pieces of HTML that was clean, and an element of our own


def drawing(name: str, svg: str) -> Markup:
    """Return one of our own drawings as a symbol, to be used by its name; nothing where it holds more than lines."""
    found = _DRAWING.fullmatch(svg.strip())
    if found is None or not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        return Markup()
    return Markup(f'<symbol id="picture-{name}" viewBox="{found[1]}">{found[2]}</symbol>')  # noqa: S704 - matched above
