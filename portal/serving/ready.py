"""Public pages as finished bytes: rendered by the Flask app once, compressed, and answered without entering it.

There are two tiers. The pages that readers ask for most are listed: each is made lazily (quick compression, so that a
start costs the same with ten pages or a thousand) and then, in a background thread, all are gone through and pressed as
small as they go. Other forms of a page (for print, in large print, in easy read) are made when they are asked for,
pressed at once since nobody comes back to them, and only the last few are kept. Only an answer that is the same for
everybody is kept: 200, HTML, marked public, no cookie, varying by nothing but its compression. In memory stands what
goes over the wire, and no plain text beside it.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Flask

from portal.serving.kept import Shelf
from portal.serving.negotiation import PRESSED, Coding, best_coding, holds

log = logging.getLogger("portal.serving")

Headers = tuple[tuple[bytes, bytes], ...]

# Left out of what the app said because they belong to one answer on the wire, or are made anew for each coding.
_MADE_ANEW = {"content-length", "content-encoding", "etag", "date", "vary", "connection", "server"}
# A 304 repeats only what may renew the stored page; the rest would be bytes on a slow line for nothing.
_ON_304 = {b"cache-control", b"etag", b"vary", b"server"}

SERVER: tuple[bytes, bytes] = (b"server", b"portal")

# How many pages of the second tier are kept: the hour's readers of large print, and not everything a crawler asked for.
KEPT_ON_REQUEST = 64


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
    """A page in one coding."""

    etag: bytes
    whole: Reply

    def reply(self, method: str, if_none_match: bytes) -> Reply:
        """The answer to a GET or HEAD from somebody who may hold these bytes already."""
        if if_none_match and holds(if_none_match, self.etag):
            return Reply(304, tuple(pair for pair in self.whole.headers if pair[0] in _ON_304), b"")
        return self.whole if method == "GET" else Reply(200, self.whole.headers, b"")


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """One public page, compressed in each of the ways that browsers take."""

    common: Headers
    forms: dict[Coding, Form]
    hard: bool  # whether it is as small as it goes

    @classmethod
    def of(cls, headers: Iterable[tuple[str, str]], bodies: dict[Coding, bytes], *, hard: bool) -> ReadyPage:
        """The page from what the app said and its body in every compressed coding."""
        common = _common(tuple((name, value) for name, value in headers if name.lower() not in _MADE_ANEW))
        return cls(common, {coding: _form(common, coding, bodies[coding]) for coding in PRESSED}, hard)

    @property
    def text(self) -> bytes:
        """The page without compression."""
        return gzip.decompress(self.forms["gzip"].whole.body)

    def reply(self, method: str, accept_encoding: bytes, if_none_match: bytes) -> Reply:
        """The answer to a GET or HEAD with these two headers (empty when they were not sent)."""
        coding = best_coding(accept_encoding)
        # Hardly a browser asks for plain bytes, so they are unpacked for it and not kept: they are four times as large.
        form = _form(self.common, coding, self.text) if coding == "identity" else self.forms[coding]
        return form.reply(method, if_none_match)


@lru_cache(maxsize=64)
def _common(headers: tuple[tuple[str, str], ...]) -> Headers:
    """What the app said, as it goes over the wire; the same for nearly every page, and so held once for all."""
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers)


def _form(common: Headers, coding: Coding, body: bytes) -> Form:
    # The tag is of the bytes themselves: the same text pressed harder is another tag, which is what "strong" promises.
    etag = b'"' + hashlib.sha256(body).hexdigest()[:20].encode() + b'"'
    made: Headers = ((b"content-length", b"%d" % len(body)), (b"etag", etag), (b"vary", b"Accept-Encoding"), SERVER)
    if coding != "identity":
        made = ((b"content-encoding", coding.encode()), *made)
    return Form(etag, Reply(200, (*common, *made), body))


def _pressed(body: bytes, *, hard: bool) -> dict[Coding, bytes]:
    return {
        "gzip": gzip.compress(body, 9 if hard else 6, mtime=0),
        "br": brotli.compress(body, mode=brotli.MODE_TEXT, quality=11 if hard else 5),
    }


class ReadyPages:
    """The table path -> ready page. Reading it takes no lock.

    What a page says may change while the portal runs. Whoever changes it (the workshop, or a poller that finds out
    what another process has published) first changes it for the app (``Library.lay_over``), and then calls
    ``stale(revision)`` from any thread; ``app.extensions["ready_pages"]`` is where to find this table. From then on
    nothing that was made before is given to anybody: each page is made anew when it is asked for, the list of paths is
    asked for again, and the background thread presses all of them once more. ``renew(revision)`` does the same, and
    does the pressing itself before it returns. The revision names the folder on disk, so it has to differ whenever any
    page may: after a start it is ``app.extensions["public_revision"]``, which has to say what stands published by then.
    """

    def __init__(
        self,
        render: Callable[[str], Answer],
        paths: Callable[[], Iterable[str]],
        *,
        on_request: Callable[[str], bool] = lambda _: False,
        revision: str = "",
        shelf: Path | None = None,
    ) -> None:
        self._render = render
        self._paths = paths
        self._on_request = on_request
        self._shelf = Shelf(shelf, revision) if shelf is not None and revision else None
        self._table: dict[str, ReadyPage] = {}
        self._before: dict[str, ReadyPage] = {}
        self._few: OrderedDict[str, ReadyPage] = OrderedDict()
        self._offered = frozenset(paths())
        self._generation = 0
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._wanted = threading.Event()
        self._warmer: threading.Thread | None = None

    @classmethod
    def of(cls, app: Flask, var: Path | None = None) -> ReadyPages:
        """The pages that an app offers through its `extensions` (see docs/performance.md)."""
        # Rendered under the portal's own name, because the app turns every other one away.
        own_name = next(iter(app.extensions.get("public_hosts", ())), "localhost")
        pages = cls(
            lambda path: ask(app, path, f"https://{own_name}"),
            app.extensions["public_paths"],
            on_request=app.extensions.get("public_on_request", lambda _: False),
            revision=str(app.extensions.get("public_revision", "")),
            shelf=var / "ready" if var else None,
        )
        app.extensions["ready_pages"] = pages
        return pages

    def get(self, path: str) -> ReadyPage | None:
        """The page if it is ready now. Never does any work."""
        return self._table.get(path) or self._few.get(path)

    def is_offered(self, path: str) -> bool:
        """Whether the app names this path as a public page."""
        return path in self._offered or self._on_request(path)

    def make(self, path: str) -> ReadyPage | None:
        """The page, made now if it must be; None when its answer is not for everybody. Call it from a thread."""
        if not self.is_offered(path):
            return None
        # One at a time: many who ask for the same page after a start wait for one rendering, not for many.
        with self._lock:
            ready = self.get(path)
            if ready is not None:
                return ready
            listed = path in self._offered
            ready = (self._taken_from_shelf(path) if listed else None) or self._made(path, hard=not listed)
            if ready is not None and listed:
                self._table[path] = ready
            elif ready is not None:
                self._few[path] = ready
                while len(self._few) > KEPT_ON_REQUEST:
                    self._few.popitem(last=False)
            return ready

    def stale(self, revision: str) -> None:
        """Gives nobody a page that was made before this, and has all made again. Quick; call it from any thread."""
        self._forget(revision)
        self._wanted.set()

    def renew(self, revision: str = "") -> None:
        """Gives nobody a page that was made before this, and makes every page anew, as small as it goes."""
        self._forget(revision)
        self._press()

    def warm(self) -> None:
        """Starts going through all pages in the background, now and after each change."""
        if self._warmer is None:
            self._wanted.set()
            self._warmer = threading.Thread(target=self._warm, name="ready-pages", daemon=True)
            self._warmer.start()

    def stop(self) -> None:
        """Ends the background work and waits for the page in hand."""
        self._stop.set()
        self._wanted.set()
        if self._warmer is not None:
            self._warmer.join()

    def _warm(self) -> None:
        while self._wanted.wait() and not self._stop.is_set():
            self._wanted.clear()
            try:
                self._press()
            except Exception:
                # Pages are still made one by one when they are asked for, so nobody is left without.
                log.exception("could not make all public pages ready; each will be made when it is asked for")

    def _forget(self, revision: str) -> None:
        offered = frozenset(self._paths())
        # The lock waits for a page that is being made out of the old words, so that it is forgotten with the others.
        with self._lock:
            self._generation += 1
            self._before = {**self._before, **self._table}
            self._offered, self._table, self._few = offered, {}, OrderedDict()
            if self._shelf is not None and revision:
                self._shelf = Shelf(self._shelf.root, revision)

    def _press(self) -> None:
        """Goes through all pages, unless they become stale meanwhile: then there is another turn."""
        generation = self._generation
        for path in sorted(self._offered):
            with self._lock:
                if self._stop.is_set() or generation != self._generation:
                    return
                kept = self._taken_from_shelf(path)
                ready = kept or self._made(path, hard=True)
                if ready is not None:
                    self._table[path] = ready
            if kept is None:
                # One page at a time and a breath between them: readers come first on a small machine.
                self._stop.wait(0.01)
        with self._lock:
            if generation == self._generation:
                self._before = {}
                if self._shelf is not None:
                    self._shelf.forget_older()

    def _made(self, path: str, *, hard: bool) -> ReadyPage | None:
        answer = self._render(path)
        if not answer.is_for_everybody():
            return None
        before = self._before.get(path) if hard else None
        if before is not None and before.hard and before.text == answer.body:
            # Most pages say after a change what they said before it; pressing costs more than looking.
            bodies = {coding: form.whole.body for coding, form in before.forms.items()}
        else:
            bodies = _pressed(answer.body, hard=hard)
        if hard and self._shelf is not None and path in self._offered:
            self._shelf.put(path, answer.headers, bodies)
        return ReadyPage.of(answer.headers, bodies, hard=hard)

    def _taken_from_shelf(self, path: str) -> ReadyPage | None:
        kept = self._shelf.get(path) if self._shelf is not None else None
        return ReadyPage.of(*kept, hard=True) if kept is not None else None


def ask(app: Flask, path: str, base_url: str = "https://localhost") -> Answer:
    """What the app itself answers to a reader who holds nothing: no cookie, no language wish, no compression."""
    response = app.test_client(use_cookies=False).get(path, base_url=base_url)
    return Answer(response.status_code, tuple(response.headers.items()), response.get_data())
