"""What the administrator sees: the people of one panel, and what each of them may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.page import Page
from portal.panel.staff_forms import AddStaffForm, HandAllOverForm


@dataclass(frozen=True)
class StaffLine:
    """One person in the list, and on their own page."""

    name: str
    email: str
    roles: Sequence[str]
    standing: str
    last: str
    url: str


@dataclass(frozen=True)
class StaffList(Page):
    """Everybody who works with this panel."""

    template: ClassVar[str] = "panel/staff.html"
    title: str
    people: Sequence[StaffLine]
    add_url: str


@dataclass(frozen=True)
class StaffAdd(Page):
    """A form for one more person."""

    template: ClassVar[str] = "panel/staff_add.html"
    title: str
    form: AddStaffForm
    back_url: str


@dataclass(frozen=True)
class Act:
    """Something that can be done about a person: what it is, what it does, and the button with its address."""

    title: str
    meaning: str
    button: str
    url: str


@dataclass(frozen=True)
class StaffPerson(Page):
    """One person, and what can be done about their access."""

    template: ClassVar[str] = "panel/staff_person.html"
    person: StaffLine
    acts: Sequence[Act]
    hand_over_url: str
    off_url: str
    note: str
    back_url: str


@dataclass(frozen=True)
class StaffOff(Page):
    """Whether to switch off a person's access, or why not now."""

    template: ClassVar[str] = "panel/staff_off.html"
    title: str
    sentences: Sequence[str]
    hand_over_url: str
    button_url: str
    back_url: str


@dataclass(frozen=True)
class StaffHandOver(Page):
    """The form that gives all families of a person another key worker, without naming any child."""

    template: ClassVar[str] = "panel/staff_hand_over.html"
    title: str
    sentences: Sequence[str]
    form: HandAllOverForm
    nobody: bool
    back_url: str
