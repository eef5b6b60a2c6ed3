"""What may be large has room of its own, and a killed portal goes on with a file where it was."""

from __future__ import annotations

import json
import re
import signal
import socket
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from flask import Flask

from portal.serving import asgi
from portal.serving.asgi import Front
from portal.serving.ready import ReadyPages
from tests.family.hostile import picture
from tests.journeys.live import Live, start
from tests.serving.loops import run
from tests.serving.test_front import ask

LARGE = (re.compile("^/large$"), 3 * asgi.BODY_LIMIT)
PART = 256 * 1024


def _app(environ: dict[str, object], begin: Callable[..., object]) -> list[bytes]:
    begin("200 OK", [])
    return [json.dumps([environ["CONTENT_LENGTH"], bool(environ.get("portal.busy"))]).encode()]


def test_one_address_takes_more_and_the_others_do_not(app: Flask, pages: ReadyPages) -> None:
    front = Front(_app, pages, large_posts=LARGE)
    body = [bytes(asgi.BODY_LIMIT), bytes(asgi.BODY_LIMIT)]
    length = [(b"content-length", str(2 * asgi.BODY_LIMIT).encode())]
    _, _, large = run(ask(front, "POST", "/large", length, list(body)))
    _, _, other = run(ask(front, "POST", "/other", length, list(body)))
    assert json.loads(large) == [str(2 * asgi.BODY_LIMIT), False]
    assert json.loads(other) == [str(2 * asgi.BODY_LIMIT), False]  # the size alone: the app answers with its 413
    assert front._held_large == 0


def test_when_there_is_no_room_left_the_app_says_so_and_nothing_is_held(app: Flask, pages: ReadyPages) -> None:
    front = Front(_app, pages, large_posts=LARGE)
    front._held_large = asgi.LARGE_HELD_LIMIT
    _, _, body = run(ask(front, "POST", "/large", [], [bytes(100)]))
    assert json.loads(body) == ["0", True]
    assert front._held_large == asgi.LARGE_HELD_LIMIT


class Phone:
    """A telephone over a real line, with its cookies."""

    def __init__(self) -> None:
        self.jar = CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.jar))
        self.base, self.token = "", ""

    def send(self, path: str, data: bytes | None = None, **headers: str) -> tuple[str, str]:
        """Send, and return where it led and what came back."""
        try:
            with self.opener.open(Request(self.base + path, data, headers), timeout=30) as answer:
                return answer.geturl(), answer.read().decode()
        except HTTPError as refused:
            return refused.geturl(), f"{refused.code} {refused.read().decode()}"

    def page(self, path: str) -> dict[str, str]:
        """Open a page, and return what its form carries unseen."""
        _, html = self.send(path)
        inputs = re.findall(r"<input[^>]*>", html)
        found: dict[str, str] = {}
        for one in inputs:
            name, value = re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)
            if name and value:
                found.setdefault(name[1], value[1])
        self.token = found.get("csrf_token", self.token)
        return found

    def form(self, path: str, fields: dict[str, str]) -> tuple[str, str]:
        """Send a form."""
        return self.send(path, urlencode(fields).encode())

    def part(self, reference: str, data: bytes, at: int) -> None:
        """Send one part."""
        kind = {"X-CSRFToken": self.token, "Content-Type": "application/octet-stream"}
        self.send(f"/en/your-space/brought/{reference}/part?at={at}", data[at : at + PART], **kind)

    def half_a_part(self, reference: str, data: bytes, at: int) -> socket.socket:
        """Send the beginning of a part and no more."""
        where = urlsplit(self.base)
        line = socket.create_connection((str(where.hostname), where.port or 80))
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.jar)
        head = (
            f"POST /en/your-space/brought/{reference}/part?at={at} HTTP/1.1\r\nHost: {where.netloc}\r\n"
            f"Cookie: {cookies}\r\nX-CSRFToken: {self.token}\r\nContent-Type: application/octet-stream\r\n"
            f"Content-Length: {PART}\r\n\r\n"
        )
        line.sendall(head.encode() + data[at : at + PART // 2])
        return line


def _so_far(phone: Phone, reference: str) -> int:
    _, said = phone.send(f"/en/your-space/brought/{reference}/so-far")
    return int(json.loads(said)["have"])


@pytest.mark.whole
def test_a_portal_killed_between_two_parts_goes_on_where_it_was(tmp_path: Path) -> None:
    live: Live = start(tmp_path / "var")
    try:
        mother, phone = live.family("en"), Phone()
        phone.base, data = live.base, picture(size=(2000, 1200))
        assert len(data) > 3 * PART
        link = urlsplit(mother["link"]).path
        fields = phone.page(link)
        where, _ = phone.form(link, {**fields, "number": mother["number"]})
        assert where.endswith("/your-space")
        carried = phone.page("/en/your-space/bring")
        said = {**carried, "name": "p.jpg", "size": str(len(data)), "mark": "the same file"}
        _, answer = phone.form("/en/your-space/bring/begin", said)
        reference = json.loads(answer)["reference"]
        phone.part(reference, data, 0)
        phone.part(reference, data, PART)
        line = phone.half_a_part(reference, data, 2 * PART)
        live.process.send_signal(signal.SIGKILL)
        live.process.wait()
        line.close()
        live = start(tmp_path / "var")
        phone.base = live.base
        assert _so_far(phone, reference) == 2 * PART
        # Half of a part that broke off with the line is not taken for a part.
        phone.half_a_part(reference, data, 2 * PART).close()
        assert _so_far(phone, reference) == 2 * PART
        _, answer = phone.form("/en/your-space/bring/begin", {**said, **phone.page("/en/your-space/bring")})
        assert json.loads(answer)["reference"] == reference
        for at in range(json.loads(answer)["have"], len(data), PART):
            phone.part(reference, data, at)
        where, html = phone.form(f"/en/your-space/brought/{reference}/whole", {"csrf_token": phone.token})
        assert where.endswith(f"/brought/{reference}")
        assert "Your photograph" in html
        with phone.opener.open(f"{live.base}/en/your-space/brought/{reference}/file") as whole:
            assert whole.read() == data
    finally:
        live.stop()
