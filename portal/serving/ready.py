"""Public pages as finished bytes: rendered by the Flask app once, compressed, and answered without entering it.

A page is asked for lazily (quick compression, so that a start costs the same with ten pages or a thousand) and then, in
a background thread, all are gone through and pressed as small as they go. Only an answer that is the same for everybody
is kept: 200, HTML, marked public, no cookie, varying by nothing but its compression.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import brotli
from flask import Flask

from portal.serving.kept import Shelf
from portal.serving.negotiation import CODINGS, Coding, best_coding, holds

log = logging.getLogger("portal.serving")

Headers = tuple[tuple[bytes, bytes], ...]

# Left out of what the app said because they belong to one answer on the wire, or are made anew for each coding.
_MADE_ANEW = {"content-length", "content-encoding", "etag", "date", "vary", "connection", "server"}
# A 304 repeats only what may renew the stored page; the rest would be bytes on a slow line for nothing.
_ON_304 = {b"cache-control", b"etag", b"vary", b"server"}

SERVER: tuple[bytes, bytes] = (b"server", b"portal")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app said to one GET without cookies."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def is_for_everybody(self) -> bool:
        """Whether any reader, anywhere, may be given these very bytes."""
        said = {name.lower(): value.lower() for name, value in self.headers}
        varies = {name.strip() for name in said.get("vary", "").split(",")}
        return (
            self.status == 200
            and said.get("content-type", "").partition(";")[0].strip() == "text/html"
            and "set-cookie" not in said
            and "content-encoding" not in said
            and "public" in {part.strip() for part in said.get("cache-control", "").split(",")}
            and varies <= {"", "accept-encoding"}
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What to send."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """A page in one coding, with every reply that it can give made beforehand."""

    etag: bytes
    whole: Reply
    head: Reply
    unchanged: Reply


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """One public page in every coding."""

    forms: dict[Coding, Form]

    @classmethod
    def of(cls, headers: Iterable[tuple[str, str]], bodies: dict[Coding, bytes]) -> ReadyPage:
        """The page from what the app said and its body in every coding."""
        common = tuple(
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in headers
            if name.lower() not in _MADE_ANEW
        )
        return cls({coding: _form(common, coding, bodies[coding]) for coding in CODINGS})

    def reply(self, method: str, accept_encoding: bytes, if_none_match: bytes) -> Reply:
        """The answer to a GET or HEAD with these two headers (empty when they were not sent)."""
        form = self.forms[best_coding(accept_encoding)]
        if if_none_match and holds(if_none_match, form.etag):
            return form.unchanged
        return form.whole if method == "GET" else form.head


def _form(common: Headers, coding: Coding, body: bytes) -> Form:
    # The tag is of the bytes themselves: the same text pressed harder is another tag, which is what "strong" promises.
    etag = b'"' + hashlib.sha256(body).hexdigest()[:20].encode() + b'"'
    made: Headers = ((b"content-length", b"%d" % len(body)), (b"etag", etag), (b"vary", b"Accept-Encoding"), SERVER)
    if coding != "identity":
        made = ((b"content-encoding", coding.encode()), *made)
    headers = (*common, *made)
    renewing = tuple(pair for pair in headers if pair[0] in _ON_304)
    return Form(etag, Reply(200, headers, body), Reply(200, headers, b""), Reply(304, renewing, b""))


def _pressed(body: bytes, *, hard: bool) -> dict[Coding, bytes]:
    return {
        "identity": body,
        "gzip": gzip.compress(body, 9 if hard else 6, mtime=0),
        "br": brotli.compress(body, mode=brotli.MODE_TEXT, quality=11 if hard else 5),
    }


class ReadyPages:
    """The table path -> ready page. Reading it takes no lock; a new table replaces the old in one step."""

    def __init__(
        self,
        render: Callable[[str], Answer],
        paths: Callable[[], Iterable[str]],
        *,
        revision: str = "",
        shelf: Path | None = None,
    ) -> None:
        self._render = render
        self._paths = paths
        self._shelf = Shelf(shelf, revision) if shelf is not None and revision else None
        self._table: dict[str, ReadyPage] = {}
        self._offered = frozenset(paths())
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._warmer: threading.Thread | None = None

    @classmethod
    def of(cls, app: Flask, var: Path | None = None) -> ReadyPages:
        """The pages that an app offers through its `extensions` (see docs/performance.md)."""
        # Rendered under the portal's own name, because the app turns every other one away.
        own_name = next(iter(app.extensions.get("public_hosts", ())), "localhost")
        return cls(
            lambda path: ask(app, path, f"https://{own_name}"),
            app.extensions["public_paths"],
            revision=str(app.extensions.get("public_revision", "")),
            shelf=var / "ready" if var else None,
        )

    def get(self, path: str) -> ReadyPage | None:
        """The page if it is ready now. Never does any work."""
        return self._table.get(path)

    def is_offered(self, path: str) -> bool:
        """Whether the app names this path as a public page."""
        return path in self._offered

    def make(self, path: str) -> ReadyPage | None:
        """The page, made now if it must be; None when its answer is not for everybody. Call it from a thread."""
        if path not in self._offered:
            return None
        # One at a time: many who ask for the same page after a start wait for one rendering, not for many.
        with self._lock:
            ready = self._table.get(path) or self._taken_from_shelf(path) or self._made(path, hard=False)
            if ready is not None:
                self._table[path] = ready
            return ready

    def renew(self, revision: str = "") -> None:
        """Makes every page anew, as small as it goes, and then swaps the whole table in one step."""
        offered = frozenset(self._paths())
        if self._shelf is not None and revision:
            self._shelf = Shelf(self._shelf.root, revision)
        table: dict[str, ReadyPage] = {}
        for path in sorted(offered):
            if self._stop.is_set():
                return
            ready = self._taken_from_shelf(path)
            if ready is None:
                with self._lock:
                    ready = self._made(path, hard=True)
                # One page at a time and a breath between them: readers come first on a small machine.
                self._stop.wait(0.01)
            if ready is not None:
                table[path] = ready
        with self._lock:
            self._offered, self._table = offered, table
        if self._shelf is not None:
            self._shelf.forget_older()

    def warm(self) -> None:
        """Starts going through all pages in the background."""
        if self._warmer is None:
            self._warmer = threading.Thread(target=self._warm, name="ready-pages", daemon=True)
            self._warmer.start()

    def stop(self) -> None:
        """Ends the background work and waits for the page in hand."""
        self._stop.set()
        if self._warmer is not None:
            self._warmer.join()

    def _warm(self) -> None:
        try:
            self.renew()
        except Exception:
            # Pages are still made one by one when they are asked for, so nobody is left without.
            log.exception("could not make all public pages ready; each will be made when it is asked for")

    def _made(self, path: str, *, hard: bool) -> ReadyPage | None:
        answer = self._render(path)
        if not answer.is_for_everybody():
            return None
        bodies = _pressed(answer.body, hard=hard)
        if hard and self._shelf is not None:
            self._shelf.put(path, answer.headers, bodies)
        return ReadyPage.of(answer.headers, bodies)

    def _taken_from_shelf(self, path: str) -> ReadyPage | None:
        kept = self._shelf.get(path) if self._shelf is not None else None
        return ReadyPage.of(*kept) if kept is not None else None


def ask(app: Flask, path: str, base_url: str = "https://localhost") -> Answer:
    """What the app itself answers to a reader who holds nothing: no cookie, no language wish, no compression."""
    response = app.test_client(use_cookies=False).get(path, base_url=base_url)
    return Answer(response.status_code, tuple(response.headers.items()), response.get_data())
