"""Accept-Encoding and If-None-Match, as browsers, crawlers and old telephones write them."""

from __future__ import annotations

import pytest

from portal.serving.negotiation import best_coding, holds


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        (b"", "identity"),
        (b"gzip, deflate, br, zstd", "br"),
        (b"gzip, deflate", "gzip"),
        (b"deflate", "identity"),
        (b"BR", "br"),
        (b"x-gzip", "gzip"),
        (b"br;q=0, gzip", "gzip"),
        (b"br;q=0.0,gzip;q=0", "identity"),
        (b"br;q=0.5, gzip;q=0.9", "gzip"),
        (b"br; q=0.5 , identity; q=0.7", "identity"),
        (b"*", "br"),
        (b"*;q=0", "identity"),
        (b"*;q=0, gzip", "gzip"),
        (b"br;q=0, *", "gzip"),
        (b"identity", "identity"),
        (b"identity;q=0", "identity"),
        (b"br;q=lots, gzip;q=7", "identity"),
        (b"br;q=nan", "identity"),
        (b",,;;q=,=", "identity"),
        (b"\xff\xfe", "identity"),
    ],
)
def test_the_coding_is_the_one_the_browser_likes_best_and_ours_when_it_likes_them_equally(
    accept: bytes, coding: str
) -> None:
    assert best_coding(accept) == coding


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (b'"abc"', True),
        (b'W/"abc"', True),
        (b'"x", "abc"', True),
        (b'"x",W/"abc","y"', True),
        (b"*", True),
        (b" * ", True),
        (b'"abcd"', False),
        (b'"x,abc"', False),
        (b"abc", False),
        (b'"', False),
        (b"", False),
    ],
)
def test_a_browser_holds_a_page_when_it_names_its_tag(said: bytes, answer: bool) -> None:
    assert holds(said, b'"abc"') is answer
