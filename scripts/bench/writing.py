"""W1-W3: questions sent by form. Every one that was acknowledged must be on disk, also after the power goes."""

from __future__ import annotations

import http.client
import signal
import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

import load
from family import WORDS, questions_on_disk, signed_in
from goals import Row
from load import Load, median
from reading import Effort
from tools import ROOT, Process, free_port, say, serve_with_granian

KEPT = frozenset({302, 303})


def raw(folder: Path, clients: int, seconds: float) -> Load:
    """INSERT and COMMIT with WAL and FULL, one writer at a time, nothing else: what the disk and SQLite allow."""
    file = folder / "raw.db"
    took: list[float] = []
    turn = threading.Lock()
    with closing(sqlite3.connect(file, check_same_thread=False, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS sent (id INTEGER PRIMARY KEY, words TEXT)")
        end = time.perf_counter() + seconds

        def client() -> None:
            while time.perf_counter() < end:
                at = time.perf_counter()
                with turn:
                    connection.execute("BEGIN IMMEDIATE")
                    connection.execute("INSERT INTO sent (words) VALUES (?)", (WORDS,))
                    connection.execute("COMMIT")
                took.append(time.perf_counter() - at)

        threads = [threading.Thread(target=client) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return load.summary(took, seconds)


def form_app(folder: Path) -> Process:
    """The form that writes in each thread for itself."""
    port = free_port()
    env = {"PYTHONPATH": f"{ROOT}:{ROOT / 'scripts' / 'bench'}", "BENCH_DATABASE": str(folder / "form.db")}
    words = serve_with_granian("apps:form", port, "wsgi", threads=64)
    return Process(words, f"http://127.0.0.1:{port}", folder / "form-app.log", env)


def _plain_send(netloc: str) -> bytes:
    body = urlencode({"once": f"{time.perf_counter_ns()}-{threading.get_ident()}", "words": WORDS}).encode()
    head = f"POST /ask HTTP/1.1\r\nHost: {netloc}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def questions(portal: Process, var: Path, folder: Path, effort: Effort) -> list[Row]:
    """W1 (stored : acknowledged), W2 and W3."""
    form = signed_in(var, portal.url)
    target = portal.url + form.target
    seconds = effort.seconds
    kept: dict[int, list[Load]] = {8: [], 64: []}
    repeated: dict[int, list[Load]] = {8: [], 64: []}
    bare: dict[int, list[Load]] = {8: [], 64: []}
    plain: list[Load] = []
    before = questions_on_disk(var)
    load.sends(target, 1, 0.2, lambda: form.send("a" * 32), KEPT)
    with form_app(folder) as simple:
        netloc = simple.url.removeprefix("http://")
        _wait_for(netloc)
        for turn in range(effort.rounds):
            for clients in (8, 64):
                say(f"  round {turn + 1} of {effort.rounds}: questions from {clients} people at once")
                kept[clients].append(load.sends(target, clients, seconds, form.send, KEPT))
                # The same question sent again is found and not stored: the same request without the write.
                repeated[clients].append(load.sends(target, clients, seconds, lambda: form.send("a" * 32), KEPT))
                bare[clients].append(raw(folder, clients, seconds))
            plain.append(load.sends(simple.url + "/ask", 64, seconds, lambda: _plain_send(netloc), KEPT))
    stored = questions_on_disk(var) - before
    acknowledged = 1 + sum(found.done - found.odd for loads in kept.values() for found in loads)
    best, again, least = ({n: median(found) for n, found in one.items()} for one in (kept, repeated, bare))
    simple_best = median(plain)
    for clients in (8, 64):
        found, same = best[clients], again[clients]
        say(f"  {clients:3} people: kept {found.rate:6,.0f}/s, not kept {found.odd}")
        say(f"      p50 {found.p50 * 1000:.1f} ms, p99 {found.p99 * 1000:.1f} ms")
        say(f"      without the write {same.rate:,.0f}/s; the disk alone {least[clients].rate:,.0f}/s")
    say(f"   64 people: each thread for itself {simple_best.rate:,.0f}/s, p99 {simple_best.p99 * 1000:.1f} ms")
    odd = sum(found.odd for found in best.values())
    note = f"{odd} were not acknowledged" if odd else ""
    return [
        Row("W1", "questions on disk : acknowledged", stored / acknowledged, 1, False, note=note),
        Row("W2", "sent, 8 people : the same without storing", best[8].rate / again[8].rate, 0.4, False),
        Row("W2", "sent, 64 people : the same without storing", best[64].rate / again[64].rate, 0.6, False),
        Row("W2", "sent, 8 people : SQLite and the disk alone", best[8].rate / least[8].rate, 0.12, False),
        Row("W2", "sent, 64 people : SQLite and the disk alone", best[64].rate / least[64].rate, 0.17, False),
        Row("W3", "p99 : p50 at 8 people", best[8].p99 / best[8].p50, 3, True),
        Row("W3", "p99 of each thread for itself : ours, 64 people", simple_best.p99 / best[64].p99, 10, False),
    ]


def _wait_for(netloc: str) -> None:
    for _ in range(500):
        try:
            load.sends(f"http://{netloc}/ask", 1, 0.01, lambda: _plain_send(netloc), KEPT)
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("the baseline form did not answer")


def power_cut(portal: Process, var: Path) -> Row:
    """W1: kill -9 while eight people send; each acknowledged question is still there. The portal is gone afterwards."""
    form = signed_in(var, portal.url)
    before = questions_on_disk(var)
    acknowledged: list[int] = []

    def person() -> None:
        with closing(http.client.HTTPConnection(form.person.netloc, timeout=20)) as connection, suppress(OSError):
            while True:
                connection.request("POST", form.target, form.body(), form.person.headers())
                answer = connection.getresponse()
                answer.read()
                if answer.status in KEPT:
                    acknowledged.append(1)

    people = [threading.Thread(target=person) for _ in range(8)]
    for one in people:
        one.start()
    time.sleep(1.5)
    portal.end(signal.SIGKILL)
    for one in people:
        one.join()
    stored = questions_on_disk(var) - before
    say(f"  {len(acknowledged)} acknowledged, {stored} on disk")
    return Row("W1", "after kill -9, questions on disk : acknowledged", stored / max(1, len(acknowledged)), 1, False)
