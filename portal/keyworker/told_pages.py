"""What a key worker sees of what a person said or told: the form to write it down, and each thing with its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.keyworker.answer_pages import Asked
from portal.keyworker.told_forms import SendOnForm, TellForm
from portal.keyworker.told_marks import Marks
from portal.page import Page
from portal.unsent import Begun


@dataclass(frozen=True)
class TellPage(Page):
    """The form in which a key worker writes down what a person said."""

    template: ClassVar[str] = "keyworker/tell.html"
    name: str
    apart: Sequence[str]
    form: TellForm
    begun: Begun
    back_url: str


@dataclass(frozen=True)
class ToldPage(Page):
    """One thing that a person told the panel or the key worker."""

    template: ClassVar[str] = "keyworker/told.html"
    title: str
    asked: Asked
    marks: Marks
    standing: str
    kept_on: str
    read_url: str
    danger_url: str
    back_url: str


@dataclass(frozen=True)
class SendOnPage(Page):
    """The form in which a key worker says why something goes on without its person's word."""

    template: ClassVar[str] = "keyworker/send_on.html"
    asked: Asked
    form: SendOnForm
    back_url: str
