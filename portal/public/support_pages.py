"""What the support directory shows, and the words for what can be chosen there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.library.support import Entry, Text
from portal.page import Choice, Page
from portal.words import mark

WHO_WORDS = {
    "parent": mark("A mother, father or carer"),
    "father": mark("A father, or another man in the family"),
    "sibling": mark("A brother or sister"),
    "grandparent": mark("A grandparent"),
    "other": mark("Another relative, or a friend"),
}
WHAT_WORDS = {
    "baby": mark("A baby died before, during or after birth"),
    "sudden": mark("A child died suddenly"),
    "no cause": mark("No cause was found"),
    "illness": mark("A child had been ill"),
    "suicide": mark("A child died by suicide"),
    "road": mark("A road crash"),
    "harm": mark("Someone may have caused it"),
    "custody": mark("A child died in custody, or held under the Mental Health Act"),
    "inquest": mark("There is an inquest"),
    "care": mark("Questions about medical care"),
    "practical": mark("Help with practical things"),
}
OWN_WORDS = {
    "muslim": mark("A Muslim family"),
    "jewish": mark("A Jewish family"),
    "any faith": mark("Another faith"),
    "any language": mark("Another language, or sign language"),
}


@dataclass(frozen=True)
class Line:
    """Somebody who can be asked: the facts, the words for them, where it is, and whether it was checked."""

    entry: Entry
    text: Text
    area: str
    standing: str


@dataclass(frozen=True)
class Lines:
    """Those who stand under one heading; in a closed list only who and how, with a link to the rest.

    ``above`` is the heading of the closed lists that follow it.
    """

    key: str
    title: str
    lines: Sequence[Line]
    more_url: str = ""
    closed: bool = False
    above: str = ""


@dataclass(frozen=True)
class Field:
    """One thing that may be chosen, or left alone."""

    name: str
    label: str
    nothing: str
    options: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True)
class FindSupport(Page):
    """Everybody who can be asked for help, or those who may fit what was chosen."""

    template: ClassVar[str] = "public/find_support.html"
    groups: Sequence[Lines]
    chosen: bool
    nothing_of_its_own: bool
    unchecked: bool
    drafted: bool
    fields: Sequence[Field]
    key_worker: str
    all_url: str
    in_words: Choice
