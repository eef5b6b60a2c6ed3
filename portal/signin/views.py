"""The two pages between the sign-in and the desks: where a person's work is, and their own sign-in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from portal.door import Here
from portal.house import house
from portal.page import Choice, Page, render
from portal.review.people import StaffMember
from portal.signin import standing
from portal.signin.desk import ask_again, desks_of, staff_frame
from portal.words import gettext

pages = Blueprint("signin", __name__, url_prefix="/staff")


@dataclass(frozen=True)
class You(Page):
    """A person's desks and their own sign-in."""

    template: ClassVar[str] = "security/you.html"
    title: str
    name: str
    desks: Sequence[Choice]
    codes_left: int


@pages.get("/")
def start() -> Response:
    """Lead to the desk of whoever is signed in; a person with several chooses."""
    with house().database.reading() as db:
        person = standing.signed_in(db)
        if person is None:
            return redirect(url_for("security.login"), 302)
        if not person.mf_recovery_codes:
            return redirect(url_for("security.mf_recovery_codes"), 302)
        desks = desks_of(person)
        return redirect(desks[0][1] if len(desks) == 1 else url_for(".you"), 302)


@pages.get("/you")
def you() -> Response:
    """Show a person their desks and their own sign-in."""
    with house().database.reading() as db:
        person = standing.signed_in(db)
        if person is None:
            return ask_again()
        here: Here[StaffMember] = Here(person, house(), "en", db)
        desks = [Choice(title, url) for title, url in desks_of(person)]
        staff_frame(here, [])
        codes = len(person.mf_recovery_codes or [])
        return render(You(gettext("Where you work"), person.name, desks, codes))
