"""The panel's questions: the list, one question, and taking it up."""

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal import danger
from portal.access import May
from portal.door import Here
from portal.page import Choice
from portal.panel import (
    answer_views,
    clearness_views,
    concern_views,
    contribution_views,
    danger_views,
    file_views,
    library_views,
    meeting_views,
    news_views,
    pack_views,
    staff_views,
    support_views,
    translation_views,
    workshop_check_views,
    workshop_translate_views,
    workshop_views,
    workshop_write_views,
)
from portal.panel.door import door, show_page
from portal.panel.forms import ButtonForm
from portal.panel.labels import group_label, standing_label
from portal.panel.lists import QUESTION_GROUPS, Cursor, stretch
from portal.panel.pages import ListPage, QuestionPage, Rows
from portal.panel.showing import (
    acts_for,
    answer_shown,
    key_worker_word,
    question_rows,
    seen_of,
    steps_of,
    ties_of,
    tried,
    words_of,
)
from portal.review import answers
from portal.review import questions as asked
from portal.review.people import StaffMember
from portal.review.questions import Question
from portal.signin.desk import note_reading
from portal.words import gettext


@door.show("/questions", may=May.READ_QUESTIONS)
def questions(here: Here[StaffMember]) -> Response:
    """List the panel's questions by where they are."""
    word, where = key_worker_word(here), request.args.get("where", "")
    groups = [group for group in QUESTION_GROUPS if group.key == where] or QUESTION_GROUPS
    where = where if len(groups) == 1 else ""
    found = stretch(here.db, Question, here.caller, groups, Cursor.read(request.args.get("after", "")))
    filters = [Choice(gettext("All"), url_for("panel.questions"), not where)]
    filters += [
        Choice(group_label(group.key, word), url_for("panel.questions", where=group.key), group.key == where)
        for group in QUESTION_GROUPS
    ]
    parts = [
        Rows(group.key, group_label(group.key, word), question_rows(here, rows, say_where=len(group.states) > 1))
        for group, rows in found.groups
    ]
    nothing = gettext("No family has a question for the panel at the moment.")
    if where:
        nothing = gettext("There is no question here at the moment.")
    following = ""
    if found.following:
        following = url_for("panel.questions", where=where or None, after=str(found.following))
    return show_page(here, ListPage(gettext("Questions from families"), filters, parts, nothing, following))


@door.show("/questions/<uuid:question_id>", may=May.READ_QUESTIONS)
def question(here: Here[StaffMember], question_id: UUID) -> Response:
    """Show one question, the family's own words first."""
    return _question(here, question_id)


@door.change("/questions/<uuid:question_id>/take-up", may=May.HANDLE_QUESTIONS)
def take_up(here: Here[StaffMember], question_id: UUID) -> Response:
    """Take up a question for the panel."""
    found = asked.one_of_panel(here.db, here.caller, question_id)
    form = ButtonForm()
    if not form.validate() or not tried(here, lambda: asked.take_up(here.db, here.caller, found)):
        changed = gettext("A colleague has moved this question on in the meantime, so nothing was changed now.")
        return _question(here, question_id, changed, 409)
    return redirect(url_for(".question", question_id=question_id), 303)


def _question(here: Here[StaffMember], question_id: UUID, changed: str = "", status: int = 200) -> Response:
    found = asked.one_of_panel(here.db, here.caller, question_id)
    answer = answers.to(here.db, found)
    note_reading(here, "question read", found.review_id, found.id)
    sentences, acts = acts_for(here, found, answer)
    page = QuestionPage(
        found.reference,
        standing_label(found.state, key_worker_word(here)),
        words_of(found, danger.url_at("panel", found)),
        ties_of(here, found),
        answer_shown(here, found, answer) if answer else None,
        sentences,
        acts,
        steps_of(here, found, answer),
        seen_of(found, answer),
        changed,
    )
    return show_page(here, page, status)


__all__ = [
    "answer_views",
    "clearness_views",
    "concern_views",
    "contribution_views",
    "danger_views",
    "door",
    "file_views",
    "library_views",
    "meeting_views",
    "news_views",
    "pack_views",
    "staff_views",
    "support_views",
    "translation_views",
    "workshop_check_views",
    "workshop_translate_views",
    "workshop_views",
    "workshop_write_views",
]
