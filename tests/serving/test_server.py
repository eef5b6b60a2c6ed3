"""The real server in its own process: pages, forms in drops, static files, one port, a calm end."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.whole  # each starts a server of its own

ROOT = Path(__file__).parents[2]

PROGRAM = """
import runpy, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
a_small_app = runpy.run_path(sys.argv[1] + "/tests/serving/conftest.py")["a_small_app"]
from portal.serving.server import serve
try:
    serve(a_small_app(), port=int(sys.argv[2]), static_dir=Path(sys.argv[3]), var=Path(sys.argv[4]),
          started=lambda: print("started", flush=True))
except OSError:
    print("taken", flush=True)
    sys.exit(3)
print("ended", flush=True)
"""


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def start(port: int, folder: Path) -> subprocess.Popen[str]:
    (folder / "static").mkdir(exist_ok=True)
    (folder / "static" / "look.css").write_text("p { margin-block: 1em }\n" * 200)
    words = [sys.executable, "-c", PROGRAM, str(ROOT), str(port), str(folder / "static"), str(folder / "var")]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"})


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    number = a_free_port()
    process = start(number, tmp_path)
    assert line(process) == "started"
    yield number
    process.send_signal(signal.SIGTERM)
    assert line(process) == "ended"
    assert process.wait(20) == 0
    assert process.stdout is not None
    process.stdout.close()


def get(port: int, target: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]  # kept beside its headers
    connection.close()
    return answer


def test_a_page_its_304_and_a_stylesheet_are_served(port: int) -> None:
    page = get(port, "/en/", Accept_Encoding="br")
    assert (page.status, page.headers["Content-Encoding"], page.headers["Server"]) == (200, "br", "portal")
    again = get(port, "/en/", Accept_Encoding="br", If_None_Match="*")
    assert again.status == 304

    look = get(port, "/static/look.css?v=abc", Accept_Encoding="gzip")
    assert (look.status, look.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert look.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert look.headers["Content-Encoding"] == "gzip"
    assert "immutable" not in get(port, "/static/look.css").headers["Cache-Control"]
    assert get(port, "/static/not/there.css?v=abc").headers["Cache-Control"] != look.headers["Cache-Control"]


def test_fifty_half_sent_forms_keep_nobody_waiting_and_then_arrive_whole(port: int) -> None:
    head = b"POST /ask HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nContent-Length: 10\r\n\r\nfirst"
    phones = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(50)]
    for phone in phones:
        phone.sendall(head)
    assert get(port, "/en/").status == 200
    assert get(port, "/private").status == 200
    for phone in phones:
        phone.sendall(b" half")
        answer = phone.makefile("rb").read()
        phone.close()
        assert answer.endswith(b"10 bytes from nobody")


def test_a_form_that_broke_off_reaches_nobody(port: int, tmp_path: Path) -> None:
    ways = (b"Content-Length: 100\r\n\r\nonly half", b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
    for way in ways:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as phone:
            phone.sendall(b"POST /ask HTTP/1.1\r\nHost: portal\r\n" + way)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as phone:
        phone.sendall(b"POST /ask HTTP/1.1\r\nHost: portal\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwhole")
        assert phone.makefile("rb").read().endswith(b"5 bytes from nobody")
    assert get(port, "/asked").body == b"1"  # type: ignore[attr-defined]  # see get()


def test_a_form_in_chunks_arrives_whole(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/ask", iter([b"a" * 1000] * 7), encode_chunked=True)
    assert connection.getresponse().read() == b"7000 bytes from nobody"
    connection.close()


def test_two_megabytes_are_answered_with_the_apps_own_page(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/ask", b"x" * 2_000_000)
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (413, b"more than can be taken at once")
    connection.close()


@pytest.mark.parametrize(
    "head",
    [
        b"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        b"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Length: -4\r\n\r\nabcd",
        b"POST /ask HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nBad header\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 1_000_000 + b"\r\n\r\n",
    ],
)
def test_a_request_that_two_servers_could_read_differently_is_turned_away(port: int, head: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as phone:
        try:
            phone.sendall(head)
            answer = phone.recv(65536)
        except ConnectionError:
            return
    assert answer.split(b" ", 2)[1] in (b"400", b"431")


def test_a_second_portal_does_not_share_the_port(port: int, tmp_path: Path) -> None:
    second = start(port, tmp_path)
    said, _ = second.communicate(timeout=20)
    assert (said.strip(), second.returncode) == ("taken", 3)
