"""Was this page clear? What a reader may say of a page, and what is said after it."""

from dataclasses import dataclass
from typing import ClassVar

from portal.forms import Form, HiddenField, RadioField, TextAreaField, chosen, no_longer_than
from portal.page import Choice, Page
from portal.review.clearness import LONGEST, Clear
from portal.words import later, mark


class ClearForm(Form):
    """What a reader says of a page. It carries no hidden mark of the browser, because that would need a cookie."""

    class Meta(Form.Meta):
        """Where it comes from is looked at by portal/again.py, as with every form."""

        csrf = False

    clear = RadioField(
        later("Was this page clear?"),
        choices=[
            (Clear.YES.value, later("Yes")),
            (Clear.PARTLY.value, later("Partly")),
            (Clear.NO.value, later("No")),
        ],
        validate_choice=False,  # its own words for this are not ours
        validators=[chosen(Clear, mark("Please choose yes, partly or no."))],
    )
    words = TextAreaField(
        later("What was not clear, if you like to say"),
        description=later("Please write no names. Nobody can answer you here, because we do not know who you are."),
        validators=[no_longer_than(LONGEST)],
    )
    shape = HiddenField()


@dataclass(frozen=True)
class ClearPage(Page):
    """The form. ``busy`` says that so many are writing at this moment that it has to wait."""

    template: ClassVar[str] = "public/was_it_clear.html"
    about: Choice
    form: ClearForm
    busy: bool


@dataclass(frozen=True)
class ClearThanks(Page):
    """What was kept, who can read it, and the way back."""

    template: ClassVar[str] = "public/clear_thanks.html"
    about: Choice
