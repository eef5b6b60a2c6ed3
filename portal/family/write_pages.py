"""What the pages on which a person writes show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.family.forms import QuestionForm
from portal.page import Page


@dataclass(frozen=True)
class WritePage(Page):
    """A page to write a question, or something that the panel should know."""

    template: ClassVar[str] = "family/write.html"
    title: str
    sentences: Sequence[str]
    form: QuestionForm
    button: str
    talk: str
