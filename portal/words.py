"""The words of the interface in the reader's language, and dates and times as that language writes them.

Catalogues are read from their .po files into memory. A message that is missing, unsure, or whose placeholders do not
fit falls back to English, and the page marks that English as English: nothing is passed off as a translation.
"""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import flask
from babel.dates import format_skeleton, get_day_names
from babel.messages.pofile import read_po
from flask import Flask, g
from flask_babel import Babel, format_date, format_datetime, format_time
from flask_babel.speaklater import LazyString

from portal import languages
from portal.languages import ENGLISH, as_english, placeholders

START, STOP = languages.START, languages.STOP


class Catalogues:
    """The translated messages of every offered language."""

    def __init__(self, folder: Path, offered: tuple[str, ...]) -> None:
        self.offered = offered
        self._messages = {code: self._read(folder / code / "LC_MESSAGES" / "messages.po", code) for code in offered}

    def find(self, code: str, message: str) -> str | None:
        """Return a message in a language, or None when there is no translation that can be used."""
        return self._messages.get(code, {}).get(message)

    @staticmethod
    def _read(path: Path, code: str) -> dict[str, str]:
        if code == ENGLISH or not path.exists():
            return {}
        with path.open("rb") as file:
            catalogue = read_po(file, locale=None)
        usable = {}
        for message in catalogue:
            whole = isinstance(message.id, str) and message.id and message.string and not message.fuzzy
            if whole and placeholders(str(message.id)) == placeholders(str(message.string)):
                usable[str(message.id)] = str(message.string)
        return usable


def gettext(message: str, **values: Any) -> str:
    """Return a message in the language of this answer, its placeholders filled in."""
    return _found(message) % values


def _found(message: str) -> str:
    code = language()
    if code == ENGLISH:
        return message
    found: str | None = flask.current_app.extensions["catalogues"].find(code, message)
    if found is None:
        g.untranslated = True
        return as_english(message, code)
    return found


def _plural(one: str, many: str, number: int) -> str:
    return _found(one if number == 1 else many)


def mark(message: str) -> str:
    """Mark a message for translation without translating it yet; it is translated where it is shown."""
    return message


def later(message: str) -> Any:
    """Return a text that becomes a message in the reader's language where it is shown, for a form's labels."""
    return LazyString(gettext, message)


def language() -> str:
    """Return the language of this answer."""
    return str(g.get("language", ENGLISH))


def day(value: date) -> str:
    """Return a day as the reader's language writes it."""
    return str(format_date(value, "long"))


def moment(value: datetime) -> str:
    """Return a moment as the reader's language writes it, in the time of the clocks in England."""
    return str(format_datetime(value, "d MMMM y, HH:mm"))


def time_of_day(value: datetime) -> str:
    """Return the hour and minute of a moment as the clocks in England show it."""
    return str(format_datetime(value, "HH:mm"))


def hour(value: time) -> str:
    """Return an hour of the clock as the reader's language writes it."""
    return str(format_time(value, "HH:mm", rebase=False))


def weekday(number: int) -> str:
    """Return the name of a day of the week; 0 is Monday."""
    return str(get_day_names("wide", "stand-alone", languages.locale(language()))[number])


def day_of_the_year(value: date) -> str:
    """Return a day that comes every year as the reader's language writes it, without its year."""
    return str(format_skeleton("MMMMd", value, locale=languages.locale(language())))


def clean_of_marks(text: str) -> str:
    """Return a text without the marks around untranslated English, for a place that cannot show them."""
    return text.replace(START, "").replace(STOP, "")


def install(app: Flask, folder: Path, offered: tuple[str, ...]) -> None:
    """Give an application its catalogues, and its templates ``_()``, ``day`` and ``moment``."""
    app.extensions["catalogues"] = Catalogues(folder, offered)
    Babel(
        app,
        configure_jinja=False,
        default_locale="en_GB",
        default_timezone="Europe/London",
        locale_selector=lambda: str(languages.locale(language())),
    )
    app.jinja_env.add_extension("jinja2.ext.i18n")
    installer: Any = app.jinja_env
    installer.install_gettext_callables(_found, _plural, newstyle=True)
    app.jinja_env.filters.update(day=day, moment=moment)
