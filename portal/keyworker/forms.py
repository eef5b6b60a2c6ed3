"""What a key worker fills in. Every field keeps what was typed, and each says what would help."""

from typing import Any

from wtforms.validators import ValidationError

from portal import languages
from portal.days import DayField, a_day, today
from portal.forms import (
    BooleanField,
    Form,
    Line,
    Lines,
    OneOf,
    Pick,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    Tick,
    needed,
    no_longer_than,
)
from portal.keyworker import wording
from portal.keyworker.reach import shown, tidy_address, ways_offered
from portal.review.answers import ToldHow
from portal.review.families import Details
from portal.review.kept import LONGEST
from portal.review.people import FamilyMember, Relation, Way
from portal.review.reviews import Review
from portal.settings import Settings
from portal.stages import stage_labels
from portal.words import gettext, later, mark

_NAME = 200  # characters; names in full, with titles, are shorter


class StartForm(Form):
    """The least possible about a child: the name that the family uses, and where the review is."""

    child = StringField(
        later("The child's name, as the family uses it"),
        widget=Line(),
        description=later("Only you see it. A first name or a pet name is enough."),
        validators=[needed(mark("Please write the name that the family uses.")), no_longer_than(_NAME)],
    )
    stage = RadioField(
        later("Where is the review now?"),
        widget=OneOf(),
        description=later("You can change this at any time."),
        validators=[needed(mark("Please choose where the review is now."))],
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.stage.choices = stage_labels()


class StageForm(Form):
    """Where a review is, and when the key worker will next be in touch."""

    stage = RadioField(
        later("Where is the review now?"),
        widget=OneOf(),
        description=later("Each person sees it only when they ask to be shown it, in a space of their own."),
        validators=[needed(mark("Please choose where the review is now."))],
    )
    next_contact = DayField(
        later("The day on which you will next be in touch (may be left empty)"),
        description=later(
            "For everyone in the family, unless a person has a day of their own. Write only a day that you can keep. "
            "For example 24 November 2026."
        ),
        validators=[
            a_day(
                lambda day: day >= today(),
                mark("This day is already behind us. Please write a day to come, or leave it empty."),
            )
        ],
    )

    def __init__(self, review: Review) -> None:
        super().__init__(data={"stage": review.stage.value, "next_contact": _written(review)})
        self.stage.choices = stage_labels()


class WhoForm(Form):
    """Who a person is, and the language that they read best. It stands first: problems are told in this order."""

    name = StringField(
        later("Their name, as they wish to be called"),
        widget=Line(),
        render_kw={"autocomplete": "off"},
        validators=[needed(mark("Please write their name.")), no_longer_than(_NAME)],
    )
    relation = RadioField(
        later("Who are they to the child?"),
        widget=OneOf(),
        description=later("Only you see this."),
        validators=[needed(mark("Please choose who they are to the child."))],
    )
    language = SelectField(
        later("The language that they read best"),
        widget=Pick(),
        description=later("Their messages and their space are in this language."),
        validators=[needed(mark("Please choose a language."))],
    )


class WayForm(Form):
    """The way in which messages reach a person, and the address for it."""

    way = RadioField(
        later("How should messages reach them?"),
        widget=OneOf(),
        description=later("Messages carry no name and say nothing about a child or a death."),
        validators=[needed(mark("Please choose a way."))],
    )
    address = TextAreaField(
        later("The address for that way"),
        widget=Lines(),
        description=later(
            "An e-mail address, a UK mobile number, or a postal address in lines. "
            "For a letter that you will hand over yourself, leave it empty."
        ),
        render_kw={"autocomplete": "off"},
        validators=[no_longer_than(_NAME * 3)],
    )

    def __init__(self, settings: Settings, **values: Any) -> None:
        super().__init__(**values)
        self.way.choices = [(way.value, wording.way(way)) for way in ways_offered(settings)]

    def validate_address(self, field: TextAreaField) -> None:
        """Read the address as one of the chosen way."""
        if self.way.data in {value for value, _ in self.way.choices}:
            try:
                tidy_address(Way(self.way.data), field.data or "")
            except ValueError as problem:
                raise ValidationError(str(problem)) from problem

    @property
    def chosen(self) -> tuple[Way, str | None]:
        """The way and the address, once both were found good."""
        way = Way(self.way.data)
        return way, tidy_address(way, self.address.data or "")


class SendForm(WayForm):
    """Another private link, by whichever way; a letter needs no address here: the key worker brings or posts it."""

    def validate_address(self, field: TextAreaField) -> None:
        """Read the address, unless it is paper that goes."""
        if self.way.data != Way.PAPER.value:
            super().validate_address(field)

    @property
    def chosen(self) -> tuple[Way, str | None]:
        """The way and the address; what is written down for another way is no address for a letter."""
        return (Way.PAPER, None) if self.way.data == Way.PAPER.value else super().chosen

    def __init__(self, settings: Settings, member: FamilyMember) -> None:
        super().__init__(settings, data={"way": member.way.value, "address": shown(member.way, member.address)})


class PersonForm(WhoForm, WayForm):
    """One person: who they are, their language, and how to reach them safely."""

    care = TextAreaField(
        later("How to reach them safely (may be left empty)"),
        widget=Lines(),
        description=later("For you alone: safe times, a shared telephone, who must not see a message."),
        validators=[no_longer_than(LONGEST)],
    )

    def __init__(self, settings: Settings, member: FamilyMember | None = None) -> None:
        super().__init__(settings, data=_of(member) if member else None)
        self.relation.choices = [(relation.value, wording.relation(relation)) for relation in Relation]
        offered = [(code, languages.language(code).own_name) for code in settings.languages]
        self.language.choices = [("", gettext("Choose a language")), *offered]

    @property
    def details(self) -> Details:
        """What is to be written down, once everything was found good."""
        way, address = self.chosen
        care = (self.care.data or "").strip() or None
        return Details(self.name.data.strip(), Relation(self.relation.data), self.language.data, way, address, care)


class BringForm(Form):
    """How and when the key worker told a person that there is an answer."""

    told_how = RadioField(
        later("How did you tell them?"),
        widget=OneOf(),
        description=later("Hard answers are best told by a voice."),
        validators=[needed(mark("Please choose how you told them."))],
    )
    told_on = DayField(
        later("On which day?"),
        description=later("For example 24 November 2026."),
        validators=[
            needed(mark("Please write the day on which you told them.")),
            a_day(
                lambda day: day <= today(), mark("This day is still to come. Please tell them first, then come back.")
            ),
        ],
    )
    told = BooleanField(
        later("I have told them that there is an answer, and how and when they can open it"),
        widget=Tick(),
        description=later("Nobody finds an answer that they were not told of."),
        validators=[needed(mark("Please tell them first. When you have, tick this."))],
    )
    also_send = BooleanField(
        later("Also send them a short message that there is something new"),
        widget=Tick(),
        description=later("It says nothing about the answer, and goes in the way that is written down for them."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.told_how.choices = [(how.value, wording.told_how(how)) for how in ToldHow]


class OtherWordsForm(Form):
    """What the panel might say in other words."""

    remark = TextAreaField(
        later("What would be better said in other words?"),
        widget=Lines(),
        description=later("The person who wrote the answer reads this. The family never does."),
        validators=[
            needed(mark("Please write what would help the panel to find better words.")),
            no_longer_than(LONGEST),
        ],
    )


def _written(review: Review) -> str:
    day = review.next_contact_on
    return f"{day.day} {day:%B %Y}" if day else ""


def _of(member: FamilyMember) -> dict[str, str | None]:
    return {
        "name": member.name,
        "relation": member.relation.value,
        "language": member.language,
        "way": member.way.value,
        "address": shown(member.way, member.address),
        "care": member.care,
    }
