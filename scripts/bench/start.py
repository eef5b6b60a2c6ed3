"""B1: from exec to the first page, beside an empty app with the same imports; and what it keeps in memory."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from goals import Row
from reading import PAGE, Effort
from tools import PYTHON, ROOT, Process, free_port, say

EMPTY = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import portal.app, portal.commands
from flask import Flask
from portal.serving.server import serve
app = Flask("empty", static_folder=None)
app.extensions["public_paths"] = lambda: []
app.add_url_rule("/", view_func=lambda: "here")
serve(app, port=int(sys.argv[2]), static_dir=Path(sys.argv[3]))
"""


def portal(var: Path, log: Path, port: int = 0) -> Process:
    """The portal as `make run` starts it, on data of its own."""
    port = port or free_port()
    words = [PYTHON, "-m", "portal", "run", "--port", str(port)]
    return Process(words, f"http://127.0.0.1:{port}", log, {"PORTAL_VAR": str(var)})


def until_all_is_ready(var: Path, seconds: float = 120.0) -> None:
    """Waits until the portal has made its pages ready: that work is not what a page costs."""
    end = time.monotonic() + seconds
    before, quiet_since = -1, time.monotonic()
    while time.monotonic() < min(end, quiet_since + 2) or before <= 0:
        made = len([file for file in (var / "ready").rglob("*") if file.is_file()])
        if made != before:
            before, quiet_since = made, time.monotonic()
        if time.monotonic() > end:
            return
        time.sleep(0.1)


def empty(folder: Path) -> Process:
    """An app of one line that imports what the portal imports."""
    port = free_port()
    (folder / "nothing").mkdir(exist_ok=True)
    words = [PYTHON, "-c", EMPTY, str(ROOT), str(port), str(folder / "nothing")]
    return Process(words, f"http://127.0.0.1:{port}", folder / "empty.log")


def first_page(var: Path, folder: Path, effort: Effort) -> list[Row]:
    """B1, on data that is already there."""
    ours: list[float] = []
    theirs: list[float] = []
    memory = 0
    # The same port each time: the address is part of what a page says, so another one makes every page anew.
    port = free_port()
    with portal(var, folder / "start.log", port) as running:
        running.until_it_answers(PAGE)
        until_all_is_ready(var)
    for turn in range(max(3, effort.rounds)):
        say(f"  round {turn + 1} of {max(3, effort.rounds)}: from exec to the first page")
        with empty(folder) as nothing:
            theirs.append(nothing.until_it_answers("/"))
        with portal(var, folder / "start.log", port) as running:
            ours.append(running.until_it_answers(PAGE))
            memory = running.memory()
    first, least = statistics.median(ours), statistics.median(theirs)
    say(f"  portal {first:.2f} s, empty app {least:.2f} s; the portal and its courier hold {memory / 1e6:.0f} MB")
    return [Row("B1", "exec to first page : an empty app with the same imports", first / least, 1.3, True)]
