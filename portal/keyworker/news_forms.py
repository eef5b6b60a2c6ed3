"""What a key worker fills in to bring news of a review."""

from typing import Any

from wtforms.validators import ValidationError

from portal.days import DayField, a_day
from portal.forms import (
    BooleanField,
    Form,
    Line,
    Lines,
    OneOf,
    RadioField,
    StringField,
    TextAreaField,
    Tick,
    needed,
    no_longer_than,
)
from portal.keyworker.forms import BringForm
from portal.review.kept import LONGEST
from portal.review.meetings import MeetingKind
from portal.review.news import About, Piece
from portal.words import gettext, later, mark


class NewsForm(Form):
    """A piece of news: what it is about, and words to it."""

    about = RadioField(
        later("What is the news about?"),
        widget=OneOf(),
        validators=[needed(mark("Please choose what the news is about."))],
    )
    meeting = RadioField(
        later("Which meeting? (only for a meeting)"),
        widget=OneOf(),
        validate_choice=False,
    )
    day = DayField(
        later("The day of the meeting (only for a meeting)"),
        description=later("For example 24 November 2026."),
        validators=[a_day(lambda _: True, "")],
    )
    words = TextAreaField(
        later("Your words, in plain English"),
        widget=Lines(),
        description=later(
            "For a stage or a meeting they may be left empty: what happens then is said already, in each person's "
            "language. Write no names of other people. What the panel found is read by a second person first."
        ),
        validators=[no_longer_than(LONGEST)],
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.about.choices = [
            (About.STAGE.value, gettext("The stage at which the review is now")),
            (About.MEETING.value, gettext("The day of a meeting")),
            (About.OUTCOME.value, gettext("What the panel found, when it has met")),
        ]
        self.meeting.choices = [
            (MeetingKind.REVIEW_MEETING.value, gettext("The review meeting")),
            (MeetingKind.PANEL_MEETING.value, gettext("The meeting of the panel")),
        ]

    def validate_meeting(self, field: Any) -> None:
        """News of a meeting says which."""
        if self.about.data == About.MEETING.value and field.data not in [kind.value for kind in MeetingKind]:
            raise ValidationError(gettext("Please choose which meeting it is."))

    def validate_day(self, field: Any) -> None:
        """News of a meeting says on which day."""
        if self.about.data == About.MEETING.value and not (field.data or "").strip():
            raise ValidationError(gettext("Please write the day of the meeting."))

    def validate_words(self, field: Any) -> None:
        """News of what the panel found has words."""
        if self.about.data == About.OUTCOME.value and not (field.data or "").strip():
            raise ValidationError(gettext("Please write in plain words what the panel found."))

    @property
    def piece(self) -> Piece:
        """What is to be written down, once everything was found good."""
        about, words = About(self.about.data), self.words.data or ""
        if about is not About.MEETING:
            return Piece(about, words)
        return Piece(about, words, MeetingKind(self.meeting.data), self.day.day)


class NewsTranslationForm(Form):
    """The words of a piece of news in another language."""

    words = TextAreaField(
        later("The same words, translated"),
        widget=Lines(),
        validators=[needed(mark("Please write the translation.")), no_longer_than(LONGEST)],
    )
    translator = StringField(
        later("Name of the translator"),
        widget=Line(),
        validators=[needed(mark("Please write the name of the person who translated it.")), no_longer_than(200)],
    )


class TellForm(BringForm):
    """How and when the key worker told a person that there is news."""

    told = BooleanField(
        later("I have told them that there is news, and how and when they can open it"),
        widget=Tick(),
        description=later("Nobody finds news that they were not told of."),
        validators=[needed(mark("Please tell them first. When you have, tick this."))],
    )
    also_send = BooleanField(
        later("Also send them a short message that there is something new"),
        widget=Tick(),
        description=later("It says nothing about the news, and goes in the way that is written down for them."),
    )
