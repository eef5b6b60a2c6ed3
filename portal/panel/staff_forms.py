"""What the administrator fills in to give somebody access."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms.validators import ValidationError

from portal.access import STAFF, Role
from portal.forms import (
    Form,
    Line,
    Lines,
    Pick,
    SelectField,
    SelectMultipleField,
    SeveralOf,
    StringField,
    TextAreaField,
    needed,
    no_longer_than,
)
from portal.review.kept import LONGEST
from portal.review.people import StaffMember
from portal.words import clean_of_marks, gettext, mark

ROLE_LABELS = {
    Role.KEY_WORKER: mark("Key worker: looks after families"),
    Role.COORDINATOR: mark("Coordinator: takes up questions and puts them to meetings"),
    Role.CHAIR: mark("Chair: drafts and checks answers"),
    Role.PANEL_MEMBER: mark("Panel member: reads questions and drafts answers"),
    Role.EDITOR: mark("Editor: looks after the library"),
    Role.TRANSLATOR: mark("Translator: brings pages into a language, and checks what others wrote"),
    Role.ADMINISTRATOR: mark("Administrator: gives and ends access"),
}
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


class AddStaffForm(Form):
    """A colleague's name, address and roles."""

    name = StringField(
        mark("Name"),
        widget=Line(),
        validators=[needed(mark("Write the person's name.")), no_longer_than(200)],
    )
    email = StringField(
        mark("E-mail address"),
        widget=Line(),
        description=mark("Their own address at work. The invitation goes there, and they sign in with it."),
        validators=[needed(mark("Write the person's e-mail address.")), no_longer_than(250)],
    )
    roles = SelectMultipleField(mark("What they do"), widget=SeveralOf())

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.roles.choices = [(role.value, gettext(label)) for role, label in ROLE_LABELS.items()]

    def validate_email(self, field: Any) -> None:
        """Require something to which a mail can go."""
        if not _ADDRESS.fullmatch(field.data.strip()):
            raise ValidationError(clean_of_marks(gettext("Write an e-mail address like name@example.org.")))

    def validate_roles(self, field: Any) -> None:
        """Require at least one role."""
        if not field.data:
            raise ValidationError(clean_of_marks(gettext("Choose at least one thing that they do.")))

    @property
    def chosen(self) -> list[Role]:
        """The roles that were chosen."""
        return [role for role in ROLE_LABELS if role in STAFF and role.value in (self.roles.data or [])]


class HandAllOverForm(Form):
    """Who looks after all families of a person from now on, and a note for that colleague."""

    colleague = SelectField(
        mark("Who looks after them from now on?"),
        widget=Pick(),
        validate_choice=False,
        description=mark("Ask them first. Each family should hear it from a person."),
        validators=[needed(mark("Please choose a key worker."))],
    )
    note = TextAreaField(
        mark("A note for them (may be left empty)"),
        widget=Lines(),
        description=mark("Only key workers of the families read it."),
        validators=[no_longer_than(LONGEST)],
    )

    def __init__(self, colleagues: Sequence[StaffMember], **values: Any) -> None:
        super().__init__(**values)
        self._colleagues = {str(one.id): one for one in colleagues}
        names = [(value, one.name) for value, one in self._colleagues.items()]
        self.colleague.choices = [("", gettext("Choose a key worker")), *names]

    def validate_colleague(self, field: Any) -> None:
        """Take only somebody who is there to be chosen."""
        if field.data not in self._colleagues:
            raise ValidationError(clean_of_marks(gettext("Please choose a key worker from the list.")))

    @property
    def chosen(self) -> StaffMember:
        """The key worker who was chosen."""
        return self._colleagues[self.colleague.data]
