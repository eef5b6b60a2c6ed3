"""From an ASGI request that has arrived whole to one call of a WSGI app (PEP 3333), and its answer in pieces."""

from __future__ import annotations

import contextvars
import io
import sys
from collections.abc import Callable, Iterator, MutableMapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

# How much of an answer is made before the thread is given back. Every page of the portal is far below it.
PIECE = 1024 * 1024


def environ_of(scope: MutableMapping[str, Any], body: bytes) -> WSGIEnvironment:
    """The WSGI environ of a whole request."""
    host, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    # raw_path keeps bytes that are not UTF-8; WSGI wants the decoded bytes as if they were latin-1.
    raw = scope.get("raw_path")
    path = unquote_to_bytes(raw.partition(b"?")[0]) if raw else scope["path"].encode()
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", "").encode().decode("latin-1"),
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": str(client[0]),
        "REMOTE_PORT": str(client[1]),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name = raw_name.decode("latin-1").upper()
        # A name with "_" would pass for the one with "-" (X_Forwarded_For); the length is that of what has arrived.
        if "_" in name or name in ("CONTENT-LENGTH", "TRANSFER-ENCODING"):
            continue
        key = "CONTENT_TYPE" if name == "CONTENT-TYPE" else "HTTP_" + name.replace("-", "_")
        value = raw_value.decode("latin-1")
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = environ[key] + joint + value if key in environ else value
    return environ


class Running:
    """One call of a WSGI app. All of it runs in one context, whichever thread takes the next piece."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[str, str]] = []
        self.finished = False
        self._pieces: list[bytes] = []
        self._parts: Iterator[bytes] = iter(())
        self._close: Callable[[], object] | None = None
        self._context = contextvars.copy_context()

    @classmethod
    def start(cls, app: WSGIApplication, environ: WSGIEnvironment) -> Running:
        """Runs the app up to the first piece of its answer; raises what the app raises before that."""
        running = cls()
        running._context.run(running._call, app, environ)
        return running

    def go_on(self) -> None:
        """Makes the next piece."""
        self._context.run(self._gather)

    def close(self) -> None:
        """Ends the call early, as when the reader has gone."""
        self.finished = True
        if self._close is not None:
            self._context.run(self._close)

    def take(self) -> bytes:
        """What has been made since the last time."""
        made, self._pieces = b"".join(self._pieces), []
        return made

    def _call(self, app: WSGIApplication, environ: WSGIEnvironment) -> None:
        answer = app(environ, self._begin)
        self._close = getattr(answer, "close", None)
        self._parts = iter(answer)
        self._gather()

    def _begin(
        self, status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        self.status, self.headers = int(status.split(" ", 1)[0]), headers
        return self._pieces.append

    def _gather(self) -> None:
        size = 0
        try:
            for part in self._parts:
                self._pieces.append(part)
                size += len(part)
                if size >= PIECE:
                    return
        except BaseException:
            self._end()
            raise
        self._end()

    def _end(self) -> None:
        self.finished = True
        if self._close is not None:
            self._close()
