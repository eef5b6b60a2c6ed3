"""Languages: their codes, their direction (from the script, never guessed) and their names in themselves."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

ENGLISH = "en"
START, STOP = "\ue000", "\ue001"  # around English on a page of another language, until page.py marks it as English
_PLACEHOLDER = re.compile(r"%(?:%|\((\w+)\)[sd])")
# Plain "en" would print American dates.
_BABEL_NAMES = {"en": "en_GB"}


@dataclass(frozen=True)
class Language:
    """One language: its BCP 47 code, its own name, and "ltr" or "rtl"."""

    code: str
    own_name: str
    direction: str


@cache
def locale(code: str) -> Locale:
    """Return Babel's locale for a language code; English for a language that Babel has no data about."""
    try:
        return Locale.parse(_BABEL_NAMES.get(code, code.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@cache
def language(code: str) -> Language:
    """Return what is known of a language."""
    found = locale(code)
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name(found) or code
    except (UnknownLocaleError, ValueError):
        name = code
    return Language(code, name, found.text_direction)


def as_english(text: str, language: str) -> str:
    """Return an English text to stand on a page of a language, with the marks around it that page.py turns to HTML."""
    return text if language == ENGLISH or not text else f"{START}{text}{STOP}"


def best(accepted: list[str], offered: tuple[str, ...]) -> str:
    """Return the offered language that suits a reader best, given tags such as ``ur-PK`` in order of liking."""
    for tag in accepted:
        wanted = tag.replace("_", "-").lower()
        while wanted:
            for code in offered:
                if code.lower() == wanted:
                    return code
            wanted = wanted.rpartition("-")[0]
    return ENGLISH if ENGLISH in offered else offered[0]


def placeholders(text: str) -> set[str]:
    """Return the names of a text's placeholders; a stray per cent sign counts as one that nothing fits."""
    rest = _PLACEHOLDER.sub("", text)
    return {name for name in _PLACEHOLDER.findall(text) if name} | ({"%"} if "%" in rest else set())


def script_of(text: str) -> str:
    """Return the name of the script that a text begins in, as Unicode has it: ``LATIN``, ``ARABIC``, ``GURMUKHI``."""
    return unicodedata.name(text[:1], "").partition(" ")[0]
