"""Looks into a file in a process apart, with a limit of time and memory, and two at once at most."""

import json
import subprocess
import sys
import threading
from pathlib import Path

from portal.looking.child import SECONDS
from portal.looking.kinds import Form, Found, NotTaken, Refusal

_ROOT = str(Path(__file__).resolve().parents[2])
_COMMAND = "import sys; sys.path.insert(0, sys.argv[1]); from portal.looking.child import main; main()"
_AT_ONCE = threading.BoundedSemaphore(2)  # each may take much memory for a moment


def look_into(data: bytes) -> Found:
    """Return what a file is, with the clean copy of a picture. Raises NotTaken when it is not taken."""
    if not data:
        raise NotTaken(Refusal.EMPTY)
    with _AT_ONCE:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-c", _COMMAND, _ROOT],
                input=data,
                capture_output=True,
                timeout=SECONDS * 2,
                check=False,
                env={},
            )
        except subprocess.TimeoutExpired as late:
            raise NotTaken(Refusal.DOES_NOT_OPEN) from late
    line, _, copy = done.stdout.partition(b"\n")
    if done.returncode != 0 or not line:
        raise NotTaken(Refusal.DOES_NOT_OPEN)
    said = json.loads(line)
    if "why" in said:
        raise NotTaken(Refusal(said["why"]))
    return Found(Form(said["form"]), copy)
