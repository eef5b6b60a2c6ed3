"""What the administrator fills in to give somebody access."""

import re
from typing import Any

from wtforms.validators import ValidationError

from portal.access import STAFF, Role
from portal.forms import Form, Line, SelectMultipleField, SeveralOf, StringField, needed, no_longer_than
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
