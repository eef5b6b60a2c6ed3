"""A log that has no room left costs nobody an answer."""

from typing import TextIO, cast

import pytest
import structlog
from flask import Flask

from portal.review import clearness
from portal.serving.lines import Lines


class FullDisk:
    """A file on a disk without room."""

    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


def test_on_a_full_disk_a_form_that_did_not_work_is_still_answered_in_words(
    portal_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = structlog.get_config()
    monkeypatch.setattr(clearness, "say", stumble)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Lines(cast(TextIO, FullDisk())))))
    try:
        answer = portal_app.test_client().post("/en/support/was-it-clear", data={"clear": "yes", "once": "1"})
    finally:
        structlog.configure(**before)
    assert answer.status_code == 500
    assert "it is our fault" in answer.get_data(as_text=True)
