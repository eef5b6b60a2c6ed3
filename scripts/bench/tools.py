"""Small tools of the bench: processes that end with it, free ports, waiting, CPU and memory of a process tree."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
PYTHON = str(ROOT / ".venv" / "bin" / "python")


def say(words: str) -> None:
    """Progress, at once."""
    print(words, flush=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class Process:
    """A server of the bench, in a session of its own, ended with everything that it started."""

    def __init__(self, words: Sequence[str], url: str, log: Path, env: Mapping[str, str] | None = None) -> None:
        self.url = url
        self._log = log
        self._started = time.perf_counter()
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                list(words),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={**os.environ, **(env or {})},
                start_new_session=True,
            )

    def __enter__(self) -> Process:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end(signal.SIGTERM)

    def until_it_answers(self, path: str, seconds: float = 120.0) -> float:
        """Seconds from exec to the first 200 of `path`."""
        while time.perf_counter() - self._started < seconds:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.url + path, timeout=20) as answer:
                    answer.read()
                    return time.perf_counter() - self._started
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.005)
        raise SystemExit(f"{self.url}{path} did not answer.\n" + self._log.read_text(errors="replace")[-2000:])

    def end(self, sign: signal.Signals) -> None:
        """Ends the process and all that it started; only its own session is touched."""
        for attempt in (sign, signal.SIGKILL):
            try:
                os.killpg(self._process.pid, attempt)
                self._process.wait(15)
            except ProcessLookupError:
                return
            except subprocess.TimeoutExpired:
                continue
        self._process.poll()

    def cpu(self) -> float:
        """Seconds of CPU so far, of the process and all that it started."""
        ticks = 0
        for pid in self._tree():
            try:
                stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            ticks += int(stat[11]) + int(stat[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Bytes that are its own share (PSS), of the process and all that it started."""
        kilobytes = 0
        for pid in self._tree():
            try:
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return kilobytes * 1024

    def _tree(self) -> list[int]:
        """All processes of its session."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    stat = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(stat[3]) == self._process.pid:
                    found.append(int(entry.name))
        return found


def serve_with_granian(target: str, port: int, interface: str, threads: int = 1) -> list[str]:
    """The words that start a baseline app: granian as one worker without a log."""
    words = [PYTHON, "-m", "granian", target, "--host", "127.0.0.1", "--port", str(port), "--interface", interface]
    words += [
        "--workers",
        "1",
        "--no-log",
        *(["--factory"] if interface == "wsgi" else []),
        "--backlog",
        "2048",
        "--backpressure",
        "2048",
    ]
    return words + (["--blocking-threads", str(threads)] if interface == "wsgi" else [])
