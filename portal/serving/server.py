"""The server of `make run`: one process, one event loop, granian listening, the front before Flask.

One process on purpose: the writer lock of SQLite is then a fair queue inside it, and memory is paid once. A deployment
that needs more puts nginx in front of several WSGI processes on PostgreSQL (`wsgi_app`).
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import resource
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from portal.serving.asgi import Front
from portal.serving.ready import ReadyPages
from portal.serving.static import wrap_static
from portal.serving.wsgi import ReadyFirst

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# Connections that wait in the event loop; each costs a file and little else.
CONNECTIONS = 4096
HEAD_LIMIT = 64 * 1024


def front(app: Flask, *, static_dir: Path, var: Path | None = None) -> Front:
    """The ASGI front of an app, with its ready pages and its static files."""
    slow = app.extensions.get("slow_posts", ())
    _lay_over(app)
    large = app.extensions.get("large_posts")
    wsgi, pages = _with_static(app, static_dir, var), ReadyPages.of(app, var)
    return Front(wsgi, pages, hosts=_hosts(app), slow_posts=slow, large_posts=large)


def wsgi_app(app: Flask, *, static_dir: Path, var: Path | None = None) -> WSGIApplication:
    """The same answers for a WSGI server behind nginx or Caddy."""
    _lay_over(app)
    pages = ReadyPages.of(app, var)
    pages.warm()
    return ReadyFirst(_with_static(app, static_dir, var), pages, _hosts(app))


def serve(
    app: Flask,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    static_dir: Path,
    var: Path | None = None,
    started: Callable[[], None] | None = None,
) -> None:
    """Serves until SIGTERM or SIGINT; `started` is called once it listens. Raises OSError when the port is taken."""
    _must_be_free(host, port)
    _allow_many_connections()
    try:
        asyncio.run(_serve(front(app, static_dir=static_dir, var=var), host, port, started))
    finally:
        if "overlay" in app.extensions:
            app.extensions["overlay"].stop()


async def _serve(target: Front, host: str, port: int, started: Callable[[], None] | None) -> None:
    server = Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=30_000, max_buffer_size=HEAD_LIMIT),
        websockets=False,
        backlog=1024,
        backpressure=CONNECTIONS,
        # Private links are in paths, so no access log is ever written (pitfall 8).
        log_access=False,
        log_level=LogLevels.error,
    )
    telling = asyncio.ensure_future(_tell(host, port, started)) if started is not None else None
    # What is there now stays for ever: the collector need not go through it while somebody waits.
    gc.collect()
    gc.freeze()

    def stop() -> None:
        target.hurry()
        server.stop()  # type: ignore[no-untyped-call]  # granian leaves it untyped

    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop)
    try:
        await server.serve()
    finally:
        if telling is not None:
            telling.cancel()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(sign)


async def _tell(host: str, port: int, started: Callable[[], None]) -> None:
    """Calls `started` once a connection is taken: granian's own hook comes before that."""
    while True:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(host, port)
            writer.close()
            started()
            return
        await asyncio.sleep(0.02)


def _with_static(app: Flask, static_dir: Path, var: Path | None) -> WSGIApplication:
    return wrap_static(app.wsgi_app, static_dir, var / "static" if var else None)


def _lay_over(app: Flask) -> None:
    """Lays what was published over the files before the first page is made, and goes on looking for more."""
    overlay = app.extensions.get("overlay")
    if overlay is not None:
        overlay.try_to_look()
        overlay.watch()


def _hosts(app: Flask) -> frozenset[str]:
    return frozenset(app.extensions.get("public_hosts", ()))


def _must_be_free(host: str, port: int) -> None:
    # granian shares ports by design (SO_REUSEPORT): without this, a second portal would answer every other request.
    with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
        pass


def _allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 512 if hard == resource.RLIM_INFINITY else min(CONNECTIONS + 512, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
