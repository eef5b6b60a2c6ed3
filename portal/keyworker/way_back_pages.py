"""What a key worker sees of those who ask for a new link or a new number, and what they say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for
from wtforms.validators import ValidationError

from portal.door import Here
from portal.forms import Form, OneOf, RadioField, choices, chosen
from portal.keyworker.wording import name_of
from portal.page import Choice, Page
from portal.review.coming_back import Found, How
from portal.review.people import FamilyMember, StaffMember
from portal.words import gettext, later, mark, moment


def how_words(how: How) -> str:
    """Return how a request was seen to."""
    return {
        How.NEW_LINK: gettext("They get a new link or a new number"),
        How.REACHED: gettext("I reached them, and they need nothing more"),
        How.NOBODY_HERE: gettext("Nobody here knows who this is"),
    }[how]


class SeenToForm(Form):
    """How a request was seen to."""

    how = RadioField(
        later("How was it seen to?"),
        widget=OneOf(),
        validate_choice=False,
        validators=[chosen(How, mark("Please choose how it was seen to."))],
    )

    def __init__(self, member: FamilyMember | None) -> None:
        super().__init__()
        self.how.choices = choices(How, {how: how_words(how) for how in How})
        self._stopped = member is not None and member.no_link_ct is not None
        if self._stopped:
            self.how.choices = [one for one in self.how.choices if one[0] != How.NEW_LINK.value]

    def validate_how(self, field: RadioField) -> None:
        """Take no new link for somebody to whom nothing may be sent."""
        if self._stopped and field.data == How.NEW_LINK.value:
            raise ValidationError(gettext("Nothing may be sent to them. Please choose how else it was seen to."))


@dataclass(frozen=True)
class WaysBackPage(Page):
    """Every request that is for this key worker: what waits, and what was seen to of late."""

    template: ClassVar[str] = "keyworker/ways_back.html"
    waiting: Sequence[tuple[Choice, str]]
    seen_to: Sequence[tuple[Choice, str]]


@dataclass(frozen=True)
class WayBackUrls:
    """Where the buttons of one request lead; empty where there is no such button."""

    back: str
    take: str
    leave: str
    done: str
    again: str
    person: str


@dataclass(frozen=True)
class WayBackPage(Page):
    """One request: what somebody wrote, as text, and what the key worker does with it."""

    template: ClassVar[str] = "keyworker/way_back.html"
    name: str
    reach: str
    words: str
    words_language: str
    asked_at: str
    language: str
    through: str
    stopped: Sequence[str]
    standing: str
    instead_of: str
    form: SeenToForm
    urls: WayBackUrls


def choice(here: Here[StaffMember], found: Found) -> Choice:
    """Return the link to a request, in words that say whether anybody sees to it."""
    url = url_for("keyworker.way_back", way_back_id=found.request.id)
    if found.member is not None:
        name = name_of(found.member)
        return Choice(gettext("Somebody with a link of %(name)s asks for a new link or number", name=name), url)
    when = moment(found.request.asked_at)
    if found.keeper is None:
        title = gettext("Somebody asks for a new link or number; nobody has taken it yet (%(moment)s)", moment=when)
    elif found.keeper.id == here.caller.id:
        title = gettext("Somebody asks for a new link or number; you have taken it (%(moment)s)", moment=when)
    else:
        title = gettext("Somebody asks for a new link or number; a colleague has taken it (%(moment)s)", moment=when)
    return Choice(title, url)
