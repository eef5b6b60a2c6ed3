"""What the pages of the family's doors show, with every state said in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.family.forms import ComeBackForm, NumberForm, TypedForm
from portal.family.there import Away
from portal.family.words_pages import Written
from portal.library.panels import Contact
from portal.page import Choice, Page
from portal.rooms import Door
from portal.unsent import Device


@dataclass(frozen=True)
class LinkPage(Page):
    """The neutral page behind every private link, live or not."""

    template: ClassVar[str] = "family/link.html"
    form: NumberForm
    not_opened: bool
    resting: bool
    ask_url: str


@dataclass(frozen=True)
class TypedPage(Page):
    """The neutral page on which the code of a letter is typed."""

    template: ClassVar[str] = "family/typed.html"
    form: TypedForm
    sample: str
    not_opened: bool
    ask_url: str


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
    """Something that waits for the person, and what they can do about it; nothing of what it says."""

    url: str
    sentence: str
    action: str
    reference: str = ""


@dataclass(frozen=True)
class SpacePage(Page):
    """The start of a person's space."""

    template: ClassVar[str] = "family/space.html"
    waiting: Sequence[Waiting]
    begun: Sequence[Waiting]
    device: Device
    doors: Sequence[tuple[str, Sequence[Door]]]
    key_worker_name: str
    away: Away | None
    key_worker: str
    contact: Contact | None
    written: Sequence[Written]
    reading: Sequence[Choice]
