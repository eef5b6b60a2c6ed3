"""Notes to colleagues about a family, as a key worker meets them: the form first, then what was left, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal.door import Here
from portal.forms import Form, Lines, TextAreaField, needed, no_longer_than
from portal.keyworker.knowing_words import between
from portal.keyworker.wording import child_of
from portal.page import Page
from portal.review import notes
from portal.review.kept import LONGEST
from portal.review.notes import ColleagueNote
from portal.review.people import StaffMember
from portal.review.reviews import Review
from portal.sealing import opened
from portal.words import gettext, later, mark, moment


class NoteForm(Form):
    """One note."""

    words = TextAreaField(
        later("What should a colleague know?"),
        widget=Lines(),
        description=later(
            "Only those who look after this family can read it, now or later. Write it so that you could stand by it "
            "if the family ever asks to see what is kept about them."
        ),
        validators=[needed(mark("Please write what a colleague should know.")), no_longer_than(LONGEST)],
    )


@dataclass(frozen=True)
class NoteRow:
    """One note, and what whoever wrote it can do with it."""

    words: str
    whose: str
    take_back_url: str
    put_back_url: str


@dataclass(frozen=True)
class NotesPage(Page):
    """The notes about one family."""

    template: ClassVar[str] = "keyworker/notes.html"
    child: str
    apart: Sequence[str]
    form: NoteForm
    notes: Sequence[NoteRow]
    back_url: str


def notes_page(here: Here[StaffMember], review: Review, form: NoteForm) -> NotesPage:
    """Return the notes about a family."""
    rows = [_row(here, one) for one in notes.about(here.db, here.caller, review)]
    return NotesPage(
        child_of(review), between(here, review), form, rows, url_for("keyworker.family", review_id=review.id)
    )


def _row(here: Here[StaffMember], note: ColleagueNote) -> NoteRow:
    name = here.db.get_one(StaffMember, note.written_by).name
    whose = gettext("%(name)s, on %(moment)s", name=name, moment=moment(note.written_at))
    back = note.taken_back_at is not None
    if back:
        whose = gettext("%(whose)s. Taken back: only you see it here.", whose=whose)
    mine = note.written_by == here.caller.id
    return NoteRow(
        opened(lambda: note.words) or gettext("These words cannot be shown"),
        whose,
        url_for("keyworker.take_note_back", note_id=note.id) if mine and not back else "",
        url_for("keyworker.put_note_back", note_id=note.id) if mine and back else "",
    )
