"""What the staff doors share: who stands there, the frame around their pages, and the record of what was read.

A session that has ended must not cost anybody their words: what was being sent is shown again, to be sent once more
after signing in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import after_this_request, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import LIBRARY, PANEL, Role
from portal.door import Door, Here, Nobody
from portal.forms import token
from portal.house import house
from portal.page import Choice, Frame, Page, SignedIn, frame, render
from portal.review import history
from portal.review.people import StaffMember
from portal.signin import standing
from portal.words import gettext


@dataclass(frozen=True)
class SendAgain(Page):
    """What somebody was sending when their sign-in had ended, to be sent again once they have signed in."""

    template: ClassVar[str] = "security/send_again.html"
    title: str
    why: str
    sign_in_url: str
    sign_in_label: str
    target: str
    words: Sequence[tuple[str, str]]
    token: str


def staff_door(name: str, roles: frozenset[Role], prefix: str) -> Door[StaffMember]:
    """Make a door at which only staff in these roles can stand."""
    return Door(name, roles, _find, roles_of, prefix=prefix)


def roles_of(person: StaffMember) -> frozenset[Role]:
    """Return the roles in which a person works."""
    return frozenset(Role(value) for value in person.roles_held)


def desks_of(person: StaffMember) -> list[tuple[str, str]]:
    """Return the desks at which a person works, with their addresses."""
    held = roles_of(person)
    desks = (
        (frozenset({Role.KEY_WORKER}), gettext("Your families"), "/keyworker/"),
        (PANEL, gettext("The panel's questions"), "/panel/questions"),
        (LIBRARY, gettext("The library"), "/panel/library"),
        (frozenset({Role.ADMINISTRATOR}), gettext("Staff"), "/panel/staff"),
    )
    return [(title, url) for roles, title, url in desks if roles & held]


def staff_frame(here: Here[StaffMember], nav: Sequence[tuple[str, str]]) -> None:
    """Set the frame of a staff page: its desk, its list of pages, and the way out."""
    names = {"keyworker": gettext("your families"), "panel": gettext("the panel")}
    around = signed_out_frame(names.get(str(request.blueprint), gettext("staff")))
    links = [*nav, (gettext("Your sign-in"), url_for("signin.you"))]
    around_here = [url for _, url in links if f"{request.path}/".startswith(f"{url.rstrip('/')}/")]
    present = max(around_here, key=len, default="")
    around.nav = tuple(Choice(title, url, url == present) for title, url in links)
    around.signed_in = SignedIn(here.caller.name, url_for("security.logout"), token())


def signed_out_frame(desk: str) -> Frame:
    """Set and return the frame of a staff page for somebody who is not signed in yet."""
    around = frame()
    around.site_name = gettext("Child death reviews: %(desk)s", desk=desk)
    around.home_url = url_for("signin.start")
    around.offers_languages = False
    return around


def note_reading(here: Here[StaffMember], verb: str, review_id: UUID | None, subject_id: UUID | None) -> None:
    """Record, in a transaction of its own, that this person reads a family's words; else the page is not sent."""
    # By id, because after a form that comes back the person's row belongs to a session that has ended.
    reader_id, database = here.caller.id, here.house.database

    @after_this_request
    def record(response: Response) -> Response:
        # After the view, because a view that changes holds the only writing session of an SQLite database.
        with database.writing() as db:
            reader = db.get_one(StaffMember, reader_id)
            history.add(db, reader, verb, review_id=review_id, subject_id=subject_id)
        return response


def make_sure() -> Response | None:
    """Return the way to give the password once more, unless it was given lately; for acts with great effect."""
    return None if standing.fresh() else ask_again("security.verify")


def ask_again(endpoint: str = "security.login") -> Response:
    """Lead to the sign-in and back; what was being sent is kept on the page, to be sent again."""
    if request.method != "POST":
        again = request.full_path if request.query_string else request.path
        return redirect(url_for(endpoint, next=again), 302)
    signed_out_frame(gettext("staff"))
    words = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
    if endpoint == "security.verify":
        title = gettext("Please give your password once more: what you wrote is still here")
        why = gettext("More than half an hour has gone by since you gave your password, so this has not been kept yet.")
        label = gettext("Give your password (opens in a new tab)")
    else:
        title = gettext("Please sign in again: what you wrote is still here")
        why = gettext("You were signed out because nothing was sent for a while, so this has not been kept yet.")
        label = gettext("Sign in (opens in a new tab)")
    return render(SendAgain(title, why, url_for(endpoint), label, request.path, words, token()), 401)


def _find(db: Session | None) -> StaffMember | Nobody:
    if db is None:  # the view opens its sessions itself
        with house().database.reading() as own:
            return _find(own)
    return standing.signed_in(db) or Nobody(ask_again)
