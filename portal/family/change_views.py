"""Changing, adding to and taking back what was sent, until the words for a meeting are fixed."""

from flask import redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import places
from portal.family.door import door, review_here
from portal.family.places import NotKept, Sheet
from portal.family.words_pages import ConfirmPage
from portal.page import render
from portal.review import changing
from portal.review.aloud import goes_to_panel
from portal.review.changing import TAKEN_BACK, one_of_theirs
from portal.review.people import FamilyMember
from portal.review.questions import NotNow, Question
from portal.words import gettext


def _change(here: Here[FamilyMember], reference: str) -> Sheet:
    """Return the sheet on which a person changes what they sent."""
    row = one_of_theirs(here.db, here.caller, reference)
    _, key_worker = review_here(here)

    # A sheet is always there, whatever has become of the words, or a draft of it could never be found again.
    def send(db: Session, member: FamilyMember, words: str, _once: str) -> str:
        mine = one_of_theirs(db, member, reference)
        try:
            changing.change(db, member, mine, words)
        except NotNow as problem:
            raise NotKept(
                gettext(
                    "The words that you sent stay as they are now. What you wrote here is still here, and you can "
                    "add it to them instead."
                )
            ) from problem
        return url_for("family.kept", reference=mine.reference)

    return Sheet(
        place=f"change-{row.reference}",
        title=gettext("Change what you wrote"),
        why=(gettext("What you had written before is kept, for you alone."),),
        label=gettext("Your words"),
        hint=gettext("In your own words and your own language. It does not have to be perfect."),
        who=_who(goes_to_panel(row), key_worker),
        button=gettext("Keep it like this"),
        send=send,
        begin=row.words,
        back_url=url_for("family.words", reference=row.reference),
    )


def _add(here: Here[FamilyMember], reference: str) -> Sheet:
    """Return the sheet on which a person adds something to what they sent."""
    row = one_of_theirs(here.db, here.caller, reference)
    _, key_worker = review_here(here)

    def send(db: Session, member: FamilyMember, words: str, once: str) -> str:
        added = changing.add(db, member, one_of_theirs(db, member, reference), words, once)
        return url_for("family.kept", reference=added.reference)

    is_question = isinstance(row, Question)
    return Sheet(
        place=f"add-{row.reference}",
        title=gettext("Ask more about it") if is_question else gettext("Add something to it"),
        why=(gettext("Whoever reads it sees that it belongs to what you wrote before."),),
        label=gettext("Your question") if is_question else gettext("What you want to add"),
        hint=gettext("In your own words and your own language. It does not have to be perfect."),
        who=_who(goes_to_panel(row), key_worker),
        button=gettext("Send my question") if is_question else gettext("Send it"),
        send=send,
        back_url=url_for("family.words", reference=row.reference),
    )


places.register("change", _change)
places.register("add", _add)


def _who(to_panel: bool, key_worker: str) -> str:
    return places.read_by_the_panel(key_worker) if to_panel else places.read_by_the_key_worker(key_worker)


@door.show("/<lang:lang>/your-space/words/<reference>/take-back", may=May.USE_OWN_SPACE)
def withdraw_page(here: Here[FamilyMember], reference: str) -> Response:
    """Ask whether to take something back; no reason is asked."""
    review_here(here)
    found = one_of_theirs(here.db, here.caller, reference)
    sentences = [gettext("Nobody but you will see it any more, and nobody will ask you why.")]
    if changing.pack_is_made(here.db, found):
        sentences.append(gettext("People at the meeting may have read it on paper already."))
    sentences.append(gettext("You can bring it back at any time."))
    back_url = url_for("family.words", reference=found.reference)
    return render(ConfirmPage(gettext("Take this back"), sentences, gettext("Yes, take it back"), back_url))


@door.change("/<lang:lang>/your-space/words/<reference>/take-back", may=May.USE_OWN_SPACE)
def withdraw(here: Here[FamilyMember], reference: str) -> Response:
    """Take something back; pressed twice, it is taken back once."""
    found = one_of_theirs(here.db, here.caller, reference)
    if found.state not in TAKEN_BACK:
        changing.withdraw(here.db, here.caller, found)
    return redirect(url_for("family.words", reference=reference), 303)


@door.change("/<lang:lang>/your-space/words/<reference>/bring-back", may=May.USE_OWN_SPACE)
def bring_back(here: Here[FamilyMember], reference: str) -> Response:
    """Let something that was taken back go on after all; pressed twice, it goes on once."""
    found = one_of_theirs(here.db, here.caller, reference)
    if found.state in TAKEN_BACK:
        changing.bring_back(here.db, here.caller, found)
    return redirect(url_for("family.words", reference=reference), 303)
