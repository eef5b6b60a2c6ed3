"""Leaving the whole space be, for a while or for good, and coming back: one press each, and no reason asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import there
from portal.family.door import door, review_here
from portal.family.there import Away
from portal.library.panels import Contact
from portal.page import Page, render
from portal.review import presence
from portal.review.people import FamilyMember, Presence
from portal.review.reviews import NotHere
from portal.words import gettext

_MAY = May.USE_OWN_SPACE


@dataclass(frozen=True)
class NotNowPage(Page):
    """What happens when a person leaves the space be, and the ways to do so."""

    template: ClassVar[str] = "family/not_now.html"
    standing: str
    choices: Sequence[tuple[str, str, Sequence[str]]]
    key_worker: str


@dataclass(frozen=True)
class PausedPage(Page):
    """The start of a space that its person does not use now."""

    template: ClassVar[str] = "family/paused.html"
    sentences: Sequence[str]
    key_worker_name: str
    away: Away | None
    key_worker: str
    contact: Contact | None


@door.show("/<lang:lang>/your-space/not-now", may=_MAY)
def not_now(here: Here[FamilyMember]) -> Response:
    """Explain both choices, and the way back."""
    _, key_worker = review_here(here)
    offered = [
        (kind.value, label, meaning)
        for kind, label, meaning in _choices(key_worker)
        if kind is not here.caller.presence
    ]
    return render(NotNowPage(_standing(here.caller), offered, key_worker))


@door.change("/<lang:lang>/your-space/not-now", may=_MAY)
def choose_presence(here: Here[FamilyMember]) -> Response:
    """Keep whether the person wants anything of this now."""
    pressed = request.form.get("presence", "")
    if pressed not in [one.value for one in Presence]:
        raise NotHere
    presence.choose(here.db, here.caller, Presence(pressed))
    return redirect(url_for("family.space"), 303)


def paused_page(here: Here[FamilyMember]) -> Response | None:
    """Return the one calm page at the start of a space that its person does not use now; None where they do."""
    if not presence.is_away(here.caller):
        return None
    review, key_worker = review_here(here)
    panel = here.house.panels.named(review.panel)
    page = PausedPage(
        (_standing(here.caller), gettext("Nothing is lost. Nothing comes to you. You can come back at any time.")),
        there.name_of(here, review),
        there.away(here, review),
        key_worker,
        panel.contact_in(here.language) if panel else None,
    )
    return render(page)


def _standing(member: FamilyMember) -> str:
    return {
        Presence.HERE: "",
        Presence.NOT_NOW: gettext("You are not using your space now."),
        Presence.NOT_AT_ALL: gettext("You have chosen not to use your space."),
    }[member.presence]


def _choices(key_worker: str) -> list[tuple[Presence, str, list[str]]]:
    kept = gettext("Everything that you wrote and chose stays as it is. Your questions stay with the review team.")
    return [
        (
            Presence.HERE,
            gettext("Come back to my space"),
            [gettext("Everything is there as you left it.")],
        ),
        (
            Presence.NOT_NOW,
            gettext("Not now"),
            [
                gettext("Your space rests until you come back. Nothing is sent to you meanwhile."),
                kept,
                gettext(
                    "Your %(key_worker)s can see that you want to wait. Nobody asks you why.", key_worker=key_worker
                ),
            ],
        ),
        (
            Presence.NOT_AT_ALL,
            gettext("Not at all"),
            [
                gettext("You do not want to use this space. Nothing is sent to you any more."),
                kept,
                gettext(
                    "Your %(key_worker)s can see it. Nobody asks you why. You can still come back, in years too.",
                    key_worker=key_worker,
                ),
            ],
        ),
    ]
