"""The front of the portal: answers ready pages at once, and takes a thread for Flask only when a request is whole.

A form sent from a train arrives drop by drop. Here it is gathered in the event loop, where a thousand waiting phones
cost nothing; only then does one of a few threads run Flask, and it is free again before the answer trickles back. Any
server that gives a thread to a half-sent form can be stopped by two hundred such phones (docs/performance.md).
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from portal.serving.bridge import Running, environ_of
from portal.serving.negotiation import host_name
from portal.serving.ready import SERVER, ReadyPages

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

T = TypeVar("T")

log = logging.getLogger("portal.serving")

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

KILO = 1024
BODY_LIMIT = 1024 * KILO
# A browser shows our page about a text that is too long only if it may finish sending first; beyond this it may not.
POLITE_LIMIT = 16 * BODY_LIMIT
# What all half-sent forms together may hold in memory; beyond it only small ones are taken, and those always.
HELD_LIMIT = 128 * BODY_LIMIT
SMALL = 64 * KILO
# The one address at which something large may come whole (portal/large.py) has room of its own, taken at the beginning,
# so that large files never take the room of people's words; and more time.
LARGE_HELD_LIMIT = 96 * BODY_LIMIT
LARGE_WHOLE = 1800.0
# Seconds without one more byte, and seconds for all of it: long enough for a tunnel, short enough to end a siege.
SILENCE = 60.0
WHOLE = 600.0
AT_THE_END = 3.0
THREADS = 8
THREADS_FOR_SLOW = 3
WITHOUT_BODY = ("GET", "HEAD", "OPTIONS")


class Gone(Exception):
    """The reader went away, or sent nothing for too long."""


class Full(Exception):
    """So much is being sent at this moment that this large form has to wait."""


class Weight:
    """What one request holds in memory, as a part of what all hold together."""

    def __init__(self, all_held: list[int]) -> None:
        self._all, self._own = all_held, 0

    def add(self, size: int, most: int) -> None:
        """Hold so much more; a large request raises Full when all together hold more than they may."""
        self._own += size
        self._all[0] += size
        if self._own > SMALL and self._all[0] > most:
            raise Full

    def drop(self) -> None:
        """Hold nothing any more."""
        self._all[0] -= self._own
        self._own = 0


@dataclass(frozen=True)
class Gathering:
    """How one body is gathered: what it may hold, beside what all hold; how long; and how much is let go by."""

    weight: Weight
    limit: int
    held: int
    patience: float = 1.0
    polite: int = POLITE_LIMIT
    busy: bool = False


class Front:
    """ASGI: ready pages in the event loop, everything else through a bounded pool of threads to the WSGI app."""

    def __init__(
        self,
        app: WSGIApplication,
        pages: ReadyPages,
        *,
        hosts: frozenset[str] = frozenset(),
        slow_posts: Iterable[re.Pattern[str]] = (),
        large_posts: tuple[re.Pattern[str], int] | None = None,
        threads: int = THREADS,
        body_limit: int = BODY_LIMIT,
        held_limit: int = HELD_LIMIT,
        silence: float = SILENCE,
        whole: float = WHOLE,
    ) -> None:
        self._app = app
        self._pages = pages
        self._hosts = hosts
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="portal")
        # What takes long on purpose stands in lines of its own, so that a siege of one holds up nothing else.
        self._slow = [(path, ThreadPoolExecutor(THREADS_FOR_SLOW, f"slow-{path.pattern}")) for path in slow_posts]
        self._body_limit = body_limit
        self._large_posts = large_posts
        self._held_large = 0
        self._held_limit = held_limit
        self._held = [0]
        self._silence = silence
        self._whole = whole
        self._gathering: set[asyncio.Timeout] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or begins and ends with the server."""
        if scope["type"] == "http":
            try:
                await self._answer(scope, receive, send)
            except Gone:
                return
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    def hurry(self) -> None:
        """The server is to end: gives what is still arriving a few seconds more. Call it in the event loop."""
        self._whole = min(self._whole, AT_THE_END)
        latest = asyncio.get_running_loop().time() + AT_THE_END
        for patience in self._gathering:
            patience.reschedule(latest)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        method: str = scope["method"]
        if method in ("GET", "HEAD") and not scope["query_string"] and self._pages.is_offered(scope["path"]):
            accept = held = host = b""
            for name, value in scope["headers"]:
                if name == b"accept-encoding":
                    accept = accept + b"," + value if accept else value
                elif name == b"if-none-match":
                    held = held + b"," + value if held else value
                elif name == b"host":
                    host = value
            # A host that is not ours is for the app to turn away (pitfall 12).
            if not self._hosts or host_name(host) in self._hosts:
                page = self._pages.get(scope["path"])
                if page is None:
                    page = await self._in_thread(self._pages.make, scope["path"])
                if page is not None:
                    reply = page.reply(method, accept, held)
                    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
                    await send({"type": "http.response.body", "body": reply.body})
                    return
        await self._ask_app(scope, receive, send)

    async def _ask_app(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST" and self._large_posts and self._large_posts[0].match(scope["path"]):
            await self._ask_with_large(scope, receive, send, self._large_posts[1])
            return
        weight = Weight(self._held)
        try:
            await self._ask_once_whole(scope, receive, send, Gathering(weight, self._body_limit, self._held_limit))
        finally:
            weight.drop()

    async def _ask_with_large(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        """What may be large: it has its room from the beginning, or the app says kindly that there is none now."""
        room = min(_length(scope) or limit, limit)
        busy = self._held_large > 0 and self._held_large + room > LARGE_HELD_LIMIT
        gathering = Gathering(Weight([0]), 0 if busy else limit, limit, LARGE_WHOLE / WHOLE, limit * 4, busy)
        self._held_large += 0 if busy else room
        try:
            await self._ask_once_whole(scope, receive, send, gathering)
        finally:
            self._held_large -= 0 if busy else room

    async def _ask_once_whole(self, scope: Scope, receive: Receive, send: Send, gathering: Gathering) -> None:
        body: bytes | None = b""
        try:
            if scope["method"] not in WITHOUT_BODY:
                async with asyncio.timeout(self._whole * gathering.patience) as patience:
                    self._gathering.add(patience)
                    try:
                        body = await self._gather(scope, receive, gathering)
                    finally:
                        self._gathering.discard(patience)
        except TimeoutError:
            # 408 without words: the browser keeps the form, so going back brings every word.
            await _plain(send, 408)
            return
        except Full:
            await _plain(send, 503)
            return
        environ = environ_of(scope, body if body is not None else b"")
        if gathering.busy:
            environ["portal.busy"] = True
        elif body is None:
            # The app sees the size and none of the text: with MAX_CONTENT_LENGTH it answers its own 413 page.
            environ["CONTENT_LENGTH"] = str(max(_length(scope), gathering.limit + 1))
            environ["portal.too_large"] = True
        try:
            pool = self._pool_for(scope)
            running = await self._in_thread(Running.start, self._app, environ, pool=pool)
        except Exception as error:
            # Only the kind: the text of an exception may hold what somebody wrote.
            log.error("the app raised %s", type(error).__name__)
            await _plain(send, 500)
            return
        await self._pass_on(running, send)

    async def _pass_on(self, running: Running, send: Send) -> None:
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in running.headers
            if name.lower() not in ("server", "connection")
        ]
        await send({"type": "http.response.start", "status": running.status, "headers": [*headers, SERVER]})
        try:
            while not running.finished:
                # A long answer is made piece by piece: no thread waits while a slow phone takes a piece in.
                await send({"type": "http.response.body", "body": running.take(), "more_body": True})
                await self._in_thread(running.go_on)
        finally:
            if not running.finished:
                await self._in_thread(running.close)
        await send({"type": "http.response.body", "body": running.take()})

    async def _gather(self, scope: Scope, receive: Receive, gathering: Gathering) -> bytes | None:
        """The whole body, or None when it is more than we take."""
        declared, limit, weight = _length(scope), gathering.limit, gathering.weight
        if declared > gathering.polite:
            return None
        pieces: list[bytes] = []
        size = 0
        while True:
            async with asyncio.timeout(self._silence):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            piece: bytes = message.get("body", b"")
            size += len(piece)
            if size <= limit:
                pieces.append(piece)
                weight.add(len(piece), gathering.held)
            else:
                pieces.clear()
                weight.drop()
            if not message.get("more_body", False):
                if declared and size != declared:
                    # Half of what somebody wrote must never be taken for the whole.
                    raise Gone
                return b"".join(pieces) if size <= limit else None
            if size > gathering.polite:
                return None

    def _pool_for(self, scope: Scope) -> ThreadPoolExecutor:
        lines = (pool for path, pool in self._slow if scope["method"] == "POST" and path.search(scope["path"]))
        return next(lines, self._pool)

    async def _in_thread(self, work: Callable[..., T], *given: Any, pool: ThreadPoolExecutor | None = None) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool or self._pool, partial(work, *given))

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._pages.warm()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await asyncio.to_thread(self._pages.stop)
                # What is being written for somebody is finished before the process ends.
                for pool in (self._pool, *(slow for _, slow in self._slow)):
                    await asyncio.to_thread(pool.shutdown)
                await send({"type": "lifespan.shutdown.complete"})
                return


def _length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


async def _plain(send: Send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store"), (b"connection", b"close"), SERVER]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
