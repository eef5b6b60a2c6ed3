"""What a person has sent: the list, each with what became of it, taking back and bringing back."""

from datetime import datetime

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import words_pages as pages
from portal.family.door import door, review_here
from portal.page import render
from portal.review import answers, contributions, questions
from portal.review.contributions import Contribution, Place
from portal.review.people import FamilyMember
from portal.review.questions import ENDED, MOVES, Question, Standing
from portal.review.reviews import NotHere
from portal.words import gettext


def written_by(here: Here[FamilyMember], key_worker: str) -> list[pages.Written]:
    """Return what the person wrote, the newest first, with what became of each."""
    asked = [
        _written(gettext("Your question"), one, pages.standing_of(one.state, key_worker))
        for one in questions.asked_by(here.db, here.caller)
    ]
    told = [
        _written(gettext("What you told the panel"), one, pages.standing_of(one.state, key_worker))
        for one in contributions.told_by(here.db, here.caller)
    ]
    return sorted([*asked, *told], key=lambda one: one.kept_at, reverse=True)


def _written(label: str, one: Question | Contribution, standing: str) -> pages.Written:
    url = url_for("family.words", reference=one.reference)
    return pages.Written(url, label, one.reference, one.kept_at, standing)


def theirs(here: Here[FamilyMember], reference: str) -> Question | Contribution:
    """Return what the person wrote under a reference, whichever it is."""
    try:
        return questions.one_of_theirs(here.db, here.caller, reference)
    except NotHere:
        return contributions.one_of_theirs(here.db, here.caller, reference)


@door.show("/<lang:lang>/your-space/kept/<reference>", may=May.USE_OWN_SPACE)
def kept(here: Here[FamilyMember], reference: str) -> Response:
    """Say what was kept, who can see it now, and what happens next."""
    _, key_worker = review_here(here)
    found = theirs(here, reference)
    if found.state in (Standing.WITHDRAWN, Place.WITHDRAWN):
        shown: Response = words(here, reference)  # a receipt would say that others can see it
        return shown
    title = gettext("We have your question") if isinstance(found, Question) else gettext("We have what you wrote")
    url = url_for("family.words", reference=found.reference)
    return render(pages.KeptPage(title, found.words, found.reference, found.kept_at, key_worker, url))


@door.show("/<lang:lang>/your-space/words", may=May.USE_OWN_SPACE)
def your_words(here: Here[FamilyMember]) -> Response:
    """Show everything that the person wrote."""
    _, key_worker = review_here(here)
    return render(pages.YourWordsPage(written_by(here, key_worker)))


@door.show("/<lang:lang>/your-space/words/<reference>", may=May.USE_OWN_SPACE)
def words(here: Here[FamilyMember], reference: str) -> Response:
    """Show one thing that the person wrote, and what became of it."""
    _, key_worker = review_here(here)
    found = theirs(here, reference)
    question = found if isinstance(found, Question) else None
    answer = answers.there_for(here.db, question) if question else None
    page = pages.WordsPage(
        gettext("Your question") if question else gettext("What you told the panel"),
        found.words,
        found.translation or "",
        found.translator or "",
        found.reference,
        _steps(found, answer.released_at if answer else None),
        pages.standing_of(found.state, key_worker),
        url_for("family.answer", reference=reference) if answer else "",
        url_for("family.withdraw_page", reference=reference) if _may_withdraw(found) else "",
        url_for("family.bring_back", reference=reference) if found.state is Standing.WITHDRAWN else "",
    )
    return render(page)


def _may_withdraw(found: Question | Contribution) -> bool:
    if isinstance(found, Question):
        return Standing.WITHDRAWN in MOVES[found.state]
    return found.state is not Place.WITHDRAWN


def _steps(found: Question | Contribution, released_at: datetime | None) -> list[pages.Step]:
    steps: list[tuple[str, datetime | None]] = [
        (gettext("You sent it."), found.kept_at),
        (gettext("The review team took it up."), found.taken_up_at),
    ]
    if isinstance(found, Question):
        steps += [
            (gettext("It was put to a meeting."), found.at_meeting_at),
            (gettext("Something from the panel was brought to you."), released_at),
            (gettext("You took it back."), found.ended_at if found.state in ENDED - set(_ANSWERED) else None),
        ]
    return [pages.Step(sentence, at) for sentence, at in steps if at is not None]


_ANSWERED = (Standing.ANSWERED, Standing.PARTLY_ANSWERED, Standing.CANNOT_BE_ANSWERED)


@door.show("/<lang:lang>/your-space/words/<reference>/take-back", may=May.USE_OWN_SPACE)
def withdraw_page(here: Here[FamilyMember], reference: str) -> Response:
    """Ask whether to take something back; no reason is asked."""
    review_here(here)
    found = theirs(here, reference)
    page = pages.ConfirmPage(
        gettext("Take this back"),
        (
            gettext("The review team will not see it any more, and nobody will ask you why."),
            gettext("A question can be brought back at any time."),
        ),
        gettext("Yes, take it back"),
        url_for("family.words", reference=found.reference),
    )
    return render(page)


@door.change("/<lang:lang>/your-space/words/<reference>/take-back", may=May.USE_OWN_SPACE)
def withdraw(here: Here[FamilyMember], reference: str) -> Response:
    """Take something back."""
    found = theirs(here, reference)
    if isinstance(found, Question):
        questions.withdraw(here.db, here.caller, found)
    else:
        contributions.withdraw(here.db, here.caller, found)
    return redirect(url_for("family.words", reference=reference), 303)


@door.change("/<lang:lang>/your-space/words/<reference>/bring-back", may=May.USE_OWN_SPACE)
def bring_back(here: Here[FamilyMember], reference: str) -> Response:
    """Ask a withdrawn question after all."""
    questions.bring_back(here.db, here.caller, questions.one_of_theirs(here.db, here.caller, reference))
    return redirect(url_for("family.words", reference=reference), 303)
