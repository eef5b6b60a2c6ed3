"""Hearing an answer: nothing of it anywhere until the person says "show me", and each choice can be taken back."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import answer_pages as pages
from portal.family import places
from portal.family.door import door, review_here
from portal.languages import ENGLISH
from portal.page import render
from portal.review import answers, questions
from portal.review.answers import Answer, Hearing, Outcome
from portal.review.people import FamilyMember
from portal.review.questions import Question
from portal.review.reviews import NotHere
from portal.words import gettext


@door.show("/<lang:lang>/your-space/words/<reference>/answer", may=May.USE_OWN_SPACE)
def answer(here: Here[FamilyMember], reference: str) -> Response:
    """Offer the four choices; show the answer only to somebody who chose to read it now."""
    question, found = _answer(here, reference)
    _, key_worker = review_here(here)
    shown = found.hearing is Hearing.NOW
    words, language, other = _wording(found, here.caller.language) if shown else ("", "", "")
    page = pages.AnswerPage(
        question.words,
        question.reference,
        pages.offers(found.hearing, key_worker),
        pages.hearing_chosen(found.hearing, key_worker),
        words,
        language,
        other,
        (found.translator or "") if shown and language != ENGLISH else "",
        _how_far(found.outcome) if shown else "",
        key_worker,
        places.url_of(f"add-{question.reference}"),
        places.url_of(f"show-answer-{question.reference}"),
    )
    return render(page)


@door.change("/<lang:lang>/your-space/words/<reference>/answer", may=May.USE_OWN_SPACE)
def choose(here: Here[FamilyMember], reference: str) -> Response:
    """Keep how the person wants to hear it."""
    question, found = _answer(here, reference)
    answers.choose(here.db, here.caller, question, found, chosen())
    return redirect(url_for("family.answer", reference=reference), 303)


def chosen() -> Hearing:
    """Return which of the four choices was pressed. Raises NotHere for anything else."""
    pressed = request.form.get("hearing", "")
    if pressed not in [one.value for one in pages.CHOICES]:
        raise NotHere
    return Hearing(pressed)


def _answer(here: Here[FamilyMember], reference: str) -> tuple[Question, Answer]:
    question = questions.one_of_theirs(here.db, here.caller, reference)
    found = answers.there_for(here.db, question)
    if found is None:
        raise NotHere
    return question, found


def _wording(found: Answer, language: str) -> tuple[str, str, str]:
    """Return the answer in the person's language where there is one, and then the English that it was made from."""
    if found.translation and language == found.translated_into:
        return found.translation, language, found.words
    return found.words, ENGLISH, ""


def _how_far(outcome: Outcome) -> str:
    return {
        Outcome.WHOLE: "",
        Outcome.PARTLY: gettext("The panel could answer a part of your question."),
        Outcome.CANNOT: gettext("The panel could not answer this. Here is why."),
    }[outcome]
