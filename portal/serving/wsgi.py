"""The same table of ready pages for a host that already has nginx or Caddy in front and runs a plain WSGI server.

It answers byte for byte what `asgi` answers, but does not hold off slow senders: the proxy in front does that.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from portal.serving.negotiation import host_name
from portal.serving.ready import ReadyPages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class ReadyFirst:
    """WSGI: a ready page if there is one, else the app."""

    def __init__(self, app: WSGIApplication, pages: ReadyPages, hosts: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._pages = pages
        self._hosts = hosts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
            return self._app(environ, start_response)
        # A host that is not ours is for the app to turn away (pitfall 12).
        if self._hosts and host_name(environ.get("HTTP_HOST", "").encode("latin-1")) not in self._hosts:
            return self._app(environ, start_response)
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        page = self._pages.get(path) or self._pages.make(path)
        if page is None:
            return self._app(environ, start_response)
        reply = page.reply(
            method,
            environ.get("HTTP_ACCEPT_ENCODING", "").encode("latin-1"),
            environ.get("HTTP_IF_NONE_MATCH", "").encode("latin-1"),
        )
        start_response(
            f"{reply.status} {HTTPStatus(reply.status).phrase}",
            [(name.decode("latin-1"), value.decode("latin-1")) for name, value in reply.headers],
        )
        return [reply.body] if reply.body else []
