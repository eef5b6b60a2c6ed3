"""Take GOV.UK Frontend from its npm tarball and make static/govuk.css from it, without Node.

The upstream stylesheet is kept unmodified under static/vendor (with its licence, which the tarball does not carry), and
static/govuk.css is made from it and never edited by hand. Three things change on the way. Directions become logical, so
that one file serves Urdu as well as English. The GDS Transport font, which may only be used on GOV.UK, gives way to
var(--portal-font). And colours that upstream wrote as plain hex are given names, so that static/portal.css can set a
light and a dark form by custom properties alone.

    npm pack govuk-frontend@6.3.0
    .venv/bin/python scripts/vendor_frontend.py govuk-frontend-6.3.0.tgz
    .venv/bin/python scripts/vendor_frontend.py --check
"""

import base64
import hashlib
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import tinycss2

VERSION = "6.3.0"
INTEGRITY = "sha512-cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/srsRj/q8d5bM9cgKoA=="
STATIC = Path(__file__).resolve().parents[1] / "static"
VENDOR = STATIC / "vendor" / f"govuk-frontend-{VERSION}"
ORIGINAL = VENDOR / "govuk-frontend.min.css"
GENERATED = STATIC / "govuk.css"
WANTED = ("govuk-frontend.min.css", "govuk-frontend.min.js")

SIDES = {"left": "inline-start", "right": "inline-end"}
ALIGNS = {"left": "start", "right": "end"}
CREST = "govuk-footer__copyright-logo"

# Colours without a name of their own upstream. Inside var(--name, #hex) and in :root they are left as they are.
NAMED = {
    "#0b0c0c": "--govuk-text-colour",
    "#f3f3f3": "--portal-shade",
    "#cecece": "--govuk-border-colour",
    "#0f7a52": "--portal-button",
    "#0b5c3e": "--portal-button-hover",
    "#083d29": "--portal-button-edge",
    "#ca3535": "--portal-caution",
    "#982828": "--portal-caution-hover",
    "#651b1b": "--portal-caution-edge",
    "#858686": "--portal-secondary-edge",
    "#1d70b8": "--govuk-brand-colour",
}

# What no logical property can turn round: drawn arrows. Ticks in checkboxes are not mirrored, on purpose.
MIRRORED = """\
[dir=rtl] .govuk-back-link:before{transform:rotate(45deg)}
[dir=rtl] .govuk-breadcrumbs__list-item:before{transform:rotate(225deg)}
[dir=rtl] .govuk-details:not([open])>.govuk-details__summary:before{clip-path:polygon(100% 0,0 50%,100% 100%)}
[dir=rtl] .govuk-details:not([open])>.govuk-details__summary:before{border-width:7px 12.124px 7px 0}
[dir=rtl] .govuk-pagination__icon{transform:scaleX(-1)}
[dir=rtl] .govuk-button__start-icon{transform:scaleX(-1)}
"""

Node = Any  # a tinycss2 node


def generate(css: str) -> str:
    """Return the stylesheet made from upstream's: logical, without fonts and crest, with named colours."""
    made = "".join(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))
    head = f"/* Made by scripts/vendor_frontend.py from GOV.UK Frontend {VERSION} (MIT). Do not edit. */\n"
    charset, _, rest = made.partition("\n")
    return f"{charset}\n{head}{rest}{MIRRORED}"  # @charset counts only as the very first thing


def _rules(rules: Iterable[Node]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selector = tinycss2.serialize(rule.prelude)
            if CREST not in selector or ":before" not in selector:
                yield f"{selector}{{{';'.join(_declarations(rule.content, selector))}}}\n"
        elif rule.content is None:
            yield rule.serialize() + "\n"
        elif rule.lower_at_keyword != "font-face":
            inside = "".join(_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)))
            if inside:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}\n"


def _declarations(content: list[Node], selector: str) -> Iterator[str]:
    for found in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if found.type != "declaration":
            raise ValueError(f"not understood in {selector}: {found}")
        mark = "!important" if found.important else ""
        for name, value in _logical(found.lower_name, found.value):
            yield f"{name}:{value if selector == ':root' else _ours(name, value)}{mark}"


def _logical(name: str, value: list[Node]) -> Iterator[tuple[str, str]]:
    """Yield what one physical declaration is in logical words."""
    text = tinycss2.serialize(value).strip()
    parts = [tinycss2.serialize([node]) for node in value if node.type != "whitespace"]
    if name in SIDES:
        yield f"inset-{SIDES[name]}", text
    elif name in ("float", "clear"):
        yield name, SIDES.get(text, text)
    elif name in ("text-align", "justify-content"):
        yield name, ALIGNS.get(text, text)
    elif name in ("margin", "padding") and len(parts) == 4 and parts[1] != parts[3]:
        yield f"{name}-block", f"{parts[0]} {parts[2]}"
        yield f"{name}-inline", f"{parts[3]} {parts[1]}"
    else:
        words = [SIDES.get(word, word) for word in name.split("-")]
        yield "-".join(words), text


def _ours(name: str, value: str) -> str:
    """Give letters our font and plain hex colours a name; white is paper behind things, else words on a button."""
    if name == "font-family":
        return value if value == "inherit" else "var(--portal-font)"
    white = "--govuk-body-background-colour" if name.startswith("background") else "--portal-on-button"
    if name == "content" or "url(" in value:
        return value
    nodes = tinycss2.parse_component_value_list(value)
    for place, node in enumerate(nodes):
        key = f"#{node.value.lower()}" if node.type == "hash" else ""
        known = white if key == "#fff" else NAMED.get(key)
        if known:
            nodes[place] = tinycss2.parse_one_component_value(f"var({known},{key})")
    return cast(str, tinycss2.serialize(nodes))


def is_current() -> bool:
    """Say whether static/govuk.css is, byte for byte, what the committed original gives."""
    return GENERATED.read_bytes() == generate(ORIGINAL.read_text("utf-8")).encode("utf-8")


def take(tarball: Path) -> None:
    """Check the tarball against the registry's integrity and copy the wanted files; ValueError if it differs."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode("ascii")
    if found != INTEGRITY:
        raise ValueError(f"{tarball} is not govuk-frontend {VERSION}: its integrity is {found}")
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tarfile.open(tarball) as packed:
        for name in WANTED:
            member = packed.extractfile(f"package/dist/govuk/{name}")
            if member is None:
                raise ValueError(f"{name} is missing from {tarball}")
            (VENDOR / name).write_bytes(member.read())


def main(words: list[str]) -> int:
    """Run from the command line; answers 0 when static/govuk.css is as it should be."""
    if words == ["--check"]:
        fine = is_current()
        print("static/govuk.css is up to date." if fine else "static/govuk.css differs: make it anew.")
        return 0 if fine else 1
    if len(words) != 1:
        print(__doc__)
        return 2
    take(Path(words[0]))
    GENERATED.write_text(generate(ORIGINAL.read_text("utf-8")), "utf-8")
    print(f"Wrote {GENERATED}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
