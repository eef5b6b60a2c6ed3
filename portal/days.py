"""A day typed in one field, in any of the ways in which people in England write one; what was typed is always kept."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from portal import clock
from portal.forms import Line, StringField
from portal.review.quiet import day_in_england
from portal.words import gettext

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})")
_IN_WORDS = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s.-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})")


def today() -> date:
    """Return the day that it is in England."""
    return day_in_england(clock.now())


def read_day(typed: str) -> date | None:
    """Return the day that was typed, or None when it cannot be told."""
    text = typed.strip().lower()
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif (found := _IN_WORDS.fullmatch(text)) and found.group(2)[:3] in _MONTHS:
        day, month, year = int(found.group(1)), _MONTHS.index(found.group(2)[:3]) + 1, int(found.group(3))
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DayField(StringField):  # type: ignore[misc]  # WTForms carries no types
    """One field for a day; ``day`` is the day that was typed."""

    widget = Line()

    @property
    def day(self) -> date | None:
        """The day that was typed, if it can be told."""
        return read_day(self.data or "")


def a_day(fits: Callable[[date], bool], message: str) -> Any:
    """Require that what was typed is a day, and one that fits."""

    def check(form: Any, field: DayField) -> None:
        if not (field.data or "").strip():
            return
        if field.day is None:
            raise ValidationError(gettext("Please write the day like this: 24 November 2026."))
        if not fits(field.day):
            raise ValidationError(gettext(message))

    return check
