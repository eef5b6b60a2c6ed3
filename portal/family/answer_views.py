"""Hearing an answer: nothing of it anywhere until the person says "show me", and each choice can be taken back."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import answer_pages as pages
from portal.family.door import door, family_frame
from portal.languages import ENGLISH
from portal.page import render
from portal.review import answers, questions
from portal.review.answers import Answer, Hearing, Outcome
from portal.review.people import FamilyMember
from portal.review.questions import Question
from portal.review.reviews import NotHere, Review
from portal.words import gettext

_CHOICES = (Hearing.NOW, Hearing.LATER, Hearing.WITH_KEY_WORKER, Hearing.NOT_AT_ALL)


@door.show("/<lang:lang>/your-space/words/<reference>/answer", may=May.USE_OWN_SPACE)
def answer(here: Here[FamilyMember], reference: str) -> Response:
    """Offer the four choices; show the answer only to somebody who chose to read it now."""
    question, found = _answer(here, reference)
    review = here.db.get_one(Review, here.caller.review_id)
    family_frame(here, review)
    key_worker = here.house.panels.words(here.house.panels.named(review.panel), here.language)["key_worker"]
    shown = found.hearing is Hearing.NOW
    words, language, other = _wording(found, here.caller.language) if shown else ("", "", "")
    page = pages.AnswerPage(
        question.words,
        question.reference,
        [
            (one.value, pages.hearing_label(one, key_worker), _what_it_means(one, key_worker), one is found.hearing)
            for one in _CHOICES
        ],
        pages.hearing_chosen(found.hearing, key_worker),
        words,
        language,
        other,
        (found.translator or "") if shown else "",
        _how_far(found.outcome) if shown else "",
        key_worker,
    )
    return render(page)


@door.change("/<lang:lang>/your-space/words/<reference>/answer", may=May.USE_OWN_SPACE)
def choose(here: Here[FamilyMember], reference: str) -> Response:
    """Keep how the person wants to hear it."""
    question, found = _answer(here, reference)
    chosen = request.form.get("hearing", "")
    if chosen not in [one.value for one in _CHOICES]:
        raise NotHere
    answers.choose(here.db, here.caller, question, found, Hearing(chosen))
    return redirect(url_for("family.answer", reference=reference), 303)


def _answer(here: Here[FamilyMember], reference: str) -> tuple[Question, Answer]:
    question = questions.one_of_theirs(here.db, here.caller, reference)
    found = answers.there_for(here.db, question)
    if found is None:
        raise NotHere
    return question, found


def _wording(found: Answer, language: str) -> tuple[str, str, str]:
    """Return the answer in the person's language where there is one, and then the English that it was made from."""
    if language != ENGLISH and found.translation:
        return found.translation, language, found.words
    return found.words, ENGLISH, ""


def _how_far(outcome: Outcome) -> str:
    return {
        Outcome.WHOLE: "",
        Outcome.PARTLY: gettext("The panel could answer a part of your question."),
        Outcome.CANNOT: gettext("The panel could not answer this. Here is why."),
    }[outcome]


def _what_it_means(hearing: Hearing, key_worker: str) -> str:
    return {
        Hearing.NOW: gettext("It opens on the next page. You can put it away again."),
        Hearing.LATER: gettext("It stays here until you want it. Nobody will remind you."),
        Hearing.WITH_KEY_WORKER: gettext(
            "Your %(key_worker)s sees this and will find a time with you.", key_worker=key_worker
        ),
        Hearing.NOT_AT_ALL: gettext("It is put away. You do not have to say why, and you can change your mind."),
    }[hearing]
