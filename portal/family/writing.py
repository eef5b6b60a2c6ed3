"""What the views of writing share: what a form says, what a draft's page needs, and sending a draft once."""

from collections.abc import Sequence
from enum import Enum
from uuid import UUID

from flask import request, url_for
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.door import Here
from portal.family import places
from portal.family.pages import Waiting
from portal.family.places import NotKept, Sheet
from portal.forms import without_marks
from portal.review import drafts
from portal.review.drafts import Draft, Typed
from portal.review.kept import LONGEST, clean
from portal.review.people import FamilyMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.sealing import opened
from portal.unsent import Aside, Device, beginning_of, device_key, typed
from portal.words import gettext


class Then(Enum):
    """What a person pressed on a page on which they write."""

    LOOK = "look"
    KEEP = "keep"
    LET_GO = "let-go"
    SEND = "send"  # on the page where the words are looked at


def typed_here() -> Typed:
    """Return what the form says that was sent, whatever of it is missing."""
    return typed(request.form.get("once", ""), without_marks(request.form.get("words", "")))


def pressed(name: str) -> Then:
    """Return what was pressed; looking at it when nothing that there is."""
    return Then(name) if name in {one.value for one in Then} else Then.LOOK


def begun(here: Here[FamilyMember]) -> list[Waiting]:
    """Return where the person began to write, the latest first, without a word of it."""
    found = []
    for place in dict.fromkeys(one.place for one in reversed(drafts.begun_by(here.db, here.caller))):
        sheet = sheet_or_none(here, place)
        if sheet is None:
            sentence = gettext("You began to write something. Only you can see it.")
        else:
            sentence = gettext("You began to write here: %(title)s. Only you can see it.", title=sheet.title)
        found.append(Waiting(places.url_of(place), sentence, gettext("Go on")))
    return found


def sheet_or_none(here: Here[FamilyMember], place: str) -> Sheet | None:
    """Return the sheet of a place; None when it is there no more."""
    try:
        return places.sheet(here, place)
    except NotHere:
        return None


def device(here: Here[FamilyMember]) -> Device:
    """Return what script needs to keep words, on the server and, locked, on this device."""
    return Device(url_for("family.keep", place="PLACE"), device_key(here.db, here.caller))


def aside(here: Here[FamilyMember], place: str) -> Sequence[Aside]:
    """Return what a person let go at a place and can still bring back, each with its beginning."""
    found = drafts.begun_by(here.db, here.caller, place, let_go=True)
    return [
        Aside(
            url_for("family.bring_draft_back", place=place, draft_id=one.id),
            beginning_of(opened(lambda one=one: one.words) or ""),  # type: ignore[misc]  # bound now
        )
        for one in reversed(found)
    ]


def check_url(draft: Draft, language: str) -> str:
    """Return the address at which a draft is looked at before it is sent."""
    return url_for("family.check_page", lang=language, place=draft.place, draft_id=draft.id)


def go_on_url(draft: Draft, language: str) -> str:
    """Return the address at which a person goes on writing a draft."""
    return url_for("family.write_page", lang=language, place=draft.place, draft_id=draft.id)


def is_newer(draft: Draft, typed: Typed) -> bool:
    """Whether a draft holds other words than those that somebody looked at."""
    if typed.words:
        return clean(typed.words) != draft.words
    return typed.seen != draft.saved


def too_long() -> str:
    """Say that words are more than can be sent in one piece."""
    return gettext(
        "This is longer than we can keep in one piece. Everything you wrote is still here: please send it in two parts."
    )


def send(db: Session, member: FamilyMember, sheet: Sheet, draft: Draft, key_worker: str) -> str:
    """Send a draft as it was looked at, and return where the person stands then.

    Raises NotKept, with a sentence for the person, when it cannot be sent now; the words stay a draft.
    """
    words = draft.words or ""
    if len(words) > LONGEST:
        raise NotKept(too_long())
    try:
        url = sheet.send(db, member, words, draft.once)
    except (NotNow, NotHere, StaleDataError) as problem:
        raise NotKept(
            gettext(
                "This cannot be sent at the moment. Your words are kept here, and your %(key_worker)s can help you.",
                key_worker=key_worker,
            )
        ) from problem
    drafts.sent(db, draft, url)
    return url


def theirs_or_none(here: Here[FamilyMember], place: str, draft_id: UUID) -> Draft | None:
    """Return one of the caller's drafts, held until the answer stands; None when it is there no more."""
    try:
        return drafts.one_of_theirs(here.db, here.caller, place, draft_id, lock=True)
    except NotHere:
        return None
