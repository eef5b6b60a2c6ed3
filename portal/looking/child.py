"""The process apart: reads a file from its input, looks into it within limits, and writes what it found.

It knows no key, no database and no settings. Whatever a made-up file does to a decoder happens here, and ends here.
"""

import json
import resource
import sys

from portal.looking.kinds import Kind, NotTaken
from portal.looking.told import told

SECONDS = 10  # of computing
_MEMORY = 1536 * 1024 * 1024
_HANDLES = 64


def main() -> None:
    """Look into what stands on the input; write one line, and after it the copy of a picture."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_HANDLES, _HANDLES))
    data, copy = sys.stdin.buffer.read(), b""
    try:
        form = told(data)
        if form.kind is Kind.PICTURE:
            from portal.looking.pictures import shown

            copy = shown(data)
        found = {"form": form.value}
    except NotTaken as refused:
        found = {"why": refused.why.value}
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + copy)
