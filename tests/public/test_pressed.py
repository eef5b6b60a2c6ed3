"""Pages that answer one question of a reader travel as small as ready pages do."""

import gzip

import brotli
import pytest
from flask import Flask

ASKED = (
    "/bn/search?q=coroner",
    "/ur/begin?a=b",
    "/gu/find-support?what=a",
    "/ar/which-panel?place=Bristol",
    "/en/nowhere",
)


@pytest.mark.parametrize("path", ASKED)
def test_an_answer_to_a_question_is_pressed_and_says_the_same(app: Flask, path: str) -> None:
    client = app.test_client()
    plain = client.get(path)
    assert "Content-Encoding" not in plain.headers
    for coding, unpressed in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = client.get(path, headers={"Accept-Encoding": coding})
        assert answer.status_code == plain.status_code
        if path != "/en/nowhere":  # no door answers there
            assert answer.headers["Content-Encoding"] == coding
            assert "Accept-Encoding" in answer.headers["Vary"]
            assert unpressed(answer.data) == plain.data
            assert int(answer.headers["Content-Length"]) == len(answer.data) < 14_000


@pytest.mark.parametrize("wish", ["", "identity", "br;q=0, gzip;q=0", "zstd"])
def test_who_cannot_unpress_gets_it_plain(app: Flask, wish: str) -> None:
    answer = app.test_client().get("/en/search?q=coroner", headers={"Accept-Encoding": wish})
    assert "Content-Encoding" not in answer.headers
    assert b"<main" in answer.data


def test_a_private_page_is_never_pressed_here(app: Flask) -> None:
    answer = app.test_client().get("/en/i/abc", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers, "its length could give away what it holds"
