"""Style sheets, scripts and pictures, by WhiteNoise, with the headers that the app's own answers carry.

An address with `?v=<hash>` never changes what it means, so it may be kept for a year. Text files are laid compressed
beside their originals in the portal's own folder, because a style sheet of 100 KB is a long wait on a slow telephone.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/static/"
FOR_A_YEAR = "public, max-age=31536000, immutable"
AN_HOUR = 3600


def wrap_static(app: WSGIApplication, static_dir: Path, pressed_dir: Path | None = None) -> WSGIApplication:
    """The app with `static_dir` served under /static/; compressed copies are kept in `pressed_dir` when it is given."""
    root = _pressed(static_dir, pressed_dir) if pressed_dir is not None else static_dir
    files: WSGIApplication = WhiteNoise(
        app, root=root, prefix=PREFIX, max_age=AN_HOUR, allow_all_origins=False, add_headers_function=_add_headers
    )

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        named = environ.get("PATH_INFO", "").startswith(PREFIX) and environ.get("QUERY_STRING", "").startswith("v=")
        return files(environ, _for_a_year(start_response) if named else start_response)

    return answer


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # An SVG opened on its own is a document, and must not be able to run anything either.
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def _for_a_year(start_response: StartResponse) -> StartResponse:
    def start(status: str, headers: list[tuple[str, str]], exc_info: object = None, /) -> Callable[[bytes], object]:
        if status[:3] in ("200", "206", "304"):
            headers = [pair for pair in headers if pair[0].lower() != "cache-control"]
            headers.append(("Cache-Control", FOR_A_YEAR))
        return start_response(status, headers)

    return start


def _pressed(static_dir: Path, pressed_dir: Path) -> Path:
    """A copy of the files with .br and .gz beside them, in a folder named by what it was made from."""
    sources = sorted(path for path in static_dir.rglob("*") if path.is_file())
    seen = "".join(
        f"{path.relative_to(static_dir)}:{path.stat().st_size}:{path.stat().st_mtime_ns}\n" for path in sources
    )
    made = pressed_dir / hashlib.sha256(seen.encode()).hexdigest()[:24]
    if not made.exists():
        pressed_dir.mkdir(parents=True, exist_ok=True)
        compressor = Compressor(quiet=True)
        with tempfile.TemporaryDirectory(dir=pressed_dir) as making:
            for source in sources:
                copy = Path(making) / "files" / source.relative_to(static_dir)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, copy)
                if compressor.should_compress(copy.name):
                    compressor.compress(str(copy))
            # Another start may have been quicker; then its folder is as good as ours.
            with contextlib.suppress(OSError):
                (Path(making) / "files").rename(made)
    for older in sorted(pressed_dir.iterdir()):
        if older != made:
            shutil.rmtree(older, ignore_errors=True)
    return made
