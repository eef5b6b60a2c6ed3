"""The front, asked as a server asks it, and then over a real socket: whole, half-sent, too long, in drops."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from portal.serving.asgi import Front
from portal.serving.ready import ReadyPages
from portal.serving.wsgi import ReadyFirst
from tests.serving.loops import run

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

Headers = list[tuple[bytes, bytes]]
Said = tuple[int, dict[bytes, bytes], bytes]


async def ask(
    front: Front,
    method: str = "GET",
    target: str = "/en/",
    headers: Headers | None = None,
    pieces: list[bytes] | None = None,
    receive: Callable[[], Awaitable[dict[str, Any]]] | None = None,
) -> Said:
    """One request through the front, as an ASGI server would hand it over."""
    path, _, query = target.partition("?")
    waiting = list(pieces or [b""])
    sent: list[dict[str, Any]] = []

    async def from_pieces() -> dict[str, Any]:
        piece = waiting.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"portal.test"), *(headers or [])],
        "client": ("192.0.2.7", 4711),
        "server": ("127.0.0.1", 8000),
    }
    await front(scope, receive or from_pieces, send)
    body = b"".join(message.get("body", b"") for message in sent)
    return (sent[0]["status"], dict(sent[0]["headers"]), body) if sent else (0, {}, b"")


@pytest.fixture
def front(app: Flask, pages: ReadyPages) -> Front:
    return Front(app.wsgi_app, pages)


@pytest.mark.parametrize("accept", [b"", b"br", b"gzip", b"br;q=0, gzip"])
def test_the_front_the_wsgi_table_and_the_view_give_the_same_page(
    app: Flask, front: Front, pages: ReadyPages, paths: list[str], accept: bytes
) -> None:
    pages.renew()
    behind_nginx = Client(ReadyFirst(app.wsgi_app, pages))
    for path in paths:
        status, headers, body = run(ask(front, target=path, headers=[(b"accept-encoding", accept)]))
        other = behind_nginx.get(path, headers={"Accept-Encoding": accept.decode()})
        assert (status, body) == (200, other.get_data())
        assert {name.decode(): value.decode() for name, value in headers.items()} == {
            name.lower(): value for name, value in other.headers.items()
        }
    plain = run(ask(front, target="/ur/support"))[2]
    assert plain == app.test_client().get("/ur/support").get_data()


def test_a_held_page_is_304_in_both(front: Front, app: Flask, pages: ReadyPages) -> None:
    tag = run(ask(front))[1][b"etag"]
    status, headers, body = run(ask(front, headers=[(b"if-none-match", b'"a", ' + tag)]))
    assert (status, body, headers[b"etag"]) == (304, b"", tag)
    assert b"content-length" not in headers
    behind_nginx = Client(ReadyFirst(app.wsgi_app, pages))
    assert behind_nginx.get("/en/", headers={"If-None-Match": tag.decode()}).status_code == 304


def test_a_ready_page_does_not_enter_flask_again(front: Front, app: Flask) -> None:
    for _ in range(5):
        run(ask(front, headers=[(b"cookie", b"session=abc")]))
    assert app.extensions["rendered"] == ["/en/"]


def test_a_query_and_another_method_go_to_the_app(app: Flask, front: Front) -> None:
    run(ask(front))
    run(ask(front, target="/en/?a=1"))
    assert app.extensions["rendered"] == ["/en/"] * 2
    assert run(ask(front, "POST"))[0] == 405


def test_a_name_that_is_not_ours_is_turned_away_by_the_app_and_ours_gets_ready_pages(
    app: Flask, tmp_path: Path
) -> None:
    app.config["TRUSTED_HOSTS"] = ["portal.test"]
    app.extensions["public_hosts"] = ["portal.test"]
    pages = ReadyPages.of(app, tmp_path)
    pages.renew()
    assert pages.get("/en/") is not None, "pages are rendered under the portal's own name"
    for hosts, host, status in (
        ("portal.test", "portal.test", 200),
        ("portal.test", "PORTAL.test:8000", 200),
        ("portal.test", "evil.example", 400),
    ):
        app_behind = ReadyFirst(app.wsgi_app, pages, frozenset({hosts}))
        assert Client(app_behind).get("/en/", headers={"Host": host}).status_code == status
    assert run(ask(Front(app.wsgi_app, pages, hosts=frozenset({"portal.test"}))))[0] == 200
    assert run(ask(Front(app.wsgi_app, pages, hosts=frozenset({"portal.example"}))))[0] == 200
    assert len(app.extensions["rendered"]) == len(app.extensions["public_paths"]()) + 1


def test_the_app_sees_the_request_as_it_was_sent(front: Front) -> None:
    headers: Headers = [
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x_forwarded_for", b"198.51.100.1"),
    ]
    seen = json.loads(run(ask(front, target="/where?q=%D9%BE", headers=headers))[2])
    assert seen == {
        "PATH_INFO": "/where",
        "QUERY_STRING": "q=%D9%BE",
        "REMOTE_ADDR": "192.0.2.7",
        "wsgi.url_scheme": "http",
        "HTTP_COOKIE": "a=1; b=2",
        # A header with "_" must not pass for the one with "-".
        "HTTP_X_FORWARDED_FOR": "None",
    }


def test_a_path_in_any_script_reaches_the_app_unharmed(front: Front, app: Flask) -> None:
    @app.get("/<lang>/page/<word>")
    def word(lang: str, word: str) -> str:
        return word

    assert run(ask(front, target="/ur/page/%D9%BE%20x"))[2].decode() == "پ x"


def test_a_body_in_drops_arrives_whole(front: Front) -> None:
    said = run(ask(front, "POST", "/ask", [(b"cookie", b"me")], [b"a" * 10] * 30))
    assert said[2] == b"300 bytes from me"


@pytest.mark.parametrize("pieces", [[b"x" * 2000], [b"x" * 100] * 20])
def test_a_body_over_the_limit_is_answered_by_the_apps_own_page(
    app: Flask, pages: ReadyPages, pieces: list[bytes]
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    front = Front(app.wsgi_app, pages, body_limit=1000)
    assert run(ask(front, "POST", "/ask", pieces=pieces))[::2] == (413, b"more than can be taken at once")
    assert run(ask(front, "POST", "/ask", pieces=[b"x" * 1000]))[0] == 200


def test_a_body_that_says_it_is_huge_is_not_read_at_all(front: Front) -> None:
    async def never() -> dict[str, Any]:
        raise AssertionError("the body was read")

    headers = [(b"content-length", b"99000000000")]
    assert run(ask(front, "POST", "/ask", headers, receive=never))[0] == 413


def test_half_a_form_is_never_taken_for_the_whole(app: Flask, front: Front) -> None:
    headers = [(b"content-length", b"100")]
    assert run(ask(front, "POST", "/ask", headers, [b"only half"]))[0] == 0


def test_silence_in_the_middle_of_a_form_is_ended_without_taking_a_thread(app: Flask, pages: ReadyPages) -> None:
    async def silent() -> dict[str, Any]:
        await asyncio.sleep(3600)
        raise AssertionError

    front = Front(app.wsgi_app, pages, silence=0.02)
    assert run(ask(front, "POST", "/ask", receive=silent))[0] == 408


def test_a_server_that_ends_does_not_wait_for_slow_senders(
    app: Flask, pages: ReadyPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.serving.asgi.AT_THE_END", 0.02)
    front = Front(app.wsgi_app, pages)

    async def silent() -> dict[str, Any]:
        await asyncio.sleep(3600)
        raise AssertionError

    async def story() -> Said:
        slow = asyncio.create_task(ask(front, "POST", "/ask", receive=silent))
        await asyncio.sleep(0.01)
        front.hurry()
        return await slow

    assert run(asyncio.wait_for(story(), 30))[0] == 408


def test_a_reader_who_went_away_is_forgotten(front: Front) -> None:
    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    assert run(ask(front, "POST", "/ask", receive=gone))[0] == 0


def test_more_half_sent_forms_than_threads_keep_nobody_waiting(app: Flask, pages: ReadyPages) -> None:
    front = Front(app.wsgi_app, pages, threads=2)

    async def story() -> None:
        the_rest = asyncio.Event()

        def a_slow_sender() -> Callable[[], Awaitable[dict[str, Any]]]:
            drops = iter([b"half ", b"and half"])

            async def receive() -> dict[str, Any]:
                drop = next(drops)
                if drop == b"and half":
                    await the_rest.wait()
                return {"type": "http.request", "body": drop, "more_body": drop == b"half "}

            return receive

        slow = [asyncio.create_task(ask(front, "POST", "/ask", receive=a_slow_sender())) for _ in range(50)]
        await asyncio.sleep(0)
        assert (await ask(front))[0] == 200
        assert (await ask(front, target="/private"))[2] == b"only yours"
        assert (await ask(front, "POST", "/ask", pieces=[b"quick"]))[0] == 200
        assert not any(task.done() for task in slow)
        the_rest.set()
        assert {said[2] for said in await asyncio.gather(*slow)} == {b"13 bytes from nobody"}

    run(asyncio.wait_for(story(), 30))


def test_a_long_answer_holds_no_thread_while_a_slow_reader_takes_it_in(app: Flask, pages: ReadyPages) -> None:
    front = Front(app.wsgi_app, pages, threads=1)

    async def story() -> None:
        may_go_on = asyncio.Event()
        taken = 0
        scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": "/long",
            "query_string": b"",
            "headers": [],
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request"}

        async def send(message: Any) -> None:
            nonlocal taken
            taken += len(message.get("body", b""))
            if message["type"] == "http.response.body":
                await may_go_on.wait()

        slow = asyncio.create_task(front(scope, receive, send))
        while not taken:
            await asyncio.sleep(0.01)
        assert (await ask(front, target="/private"))[0] == 200
        may_go_on.set()
        await slow
        assert taken == 6_000_000

    run(asyncio.wait_for(story(), 30))


def test_what_the_app_raises_is_answered_calmly_and_only_its_kind_is_logged(
    pages: ReadyPages, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(environ: object, start_response: object) -> list[bytes]:
        raise ValueError("canary words of a family")

    status, _, body = run(ask(Front(broken, pages), target="/private"))
    assert (status, body) == (500, b"")
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text


def test_pages_are_made_ready_from_start_to_stop(app: Flask, paths: list[str], tmp_path: Path) -> None:
    pages = ReadyPages.of(app, tmp_path)
    front = Front(app.wsgi_app, pages)
    told: list[str] = []

    async def story() -> None:
        messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

        async def receive() -> dict[str, Any]:
            if len(messages) == 1:
                while pages.get(paths[-1]) is None:
                    await asyncio.sleep(0.01)
            return messages.pop(0)

        async def send(message: Any) -> None:
            told.append(message["type"])

        await front({"type": "lifespan"}, receive, send)

    run(asyncio.wait_for(story(), 30))
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert not [thread for thread in threading.enumerate() if thread.name == "ready-pages"]
