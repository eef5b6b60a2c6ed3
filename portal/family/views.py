"""A person's own space: what is happening now, what they wrote, and what became of it."""

from datetime import datetime, timedelta

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.access import May
from portal.door import Here
from portal.family import answer_views, link_views, pages
from portal.family.comeback import come_back, from_another_space
from portal.family.door import door, family_frame, link_door, take_cookie, way_back
from portal.family.forms import ContributionForm, QuestionForm
from portal.page import render
from portal.reading import beside_a_space
from portal.review import answers, contributions, questions, spaces
from portal.review.answers import Hearing
from portal.review.contributions import Contribution, Place
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import ENDED, MOVES, Question, Standing
from portal.review.reviews import NotHere, Review
from portal.stages import now_in, stage_labels
from portal.words import gettext

__all__ = ["answer_views", "door", "link_door", "link_views"]


def review_here(here: Here[FamilyMember]) -> tuple[Review, str]:
    """Return the caller's review and their panel's word for the key worker, with the frame filled in."""
    review = here.db.get_one(Review, here.caller.review_id)
    family_frame(here, review)
    panel = here.house.panels.named(review.panel)
    return review, here.house.panels.words(panel, here.language)["key_worker"]


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
        written_by(here, key_worker)[:5],
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


@door.show("/<lang:lang>/your-space/ask", may=May.USE_OWN_SPACE)
def ask_page(here: Here[FamilyMember]) -> Response:
    """Offer a page to write a question."""
    return _write(here, QuestionForm(formdata=None))


@door.change("/<lang:lang>/your-space/ask", may=May.USE_OWN_SPACE)
def ask(here: Here[FamilyMember]) -> Response:
    """Keep a question."""
    if from_another_space(here):
        return come_back()
    form = QuestionForm()
    if not form.validate():
        return _write(here, form, 422)
    question = questions.ask(here.db, here.caller, form.words.data or "", form.once.data or "")
    return redirect(url_for("family.kept", reference=question.reference), 303)


@door.show("/<lang:lang>/your-space/tell", may=May.USE_OWN_SPACE)
def tell_page(here: Here[FamilyMember]) -> Response:
    """Offer a page to write what the panel should know."""
    return _write(here, ContributionForm(formdata=None))


@door.change("/<lang:lang>/your-space/tell", may=May.USE_OWN_SPACE)
def tell(here: Here[FamilyMember]) -> Response:
    """Keep what the panel should know."""
    if from_another_space(here):
        return come_back()
    form = ContributionForm()
    if not form.validate():
        return _write(here, form, 422)
    told = contributions.tell(here.db, here.caller, form.words.data or "", form.once.data or "")
    return redirect(url_for("family.kept", reference=told.reference), 303)


def _write(here: Here[FamilyMember], form: QuestionForm, status: int = 200) -> Response:
    _, key_worker = review_here(here)
    form.way_back.data = way_back(g.visit.invitation_id)
    who = gettext(
        "Until you send it, only you can see it. After that your %(key_worker)s and the review team can read it. "
        "Nobody else in your family can.",
        key_worker=key_worker,
    )
    shared = gettext(
        "If it shows that somebody may be in danger, or if a coroner or the police must know, it may have to be shared."
    )
    talk = gettext("If you would rather talk, your %(key_worker)s can write it down for you.", key_worker=key_worker)
    if isinstance(form, ContributionForm):
        title, button = gettext("Tell the panel something"), gettext("Send it")
    else:
        title, button = gettext("Ask a question"), gettext("Send my question")
    return render(pages.WritePage(title, (who, shared), form, button, talk), status)


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


@door.show("/<lang:lang>/your-space/leaving", may=May.USE_OWN_SPACE)
def leaving(here: Here[FamilyMember]) -> Response:
    """Show where the person is signed in, and how to end that."""
    review_here(here)
    idle = timedelta(minutes=here.house.settings.family_idle_minutes)
    visits = spaces.awake(here.db, here.caller, idle)
    return render(pages.LeavingPage([(visit.seen_at, visit.id == g.visit.id) for visit in visits]))


@door.change("/<lang:lang>/your-space/leave", may=May.USE_OWN_SPACE)
def leave(here: Here[FamilyMember]) -> Response:
    """Sign out of this browser."""
    g.visit.ended_at = clock.now()
    return take_cookie(redirect(url_for("link.signed_out"), 303))


@door.change("/<lang:lang>/your-space/leave-everywhere", may=May.USE_OWN_SPACE)
def leave_everywhere(here: Here[FamilyMember]) -> Response:
    """Sign out of every browser."""
    spaces.leave_everywhere(here.db, here.caller)
    return take_cookie(redirect(url_for("link.signed_out"), 303))
