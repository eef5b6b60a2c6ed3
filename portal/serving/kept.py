"""Ready pages on disk between two starts, so that a start does not cost more when there are more pages.

One file per page in a folder named by the revision (the hash of text, templates, catalogues and code). A file that is
cut short or altered is not used: the page is simply made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from portal.serving.negotiation import PRESSED, Coding

# Raised when the layout of a file or the way of compressing changes: an older file is never read as a newer one.
_LAYOUT = "2"

Kept = tuple[list[tuple[str, str]], dict[Coding, bytes]]


class Shelf:
    """The folder of one revision."""

    def __init__(self, root: Path, revision: str) -> None:
        self.root = root
        self._folder = root / hashlib.sha256(f"{_LAYOUT}:{revision}".encode()).hexdigest()[:24]

    def get(self, path: str) -> Kept | None:
        """Headers and compressed bodies of a page, or None when it is not there whole."""
        try:
            data = self._file(path).read_bytes()
        except OSError:
            return None
        head, _, rest = data.partition(b"\n")
        try:
            said = json.loads(head)
            if said["path"] != path or said["sum"] != hashlib.sha256(rest).hexdigest():
                return None
            bodies: dict[Coding, bytes] = {}
            at = 0
            for coding in PRESSED:
                length = int(said["lengths"][coding])
                bodies[coding] = rest[at : at + length]
                at += length
            return [(str(name), str(value)) for name, value in said["headers"]], bodies
        except (ValueError, KeyError, TypeError):
            return None

    def put(self, path: str, headers: Iterable[tuple[str, str]], bodies: dict[Coding, bytes]) -> None:
        """Lays a page on the shelf in one step; a full or read-only disk only costs the next start some time."""
        rest = b"".join(bodies[coding] for coding in PRESSED)
        head = {
            "path": path,
            "headers": list(headers),
            "lengths": {coding: len(bodies[coding]) for coding in PRESSED},
            "sum": hashlib.sha256(rest).hexdigest(),
        }
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(head).encode() + b"\n" + rest)
                os.replace(name, self._file(path))
            except OSError:
                os.unlink(name)  # half a page would only fill a full disk further
                raise

    def forget_older(self) -> None:
        """Removes the folders of other revisions."""
        with contextlib.suppress(OSError):
            for folder in sorted(self.root.iterdir()):
                if folder.is_dir() and folder != self._folder:
                    shutil.rmtree(folder, ignore_errors=True)

    def _file(self, path: str) -> Path:
        return self._folder / hashlib.sha256(path.encode()).hexdigest()[:32]
