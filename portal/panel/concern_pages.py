"""What a coordinator sees when somebody may be in danger: what somebody wrote, and no name of the family."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.forms import Form, Lines, TextAreaField, needed, no_longer_than
from portal.page import Page
from portal.words import mark

_LONGEST = 10_000  # characters


class SeenToForm(Form):
    """What was done."""

    what = TextAreaField(
        mark("What was done?"),
        widget=Lines(),
        description=mark("Whom you told, on which day, and what they do now. The key worker reads this."),
        validators=[needed(mark("Please write what was done.")), no_longer_than(_LONGEST)],
    )


@dataclass(frozen=True)
class ConcernRow:
    """One line of the list."""

    url: str
    reference: str
    told_at: datetime
    told_by: str
    standing: str


@dataclass(frozen=True)
class ConcernsPage(Page):
    """Everything that was told to the coordinators because somebody may be in danger."""

    template: ClassVar[str] = "panel/concerns.html"
    waiting: Sequence[ConcernRow]
    done: Sequence[ConcernRow]


@dataclass(frozen=True)
class ConcernPage(Page):
    """One of them: what is feared, whom to bring it to, and what was done."""

    template: ClassVar[str] = "panel/concern.html"
    reference: str
    to_role: str
    rule: str
    why: str | None
    told_by: str
    told_at: datetime
    to_ring: str
    family_told: str
    steps: Sequence[tuple[str, datetime]]
    what: str
    words_url: str
    form: SeenToForm | None
    see_url: str
    done_url: str
    changed: str
    back: str
