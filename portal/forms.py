"""Forms and their shared fields; the only module that imports flask_wtf.

Every message is in the reader's language, every field keeps what was typed, and the form carries a mark of its own so
that sending twice makes one.
"""

import re
from enum import Enum
from typing import Any
from uuid import uuid4

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect, generate_csrf
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation

from portal.words import gettext

protection = CSRFProtect()
token = generate_csrf
_MARKS = re.compile("[\ue000-\ue002]")  # see portal/words.py


class _Kind:
    """A GOV.UK widget whose hidden word before a message is in the reader's language."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the translated hidden word, and leave out what only a browser's own bubbles would use."""
        kwargs.pop("required", None)
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]  # the widget beside it
        params.get("attributes", {}).pop("required", None)  # a list of choices has none
        if "errorMessage" in params:
            params["errorMessage"]["visuallyHiddenText"] = gettext("Please look at this")
        return params


class Line(_Kind, GovTextInput):
    """One line of text."""


class Lines(_Kind, GovTextArea):
    """Several lines of text."""

    def __call__(self, field: Any, **kwargs: Any) -> Any:
        """Show the text; a browser drops an empty line right at the beginning, so there stands one more."""
        value = kwargs.get("value", field._value())
        return super().__call__(field, **kwargs | {"value": f"\n{value}" if value[:1] in ("\n", "\r") else value})


class OneOf(_Kind, GovRadioInput):
    """A choice of one."""


class Pick(_Kind, GovSelect):
    """A choice of one among many."""


class SeveralOf(_Kind, GovCheckboxesInput):
    """A choice of several."""


class Tick(_Kind, GovCheckboxInput):
    """One thing to confirm."""


def without_marks(typed: Any) -> Any:
    """Return a text without the private signs of portal/words.py, which nobody types."""
    return _MARKS.sub("", typed) if isinstance(typed, str) else typed


class Form(FlaskForm):
    """The base of every form."""

    once = HiddenField(default=lambda: str(uuid4()))

    class Meta(FlaskForm.Meta):
        """Messages are always the portal's own, so WTForms' few catalogues are not used."""

        locales = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Take what a page of ours sends; no page sends JSON, whose values may be anything but text."""
            return request.form if formdata is not None and request.is_json else super().wrap_formdata(form, formdata)

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Keep out of every text the private signs with which this house marks what is not translated."""
            field = super().bind_field(form, unbound_field, options)
            if isinstance(field, StringField):
                field.filters = (*field.filters, without_marks)
            return field

    def validate_on_submit(self, *args: Any, **kwargs: Any) -> bool:
        """Not used: a view that changes is only ever reached by POST."""
        raise NotImplementedError("Call validate().")


def needed(message: str) -> Any:
    """Require a field, with a message of our own, translated when the form is checked."""

    def check(_form: Any, field: Any) -> None:
        if not any(str(typed).strip() for typed in field.raw_data or ()):
            field.errors = []  # a field of choices has said already, in words that are not ours, that nothing fits
            raise StopValidation(gettext(message))

    return check


def chosen(kind: type[Enum], message: str) -> Any:
    """Require one of an Enum's values, with a message of our own; for a field with ``validate_choice=False``."""

    def check(_form: Any, field: Any) -> None:
        if field.data not in {member.value for member in kind}:
            raise StopValidation(gettext(message))

    return check


def no_longer_than(most: int) -> Any:
    """Refuse a text beyond any that a person types, kindly and without cutting it."""

    def check(form: Any, field: Any) -> None:
        if field.data and len(field.data) > most:
            raise StopValidation(  # so that nothing looks at the rest of it
                gettext(
                    "This is longer than we can keep in one piece. Everything you wrote is still here: "
                    "please send it in two parts."
                )
            )

    return check


def choices(kind: type[Enum], labels: dict[Any, str]) -> list[tuple[str, str]]:
    """Return the choices of a field from an Enum, with their labels."""
    return [(member.value, labels[member]) for member in kind]


__all__ = [
    "BooleanField",
    "Form",
    "HiddenField",
    "Line",
    "Lines",
    "OneOf",
    "Pick",
    "RadioField",
    "SelectField",
    "SelectMultipleField",
    "SeveralOf",
    "StringField",
    "TextAreaField",
    "Tick",
    "choices",
    "chosen",
    "needed",
    "no_longer_than",
    "protection",
    "token",
    "without_marks",
]
