"""What the pages show on which somebody asks for a new link or a new number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.forms import Form, HiddenField, Line, Lines, SelectField, StringField, TextAreaField, needed, no_longer_than
from portal.library.panels import Contact
from portal.page import Page
from portal.review.coming_back import LONGEST, LONGEST_LINE
from portal.words import later, mark


class WayBackForm(Form):
    """By which name somebody is known, and how they can be reached; the rest is theirs to leave out."""

    name = StringField(
        later("The name by which your key worker knows you"),
        widget=Line(),
        validators=[
            needed(mark("Please write the name by which your key worker knows you.")),
            no_longer_than(LONGEST_LINE),
        ],
    )
    reach = StringField(
        later("How a person can reach you safely"),
        description=later("For example a telephone number and a good time to ring, or an address."),
        widget=Line(),
        validators=[needed(mark("Please write how a person can reach you.")), no_longer_than(LONGEST_LINE)],
    )
    area = SelectField(later("Your area, if you know it"), validate_choice=False)
    words = TextAreaField(
        later("Anything else that you would like to say"), widget=Lines(), validators=[no_longer_than(LONGEST)]
    )
    link = HiddenField()


@dataclass(frozen=True)
class WayBackPage(Page):
    """The form. ``ring`` holds telephone numbers when so many requests came that this one has to wait."""

    template: ClassVar[str] = "family/way_back.html"
    form: WayBackForm
    fields: Sequence[str]
    ring: Sequence[tuple[str, Contact]]


@dataclass(frozen=True)
class WayBackKept(Page):
    """The same thanks for everybody and everything."""

    template: ClassVar[str] = "family/way_back_kept.html"
