"""What the pages of the family's doors show, with every state said in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from portal.family.forms import ComeBackForm, NumberForm
from portal.family.words_pages import Written
from portal.library.panels import Contact
from portal.page import Choice, Page


@dataclass(frozen=True)
class LinkPage(Page):
    """The neutral page behind every private link, live or not."""

    template: ClassVar[str] = "family/link.html"
    form: NumberForm
    not_opened: bool
    resting: bool


@dataclass(frozen=True)
class ComeBackPage(Page):
    """The visit has ended; what was being written is here."""

    template: ClassVar[str] = "family/come_back.html"
    form: ComeBackForm | None
    written: str
    not_opened: bool


@dataclass(frozen=True)
class SignedOutPage(Page):
    """The visit has been ended by the person."""

    template: ClassVar[str] = "family/signed_out.html"


@dataclass(frozen=True)
class Waiting:
    """Something from the panel about a question; nothing of what it says."""

    url: str
    reference: str
    sentence: str


@dataclass(frozen=True)
class SpacePage(Page):
    """The start of a person's space."""

    template: ClassVar[str] = "family/space.html"
    stages: Sequence[tuple[str, str]]
    stage: str
    now: Sequence[str]
    next_contact_on: date | None
    key_worker_name: str
    key_worker: str
    contact: Contact | None
    waiting: Sequence[Waiting]
    written: Sequence[Written]
    reading: Sequence[Choice]


@dataclass(frozen=True)
class LeavingPage(Page):
    """How to sign out here and everywhere, and who is signed in where."""

    template: ClassVar[str] = "family/leaving.html"
    visits: Sequence[tuple[datetime, bool]]
