"""What a key worker fills in when they go away, or hand families over to a colleague."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from wtforms.validators import ValidationError

from portal.days import DayField, a_day, today
from portal.forms import Form, Lines, Pick, SelectField, TextAreaField, needed, no_longer_than
from portal.review.kept import LONGEST
from portal.review.leaves import Days
from portal.review.people import StaffMember
from portal.words import gettext, later, mark

_LONGEST_LEAVE = timedelta(days=366)


class _ToColleague(Form):
    """A colleague, and a note for them alone."""

    colleague: Any
    note: Any

    def __init__(self, colleagues: Sequence[StaffMember], **values: Any) -> None:
        super().__init__(**values)
        self._colleagues = {str(one.id): one for one in colleagues}
        names = [(value, one.name) for value, one in self._colleagues.items()]
        self.colleague.choices = [("", gettext("Choose a colleague")), *names]

    def validate_colleague(self, field: SelectField) -> None:
        """Take only somebody who is there to be chosen."""
        if field.data not in self._colleagues:
            raise ValidationError(gettext("Please choose a colleague from the list."))

    @property
    def chosen(self) -> StaffMember:
        """The colleague who was chosen."""
        return self._colleagues[self.colleague.data]

    @property
    def words(self) -> str:
        """The note, as it is kept."""
        return (self.note.data or "").strip()


class LeaveForm(_ToColleague):
    """On which days a key worker is away, and who is there for their families."""

    first = DayField(
        later("The first day on which you are away"),
        description=later("For example 24 November 2026."),
        validators=[
            needed(mark("Please write the first day on which you are away.")),
            a_day(
                lambda day: day >= today(), mark("This day is already behind us. Please write today or a later day.")
            ),
        ],
    )
    last = DayField(
        later("The last day on which you are away"),
        description=later("From the next day on, the families are with you alone again. You can end it earlier."),
        validators=[
            needed(mark("Please write the last day on which you are away.")),
            a_day(
                lambda day: day >= today(), mark("This day is already behind us. Please write today or a later day.")
            ),
        ],
    )
    colleague = SelectField(
        later("Who is there for your families meanwhile?"),
        widget=Pick(),
        validate_choice=False,
        description=later(
            "Ask them first. They see your families on their own desk and may do everything that you may."
        ),
        validators=[needed(mark("Please choose who is there for your families."))],
    )
    note = TextAreaField(
        later("What should they know? (may be left empty)"),
        widget=Lines(),
        description=later("Only this colleague reads it. No family ever does."),
        validators=[no_longer_than(LONGEST)],
    )

    def validate_last(self, field: DayField) -> None:
        """Take no last day before the first, and no leave that is really a handing over."""
        if self.first.day is None or field.day is None:
            return
        if field.day < self.first.day:
            raise ValidationError(gettext("The last day is before the first. Please look at both days."))
        if field.day - self.first.day > _LONGEST_LEAVE:
            raise ValidationError(
                gettext("This is longer than a year. Please hand the families over to a colleague instead.")
            )

    @property
    def days(self) -> Days:
        """The days, once both were found good."""
        first, last = self.first.day, self.last.day
        if first is None or last is None:
            raise ValueError("Ask only after the form was found good.")
        return Days(first, last)


class HandOverForm(_ToColleague):
    """To whom families are handed over, and what that colleague should know."""

    colleague = SelectField(
        later("To whom do you hand over?"),
        widget=Pick(),
        validate_choice=False,
        description=later("Ask them first. From now on it is they who look after the family, and see everything here."),
        validators=[needed(mark("Please choose to whom you hand over."))],
    )
    note = TextAreaField(
        later("A note for them (may be left empty)"),
        widget=Lines(),
        description=later("What was promised, what helps, what hurts. Only key workers of the family read it."),
        validators=[no_longer_than(LONGEST)],
    )
