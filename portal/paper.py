"""Paper: a PDF from a whole page of HTML, made in a process of its own, so that whatever it holds costs bounded time.

Words go in and the PDF comes out through pipes: nothing lies on a disk, and the portal goes on answering meanwhile.
Nothing is ever fetched for it. WeasyPrint needs Pango from the system; where that is missing, ``ready`` says so.
"""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 60  # of a processor's time for one document
PATIENCE = 120  # seconds by the clock, on a machine that has much else to do
_WAIT = 15  # seconds until there is room; whoever waits longer is asked to come back
_ROOM = BoundedSemaphore(2)  # documents at a time: each takes one processor and some 200 MB
_QUEUE = BoundedSemaphore(4)  # with those that wait: each holds one of the eight threads that answer everybody
_MEMORY = 3 * 1024**3  # bytes of addresses; fonts are mapped, not read
_NASTALIQ = ROOT / "static" / "vendor" / "noto-nastaliq-urdu-5.3.0" / "arabic-400.woff2"
# WeasyPrint knows no elements that keep their own direction, so that is said with the characters for it.
_APART = ((re.compile(r'(<(?:bdi|span)\b[^>]*\bdir="ltr"[^>]*>)'), "\\1\u2066"), (re.compile(r"(<bdi>)"), "\\1\u2068"))
_ARGUMENTS = (sys.executable, "-m", "portal.paper")


class NotMade(Exception):
    """There is no PDF: what makes it is missing, has too much to do, or would take too long."""


@cache
def ready() -> bool:
    """Whether PDFs can be made on this machine; asked once."""
    try:
        asked = subprocess.run(
            [*_ARGUMENTS, "ready"], cwd=ROOT, env=_environment(), capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def pdf(html: str, *styles: str) -> bytes:
    """Return a tagged PDF of a whole page of HTML under some style sheets. Raises NotMade."""
    if not _QUEUE.acquire(blocking=False):
        raise NotMade("others wait")
    try:
        return _made(html, styles)
    finally:
        _QUEUE.release()


def _made(html: str, styles: Sequence[str]) -> bytes:
    if not _ROOM.acquire(timeout=_WAIT):
        raise NotMade("others are being made")
    try:
        made = subprocess.run(
            _ARGUMENTS,
            cwd=ROOT,
            env=_environment(),
            input=json.dumps({"html": _kept_apart(html), "styles": styles}).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NotMade(type(problem).__name__) from None  # the message of the first holds nothing, of others who knows
    finally:
        _ROOM.release()
    # What it said of the page may hold people's words, so it is kept nowhere.
    if made.returncode != 0 or not made.stdout.startswith(b"%PDF-"):
        raise NotMade(f"ended with {made.returncode}")
    return made.stdout


def _kept_apart(html: str) -> str:
    for element, begin in _APART:
        html = element.sub(begin, html)
    return re.sub(r"(?<=\u2066|\u2068)([^<\u2066\u2068]*)(?=</(?:bdi|span)>)", "\\1\u2069", html)


def _environment() -> dict[str, str]:
    """Return the environment of the process, without the portal's own secrets."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}


def _make() -> None:
    """Read a page from the pipe and write its PDF to the other."""
    if sys.platform != "win32":
        import resource

        os.nice(5)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold the words
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    given = json.load(sys.stdin.buffer)
    fetcher, fonts = URLFetcher(allowed_protocols=["data"], fail_on_errors=True), FontConfiguration()
    sheets = [
        CSS(string=style, font_config=fonts, url_fetcher=fetcher) for style in (_letters_for_urdu(), *given["styles"])
    ]
    page = HTML(string=given["html"], url_fetcher=fetcher)
    made = page.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    sys.stdout.buffer.write(made)


def _letters_for_urdu() -> str:
    """Return the letters for Urdu inside a style sheet, so that no machine shows it in others."""
    font = base64.b64encode(_NASTALIQ.read_bytes()).decode()
    return f'@font-face{{font-family:"Nastaliq of this house";src:url(data:font/woff2;base64,{font})}}'


if __name__ == "__main__":
    if sys.argv[1:] == ["ready"]:
        import weasyprint  # noqa: F401 - whether it can be imported is the question
    else:
        _make()
