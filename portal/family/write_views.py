"""Writing to the panel: a question, or what it should know."""

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family.comeback import come_back, from_another_space
from portal.family.door import door, review_here, way_back
from portal.family.forms import ContributionForm, QuestionForm
from portal.family.write_pages import WritePage
from portal.page import render
from portal.review import contributions, questions
from portal.review.people import FamilyMember
from portal.words import gettext


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
    return render(WritePage(title, (who, shared), form, button, talk), status)
