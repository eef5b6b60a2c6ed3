"""Whether a page is whole: its front matter, headings and anchors, links, places for words, and pictures."""

import re
from collections.abc import Iterator
from datetime import date

from portal.languages import ENGLISH
from portal.library.article import EASY
from portal.library.bounds import beyond
from portal.library.check.books import Books, Finding, Text
from portal.library.source import PICTURE, TOP
from portal.library.standing import Change

_HEADING = re.compile(r"^(#+)[ \t]+(.*?)[ \t]*(?:\{#([^}]*)\})?[ \t]*$", re.MULTILINE)
_ANCHOR = re.compile(r"[a-z][a-z0-9-]*")
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)]*)\)")
_BRACES = re.compile(r"\{(?!#|picture:)([^}\n]*)\}?")
_PICTURE_LINE = re.compile(r"^\{picture:([^}]*)\}\s*$", re.MULTILINE)
_HTML = re.compile(r"<[A-Za-z/!][^>]*>?")
TAKEN = frozenset({TOP, "main", "read", "contact-heading"})  # ids that a page has without its text
OF_A_PANEL = {"title"}  # whose panel.toml says the rest
OF_ALL = {"title", "summary", "owner", "review_by", "checked_by"}
OF_ENGLISH = {"to_confirm"}
OF_A_TRANSLATION = {"source", "translated_by", "checked_by"}
MAY = {"order", "group", "number", "hard", "changes", "to_confirm"}
MAY_IN_TRANSLATION = {"order", "group", "cleared", "to_confirm", "withdrawn"}


def front_matter(text: Text, books: Books) -> Iterator[Finding]:
    """Find what a page does not say of itself, and what nobody would read."""
    meta, key = text.source.meta, text.key
    english = key.language == ENGLISH
    wanted = (OF_A_PANEL if key.panel else OF_ALL) | (set() if english else OF_A_TRANSLATION)
    wanted |= OF_ENGLISH if english and not key.panel else set()
    for name in sorted(wanted - meta.keys()):
        yield text.of_the_top("---", f"The page does not say its {name}.", f"Add a line at the top: {name}: ...")
    may = OF_ALL | wanted | (MAY if english else MAY_IN_TRANSLATION)
    for name in sorted(meta.keys() - may):
        yield text.of_the_top(
            name, f"Nobody reads {name!r} at the top of a page.", "Take the line away, or correct it."
        )
    for name in sorted((wanted & meta.keys()) - {"checked_by", "to_confirm"}):
        if not meta[name]:
            yield text.of_the_top(name, f"There is nothing behind {name}.", "Write it there.")
    if "review_by" in meta and not isinstance(meta["review_by"], date):
        yield text.of_the_top("review_by", "This is not a day.", "Write it as 2027-05-22, without quotation marks.")
    for section in meta.get("hard") or []:
        if section not in text.source.sections:
            yield text.of_the_top("hard", f"There is no section {section!r}.", "Name the id of a heading of this page.")
    kinds = {kind.value for kind in Change}
    for change in meta.get("changes") or []:
        whole = {"section", "was", "kind", "by", "on"} <= change.keys() and change["kind"] in kinds
        if not whole or change["section"] not in text.source.sections:
            advice = f"Say section, was, kind ({', '.join(sorted(kinds))}), by and on."
            yield text.of_the_top("changes", "A change of the text is not said whole.", advice)
    for cleared in meta.get("cleared") or []:
        by = str(cleared.get("by") or "")
        if not by or "machine" in by.lower() or not {"section", "hash"} <= cleared.keys():
            advice = "Write section, hash, by (a person's name and role) and on."
            yield text.of_the_top("cleared", "Nobody gives a name for what was read.", advice)


def size(text: Text, books: Books) -> Iterator[Finding]:
    """Find what no machine should make a page of, and no reader could read."""
    if far := beyond(text.source.body):
        yield Finding(text.key.path, text.head_lines + far.line, far.what, far.advice)


def headings(text: Text, books: Books) -> Iterator[Finding]:
    """Find headings without an id, twice the same, or out of step with the English."""
    seen: set[str] = set()
    for found in _HEADING.finditer(text.source.body):
        level, words, anchor = found.groups()
        if level not in ("##", "###"):
            yield text.finding(found.start(), f"A heading with {level} has no place here.", "Use ## or ###.")
        if not anchor or not _ANCHOR.fullmatch(anchor):
            advice = "End the line with an id, the same in every language: {#like-this}"
            yield text.finding(found.start(), f"The heading {words!r} has no id.", advice)
        elif anchor in TAKEN:
            yield text.finding(found.start(), f"The id {anchor!r} stands for another place.", "Give this one another.")
        elif anchor in seen:
            yield text.finding(found.start(), f"The id {anchor!r} stands twice on this page.", "Give this one another.")
        seen.add(anchor or "")
    other = books.english(text)
    if other is None or other is text:
        return
    own, english = _anchors(text), _anchors(other)
    for at, (level, anchor, place) in enumerate(own):
        if at >= len(english) or english[at][:2] != (level, anchor):
            there = f"{english[at][0]} {{#{english[at][1]}}}" if at < len(english) else "no heading"
            advice = f"The English has {there} here. Bring the two into step."
            yield text.finding(place, f"The heading {level} {{#{anchor}}} is out of step.", advice)
            return
    if len(english) > len(own):
        level, anchor, _ = english[len(own)]
        what = f"The English goes on with the heading {level} {{#{anchor}}}."
        yield text.finding(len(text.source.body), what, "Translate that section too.")


def links(text: Text, books: Books) -> Iterator[Finding]:
    """Find links without words, that lead nowhere, that would dial something else, or that a translation lacks."""
    pages = {key.page for key in books.texts if (key.panel, key.language) == ("", ENGLISH)} | OTHER_PAGES
    for found in _LINK.finditer(text.source.body):
        picture, words, target = found.groups()
        if picture:
            what = "A picture cannot stand in a page like this." if words.strip() else "A picture without words."
            yield text.finding(found.start(), what, "Say in words what it would show.")
        elif not words.strip():
            yield text.finding(found.start(), f"A link to {target} without words.", "Say where it leads.")
        elif advice := _leads(text, books, pages, words, target):
            yield text.finding(found.start(), f"The link {words!r} to {target!r} does not work.", advice)
    other = books.english(text)
    if other is not None and other is not text:
        own, english = ([one[2] for one in _LINK.findall(each.source.body)] for each in (text, other))
        for target in sorted(set(english) - set(own)):
            yield text.finding(0, f"The English has a link to {target}, and this page has not.", "Put it in.")
        for target in sorted(set(own) - set(english)):
            at = text.source.body.find(f"({target})")
            yield text.finding(at, f"The English has no link to {target}.", "Take it out, or put it into the English.")


# Pages that are no articles, with and without a panel: they have views of their own.
OTHER_PAGES: frozenset[str] = frozenset({"find-support", "search", "begin", "about", "reports", "professionals"})


def _leads(text: Text, books: Books, pages: set[str], words: str, target: str) -> str:
    if target.startswith("page:"):
        page, _, anchor = target.removeprefix("page:").partition("#")
        page = page or text.key.page
        if page not in pages or page.startswith(EASY):
            return "There is no such page."
        there = books.texts.get(text.key._replace(panel="", page=page)) or books.texts.get(
            text.key.english._replace(panel="", page=page)
        )
        if anchor and there and anchor not in {one[1] for one in _anchors(there)}:
            return f"The page {page} has no heading {{#{anchor}}}."
        return ""
    if target.startswith("tel:"):
        digits = "".join(sign for sign in words if sign in "0123456789")
        dialled = f"+44{digits[1:]}" if digits.startswith("0") else digits
        return "" if target == f"tel:{dialled}" else f"It would dial {target[4:]}; write tel:{dialled}"
    if target.startswith("sms:"):
        return ""
    if target.startswith("mailto:"):
        return "" if words == target[7:] else "The words of a link to an e-mail address are that address."
    return "" if target.startswith("https://") and " " not in target else "Begin it with https:// or page:"


def places(text: Text, books: Books) -> Iterator[Finding]:
    """Find words in braces that no panel has, and the picture of the process where it does not belong."""
    known = set(books.words(text.key.language))
    for panel in [text.key.panel] if text.key.panel else books.panels:
        known |= set(books.own_words(panel, text.key.language))
    known |= {"name"} if text.key.panel else set()
    for name in (text.source.title, text.source.summary):
        for found in _BRACES.finditer(name):
            if found[1] not in known or not found[0].endswith("}"):
                yield text.of_the_top("title", f"No panel has a word for {found[0]!r}.", _words_advice(text))
    for found in _BRACES.finditer(text.source.body.replace(PICTURE, " " * len(PICTURE))):
        if found[1] not in known or not found[0].endswith("}"):
            yield text.finding(found.start(), f"No panel has a word for {found[0]!r}.", _words_advice(text))
    other = books.english(text)
    if other is not None and text.source.body.count(PICTURE) != other.source.body.count(PICTURE):
        yield text.finding(0, f"{PICTURE} stands here as often as in the English.", "Put it in, or take it out.")


def pictures(text: Text, books: Books) -> Iterator[Finding]:
    """Find pictures of easy read that do not exist, or that no sentence explains; and HTML, which nobody gets."""
    drawn = {path.stem for path in (books.folder.parent / "static" / "easy").glob("*.svg")}
    for found in _PICTURE_LINE.finditer(text.source.body):
        if drawn and found[1] not in drawn:
            yield text.finding(
                found.start(), f"There is no picture {found[1]!r}.", "static/easy/ has those that there are."
            )
        after = text.source.body[found.end() :].lstrip().partition("\n")[0]
        if not after or after.startswith(("#", "{picture:")):
            what = f"The picture {found[1]!r} has no words: nobody who cannot see it would know what it says."
            yield text.finding(found.start(), what, "Put its sentence on the next line.")
    for found in _HTML.finditer(text.source.body):
        yield text.finding(found.start(), f"{found[0]!r} would be taken out.", "Write it in markdown, or leave it out.")


def _words_advice(text: Text) -> str:
    return f"Look into content/{text.key.language}/words.toml, and close the brace."


def _anchors(text: Text) -> list[tuple[str, str, int]]:
    return [(found[1], found[3] or "", found.start()) for found in _HEADING.finditer(text.source.body)]
