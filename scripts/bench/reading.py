"""R1-R3 and S1: a ready page beside nginx, beside Flask, and beside hundreds of slow phones. Runs take turns."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import load
import nginx
from firstview import view
from goals import Row
from load import Load, median
from tools import PYTHON, ROOT, Process, free_port, say, serve_with_granian

PAGE = "/en/what-happens-next"
NAN = float("nan")


@dataclass(frozen=True)
class Effort:
    """How long and how often."""

    rounds: int
    seconds: float


def page_app(folder: Path, page: str) -> Process:
    """The baseline app that makes the page at each request, under granian with threads."""
    (folder / "page.html").write_text(page)
    port = free_port()
    env = {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts' / 'bench'}",
        "BENCH_PAGE": str(folder / "page.html"),
        "BENCH_TEXT": str(ROOT / "content" / "en" / (PAGE.rpartition("/")[2] + ".md")),
    }
    words = serve_with_granian("apps:page", port, "wsgi", threads=8)
    return Process(words, f"http://127.0.0.1:{port}", folder / "page-app.log", env)


def against_others(portal: Process, folder: Path, effort: Effort) -> list[Row]:
    """R1, R2, R3."""
    seen = view(portal.url, PAGE)
    coding = nginx.coding()
    with ExitStack() as stack:
        flask = stack.enter_context(page_app(folder, seen.text))
        flask.until_it_answers("/jinja")
        addresses = {"ready": portal.url + PAGE, "jinja": flask.url + "/jinja", "markdown": flask.url + "/whole"}
        # The same page with a query is not ready: the portal's own view makes it.
        addresses["view"] = portal.url + PAGE + "?again=1"
        processes = {"ready": portal}
        if nginx.program():
            static = stack.enter_context(nginx.start(folder, seen.text, seen.headers))
            static.until_it_answers("/page")
            addresses["nginx"], processes["nginx"] = static.url + "/page", static
        else:
            say("  nginx is not installed: R2 and R3 are left out (apt-get install nginx-light)")
        many: dict[str, list[Load]] = {name: [] for name in addresses}
        single: dict[str, list[Load]] = {name: [] for name in processes}
        cpu: dict[str, list[float]] = {name: [] for name in processes}
        for turn in range(effort.rounds):
            say(f"  round {turn + 1} of {effort.rounds}: the same page, 64 connections and 1")
            for name, address in addresses.items():
                before = processes[name].cpu() if name in processes else 0.0
                found = load.pages(address, 64, effort.seconds, coding)
                many[name].append(found)
                if name in processes:
                    cpu[name].append((processes[name].cpu() - before) / max(1, found.done))
                    single[name].append(load.pages(address, 1, effort.seconds, coding))
    best = {name: median(found) for name, found in many.items()}
    alone = {name: median(found) for name, found in single.items()}
    for name, found in best.items():
        say(
            f"  {name:9} {found.rate:9,.0f}/s  p99 {found.p99 * 1000:7.2f} ms"
            + (f"  odd {found.odd}" if found.odd else "")
        )
    ready = best["ready"]
    rows = [
        Row("R1", "ready page : the portal's own view", ready.rate / best["view"].rate, 15, False),
        Row("R1", "ready page : the same bytes by Flask and Jinja", ready.rate / best["jinja"].rate, 15, False),
        Row("R1", "ready page : Flask, Babel, Markdown, bleach", ready.rate / best["markdown"].rate, 200, False),
    ]
    if "nginx" not in best:
        return rows
    spent = {name: sorted(values)[len(values) // 2] for name, values in cpu.items()}
    kind = f"nginx {coding} file"
    return [
        *rows,
        Row("R2", f"CPU per page : {kind}", spent["ready"] / spent["nginx"] if spent["nginx"] else NAN, 2.5, True),
        Row("R2", f"pages a second at 64 connections : {kind}", ready.rate / best["nginx"].rate, 0.4, False),
        Row("R2", f"pages a second at 1 connection : {kind}", alone["ready"].rate / alone["nginx"].rate, 0.5, False),
        Row("R3", f"p99 at 64 connections : {kind}", ready.p99 / best["nginx"].p99, 3, True),
    ]


def beside_slow_phones(portal: Process, effort: Effort) -> list[Row]:
    """S1: pages at 8 connections while phones idle, send and read drop by drop, beside the same alone."""
    address, parts, coding = portal.url + PAGE, urlsplit(portal.url), nginx.coding()
    rows = []
    for phones in (200, 1000):
        alone: list[Load] = []
        beside: list[Load] = []
        lost = 0
        for turn in range(effort.rounds):
            say(f"  round {turn + 1} of {effort.rounds}: {phones} slow phones")
            alone.append(load.pages(address, 8, effort.seconds, coding))
            words = [PYTHON, str(ROOT / "scripts" / "bench" / "phones.py"), str(parts.hostname), str(parts.port)]
            seconds = str(effort.seconds + 3 + phones / 500)
            crowd = subprocess.Popen([*words, str(phones), seconds, PAGE], stdout=subprocess.PIPE, text=True)
            assert crowd.stdout is not None
            crowd.stdout.readline()
            beside.append(load.pages(address, 8, effort.seconds, coding))
            lost += int((crowd.stdout.read().split() or ["lost", "-1"])[-1])
            crowd.wait()
        quiet, busy = median(alone), median(beside)
        calm = max(3 * quiet.p99, 0.005)
        rows += [
            Row("S1", f"pages a second beside {phones} slow phones : alone", busy.rate / quiet.rate, 0.85, False),
            Row("S1", f"p99 beside {phones} slow phones", busy.p99 * 1000, calm * 1000, True, "ms"),
            Row("S1", f"of {phones} slow phones turned away", lost, 0, True, "lost"),
        ]
    return rows
