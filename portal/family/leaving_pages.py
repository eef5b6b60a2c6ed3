"""What the page shows on which a person sees their devices, and the words for each kind of device."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.page import Page
from portal.review.devices import Machine, Program
from portal.words import gettext

# Names, the same in every language.
_PROGRAMS = {
    Program.EDGE: "Edge",
    Program.SAMSUNG: "Samsung Internet",
    Program.OPERA: "Opera",
    Program.FIREFOX: "Firefox",
    Program.CHROME: "Chrome",
    Program.SAFARI: "Safari",
    Program.UNKNOWN: "",
}


@dataclass(frozen=True)
class OpenHere:
    """One device on which a space is open, and how to end that; here where it is this one."""

    machine: str
    program: str
    seen_at: datetime
    here: bool
    leave_url: str


@dataclass(frozen=True)
class LeavingPage(Page):
    """How to sign out here and everywhere, and who is signed in where."""

    template: ClassVar[str] = "family/leaving.html"
    visits: Sequence[OpenHere]


def machine_words(machine: Machine) -> str:
    """Name a kind of device in plain words."""
    return {
        Machine.IPHONE: gettext("Telephone (iPhone)"),
        Machine.IPAD: gettext("Tablet (iPad)"),
        Machine.ANDROID_TELEPHONE: gettext("Telephone (Android)"),
        Machine.ANDROID_TABLET: gettext("Tablet (Android)"),
        Machine.WINDOWS: gettext("Computer (Windows)"),
        Machine.MAC: gettext("Computer (Mac)"),
        Machine.CHROMEBOOK: gettext("Computer (Chromebook)"),
        Machine.LINUX: gettext("Computer"),
        Machine.UNKNOWN: gettext("Telephone or computer"),
    }[machine]


def program_words(program: Program) -> str:
    """Name a browser."""
    return _PROGRAMS[program]
