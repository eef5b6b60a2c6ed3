"""All public pages of the portal: ready bytes are the view's bytes, and small enough for a slow telephone."""

from __future__ import annotations

from collections.abc import Iterator

import brotli
import pytest
from flask import Flask

from portal.serving.ready import ReadyPages
from tests.manners import pressed

pytestmark = pytest.mark.whole
# With TLS, another round trip begins between 10.4 and 11.5 KB.
FIRST_VIEW = 10_000
ONE_FOR_EACH_DIRECTION = ("/en/", "/ur/")


@pytest.fixture(scope="module")
def ready(portal_app: Flask) -> Iterator[ReadyPages]:
    pages = ReadyPages.of(portal_app)
    for path in portal_app.extensions["public_paths"]():
        assert pages.make(path) is not None, f"{path} is public but its answer is not for everybody"
    yield pages
    pages.stop()


def test_every_public_page_is_ready_as_its_view_gives_it(portal_app: Flask, ready: ReadyPages) -> None:
    paths = [path for path in portal_app.extensions["public_paths"]() if path.startswith(ONE_FOR_EACH_DIRECTION)]
    assert paths
    for path in paths:
        said = portal_app.test_client(use_cookies=False).get(path)
        page = ready.get(path)
        assert page is not None
        reply = page.reply("GET", b"br", b"")
        assert brotli.decompress(reply.body) == said.get_data(), path
        headers = {name.decode(): value.decode() for name, value in reply.headers}
        for name, value in said.headers.items():
            if name.lower() not in ("content-length", "vary"):
                assert headers[name.lower()] == value, (path, name)


def test_a_first_view_of_any_page_in_any_language_is_small(portal_app: Flask, ready: ReadyPages) -> None:
    sizes = {}
    for path in portal_app.extensions["public_paths"]():
        page = ready.get(path)
        assert page is not None
        reply = page.reply("GET", b"br", b"")
        # The status line, the date, and the two line ends are what the server adds.
        head = 17 + 37 + 2 + sum(len(name) + len(value) + 4 for name, value in reply.headers)
        sizes[path] = head + pressed(page.text, FIRST_VIEW - head)
    large = {path: size for path, size in sizes.items() if size > FIRST_VIEW}
    assert not large, f"more than {FIRST_VIEW} bytes on the wire: {large}"
