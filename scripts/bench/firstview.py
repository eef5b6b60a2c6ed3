"""P1 and P4: what a first view and a second view of each public page put on the wire, header and all.

The pages are found as a reader finds them, by following links from the first page of each language.
"""

from __future__ import annotations

import re
import socket
import zlib
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import brotli

LANGUAGES = ("en", "pl", "ro", "pa", "ur", "gu", "bn", "ar", "so", "pt", "fa")
PRIVATE = re.compile(r"^/([a-z-]+/)?(i|your-space|keyworker|panel|staff|demo|static|leave)(/|$)")
# The forms of a page are made when they are asked for; what a panel adds to them is what it adds to the page itself.
OF_A_PANEL = re.compile(r"^/[a-z-]+/[a-z-]+/[a-z-]+/(print|large-print|easy-read)$")
MOST_PAGES = 4000


@dataclass(frozen=True)
class View:
    """One answer as it came over the wire."""

    status: int
    size: int
    headers: dict[str, str]
    text: str


def passed_over(path: str) -> bool:
    """Whether an address is not for everybody, or of a kind that stands in the walk already."""
    return bool(PRIVATE.match(path) or OF_A_PANEL.match(path))


class _Seen(HTMLParser):
    """Links to follow, and what the page makes a browser fetch before it can paint."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href"):
            self.links.append(said["href"])
        elif tag == "script" and said.get("src") and "defer" not in said:
            self.fetched.append(said["src"])
        elif tag == "link" and said.get("rel") in ("stylesheet", "preload", "icon", "manifest"):
            self.fetched.append(said.get("href", ""))
        elif tag in ("img", "iframe", "audio", "video") and said.get("loading") != "lazy":
            self.fetched.append(said.get("src", ""))


def view(base: str, target: str, *headers: str) -> View:
    """GET over a plain socket, so that every byte is counted."""
    parts = urlsplit(base)
    lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", "Accept-Encoding: br, gzip", "Connection: close"]
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall("\r\n".join([*lines, *headers, "", ""]).encode())
        raw = connection.makefile("rb").read()
    head, _, body = raw.partition(b"\r\n\r\n")
    status, *said = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in said)}
    coding = fields.get("content-encoding", "")
    if body and coding == "br":
        body = brotli.decompress(body)
    elif body and coding == "gzip":
        body = zlib.decompress(body, 31)
    return View(int(status.split()[1]), len(raw), fields, body.decode(errors="replace"))


def walk(base: str) -> dict[str, tuple[View, int]]:
    """Each public page by path, with the number of requests of its first view."""
    waiting = [f"/{language}/" for language in LANGUAGES]
    known = set(waiting)
    found: dict[str, tuple[View, int]] = {}
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        seen = view(base, path)
        if seen.status != 200 or "html" not in seen.headers.get("content-type", ""):
            continue
        reader = _Seen()
        reader.feed(seen.text)
        if "public" in seen.headers.get("cache-control", ""):
            fetched = [one for one in reader.fetched if one and not one.startswith("data:")]
            found[path] = seen, 1 + len(fetched)
        for link in reader.links:
            parts = urlsplit(urljoin(base + path, link))
            if parts.netloc == urlsplit(base).netloc and parts.path not in known and not passed_over(parts.path):
                known.add(parts.path)
                waiting.append(parts.path)
    return found
