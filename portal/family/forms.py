"""The forms of the family's two doors."""

from wtforms import ValidationError

from portal.forms import Form, HiddenField, Line, Lines, StringField, TextAreaField, needed, no_longer_than
from portal.review.codes import letter_code
from portal.review.kept import LONGEST
from portal.unsent import DraftedForm
from portal.words import gettext, later, mark

SAMPLE = "\u2066KMPT\u20114TQR\u2011WXYC\u2069"  # runs left to right in every language, on one line


class NumberForm(Form):
    """The number that the key worker gave apart from the link."""

    number = StringField(
        later("Your number"),
        description=later("Eight digits. Your key worker gave them to you apart from this link. Spaces do not matter."),
        widget=Line(),
        validators=[needed(mark("Please put in the number that your key worker gave you."))],
    )


class TypedForm(NumberForm):
    """The code that stands in a letter, and the number. Whether there is such a code is never said here."""

    code = StringField(
        later("The code in your letter"), validators=[needed(mark("Please put in the code in your letter."))]
    )

    def validate_code(self, field: StringField) -> None:
        """Say how a code looks where this cannot be one."""
        if not letter_code(field.data or ""):
            raise ValidationError(gettext("A code has twelve letters and digits. Please look at it again."))


class WriteForm(DraftedForm):
    """Words at one place of the space; what is asked there stands on its sheet (portal/family/places.py)."""

    words = TextAreaField(
        later("Your words"),
        widget=Lines(),
        validators=[
            needed(mark("There is nothing here yet. Write as little or as much as you like.")),
            no_longer_than(LONGEST),
        ],
    )
    way_back = HiddenField()


class ComeBackForm(NumberForm):
    """Words that were sent after the visit had ended, and the number with which they go on now.

    However long they are: they become a draft first, and are looked at then.
    """

    words = TextAreaField(
        later("What you wrote"),
        widget=Lines(),
        validators=[needed(mark("There is nothing here yet. Write as little or as much as you like."))],
    )
    way_back = HiddenField()
    place = HiddenField()
    then = HiddenField()  # what they had pressed
    seen = HiddenField(default="0")
