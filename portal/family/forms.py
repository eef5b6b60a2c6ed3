"""The forms of the family's two doors."""

from portal.forms import Form, HiddenField, Line, Lines, StringField, TextAreaField, needed, no_longer_than
from portal.review.kept import LONGEST
from portal.words import later, mark


class NumberForm(Form):
    """The number that the key worker gave apart from the link."""

    number = StringField(
        later("Your number"),
        description=later("Eight digits. Your key worker gave them to you apart from this link. Spaces do not matter."),
        widget=Line(),
        validators=[needed(mark("Please put in the number that your key worker gave you."))],
    )


class QuestionForm(Form):
    """A question to the panel."""

    words = TextAreaField(
        later("Your question"),
        description=later("In your own words and your own language. It does not have to be perfect."),
        widget=Lines(),
        validators=[
            needed(mark("There is nothing here yet. Write as little or as much as you like.")),
            no_longer_than(LONGEST),
        ],
    )
    way_back = HiddenField()


class ContributionForm(QuestionForm):
    """Something that a person wants the panel to know."""

    words = TextAreaField(
        later("What you want the panel to know"),
        description=later(
            "For example what your child was like, what happened as you saw it, or what mattered to you."
        ),
        widget=Lines(),
        validators=[
            needed(mark("There is nothing here yet. Write as little or as much as you like.")),
            no_longer_than(LONGEST),
        ],
    )


class ComeBackForm(NumberForm):
    """Words that were sent after the visit had ended, and the number with which to send them now."""

    words = TextAreaField(
        later("What you wrote"),
        widget=Lines(),
        validators=[
            needed(mark("There is nothing here yet. Write as little or as much as you like.")),
            no_longer_than(LONGEST),
        ],
    )
    way_back = HiddenField()
    kind = HiddenField()
