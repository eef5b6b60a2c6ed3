"""The start of a person's own space: what waits for them, what they can do, and where everything is."""

from flask import url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.access import May
from portal.door import Here
from portal.family import (
    answer_views,
    bring_views,
    change_views,
    copy_views,
    display_views,
    leaving_views,
    link_views,
    news_views,
    pages,
    presence_views,
    sharing_views,
    told_views,
    way_back_views,
    wishes_views,
    words_views,
    write_views,
)
from portal.family.door import door, link_door, review_here
from portal.page import render
from portal.reading import beside_a_space
from portal.review import answers, questions
from portal.review.answers import Hearing
from portal.review.people import FamilyMember, StaffMember
from portal.stages import now_in, stage_labels
from portal.words import gettext

__all__ = [
    "answer_views",
    "bring_views",
    "change_views",
    "copy_views",
    "display_views",
    "door",
    "leaving_views",
    "link_door",
    "link_views",
    "news_views",
    "presence_views",
    "sharing_views",
    "told_views",
    "way_back_views",
    "wishes_views",
    "words_views",
    "write_views",
]


@door.show("/<lang:lang>/your-space", may=May.USE_OWN_SPACE)
def space(here: Here[FamilyMember]) -> Response:
    """Show the start of the person's space."""
    review, key_worker = review_here(here)
    panel = here.house.panels.named(review.panel)
    page = pages.SpacePage(
        stage_labels(),
        review.stage.value,
        now_in(review.stage, key_worker),
        review.next_contact_on if review.next_contact_on and review.next_contact_on >= clock.now().date() else None,
        here.db.get_one(StaffMember, review.key_worker_id).name,
        key_worker,
        panel.contact_in(here.language) if panel else None,
        _waiting(here),
        words_views.written_by(here, key_worker)[:5],
        beside_a_space(panel),
    )
    return render(page)


def _waiting(here: Here[FamilyMember]) -> list[pages.Waiting]:
    found = []
    for question in questions.asked_by(here.db, here.caller):
        answer = answers.there_for(here.db, question)
        if answer is not None and answer.hearing in (Hearing.NOT_SAID, Hearing.LATER, Hearing.WITH_KEY_WORKER):
            url = url_for("family.answer", reference=question.reference)
            sentence = gettext("There is something from the panel about your question. It waits until you want it.")
            found.append(pages.Waiting(url, question.reference, sentence))
    return found
