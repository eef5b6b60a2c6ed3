"""Load: `wrk` for pages where it is installed, else a small client of our own; and our own for forms that are sent.

Both ask only servers of this bench, on the loopback address, for a bounded number of seconds. Our own client costs far
more than wrk on the same machine, so ratios taken with it are gentler than the truth; the table says which was used.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclass(frozen=True)
class Load:
    """What one run of load saw; times in seconds."""

    rate: float
    p50: float
    p99: float
    done: int
    odd: int = 0


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def pages(url: str, clients: int, seconds: float, coding: str = "br") -> Load:
    """GET the same address again and again on kept connections."""
    if has_wrk():
        words = ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--latency", "-H"]
        said = subprocess.run(
            [*words, f"Accept-Encoding: {coding}", url], check=True, capture_output=True, text=True
        ).stdout
        return _read_wrk(said)
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    request = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: {coding}\r\n\r\n".encode()
    return sends(url, clients, seconds, lambda: request, frozenset({200}))


def _read_wrk(said: str) -> Load:
    def time_of(label: str) -> float:
        found = re.search(rf"^\s*{label}\s+([\d.]+)(us|ms|s|m)\b", said, re.MULTILINE)
        return float(found[1]) * UNITS[found[2]] if found else float("nan")

    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    done = re.search(r"(\d+) requests in", said)
    odd = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return Load(
        float(rate[1]) if rate else 0.0,
        time_of("50%"),
        time_of("99%"),
        int(done[1]) if done else 0,
        int(odd[1]) if odd else 0,
    )


def sends(url: str, clients: int, seconds: float, make: Callable[[], bytes], good: frozenset[int]) -> Load:
    """Sends what `make` gives, on `clients` kept connections; an answer outside `good` is counted as odd."""
    return asyncio.run(_sends(url, clients, seconds, make, good))


async def _sends(url: str, clients: int, seconds: float, make: Callable[[], bytes], good: frozenset[int]) -> Load:
    parts = urlsplit(url)
    took: list[float] = []
    odd = 0
    began = time.perf_counter()
    end = began + seconds

    async def client() -> None:
        nonlocal odd
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while time.perf_counter() < end:
            at = time.perf_counter()
            writer.write(make())
            status, closes = await _answer(reader)
            took.append(time.perf_counter() - at)
            odd += status not in good
            if closes:
                writer.close()
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return summary(took, time.perf_counter() - began, odd)


def summary(took: list[float], seconds: float, odd: int = 0) -> Load:
    if len(took) < 2:
        return Load(len(took) / seconds, float("nan"), float("nan"), len(took), odd)
    cuts = statistics.quantiles(took, n=100)
    return Load(len(took) / seconds, cuts[49], cuts[98], len(took), odd)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = re.search(rb"\r\ncontent-length: *(\d+)", head)
    if length:
        await reader.readexactly(int(length[1]))
    elif b"transfer-encoding: chunked" in head:
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(head[9:12]), b"\r\nconnection: close" in head


def median(loads: list[Load]) -> Load:
    """The middle of several runs, figure by figure."""
    return Load(
        statistics.median(load.rate for load in loads),
        statistics.median(load.p50 for load in loads),
        statistics.median(load.p99 for load in loads),
        sum(load.done for load in loads),
        sum(load.odd for load in loads),
    )
