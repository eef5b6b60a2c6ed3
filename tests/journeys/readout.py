"""What a page says to somebody who does not see it: Chromium's accessibility tree, in the order of hearing."""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

Node = dict[str, Any]
CONTROLS = {"link", "button", "textbox", "checkbox", "radio", "combobox", "DisclosureTriangle", "searchbox", "slider"}
PLACES = {"banner", "navigation", "main", "contentinfo", "region", "form", "alert", "status"}
WHOLE = CONTROLS | {"heading", "image", "img"}  # said in one breath
BLOCKS = PLACES | {"paragraph", "listitem", "list", "term", "definition", "generic", "Legend", "LabelText", "group"}
LETTERS = {"en": "[A-Za-z]", "ur": "[\u0600-\u06ff]", "ar": "[\u0600-\u06ff]", "bn": "[\u0980-\u09ff]"}


def read_out(page: Page) -> list[str]:
    """Return what is heard, a line each: places, headings, words, and every control with its role and state."""
    nodes = _tree(page)
    lines: list[str] = []
    words: list[str] = []

    def end_of_block() -> None:
        if said := " ".join(" ".join(words).split()):
            lines.append(said)
        words.clear()

    def hear(node: Node) -> None:
        role = _role(node)
        if node["ignored"]:
            pass
        elif role in WHOLE:
            end_of_block()
            lines.append(_in_one_breath(node, role))
            return
        elif role == "StaticText":
            words.append(_name(node))
            return
        elif role in BLOCKS:
            end_of_block()
            if role in PLACES:
                lines.append(f"[{role}{': ' if _name(node) else ''}{_name(node)}]")
        for child in node.get("childIds", []):
            if child in nodes:
                hear(nodes[child])
        if role in BLOCKS:
            end_of_block()

    hear(next(iter(nodes.values())))
    end_of_block()
    return lines


def nameless_or_foreign(page: Page, code: str) -> list[str]:
    """Return every control that says nothing, or says it in another language than the page without saying so."""
    elements = dict(_elements(page))
    found = []
    for node in _tree(page).values():
        if node["ignored"] or _role(node) not in CONTROLS:
            continue
        name, (language, offers) = _name(node).strip(), elements.get(node["backendDOMNodeId"], (code, ""))
        letters = re.search(r"[^\W\d_]", name)
        if not re.search(r"\w", name):
            found.append(f"a {_role(node)} without a name: {node['backendDOMNodeId']}")
        elif language != code and not offers:
            found.append(f"still in {language}: {name!r}")
        elif letters and "@" not in name and language in LETTERS and not re.search(LETTERS[language], name):
            found.append(f"not in {language}: {name!r}")
    return found


def _in_one_breath(node: Node, role: str) -> str:
    states = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    said = [f"{role} {states['level']}" if role == "heading" and "level" in states else role]
    for state, words in (("pressed", "chosen"), ("checked", "ticked"), ("invalid", "needs another look")):
        if states.get(state) not in (None, False, "false"):
            said.append(words)
    if "expanded" in states:
        said.append("open" if states["expanded"] else "folded")
    value, description = node.get("value", {}).get("value", ""), node.get("description", {}).get("value", "")
    more = "".join(f" = {value!r}" for _ in [1] if value) + "".join(f" ({description})" for _ in [1] if description)
    return f"{_name(node).strip()}, {', '.join(said)}{more}"


def _tree(page: Page) -> dict[str, Node]:
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return {node["nodeId"]: node for node in nodes}


def _elements(page: Page) -> Iterator[tuple[int, tuple[str, str]]]:
    """Give each element its language, and the language that it offers, if it is there to change to another."""
    session = page.context.new_cdp_session(page)
    root = session.send("DOM.getDocument", {"depth": -1})["root"]
    session.detach()
    yield from _within(root, "")


def _within(node: Node, language: str) -> Iterator[tuple[int, tuple[str, str]]]:
    pairs = node.get("attributes", [])
    given = dict(zip(pairs[::2], pairs[1::2], strict=True))
    language = given.get("lang", language)
    offers = given.get("hreflang", "") or (given.get("value", "") if given.get("name") == "go_on_in" else "")
    yield node["backendNodeId"], (language, offers)
    for child in node.get("children", []):
        yield from _within(child, language)


def _role(node: Node) -> str:
    return str(node.get("role", {}).get("value", ""))


def _name(node: Node) -> str:
    return str(node.get("name", {}).get("value", ""))
