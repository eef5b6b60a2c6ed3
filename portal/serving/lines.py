"""Where the lines of the log go: when there is no room for them, they are left out, and nobody's answer suffers."""

import contextlib
from typing import TextIO


class Lines:
    """A file that is written to when it can be. On a full disk a reader is still told kindly what did not work."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write, or leave it out."""
        with contextlib.suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Bring it to the disk, or leave it."""
        with contextlib.suppress(OSError):
            self._file.flush()
