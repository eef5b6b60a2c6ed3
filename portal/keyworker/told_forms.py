"""What a key worker fills in when a person would rather speak than write."""

from portal import languages
from portal.days import DayField, a_day, today
from portal.forms import (
    BooleanField,
    Form,
    Lines,
    OneOf,
    Pick,
    RadioField,
    SelectField,
    TextAreaField,
    Tick,
    needed,
    no_longer_than,
)
from portal.review.kept import LONGEST
from portal.review.people import FamilyMember
from portal.review.prompts import FREE, PROMPTS
from portal.settings import Settings
from portal.unsent import DraftedForm
from portal.words import gettext, later, mark

QUESTION = "question"


class TellForm(DraftedForm):
    """What a person said: for whom it is, the words, their language, and the day."""

    what = RadioField(
        later("What is it?"),
        widget=OneOf(),
        validators=[needed(mark("Please choose what it is."))],
    )
    words = TextAreaField(
        later("What they said"),
        widget=Lines(),
        description=later(
            "In their own words and in the language in which they said it. Add nothing, and leave nothing out."
        ),
        render_kw={"autocomplete": "off"},
        validators=[needed(mark("Please write what they said.")), no_longer_than(LONGEST)],
    )
    language = SelectField(
        later("The language in which they said it"),
        widget=Pick(),
        validators=[needed(mark("Please choose a language."))],
    )
    said_on = DayField(
        later("The day on which they said it"),
        description=later("For example 24 November 2026."),
        validators=[
            needed(mark("Please write the day on which they said it.")),
            a_day(lambda day: day <= today(), mark("This day is still to come. Please write the day of your talk.")),
        ],
    )
    read_back = BooleanField(
        later("I have read it back to them"),
        widget=Tick(),
        description=later("They hear their words once as they will stand here, and can say what is not right."),
        validators=[needed(mark("Please read it back to them first. When you have, tick this."))],
    )

    def __init__(self, settings: Settings, member: FamilyMember) -> None:
        super().__init__(data={"language": member.language})
        for_panel = [(prompt.name, prompt.for_staff) for prompt in PROMPTS if not prompt.for_key_worker]
        for_you = [
            (prompt.name, gettext("For you alone: %(what)s", what=prompt.for_staff))
            for prompt in PROMPTS
            if prompt.for_key_worker
        ]
        self.what.choices = [
            (QUESTION, gettext("A question to the panel")),
            (FREE, gettext("Something that the panel should know")),
            *[(name, gettext("For the panel: %(what)s", what=what)) for name, what in for_panel],
            *for_you,
        ]
        self.language.choices = [(code, languages.language(code).own_name) for code in settings.languages]

    @property
    def prompt(self) -> str | None:
        """The prompt that it answers; None for a question."""
        return None if self.what.data == QUESTION else str(self.what.data)


class SendOnForm(Form):
    """Why something goes on without the word of the person who said it."""

    why = TextAreaField(
        later("Why does it go on without their word?"),
        widget=Lines(),
        description=later(
            "For example: they have no way to open their space, and agreed on the telephone. Only their key worker can "
            "read this. No page of the family and no page of the panel shows it."
        ),
        validators=[needed(mark("Please write why it goes on without their word.")), no_longer_than(LONGEST)],
    )
