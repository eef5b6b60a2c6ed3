"""What a key worker fills in about a child and a person: who they are, and how they are reached.

The classes stand in the order of the page: problems are told in this order, too.
"""

from typing import Any

from wtforms.validators import ValidationError

from portal import languages
from portal.forms import (
    Form,
    Line,
    Lines,
    OneOf,
    Pick,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    needed,
    no_longer_than,
)
from portal.keyworker import wording
from portal.keyworker.reach import shown, tidy_address, ways_offered
from portal.review.families import Details
from portal.review.kept import LONGEST
from portal.review.people import FamilyMember, Relation, Way
from portal.settings import Settings
from portal.words import gettext, later, mark

_NAME = 200  # characters; names in full, with titles, are shorter


class ChildForm(Form):
    """The least possible about a child: the name that the family uses."""

    child = StringField(
        later("The child's name, as the family uses it"),
        widget=Line(),
        description=later("Only you see it. Please add no birthday, no hospital and no number."),
        render_kw={"autocomplete": "off"},
        validators=[needed(mark("Please write the name that the family uses.")), no_longer_than(_NAME)],
    )


class WhoForm(Form):
    """Who a person is, and the language that they read best."""

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


class PersonForm(WhoForm, WayForm):
    """One person: who they are, their language, and how to reach them safely."""

    care = TextAreaField(
        later("How to reach them safely (may be left empty)"),
        widget=Lines(),
        description=later("For you alone: safe times, a shared telephone, who must not see a message."),
        validators=[no_longer_than(LONGEST)],
    )

    def __init__(self, settings: Settings, member: FamilyMember | None = None) -> None:
        super().__init__(settings, data=_of(member) if member else {"way": Way.PAPER.value})
        self.relation.choices = [(relation.value, wording.relation(relation)) for relation in Relation]
        offered = [(code, _named(code)) for code in settings.languages]
        self.language.choices = [("", gettext("Choose a language")), *offered]

    @property
    def details(self) -> Details:
        """What is to be written down, once everything was found good."""
        way, address = self.chosen
        care = (self.care.data or "").strip() or None
        return Details(self.name.data.strip(), Relation(self.relation.data), self.language.data, way, address, care)


def _named(code: str) -> str:
    """Return a language by the name that a key worker types to find it, and by its own."""
    english, own = languages.locale(code).get_language_name("en"), languages.language(code).own_name
    return own if english == own else f"{english} – {own}"


def _of(member: FamilyMember) -> dict[str, str | None]:
    return {
        "name": member.name,
        "relation": member.relation.value,
        "language": member.language,
        "way": member.way.value,
        "address": shown(member.way, member.address),
        "care": member.care,
    }
