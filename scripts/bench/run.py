"""make bench: the portal beside baselines of the same run, as ratios. It asserts nothing: machines are noisy.

It starts the portal on data of its own (a new folder, a free port), ends everything it started, and prints the goals of
docs/performance.md with what was measured and how far each is from its line.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

import firstview
import reading
import start
import writing
from goals import Row, table, write_into
from load import has_wrk
from reading import Effort
from tools import ROOT, Process, say

GROUPS = ("first", "reading", "phones", "writing", "start")


def first_views(portal: Process) -> list[Row]:
    """P1 and P4, over all public pages in all languages."""
    found = firstview.walk(portal.url)
    if not found:
        raise SystemExit("no public page was found")
    largest = max(found, key=lambda path: found[path][0].size)
    busiest = max(found, key=lambda path: found[path][1])
    say(f"  {len(found)} public pages; the largest is {largest}")
    seen, _ = found[largest]
    again = firstview.view(portal.url, largest, f"If-None-Match: {seen.headers.get('etag', '')}")
    is_kept = all("max-age=" in page.headers.get("cache-control", "") for page, _ in found.values())
    return [
        Row("P1", f"bytes of a first view, largest of {len(found)} pages", seen.size, 10_000, True, "bytes"),
        Row("P1", "requests of a first view", found[busiest][1], 1, True, "requests"),
        Row("P4", "requests of a second view within max-age", 0 if is_kept else 1, 0, True, "requests"),
        Row(
            "P4",
            "bytes of a second view after it",
            again.size if again.status == 304 else seen.size,
            400,
            True,
            "bytes",
        ),
    ]


def main() -> None:
    words = argparse.ArgumentParser(description="How fast, as ratios beside baselines of the same run.")
    words.add_argument("--rounds", type=int, default=3, help="how often each is measured; the middle one counts")
    words.add_argument("--seconds", type=float, default=3.0, help="how long each is measured")
    words.add_argument("--only", choices=GROUPS, nargs="+", default=list(GROUPS))
    words.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    given = words.parse_args()
    effort = Effort(given.rounds, given.seconds)
    if not has_wrk():
        say("wrk is not installed, so a slower client of our own is used: ratios are gentler (apt-get install wrk)")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder, var = Path(name), Path(name) / "var"
        var.mkdir()
        say("Starting the portal on data of its own ...")
        with start.portal(var, folder / "portal.log") as portal:
            portal.until_it_answers(reading.PAGE)
            start.until_all_is_ready(var)
            steps: dict[str, tuple[str, Callable[[], list[Row]]]] = {
                "first": ("what a first and a second view cost", lambda: first_views(portal)),
                "reading": ("a ready page beside others", lambda: reading.against_others(portal, folder, effort)),
                "phones": ("beside slow phones", lambda: reading.beside_slow_phones(portal, effort)),
                "writing": ("questions sent by form", lambda: writing.questions(portal, var, folder, effort)),
            }
            chosen = [one for one in GROUPS if one in given.only]
            for number, group in enumerate(chosen, 1):
                if group in steps:
                    title, measure = steps[group]
                    say(f"[{number}/{len(chosen)}] {title}")
                    rows += measure()
            if "writing" in chosen:
                say("  and a power cut while people send")
                rows.append(writing.power_cut(portal, var))
        if "start" in chosen:
            say(f"[{len(chosen)}/{len(chosen)}] from exec to the first page")
            rows += start.first_page(var, folder, effort)
    rows.sort(key=lambda row: ["P", "R", "S", "W", "B"].index(row.goal[0]) * 10 + int(row.goal[1:]))
    made = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    made += f", {given.rounds} rounds of {given.seconds:g} s, {'wrk' if has_wrk() else 'own client'}"
    said = f"{table(rows)}\n\nMeasured by `make bench`: {made}."
    print("\n" + said)
    if given.write:
        write_into(ROOT / "docs" / "performance.md", said)


if __name__ == "__main__":
    main()
