"""Somebody may be in danger: what a key worker is told before they press, and how what they told stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal import danger
from portal.danger import DangerForm, Goal, Standing
from portal.door import Here
from portal.forms import OneOf, RadioField, chosen
from portal.keyworker.answer_pages import Asked
from portal.page import Page
from portal.review import concerns
from portal.review.changing import Written
from portal.review.concerns import Concern, FamilyTold
from portal.review.people import StaffMember
from portal.words import gettext, later, mark


def told_words() -> dict[FamilyTold, str]:
    """Return what a key worker can say of whether the person knows that their words go further."""
    return {
        FamilyTold.TOLD: gettext("I have told them that I pass this on, and why"),
        FamilyTold.WILL_BE: gettext("I will tell them today"),
        FamilyTold.NOT_SAFE: gettext("Telling them now could put somebody in more danger"),
    }


class ConcernForm(DangerForm):
    """What a key worker fears, and whether the person knows that it goes further."""

    told = RadioField(
        later("Do they know that you pass it on?"),
        widget=OneOf(),
        description=later("They should hear it from you, and first, unless that could put somebody in more danger."),
        validate_choice=False,
        validators=[chosen(FamilyTold, mark("Please choose whether they know that you pass it on."))],
    )

    def __init__(self) -> None:
        super().__init__()
        self.told.choices = [(told.value, words) for told, words in told_words().items()]


@dataclass(frozen=True)
class ConcernPage(Page):
    """The page behind the one press: what happens, what the person must be told, and the form."""

    template: ClassVar[str] = "keyworker/concern.html"
    asked: Asked
    goal: Goal
    form: ConcernForm
    before: Sequence[Standing]
    back_url: str


def concern_page(here: Here[StaffMember], row: Written, asked: Asked, form: ConcernForm, back_url: str) -> ConcernPage:
    """Return the page for one question or one thing told."""
    before = [danger.standing(here, one) for one in concerns.about(here.db, row.id)]
    return ConcernPage(asked, danger.goal(here, row.panel), form, before, back_url)


def url_of(concern: Concern) -> str:
    """Return the page on which a key worker sees how something stands that they told the panel."""
    if concern.about_question:
        return url_for("keyworker.question_concern", question_id=concern.subject_id)
    return url_for("keyworker.told_concern", contribution_id=concern.subject_id)
