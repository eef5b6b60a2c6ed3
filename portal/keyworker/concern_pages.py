"""Somebody may be in danger: what a key worker is told before they press, and how what they told stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal.door import Here
from portal.forms import Form, Lines, OneOf, RadioField, TextAreaField, choices, chosen, needed, no_longer_than
from portal.keyworker.answer_pages import Asked
from portal.languages import ENGLISH
from portal.page import Page
from portal.review import concerns
from portal.review.changing import Written
from portal.review.concerns import Concern, FamilyTold
from portal.review.people import StaffMember
from portal.review.questions import Question
from portal.sealing import opened
from portal.words import gettext, later, mark, moment

_LONGEST = 10_000  # characters
_ROLE = 200  # characters of a role, as the table has them


def told_words(told: FamilyTold) -> str:
    """Return whether the person knows that their words go further."""
    return {
        FamilyTold.TOLD: gettext("I have told them that I pass this on, and why"),
        FamilyTold.WILL_BE: gettext("I will tell them today"),
        FamilyTold.NOT_SAFE: gettext("Telling them now could put somebody in more danger"),
    }[told]


class ConcernForm(Form):
    """What a key worker fears, and whether the person knows that it goes further."""

    why = TextAreaField(
        later("Who may be in danger, and what did you read or hear?"),
        widget=Lines(),
        description=later("In the words that they used, where you can. Name nobody who does not matter to it."),
        validators=[needed(mark("Please write what you read or heard.")), no_longer_than(_LONGEST)],
    )
    told = RadioField(
        later("Do they know that you pass it on?"),
        widget=OneOf(),
        description=later("They should hear it from you, and first, unless that could put somebody in more danger."),
        validate_choice=False,
        validators=[chosen(FamilyTold, mark("Please choose whether they know that you pass it on."))],
    )

    def __init__(self) -> None:
        super().__init__()
        self.told.choices = choices(FamilyTold, {told: told_words(told) for told in FamilyTold})


@dataclass(frozen=True)
class Standing:
    """Something that was told to the panel, and who has seen to it."""

    sentences: Sequence[str]
    why: str
    what: str


@dataclass(frozen=True)
class ConcernPage(Page):
    """The page behind the one press: what happens, what the person must be told, and the form."""

    template: ClassVar[str] = "keyworker/concern.html"
    asked: Asked
    to_role: str
    rule: str
    panel_phone: str
    panel_phone_href: str
    form: ConcernForm
    before: Sequence[Standing]
    back_url: str


def concern_page(here: Here[StaffMember], row: Written, asked: Asked, form: ConcernForm, back_url: str) -> ConcernPage:
    """Return the page for one question or one thing told."""
    panel = here.house.panels.named(row.panel)
    rule = str(panel.part("people", ENGLISH).facts["concerns"]) if panel else ""
    before = [_standing(here, one) for one in concerns.about(here.db, row.id)]
    phone, href = (panel.contact.phone, panel.contact.phone_href) if panel else ("", "")
    return ConcernPage(asked, whom(here, row.panel), rule, phone, href, form, before, back_url)


def url_for_concern(row: Written) -> str:
    """Return where a key worker says that somebody may be in danger, after reading these words."""
    if isinstance(row, Question):
        return url_for("keyworker.question_concern", question_id=row.id)
    return url_for("keyworker.told_concern", contribution_id=row.id)


def url_of(concern: Concern) -> str:
    """Return the page on which a key worker sees how something stands that they told the panel."""
    if concern.about_question:
        return url_for("keyworker.question_concern", question_id=concern.subject_id)
    return url_for("keyworker.told_concern", contribution_id=concern.subject_id)


def whom(here: Here[StaffMember], slug: str) -> str:
    """Return whom a panel names for this in its own facts; where it names nobody, its coordinator."""
    panel = here.house.panels.named(slug)
    named = panel.part("people", ENGLISH).facts["oversight"] if panel else ()
    roles = [str(one).partition(":")[0] for one in named]
    for word in ("safeguarding", "designated"):
        for role in roles:
            if word in role.lower():
                return role[:_ROLE]
    return "The coordinator of the panel"


def _standing(here: Here[StaffMember], one: Concern) -> Standing:
    sentences = [gettext("Told to the panel by %(name)s on %(moment)s.", **_who(here, one, "raised"))]
    if one.done_at is not None:
        sentences.append(gettext("Seen to by %(name)s on %(moment)s.", **_who(here, one, "done")))
    elif one.seen_at is not None:
        sentences.append(gettext("Read by %(name)s on %(moment)s.", **_who(here, one, "seen")))
    else:
        sentences.append(gettext("Nobody at the panel has read it yet. Please ring them."))
    return Standing(sentences, opened(lambda: one.why) or "", opened(lambda: one.what) or "")


def _who(here: Here[StaffMember], one: Concern, act: str) -> dict[str, str]:
    person = here.db.get_one(StaffMember, getattr(one, f"{act}_by"))
    return {"name": person.name, "moment": moment(getattr(one, f"{act}_at"))}
