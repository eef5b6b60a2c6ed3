"""What the start of a space puts together: what waits, and what was begun.

Each subject says in its own module what waits; here they only stand in the order in which a tired person needs them.
"""

from flask import url_for

from portal.door import Here
from portal.family import brought_views, news_views, own_forms, told_views, writing
from portal.family.pages import Waiting
from portal.family.sharing_pages import waits
from portal.review import answers, questions
from portal.review.answers import Hearing
from portal.review.people import FamilyMember
from portal.words import gettext


def waiting(here: Here[FamilyMember], key_worker: str) -> list[Waiting]:
    """Return what waits until the person is ready for it; nothing of what it says."""
    return [*told_views.waiting(here, key_worker), *_answers(here), *news_views.waiting(here), *waits(here)]


def begun(here: Here[FamilyMember]) -> list[Waiting]:
    """Return what the person began to write and has not sent."""
    return [*writing.begun(here), *own_forms.begun(here), *brought_views.begun(here)]


def _answers(here: Here[FamilyMember]) -> list[Waiting]:
    found = []
    for question in questions.asked_by(here.db, here.caller):
        answer = answers.there_for(here.db, question)
        if answer is not None and answer.hearing in (Hearing.NOT_SAID, Hearing.LATER, Hearing.WITH_KEY_WORKER):
            url = url_for("family.answer", reference=question.reference)
            sentence = gettext("There is something from the panel about your question. It waits until you want it.")
            found.append(Waiting(url, sentence, gettext("Choose how you want to hear it"), question.reference))
    return found
