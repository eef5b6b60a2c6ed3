"""What kind of thing stands behind each name at the top of a page. Another kind could break a reader's page."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any


class Misshapen(ValueError):
    """Something else stands behind a name at the top of a page than has to; the message says what to write."""

    def __init__(self, name: str, advice: str) -> None:
        super().__init__(f"What stands behind {name} cannot be used. {advice}")
        self.name, self.advice = name, advice


def _is_words(value: Any) -> bool:
    return not isinstance(value, (list, dict, set, tuple, bytes))


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value < 100_000


def _is_day(value: Any) -> bool:
    return type(value) is date  # not a moment, which cannot be compared with a day


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_words, value))


def _are_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _are_entries(value: Any) -> bool:
    return isinstance(value, list) and all(_is_entry(one) for one in value)


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_words(one) or _are_words(one) for one in value.values())


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_words(one) for pair in value.items() for one in pair)


_WORDS = "Write words there, in quotation marks if there is a colon in them."
_NUMBER = "Write a whole number there, as 12."
_LIST = "Write a list there: each on a line of its own after a hyphen, in quotation marks if there is a colon in it."
_ENTRIES = "Write a list of entries there, as docs/translating.md shows it."
_KINDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(("title", "summary", "owner", "group"), (_is_words, _WORDS)),
    **dict.fromkeys(("translated_by", "checked_by", "withdrawn"), (_is_words, _WORDS)),
    **dict.fromkeys(("order", "number"), (_is_number, _NUMBER)),
    "hard": (_are_ids, _LIST),
    "to_confirm": (_are_words, _LIST),
    **dict.fromkeys(("changes", "cleared"), (_are_entries, _ENTRIES)),
    "source": (_is_table, "Write behind it the id of each section with the hash of its English."),
    "review_by": (_is_day, "Write it as 2027-05-22, without quotation marks."),
}


def look_at(meta: Mapping[str, Any]) -> None:
    """Look at everything that stands at the top of a page. Raises Misshapen."""
    for name, (fits, advice) in _KINDS.items():
        value = meta.get(name)
        if value is not None and value != "" and not fits(value):
            raise Misshapen(name, advice)
