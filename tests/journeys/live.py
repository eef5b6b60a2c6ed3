"""A whole portal for the journeys: the real server with its courier, over a folder of its own, ended cleanly."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from passlib.totp import TOTP

ROOT = Path(__file__).parents[2]
START_WITHIN = 180.0  # seconds until the demonstration is made and the first page answers
STOP_WITHIN = 20.0
SEND_WITHIN = 20.0  # seconds until the courier has written a message
STEP = 30  # seconds for which an authenticator shows one code
# The real portal, but for one thing: each public page is made when it is asked for, and not all of them in the
# background, which keeps a processor busy for more than a minute. tests/serving looks at that.
_AT_EASE = "from portal.serving.ready import ReadyPages; ReadyPages.warm = lambda pages: None; "
_RUN = "from portal.commands import main; main()"
LINK = re.compile(r"https?://\S+/i/[0-9a-z]{26}")


@dataclass
class Live:
    """The running portal, and what its demonstration wrote down about itself."""

    base: str
    var: Path
    process: subprocess.Popen[bytes]
    demo: dict[str, Any] = field(default_factory=dict)
    inside: dict[str, tuple[Any, str]] = field(default_factory=dict)  # who has signed in: the cookie, and the desk
    _used: dict[str, int] = field(default_factory=dict)

    def staff(self, role: str, panel: str, turn: int = 0) -> dict[str, str]:
        """Return what a member of staff of the demonstration knows and has; of two in a role the first, or the next."""
        found = [one for one in self.demo["staff"] if one["role"] == role and one["panel"] == panel]
        person: dict[str, str] = found[turn]
        return person

    def family(self, language: str) -> dict[str, str]:
        """Return the first person of the demonstration who reads a language."""
        found: dict[str, str] = next(one for one in self.demo["families"] if one["language"] == language)
        return found

    def code(self, person: dict[str, str]) -> str:
        """Return a code that was not used yet, as each works once: the last one, this one or the next.

        The last one works as long as this one is shown: it is taken only while half of that time is left to type it.
        """
        step = max(int(time.time() + STEP / 2) // STEP - 1, self._used.get(person["email"], 0) + 1)
        while step > int(time.time()) // STEP + 1:
            time.sleep(1)
        self._used[person["email"]] = step
        return str(TOTP(key=person["totp_secret"], format="base32").generate(time=step * STEP).token)

    def messages(self) -> set[Path]:
        """Return the messages that the courier wrote so far."""
        return set(Path(self.demo["messages_dir"]).glob("*.json"))

    def link_sent(self, before: set[Path]) -> tuple[str, dict[str, str]]:
        """Wait for a message that was not there before; return its link, and the message."""
        until = time.monotonic() + SEND_WITHIN
        while time.monotonic() < until:
            for path in sorted(self.messages() - before):
                message: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
                if found := LINK.search(message["text"]):
                    return found.group(), message
            time.sleep(0.2)
        raise AssertionError(f"The courier sent no link within {SEND_WITHIN:.0f} seconds.")

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row of every table of the database."""
        with sqlite3.connect(f"file:{self.var / 'portal.db'}?mode=ro", uri=True) as db:
            tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
            rows = {table: sorted(db.execute(f'SELECT * FROM "{table}"'), key=repr) for table in tables}
        db.close()
        return rows

    def stop(self) -> int:
        """Ask the portal to stop, as Ctrl-C does, and return how it ended."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def start(var: Path, port: int = 0, changes: str = "") -> Live:
    """Start a portal over an empty folder, or over one that it left, and wait until it answers."""
    port = port or _free_port()
    base = f"http://127.0.0.1:{port}"
    around = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    around |= {"PORTAL_VAR": str(var), "PORTAL_ARGON2_KIB": "8"}
    log = var.with_suffix(".log")
    with log.open("ab") as out:
        command = [sys.executable, "-c", _AT_EASE + changes + _RUN, "run", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=around, stdout=out, stderr=subprocess.STDOUT)
    live = Live(base, var, process)
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if _answers(base):
            live.demo = json.loads((var / "demo.json").read_text(encoding="utf-8"))
            return live
        time.sleep(0.2)
    live.stop()
    raise AssertionError(f"The portal did not start. It said:\n{log.read_text(errors='replace')[-3000:]}")


def _answers(base: str) -> bool:
    try:
        with urlopen(f"{base}/en/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
