"""What a key worker sees of what the people of a family brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import url_for

from portal.door import Here
from portal.downloads import file_name
from portal.looking.kinds import Kind
from portal.page import Choice, Page
from portal.review import brought, files
from portal.review.files import File, Keeping
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from portal.sealing import opened
from portal.words import day, gettext


@dataclass(frozen=True)
class FileRow:
    """One line of the list."""

    url: str
    label: str
    reference: str
    who: str
    sent_on: str
    standing: str


@dataclass(frozen=True)
class FilesPage(Page):
    """Everything that the people of a family brought and sent."""

    template: ClassVar[str] = "keyworker/files.html"
    rows: Sequence[FileRow]
    back_url: str


@dataclass(frozen=True)
class FilePage(Page):
    """One thing that somebody brought."""

    template: ClassVar[str] = "keyworker/file.html"
    row: FileRow
    name: str
    words: str
    language: str
    picture_url: str
    sound_url: str
    file_url: str
    file_name: str
    back_url: str


def label_of(file: File) -> str:
    """Say what something is."""
    labels = {
        Kind.PICTURE: gettext("A photograph"),
        Kind.DOCUMENT: gettext("A document"),
        Kind.SOUND: gettext("A spoken message"),
    }
    return labels[file.kind] if file.kind else ""


def files_page(here: Here[StaffMember], review: Review) -> FilesPage:
    """Return what the people of a family brought."""
    rows = [_row(here, file) for file in brought.of_family(here.db, review)]
    return FilesPage(rows, url_for("keyworker.family", review_id=review.id))


def file_page(here: Here[StaffMember], file: File) -> FilePage:
    """Return one thing that somebody brought; a picture only as its clean copy."""
    picture = file.shown_size > 0
    url = url_for("keyworker.file_copy", file_id=file.id)
    return FilePage(
        _row(here, file),
        files.shown_name(file),
        opened(lambda: file.words) or "",
        file.language,
        url if picture else "",
        url if file.kind is Kind.SOUND else "",
        url,
        file_name(file, shown=picture),
        url_for("keyworker.files_of_family", review_id=file.review_id),
    )


def waiting(here: Here[StaffMember], reviews: Sequence[Review]) -> list[tuple[UUID, Choice]]:
    """Return what was brought in these families and nobody has taken up yet, with the review in which it was."""
    return [
        (
            file.review_id,
            Choice(
                gettext("%(what)s was brought", what=label_of(file)),
                url_for("keyworker.brought_file", file_id=file.id),
            ),
        )
        for file in brought.in_families(here.db, reviews, Keeping.SENT)
    ]


def _row(here: Here[StaffMember], file: File) -> FileRow:
    standings = {
        Keeping.SENT: gettext("The panel's coordinator has not taken it up yet."),
        Keeping.WITH_PANEL: gettext("The panel has it."),
    }
    member = here.db.get_one(FamilyMember, file.family_member_id)
    return FileRow(
        url_for("keyworker.brought_file", file_id=file.id),
        label_of(file),
        file.reference,
        opened(lambda: member.name) or "",
        day(file.kept_at) if file.kept_at else "",
        standings.get(file.state, ""),
    )
