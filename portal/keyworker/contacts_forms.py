"""What a key worker fills in after a call, a visit or a letter, and about what they promised."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import ValidationError

from portal.days import DayField, a_day, today
from portal.forms import (
    BooleanField,
    Form,
    Line,
    Lines,
    Pick,
    SelectField,
    SelectMultipleField,
    SeveralOf,
    StringField,
    TextAreaField,
    Tick,
    needed,
    no_longer_than,
)
from portal.keyworker.wording import name_of
from portal.review.kept import LONGEST
from portal.review.people import FamilyMember, StaffMember
from portal.review.talks import How, Told
from portal.words import day, gettext, later, mark

_SHORT = 200  # characters of a promise: it stands in one line of the desk


class TalkForm(Form):
    """One call, visit or letter, and at most one promise that was made with it."""

    people = SelectMultipleField(
        later("With whom?"),
        widget=SeveralOf(),
        description=later("Tick nobody for somebody who is not on this list."),
        validate_choice=False,
    )
    how = SelectField(later("In which way?"), widget=Pick(), validate_choice=False)
    was_on = DayField(
        later("On which day?"),
        validators=[
            needed(mark("Please write the day on which you were in touch.")),
            a_day(lambda one: one <= today(), mark("This day is still to come. Please write a day that has been.")),
        ],
    )
    said = TextAreaField(
        later("What was said?"),
        widget=Lines(),
        description=later(
            "A few words are enough. Only those who look after this family can read it: no page of the family, and "
            "nobody of the panel. Write it so that you could stand by it if the family ever asks to see it."
        ),
        validators=[no_longer_than(LONGEST)],
    )
    missed = BooleanField(
        later("I did not reach them"),
        widget=Tick(),
        description=later("Where nobody answered, for example. The day then does not count as one of contact."),
    )
    promise = StringField(
        later("I said that I would (may be left empty)"),
        widget=Line(),
        description=later(
            "For example: ring them about the day of the meeting. Never make a promise that you cannot keep: leave it "
            "empty, and nothing is promised."
        ),
        render_kw={"autocomplete": "off"},
        validators=[no_longer_than(_SHORT)],
    )
    until_on = DayField(
        later("By which day?"),
        description=later("Only for a promise. Choose a day that you can keep. For example 24 November 2026."),
        validators=[
            a_day(lambda one: one >= today(), mark("This day is already behind us. Please write today or a later day."))
        ],
    )
    keeper = SelectField(later("Who keeps it?"), widget=Pick(), validate_choice=False)

    def __init__(
        self, members: Sequence[FamilyMember], keepers: Sequence[StaffMember], first: FamilyMember | None = None
    ) -> None:
        self._members = {str(one.id): one for one in members}
        self._keepers = {str(one.id): one for one in keepers}
        data: dict[str, Any] = {"how": How.TELEPHONE.value, "was_on": day(today()), "keeper": str(keepers[0].id)}
        super().__init__(data=data | ({"people": [str(first.id)]} if first else {}))
        self.how.choices = [(how.value, way(how)) for how in How]
        self.people.choices = [(value, name_of(one)) for value, one in self._members.items()]
        self.keeper.choices = [(value, one.name) for value, one in self._keepers.items()]
        if len(members) < 2:
            del self.people
        if len(keepers) < 2:
            del self.keeper

    def validate_how(self, field: SelectField) -> None:
        """Take only a way that there is."""
        if field.data not in {how.value for how in How}:
            raise ValidationError(gettext("Please choose a way."))

    def validate_said(self, field: TextAreaField) -> None:
        """Something was said, or promised, or nobody was reached; else the button was pressed too early."""
        if not ((field.data or "").strip() or self.missed.data or self.promised):
            raise ValidationError(gettext("Please write in a few words what was said."))

    def validate_promise(self, field: StringField) -> None:
        """A day alone promises nothing."""
        if (self.until_on.data or "").strip() and not self.promised:
            raise ValidationError(gettext("Please write what you said that you would do, or leave the day empty."))

    def validate_until_on(self, field: DayField) -> None:
        """A promise has a day."""
        if self.promised and not (field.data or "").strip():
            raise ValidationError(
                gettext(
                    "Please write by which day. A promise without a day is hard to keep, and hard to wait for. "
                    "If you cannot name one, leave both empty, and nothing is promised."
                )
            )

    @property
    def promised(self) -> str:
        """What was promised; nothing where it was left empty."""
        return (self.promise.data or "").strip()

    @property
    def mark(self) -> str:
        """The form's own mark with what was promised: who goes back and promises otherwise has sent something else."""
        promised = (self.promised, self.until_on.data, self.chosen_keeper.id) if self.promised else ()
        return "\n".join(map(str, (self.once.data, *promised)))

    @property
    def chosen_keeper(self) -> StaffMember:
        """Who keeps the promise."""
        keepers = list(self._keepers.values())
        return self._keepers.get(self.keeper.data, keepers[0]) if "keeper" in self else keepers[0]

    @property
    def told(self) -> Told:
        """What is to be written down, once everything was found good."""
        ticked = (self.people.data or []) if "people" in self else list(self._members)
        people = [one for value, one in self._members.items() if value in ticked]
        was_on = self.was_on.day
        if was_on is None:
            raise ValueError("Ask only after the form was found good.")
        return Told(was_on, How(self.how.data), not self.missed.data, people, self.said.data or "")


class MoveForm(Form):
    """Another day for a promise."""

    until_on = DayField(
        later("By which day now?"),
        description=later("The day before stays to be seen. For example 24 November 2026."),
        validators=[
            needed(mark("Please write by which day.")),
            a_day(
                lambda one: one >= today(), mark("This day is already behind us. Please write today or a later day.")
            ),
        ],
    )


class LetGoForm(Form):
    """Why a promise is let go."""

    why = TextAreaField(
        later("Why is it let go?"),
        widget=Lines(),
        description=later("A word is enough: they no longer want it, or something else took its place."),
        validators=[needed(mark("Please write in a word why it is let go.")), no_longer_than(LONGEST)],
    )


class NextForm(Form):
    """When the key worker will next be in touch with one person, and whether that person sees the days."""

    next = DayField(
        later("The day on which you will next be in touch (may be left empty)"),
        description=later("With this person alone. Write only a day that you can keep. For example 24 November 2026."),
        validators=[
            a_day(
                lambda one: one >= today(),
                mark("This day is already behind us. Please write a day to come, or leave it empty."),
            )
        ],
    )
    shown = BooleanField(
        later("They may see these days"),
        widget=Tick(),
        description=later(
            "The last day of contact and the next. They stand beside where the review is, once the person has chosen "
            "to see it. Without this tick they see no day at all, also not the one for the whole family."
        ),
    )


def way(how: How) -> str:
    """Return in which way somebody was in touch."""
    return {
        How.TELEPHONE: gettext("By telephone"),
        How.VISIT: gettext("By a visit"),
        How.MET: gettext("We met"),
        How.LETTER: gettext("By letter"),
        How.MESSAGE: gettext("By a message"),
        How.OTHER: gettext("In another way"),
    }[how]
