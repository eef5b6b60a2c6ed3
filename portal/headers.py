"""The headers of every answer: what may be kept, what may be loaded, and what no other site may do with a page."""

import base64
import gzip
import hashlib
import re
import secrets
from enum import Enum
from functools import cache
from urllib.parse import urlsplit

import brotli
from flask import g, request
from werkzeug.wrappers import Response

from portal.house import house
from portal.settings import ROOT

# Short, because a page that turned out to be unsafe if old must not stand in a telephone for a day.
PUBLIC_CACHE = "public, max-age=300, stale-while-revalidate=600"
_DARK = re.compile(r"@media\(prefers-color-scheme:dark\)\{(?:[^{}]*\{[^{}]*\})*\}\s*")


@cache
def public_css(own: str = "") -> tuple[str, str]:
    """Return the style of public pages, with one more sheet where a page has its own, and its hash for the policy."""
    sheets = [ROOT / "static" / f"{name}.css" for name in ("public", own) if name]
    text = "\n".join(sheet.read_text(encoding="utf-8").strip() for sheet in sheets)
    text = re.sub(r"/\*.*?\*/\s*", "", text, flags=re.DOTALL)  # what is said to us need not travel
    if own == "print":
        text = _DARK.sub("", text).replace("color-scheme:light dark", "color-scheme:light")  # paper is white
    text = re.sub(r"\s*\n\s*|;(?=\})|(?<=[:,])\s+", "", text)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return text, f"'sha256-{digest}'"


def csp_nonce() -> str:
    """Return this answer's nonce, for the sign-in extension's own scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


class Freedom(Enum):
    """What one answer may do that others may not; or, of a file that somebody brought, that it may do nothing."""

    NONE = "nothing at all"
    SOUND = "play a sound of this site"
    MICROPHONE = "use the microphone, and play a sound of this site"


def grant(freedom: Freedom) -> None:
    """Say what this one answer may do."""
    g.freedom = freedom


def harden(response: Response) -> Response:
    """Put the headers on an answer that every answer of this house carries."""
    public = "public" in response.headers.get("Cache-Control", "")
    if not public and not request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    style = public_css(g.frame.own_style if "frame" in g else "")[1]
    away = f" {_origin(house().settings.leave_url)}" if "frame" in g and g.frame.leave_post_url else ""
    freedom = g.get("freedom")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self' {style}; script-src 'self'{nonce}; img-src 'self' data:; "
        f"connect-src 'self'; font-src 'self'; form-action 'self'{away}; base-uri 'none'; frame-ancestors 'none'"
        + ("; media-src 'self'" if freedom in (Freedom.SOUND, Freedom.MICROPHONE) else "")
    )
    if freedom is Freedom.NONE:
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    microphone = "(self)" if freedom is Freedom.MICROPHONE else "()"
    response.headers["Permissions-Policy"] = f"camera=(), geolocation=(), microphone={microphone}, payment=(), usb=()"
    if house().settings.secure:
        response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return response


def _origin(url: str) -> str:
    """Return the site to which the button that leaves a space leads after its visit was ended."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def lighten(response: Response) -> Response:
    """Press a page that answers one question of a reader, such as a search; ready pages are pressed where they lie.

    Only at the public door, whose pages hold no secret that the length of an answer could give away.
    """
    if request.blueprint != "public" or response.mimetype != "text/html" or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    coding = request.accept_encodings.best_match(["br", "gzip"])
    if coding and request.accept_encodings.quality(coding) > 0:
        body = response.get_data()
        pressed = brotli.compress(body, mode=brotli.MODE_TEXT, quality=5) if coding == "br" else gzip.compress(body, 6)
        response.set_data(pressed)
        response.headers["Content-Encoding"] = coding
    return response
