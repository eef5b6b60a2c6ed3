"""Lays what was published over the files, in every process within seconds, and tells whoever keeps ready pages.

The public door opens no database in a request. So one thread in each process asks every two seconds, by one cheap
question, whether anything new has reached readers; the process that published asks at once.
"""

import threading
from collections.abc import Callable
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from portal.db import Database
from portal.library.article import Library
from portal.workshop import publishing

EVERY = 2.0  # seconds
log = structlog.get_logger("portal")


class Overlay:
    """What is published, over the files of one process."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database, self._library = database, library
        self._laid: tuple[int, UUID | None] = (0, None)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._watcher: threading.Thread | None = None
        self.listeners: list[Callable[[], None]] = []
        self.also: list[Callable[[], None]] = []  # what else is looked at as often

    def look(self) -> bool:
        """Lay over what is new, if anything is; whether something was."""
        with self._lock:
            with self._database.reading() as db:
                newest = publishing.newest(db)
                if newest == self._laid:
                    return False
                texts = publishing.published(db, self._library.files)
            self._library.lay_over(texts)
            for tell in self.listeners:
                tell()
            self._laid = newest  # only now: what goes wrong before is tried again at the next look
        return True

    def watch(self, every: float = EVERY) -> None:
        """Start to look again and again, in a thread of its own."""
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._again, args=(every,), name="overlay", daemon=True)
            self._watcher.start()

    def stop(self) -> None:
        """End the watching."""
        self._stop.set()
        if self._watcher is not None:
            self._watcher.join()

    def _again(self, every: float) -> None:
        while not self._stop.wait(every):
            self.try_to_look()

    def try_to_look(self) -> None:
        """Look; while the database does not answer, readers keep what they have."""
        try:
            self.look()
            for one in self.also:
                one()
        except SQLAlchemyError as problem:
            log.warning("could not see what was published; readers keep what they have", problem=type(problem).__name__)
        except Exception as problem:
            log.error("what was published could not be laid over the files", problem=type(problem).__name__)
