"""Ready pages: the same bytes that the view gives, kept only when they are for everybody."""

from __future__ import annotations

import gzip
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
from flask import Flask

from portal.serving.ready import KEPT_ON_REQUEST, Answer, ReadyPages, ask

UNPACK = {b"br": brotli.decompress, b"gzip": gzip.decompress, None: bytes}


@pytest.mark.parametrize("accept", [b"br", b"gzip", b""])
@pytest.mark.parametrize("warmed", [False, True])
def test_a_ready_page_is_byte_for_byte_what_the_view_gives(
    app: Flask, pages: ReadyPages, paths: list[str], accept: bytes, warmed: bool
) -> None:
    if warmed:
        pages.renew()
    for path in paths:
        said = app.test_client().get(path)
        page = pages.make(path)
        assert page is not None
        reply = page.reply("GET", accept, b"")
        headers = dict(reply.headers)
        assert UNPACK[headers.get(b"content-encoding")](reply.body) == said.get_data()
        assert headers[b"content-length"] == str(len(reply.body)).encode()
        assert headers[b"vary"] == b"Accept-Encoding"
        for name in ("Content-Type", "Cache-Control", "Content-Security-Policy"):
            assert headers[name.lower().encode()].decode() == said.headers[name]


def test_each_coding_has_its_own_strong_tag(pages: ReadyPages) -> None:
    page = pages.make("/en/")
    assert page is not None
    tags = {dict(page.reply("GET", accept, b"").headers)[b"etag"] for accept in (b"br", b"gzip", b"")}
    assert len(tags) == 3
    assert all(tag.startswith(b'"') for tag in tags)


def test_a_page_that_the_browser_holds_is_answered_in_a_few_bytes(pages: ReadyPages) -> None:
    page = pages.make("/en/")
    assert page is not None
    tag = dict(page.reply("GET", b"br", b"").headers)[b"etag"]
    again = page.reply("GET", b"br", b'W/"other", W/' + tag)
    assert (again.status, again.body) == (304, b"")
    assert dict(again.headers)[b"etag"] == tag
    assert sum(len(name) + len(value) + 4 for name, value in again.headers) < 300
    # The tag of one coding is not that of another.
    assert page.reply("GET", b"gzip", tag).status == 200


def test_head_says_what_get_says_without_the_body(pages: ReadyPages) -> None:
    page = pages.make("/en/")
    assert page is not None
    head, get = page.reply("HEAD", b"br", b""), page.reply("GET", b"br", b"")
    assert (head.status, head.headers, head.body) == (200, get.headers, b"")


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (404, [("Content-Type", "text/html"), ("Cache-Control", "public")]),
        (302, [("Content-Type", "text/html"), ("Cache-Control", "public")]),
        (200, [("Content-Type", "text/plain"), ("Cache-Control", "public")]),
        (200, [("Content-Type", "text/html")]),
        (200, [("Content-Type", "text/html"), ("Cache-Control", "no-store")]),
        (200, [("Content-Type", "text/html"), ("Cache-Control", "public"), ("Set-Cookie", "a=b")]),
        (200, [("Content-Type", "text/html"), ("Cache-Control", "public"), ("Vary", "Cookie")]),
        (200, [("Content-Type", "text/html"), ("Cache-Control", "public"), ("Vary", "Accept-Language")]),
    ],
)
def test_an_answer_that_is_not_the_same_for_everybody_is_never_kept(
    status: int, headers: list[tuple[str, str]]
) -> None:
    pages = ReadyPages(lambda path: Answer(status, tuple(headers), b"words"), lambda: ["/en/"])
    assert pages.make("/en/") is None
    pages.renew()
    assert pages.get("/en/") is None


def test_a_path_that_is_not_offered_is_never_rendered(app: Flask, pages: ReadyPages) -> None:
    assert pages.make("/private") is None
    assert pages.make("/en/elsewhere") is None
    assert app.extensions["rendered"] == []


def test_a_second_start_takes_pages_from_disk_and_another_revision_does_not(
    app: Flask, paths: list[str], tmp_path: Path
) -> None:
    ReadyPages.of(app, tmp_path).renew()
    first = ReadyPages.of(app, tmp_path).make("/en/")
    assert sorted(app.extensions["rendered"]) == sorted(paths)

    app.extensions["public_revision"] = "second"
    ReadyPages.of(app, tmp_path).renew()
    assert len(app.extensions["rendered"]) == 2 * len(paths)
    assert len(list((tmp_path / "ready").iterdir())) == 1, "the older revision is removed"
    second = ReadyPages.of(app, tmp_path).make("/en/")
    assert first is not None
    assert second is not None
    assert first.forms == second.forms


@pytest.mark.parametrize("harm", [b"", b"{}\n", b"not json\nrest", b'{"path": "/en/"}\n'])
def test_a_file_that_was_cut_or_altered_is_not_used(app: Flask, tmp_path: Path, harm: bytes) -> None:
    ReadyPages.of(app, tmp_path).renew()
    for file in (tmp_path / "ready").rglob("*"):
        if file.is_file():
            file.write_bytes(harm or file.read_bytes()[:-1])
    page = ReadyPages.of(app, tmp_path).make("/en/")
    assert page is not None
    assert page.reply("GET", b"", b"").body == ask(app, "/en/").body


def test_nothing_is_rendered_at_the_start(app: Flask, tmp_path: Path) -> None:
    ReadyPages.of(app, tmp_path)
    assert app.extensions["rendered"] == []


def test_many_who_ask_at_once_for_a_page_cause_one_rendering(app: Flask, pages: ReadyPages) -> None:
    with ThreadPoolExecutor(8) as readers:
        found = set(readers.map(lambda _: id(pages.make("/en/")), range(50)))
    assert len(found) == 1
    assert app.extensions["rendered"] == ["/en/"]


def test_a_table_is_swapped_whole(app: Flask, tmp_path: Path) -> None:
    pages = ReadyPages.of(app, tmp_path)
    pages.renew()
    app.extensions["public_paths"] = lambda: ["/en/"]
    renewed = ReadyPages.of(app, tmp_path)
    renewed.renew("third")
    assert renewed.get("/en/") is not None
    assert not renewed.is_offered("/ur/support")
    assert pages.get("/ur/support") is not None


# --- other forms of pages, made on request ---------------------------------------------------------------------------


def test_a_form_is_made_when_it_is_asked_for_and_only_the_last_few_are_kept(app: Flask, tmp_path: Path) -> None:
    app.extensions["public_on_request"] = lambda path: path.startswith("/en/form-")
    pages = ReadyPages.of(app, tmp_path)
    pages.renew()
    assert not any("form" in path for path in app.extensions["rendered"]), "forms are never made beforehand"
    for number in range(KEPT_ON_REQUEST + 10):
        assert pages.is_offered(f"/en/form-{number}")
        assert pages.make(f"/en/form-{number}") is not None
    kept = [number for number in range(KEPT_ON_REQUEST + 10) if pages.get(f"/en/form-{number}") is not None]
    assert kept == list(range(10, KEPT_ON_REQUEST + 10))
    assert len(list((tmp_path / "ready").rglob("*"))) == 1 + len(app.extensions["public_paths"]()), "none on disk"
    pages.renew()
    assert all(pages.get(f"/en/form-{number}") is None for number in kept)


def test_plain_bytes_are_unpacked_for_the_few_who_ask_for_them_and_not_kept(pages: ReadyPages) -> None:
    page = pages.make("/en/")
    assert page is not None
    assert set(page.forms) == {"br", "gzip"}
    plain = page.reply("GET", b"", b"")
    assert b"content-encoding" not in dict(plain.headers)
    assert page.reply("GET", b"", dict(plain.headers)[b"etag"]).status == 304


# --- when what pages say has changed ---------------------------------------------------------------------------------


def test_a_full_disk_costs_no_reader_a_page_and_leaves_no_half_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portal.serving.kept.os.replace", full)
    pages = _saying(["said"], ["/en/", "/en/support"], tmp_path)
    pages.renew()
    assert _shown(pages, "/en/support") == b"/en/support said"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def _shown(pages: ReadyPages, path: str) -> bytes:
    page = pages.make(path)
    assert page is not None
    return page.text


def _saying(words: list[str], paths: list[str], var: Path) -> ReadyPages:
    """Return pages that say, in all that is listed and in one form, the last of some words."""
    headers = (("Content-Type", "text/html"), ("Cache-Control", "public"))
    return ReadyPages(
        lambda path: Answer(200, headers, f"{path} {words[-1] if path != paths[0] else 'always'}".encode()),
        lambda: paths,
        on_request=lambda path: path == "/en/form",
        revision="first",
        shelf=var,
    )


def test_from_the_moment_that_pages_are_stale_nobody_gets_an_older_one(tmp_path: Path) -> None:
    words, paths = ["old"], ["/en/", "/en/support"]
    pages = _saying(words, paths, tmp_path)
    pages.renew()
    assert _shown(pages, "/en/support") + _shown(pages, "/en/form") == b"/en/support old/en/form old"
    words.append("new")
    paths.append("/en/added")
    assert _shown(pages, "/en/support") == b"/en/support old", "the app may change before the pages are told"
    pages.stale("second")
    assert [pages.get(path) for path in (*paths, "/en/form")] == [None] * 4
    assert _shown(pages, "/en/support") + _shown(pages, "/en/form") == b"/en/support new/en/form new"
    assert _shown(pages, "/en/added") == b"/en/added new"


def test_stale_pages_are_pressed_again_in_the_background(tmp_path: Path) -> None:
    words = ["old"]
    pages = _saying(words, ["/en/", "/en/support"], tmp_path)
    pages.warm()
    for revision, said in (("second", "new"), ("third", "newer")):
        words.append(said)
        pages.stale(revision)
        until = time.monotonic() + 10
        while time.monotonic() < until and not (page := pages.get("/en/support")):
            time.sleep(0.01)
        assert page is not None
        assert page.text == f"/en/support {said}".encode()
    pages.stop()
    again = _saying(words, ["/en/", "/en/support"], tmp_path)
    assert _shown(again, "/en/support") == b"/en/support newer"


def test_a_page_that_was_being_made_when_pages_became_stale_is_not_kept(tmp_path: Path) -> None:
    words, begun, go_on = ["old"], threading.Event(), threading.Event()
    headers = (("Content-Type", "text/html"), ("Cache-Control", "public"))

    def render(path: str) -> Answer:
        said = words[-1]
        begun.set()
        go_on.wait(10)
        return Answer(200, headers, said.encode())

    pages = ReadyPages(render, lambda: ["/en/"])
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(pages.make, "/en/")
        begun.wait(10)
        words.append("new")
        told = pool.submit(pages.stale, "second")
        go_on.set()
        first.result(10)
        told.result(10)
    assert _shown(pages, "/en/") == b"new"


def test_a_page_that_says_what_it_said_before_keeps_its_bytes(tmp_path: Path) -> None:
    words = ["old"]
    pages = _saying(words, ["/en/", "/en/support"], tmp_path)
    pages.renew()
    before = {path: pages.get(path) for path in ("/en/", "/en/support")}
    words.append("new")
    pages.renew("second")
    same, changed = pages.get("/en/"), pages.get("/en/support")
    assert same is not None
    assert before["/en/"] is not None
    assert same.forms == before["/en/"].forms
    assert changed is not None
    assert before["/en/support"] is not None
    assert changed.forms != before["/en/support"].forms
