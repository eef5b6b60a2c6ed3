"""What the key worker wrote down for a person: to be confirmed or put right before it goes on."""

from flask import redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import places
from portal.family.door import door, review_here
from portal.family.pages import Waiting
from portal.family.places import NotKept, Sheet
from portal.family.words_pages import Aloud
from portal.review import aloud as told
from portal.review.changing import TAKEN_BACK, WAITS, Written, one_of_theirs
from portal.review.people import FamilyMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.words import day, gettext


def waiting(here: Here[FamilyMember], key_worker: str) -> list[Waiting]:
    """Return what was written down for the person and waits for their word."""
    return [
        Waiting(
            url_for("family.words", reference=row.reference),
            gettext("Your %(key_worker)s wrote down something that you said.", key_worker=key_worker),
            gettext("Read it, and say whether it is right"),
            row.reference,
        )
        for row in told.waiting_for(here.db, here.caller)
    ]


def aloud(row: Written, key_worker: str) -> Aloud | None:
    """Return how something was told aloud, and what its person can say to it now."""
    if row.written_by is None or row.said_on is None:
        return None
    said = gettext("Your %(key_worker)s wrote this down as you said it.", key_worker=key_worker)
    on = gettext("You said it on %(day)s.", day=day(row.said_on))
    if row.state in WAITS:
        goes_on = gettext("It goes on when you say that it is right. You do not have to decide now.")
        return Aloud((said, on, goes_on), _yes(row), places.url_of(f"told-{row.reference}"))
    if row.confirmed_at is None and row.state not in TAKEN_BACK:
        without = gettext("It has gone on, and whoever reads it is told that you have not said yet that it is right.")
        return Aloud((said, on, without), _yes(row), "")
    return Aloud((said, on), "", "")


def _yes(row: Written) -> str:
    return url_for("family.confirm_told", reference=row.reference)


@door.change("/<lang:lang>/your-space/words/<reference>/right", may=May.USE_OWN_SPACE)
def confirm_told(here: Here[FamilyMember], reference: str) -> Response:
    """Say that what was written down is right; it goes on."""
    told.confirm(here.db, here.caller, one_of_theirs(here.db, here.caller, reference))
    return redirect(url_for("family.words", reference=reference), 303)


def _put_right(here: Here[FamilyMember], reference: str) -> Sheet:
    """Return the sheet on which a person puts right what was written down."""
    row = one_of_theirs(here.db, here.caller, reference)
    if row.written_by is None:
        raise NotHere
    _, key_worker = review_here(here)

    def send(db: Session, member: FamilyMember, words: str, _once: str) -> str:
        mine = one_of_theirs(db, member, reference)
        try:
            told.put_right(db, member, mine, words)
        except NotNow as problem:
            raise NotKept(gettext("This has gone on already. You can still change it from its own page.")) from problem
        return url_for("family.words", reference=mine.reference)

    return Sheet(
        place=f"told-{row.reference}",
        title=gettext("Put it right"),
        why=(gettext("Change what is not as you said it. What was written down before is kept, for you alone."),),
        label=gettext("As you said it"),
        hint=gettext("In your own words and your own language. It does not have to be perfect."),
        who=places.read_by_the_panel(key_worker)
        if told.goes_to_panel(row)
        else places.read_by_the_key_worker(key_worker),
        button=gettext("Yes, this is what I said"),
        send=send,
        begin=row.words,
        back_url=url_for("family.words", reference=row.reference),
    )


places.register("told", _put_right)
