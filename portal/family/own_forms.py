"""The forms of a space that stand outside the writing machine (places.py), and of which drafts are saved, too."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import writing
from portal.family.comeback import come_back, from_another_space
from portal.family.door import door
from portal.family.pages import Waiting
from portal.review import drafting, form_drafts
from portal.review.people import FamilyMember
from portal.review.reviews import NotHere
from portal.unsent import Begun, DraftedForm, Drafts
from portal.words import gettext


@dataclass(frozen=True)
class OwnForm:
    """One form: how it is read from what was sent, its page, and its name."""

    make: Callable[[], DraftedForm]
    endpoint: str
    title: Callable[[], str]


_FORMS: dict[str, OwnForm] = {}


def register(place: str, make: Callable[[], DraftedForm], endpoint: str, title: Callable[[], str]) -> None:
    """Let drafts be saved of a form."""
    _FORMS[place] = OwnForm(make, endpoint, title)


def titles() -> dict[str, str]:
    """Return the name of each form, by its place."""
    return {place: one.title() for place, one in _FORMS.items()}


def drafts_of(here: Here[FamilyMember], place: str, form: DraftedForm) -> Drafts:
    """Return the drafts of a form that lies open."""
    url, beside_url = url_for(_FORMS[place].endpoint), url_for("family.put_by", place=place)
    return Drafts(here.db, form_drafts.pad_of(here.caller), place, form, url, beside_url)


def drafts_at(here: Here[FamilyMember], place: str) -> Drafts | None:
    """Return the drafts of the form that was sent; None for a place that has none."""
    return drafts_of(here, place, _FORMS[place].make()) if place in _FORMS else None


def shown(here: Here[FamilyMember], place: str, form: DraftedForm) -> Begun:
    """Fill a form in as it was left, and return what its page says of that."""
    return drafts_of(here, place, form).shown(writing.device(here))


@door.change("/<lang:lang>/your-space/begun/<place>", may=May.USE_OWN_SPACE)
def put_by(here: Here[FamilyMember], place: str) -> Response:
    """Keep a form for later as it was filled in, or let go of one that was kept, or bring one back."""
    if from_another_space(here):
        return come_back()
    if (drafts := drafts_at(here, place)) is None:
        raise NotHere
    return redirect(drafts.pressed(), 303)


def begun(here: Here[FamilyMember]) -> list[Waiting]:
    """Return the forms that the person began to fill in, the latest first, without a word of what they say."""
    found = drafting.begun(here.db, form_drafts.pad_of(here.caller))
    return [
        Waiting(
            url_for(_FORMS[place].endpoint),
            gettext("You began to write here: %(title)s. Only you can see it.", title=_FORMS[place].title()),
            gettext("Go on"),
        )
        for place in dict.fromkeys(one.place for one in reversed(found))
    ]
