"""How I like to read, remembered in my own space: it changes how the space looks and which form of a page is opened."""

from dataclasses import dataclass
from typing import ClassVar

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family.door import door, review_here
from portal.forms import Form, SelectMultipleField, SeveralOf
from portal.page import Page, render
from portal.review import display as reading
from portal.review.display import Liking
from portal.review.people import FamilyMember
from portal.words import gettext, later


class DisplayForm(Form):
    """What makes reading easier for this person; none is a choice too."""

    likings = SelectMultipleField(later("What makes it easier for you?"), widget=SeveralOf(), validate_choice=False)

    def __init__(self, chosen: tuple[Liking, ...]) -> None:
        super().__init__(data={"likings": [one.value for one in chosen]})
        labels = {
            Liking.LARGE: gettext("Large letters"),
            Liking.PLAIN: gettext("A plain page: no pictures, one thing under the other"),
            Liking.EASY_WORDS: gettext("Easy words, where a page has them"),
            Liking.LISTENING: gettext("Listening: a button that reads the page to me"),
        }
        self.likings.choices = [(one.value, labels[one]) for one in Liking]


@dataclass(frozen=True)
class DisplayPage(Page):
    """How the person likes to read, to be chosen."""

    template: ClassVar[str] = "family/display.html"
    form: DisplayForm
    kept: bool
    any_chosen: bool


@door.show("/<lang:lang>/your-space/reading", may=May.USE_OWN_SPACE)
def display(here: Here[FamilyMember]) -> Response:
    """Show what can be chosen, and what is."""
    review_here(here)
    chosen = reading.likings(here.caller)
    return render(DisplayPage(DisplayForm(chosen), "kept" in request.args, bool(chosen)))


@door.change("/<lang:lang>/your-space/reading", may=May.USE_OWN_SPACE)
def keep_display(here: Here[FamilyMember]) -> Response:
    """Keep what was chosen; a button of its own brings the usual way back."""
    wanted = [] if "usual" in request.form else request.form.getlist("likings")
    reading.keep(here.db, here.caller, [one for one in Liking if one.value in wanted])
    return redirect(url_for("family.display", kept=1), 303)
