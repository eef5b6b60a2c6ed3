"""A small app of three public pages and some private ones, to try the front without the rest of the house."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, request

from portal.serving.ready import ReadyPages

PATHS = ["/en/", "/ur/support", "/pl/words-explained"]


def a_small_app() -> Flask:
    app = Flask("small", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    app.extensions["public_paths"] = lambda: list(PATHS)
    app.extensions["public_revision"] = "first"
    app.extensions["rendered"] = []
    app.extensions["asked"] = 0

    @app.get("/<lang>/", defaults={"page": "front"})
    @app.get("/<lang>/<page>")
    def article(lang: str, page: str) -> Response:
        app.extensions["rendered"].append(request.path)
        text = f"<!doctype html><html lang={lang}><title>{page}</title><p>" + "آپ کا سوال " * 200
        answer = Response(text, mimetype="text/html")
        answer.headers["Cache-Control"] = "public, max-age=300, stale-while-revalidate=600"
        answer.headers["Content-Security-Policy"] = "default-src 'none'"
        return answer

    @app.get("/private")
    def private() -> Response:
        return Response("only yours", headers={"Cache-Control": "no-store"})

    @app.get("/asked")
    def asked() -> str:
        return str(app.extensions["asked"])

    @app.post("/ask")
    def ask() -> tuple[str, int]:
        app.extensions["asked"] += 1
        return f"{len(request.get_data())} bytes from {request.headers.get('Cookie', 'nobody')}", 200

    @app.errorhandler(413)
    def too_large(_: Exception) -> tuple[str, int]:
        return "more than can be taken at once", 413

    @app.get("/long")
    def long() -> Response:
        return Response((b"x" * 100_000 for _ in range(60)), mimetype="text/plain")

    @app.get("/where")
    def where() -> dict[str, str]:
        kept = ("PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "wsgi.url_scheme", "HTTP_X_FORWARDED_FOR", "HTTP_COOKIE")
        return {name: str(request.environ.get(name)) for name in kept}

    return app


@pytest.fixture
def paths() -> list[str]:
    return PATHS


@pytest.fixture
def app() -> Flask:
    return a_small_app()


@pytest.fixture
def pages(app: Flask, tmp_path: Path) -> Iterator[ReadyPages]:
    made = ReadyPages.of(app, tmp_path)
    yield made
    made.stop()
