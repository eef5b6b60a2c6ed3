"""What the panel's people see of what families brought: its reference and what it is, and never what it was called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.page import Page


@dataclass(frozen=True)
class FileRow:
    """One line of the list."""

    url: str
    label: str
    reference: str
    sent_at: datetime
    standing: str


@dataclass(frozen=True)
class FilesPage(Page):
    """What families brought for this panel."""

    template: ClassVar[str] = "panel/files.html"
    new: Sequence[FileRow]
    with_panel: Sequence[FileRow]
    following: str


@dataclass(frozen=True)
class FilePage(Page):
    """One thing that a family brought."""

    template: ClassVar[str] = "panel/file.html"
    label: str
    reference: str
    words: str
    code: str
    direction: str
    language: str
    sent_at: datetime
    taken_up_at: datetime | None
    taken_up_by: str
    picture_url: str
    sound_url: str
    file_url: str
    file_name: str
    take_up_url: str
    back: str
