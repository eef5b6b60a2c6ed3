"""What the reading paths show: a question that may be left out, and the pages that may fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portal.page import Choice, Page
from portal.public.pages import Group
from portal.words import mark

QUESTION_WORDS = {
    "what": mark("What happened?"),
    "when": mark("How long ago was it?"),
    "want": mark("What would help you now?"),
}
ANSWER_WORDS = {
    "what": {
        "baby": mark("My baby died in hospital"),
        "ill": mark("My child had been ill, or was expected to die"),
        "sudden": mark("My child died suddenly"),
        "accident": mark("It was an accident, or on the road"),
        "suicide": mark("My child died by suicide"),
        "abroad": mark("It happened in another country, or far from home"),
        "someone": mark("Someone may have caused it"),
        "disability": mark("My child had a learning disability, or was autistic"),
        "apart": mark("My child was in care or adopted, or the parents live apart"),
    },
    "when": {
        "days": mark("It was in these last few days"),
        "months": mark("It was weeks or months ago"),
        "years": mark("It was a year ago or longer"),
    },
    "want": {
        "understand": mark("To understand what happens now"),
        "ask": mark("To ask something, or to tell the panel something"),
        "practical": mark("Help with practical things"),
        "care": mark("To look after myself, or my other children"),
        "family": mark("Something for our faith, our language or our family"),
        "wrong": mark("To say that something did not go as it should"),
        "website": mark("To know how this website treats what I do here"),
    },
}
WHY = {
    "what": mark("Because of what happened"),
    "when": mark("Because of how long ago it was"),
    "want": mark("Because of what would help you now"),
    "everyone": mark("For every family"),
}


@dataclass(frozen=True)
class BeginPage(Page):
    """One question of a reading path."""

    template: ClassVar[str] = "public/begin.html"
    question: str
    number: int
    last: int
    answers: Sequence[Choice]
    further: Sequence[Choice]
    skip_url: str
    said: Sequence[Choice]


@dataclass(frozen=True)
class FittingPages(Page):
    """The pages that may fit, and whom to ring in any event."""

    template: ClassVar[str] = "public/begin_pages.html"
    groups: Sequence[Group]
    panels: Sequence[Choice]
    said: Sequence[Choice]
