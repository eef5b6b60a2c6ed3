"""The forms of the panel's door. Each keeps every word that was typed, and knows what was on the screen above it."""

from typing import Any

from wtforms.validators import ValidationError

from portal.days import read_day
from portal.forms import (
    BooleanField,
    Form,
    HiddenField,
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
from portal.languages import ENGLISH
from portal.review.answers import Outcome
from portal.review.kept import LONGEST
from portal.words import gettext, mark


class SeenForm(Form):
    """The base: it remembers what was on the screen, so that nobody overwrites what they never saw."""

    seen = HiddenField()


class TranslationForm(SeenForm):
    """A translation that stands beside the family's own words."""

    words = TextAreaField(
        mark("Translation into English"),
        widget=Lines(),
        validators=[needed(mark("Write the translation.")), no_longer_than(LONGEST)],
    )
    translator = StringField(
        mark("Name of the translator"),
        widget=Line(),
        validators=[needed(mark("Write the name of the person who translated it.")), no_longer_than(200)],
    )


class MeetingChoiceForm(SeenForm):
    """Which planned meeting a question is put to."""

    meeting = RadioField(
        mark("Which meeting?"), widget=OneOf(), choices=[], validators=[needed(mark("Choose a meeting."))]
    )


class AnswerForm(SeenForm):
    """The panel's answer, in English and in the language of the person who asked."""

    outcome = RadioField(
        mark("How far can the panel answer?"),
        widget=OneOf(),
        choices=[],
        validators=[needed(mark("Choose how far the panel can answer."))],
    )
    words = TextAreaField(mark("The answer, in plain English"), widget=Lines(), validators=[no_longer_than(LONGEST)])
    translation = TextAreaField(mark("The answer, translated"), widget=Lines(), validators=[no_longer_than(LONGEST)])
    translator = StringField(mark("Name of the translator"), widget=Line(), validators=[no_longer_than(200)])

    @classmethod
    def in_language(cls, language: str, outcomes: list[tuple[str, str]], **kept: str | None) -> "AnswerForm":
        """Make the form for the language that the person who asked reads; in English there is nothing to translate."""
        form = cls(**kept)
        form.outcome.choices = outcomes
        if language == ENGLISH:
            del form.translation
            del form.translator
        return form

    def validate_words(self, field: Any) -> None:
        """Every answer has words; an answer in part, or none, says why."""
        if (field.data or "").strip():
            return
        if self.outcome.data == Outcome.CANNOT.value:
            raise ValidationError(gettext("Say in plain words why the panel cannot answer this."))
        if self.outcome.data == Outcome.PARTLY.value:
            raise ValidationError(gettext("Write what the panel can answer, and say why it cannot answer the rest."))
        raise ValidationError(gettext("Write the answer in plain words."))

    def validate_translator(self, field: Any) -> None:
        """A translation carries the name of who made it."""
        if (self.translation.data or "").strip() and not (field.data or "").strip():
            raise ValidationError(gettext("Write the name of the person who translated the answer."))


class CheckForm(SeenForm):
    """The second person's word that an answer can go to the family's key worker."""

    plain = BooleanField(
        mark("These words are plain, kind and true to what the panel decided"),
        widget=Tick(),
        validators=[needed(mark("Tick the box if you agree, or send the answer back."))],
    )


class SendBackForm(SeenForm):
    """What the second person asks the first to change."""

    remark = TextAreaField(
        mark("What should be different?"),
        widget=Lines(),
        validators=[needed(mark("Say what should be different, so that it can be changed.")), no_longer_than(LONGEST)],
    )


class MeetingForm(Form):
    """A meeting that is planned."""

    kind = RadioField(
        mark("Which kind of meeting?"),
        widget=OneOf(),
        choices=[],
        validators=[needed(mark("Choose which kind of meeting it is."))],
    )
    day = StringField(
        mark("Day of the meeting"), widget=Line(), validators=[needed(mark("Write the day of the meeting."))]
    )

    def validate_day(self, field: Any) -> None:
        """Understand a day however it is usually written in England."""
        if (field.data or "").strip() and read_day(field.data) is None:
            raise ValidationError(gettext("Write the day like this: 24 November 2026."))


class ButtonForm(SeenForm):
    """A button, and what was on the screen when it was pressed."""
