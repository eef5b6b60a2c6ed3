"""What every page of this house owes its reader, checked on every answer that a test sees."""

import re
from typing import Any

import brotli
import html5lib
from werkzeug.test import TestResponse

_HTML = "{http://www.w3.org/1999/xhtml}"
_TYPED = {"text", "email", "tel", "password", "number", "search", "file", "radio", "checkbox", "date"}


def pressed(body: bytes, limit: int) -> int:
    """Return how many bytes a page is on the wire, pressed as hard as the portal does only where that decides."""
    quickly = len(brotli.compress(body, mode=brotli.MODE_TEXT, quality=5))
    return quickly if quickly <= limit else len(brotli.compress(body, mode=brotli.MODE_TEXT, quality=11))


# What a list of visited pages must not tell about somebody who was in their own space.
_SUBJECT = re.compile(r"\b(?:child|death|died|panel|review|question|answer)", re.IGNORECASE)


def _of_a_space(title: str, root: Any) -> list[str]:
    """Return what is wrong with the title of a page of a space, which says no more than whose pages these are."""
    around = [" ".join("".join(one.itertext()).split()) for one in root.iter(f"{_HTML}a") if one.get("class") == "home"]
    problems = [] if around and title.endswith(around[0]) else [f"its title {title!r} does not end with {around}"]
    return problems + ([f"its title {title!r} tells what it is about"] if _SUBJECT.search(title) else [])


def mind_your_manners(path: str, answer: TestResponse) -> Any:  # noqa: PLR0912 - one list, read from top to bottom
    """Return the tree of a page, or fail with a sentence that says what is wrong with it, and on which it is."""
    html = answer.get_data(as_text=True)
    parser = html5lib.HTMLParser()
    root = parser.parse(html)
    problems = [f"it is not valid HTML: {problem[1]} at {problem[0]}" for problem in parser.errors]
    if not root.get("lang") or root.get("dir") not in ("ltr", "rtl"):
        problems.append("<html> says neither its language nor its direction")
    headings = ["".join(one.itertext()).split() for one in root.iter(f"{_HTML}h1")]
    title = "".join(next(root.iter(f"{_HTML}title")).itertext()).split()
    if len(headings) != 1:
        problems.append(f"it has {len(headings)} headings of the first rank")
    elif "/your-space" in path:
        problems += _of_a_space(" ".join(title), root)
    elif not " ".join(title).startswith((" ".join(headings[0]), "There is a problem")):
        problems.append(f"its title {' '.join(title)!r} does not start with its heading {' '.join(headings[0])!r}")
    ids = re.findall(r'\sid="([^"]*)"', html)
    problems += [f"two elements have the id {one!r}" for one in sorted({one for one in ids if ids.count(one) > 1})]
    labelled = {one.get("for") for one in root.iter(f"{_HTML}label")}
    for kind in ("input", "textarea", "select"):
        for field in root.iter(f"{_HTML}{kind}"):
            typed = kind != "input" or field.get("type", "text") in _TYPED
            if typed and field.get("id") not in labelled and not field.get("aria-label"):
                problems.append(f"the field {field.get('name')!r} has no label")
    for form in root.iter(f"{_HTML}form"):
        names = {one.get("name") for one in form.iter(f"{_HTML}input")}
        without_a_cookie = path.partition("?")[0].endswith("/was-it-clear")  # see docs/decisions.md
        if form.get("method", "get").lower() == "post" and "csrf_token" not in names and not without_a_cookie:
            problems.append(f"a form that changes something ({form.get('action')!r}) has no csrf_token")
    for script in root.iter(f"{_HTML}script"):
        if not script.get("src") and not script.get("nonce"):
            problems.append("it has a script inside it")
    if re.search(r'<[^>]+\s(?:style|on[a-z]+)="', html):
        problems.append("it has a style attribute or a handler inside it")
    if re.search(r'property="og:', html):
        problems.append("it has og: tags")
    if "\ue000" in html or "\ue001" in html or "\ue002" in html:
        problems.append("it shows the private marks of portal/words.py")
    assert not problems, f"{path} ({answer.status_code}):\n- " + "\n- ".join(problems)
    return root
