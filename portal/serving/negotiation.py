"""What a browser accepts, what it already holds, whom it asks: Accept-Encoding, If-None-Match, Host, as RFC 9110 says.

They are parsed once per distinct header and remembered, because a handful of spellings covers nearly every phone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Coding = Literal["br", "gzip", "identity"]

# In the order we prefer them when the browser likes them equally: the first is the smallest on a slow line.
CODINGS: tuple[Coding, ...] = ("br", "gzip", "identity")
# Those in which a page is kept.
PRESSED: tuple[Coding, ...] = ("br", "gzip")

_TAG = re.compile(rb'(?:W/)?("[^"]*")')


@lru_cache(maxsize=256)
def best_coding(accept_encoding: bytes) -> Coding:
    """The coding to answer with; plain bytes when nothing else is welcome, as they are never refused in practice."""
    wishes: dict[str, float] = {}
    for item in accept_encoding.decode("latin-1").lower().split(","):
        name, _, parameters = item.partition(";")
        wishes[name.strip().removeprefix("x-")] = _quality(parameters)
    others = wishes.get("*", 0.0)
    # Plain bytes that nobody asked for are allowed, but come after anything that was asked for (RFC 9110, 12.5.3).
    likings: dict[Coding, float] = {
        "br": wishes.get("br", others),
        "gzip": wishes.get("gzip", others),
        "identity": wishes.get("identity", 0.0001),
    }
    best = max(CODINGS, key=lambda coding: likings[coding])
    return best if likings[best] > 0 else "identity"


def _quality(parameters: str) -> float:
    """The q of one wish: 1 when not given, 0 (not welcome) when it cannot be read."""
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        quality = float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
    return quality if 0.0 <= quality <= 1.0 else 0.0


@lru_cache(maxsize=256)
def host_name(host: bytes) -> str:
    """The name in a Host header, without its port."""
    name = host.decode("latin-1").strip().lower()
    return name if name.endswith("]") else name.rsplit(":", 1)[0]


def holds(if_none_match: bytes, etag: bytes) -> bool:
    """Whether the browser already holds these bytes: one tag, a list, weak tags or `*`."""
    if if_none_match == etag:
        return True
    if if_none_match.strip() == b"*":
        return True
    return etag in _TAG.findall(if_none_match)
