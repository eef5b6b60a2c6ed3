"""Somebody may be in danger: whoever reads it in a family's words says so in one form, and it is on its way.

What they write goes to the coordinators of the panel. Where it was the panel that read it, whoever looks after the
family is asked to look, too: they know who it is. A mail says only that something waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from portal.door import Here
from portal.forms import Form, Lines, TextAreaField, needed, no_longer_than
from portal.languages import ENGLISH
from portal.review import concerns, leaves, messages
from portal.review.changing import Written
from portal.review.concerns import Concern, FamilyTold
from portal.review.people import StaffMember
from portal.review.questions import Question
from portal.review.reviews import Review
from portal.sealing import opened
from portal.words import gettext, later, mark, moment

_LONGEST = 10_000  # characters
_ROLE = 200  # characters of a role, as the table has them


class DangerForm(Form):
    """What somebody fears."""

    why = TextAreaField(
        later("Who may be in danger, and what did you read or hear?"),
        widget=Lines(),
        description=later("In the words that they used, where you can. Name nobody who does not matter to it."),
        validators=[needed(mark("Please write what you read or heard.")), no_longer_than(_LONGEST)],
    )


@dataclass(frozen=True)
class Goal:
    """Whom a panel names for this in its own facts, its rule, and its telephone."""

    role: str
    rule: str
    phone: str
    phone_href: str


@dataclass(frozen=True)
class Standing:
    """Something that was told, who has seen to it, and what was done."""

    sentences: Sequence[str]
    why: str
    what: str


def goal(here: Here[StaffMember], slug: str) -> Goal:
    """Return where it goes at a panel; where that names nobody, to its coordinator."""
    coordinator, panel = "The coordinator of the panel", here.house.panels.named(slug)
    if panel is None:
        return Goal(coordinator, "", "", "")
    facts = panel.part("people", ENGLISH).facts
    roles = [str(one).partition(":")[0] for one in facts["oversight"]]
    named = (role for word in ("safeguarding", "designated") for role in roles if word in role.lower())
    rule, contact = str(facts["concerns"]), panel.contact
    return Goal(next(named, coordinator)[:_ROLE], rule, contact.phone, contact.phone_href)


def tell(here: Here[StaffMember], row: Written, why: str, told: FamilyTold) -> Concern:
    """Tell the panel, and ask who must look to sign in; pressed twice, it is told once."""
    before = {one.id for one in concerns.about(here.db, row.id)}
    concern = concerns.tell(here.db, here.caller, row, why, told, goal(here, row.panel).role)
    if concern.id in before:
        return concern
    # Nothing of it stands in the mail: it may be read on a telephone that lies open.
    subject = gettext("Please sign in now: something urgent waits for you")
    told_panel = gettext("Somebody has told your panel something that cannot wait. You find it under Concerns.")
    for coordinator in concerns.whom_to_tell(here.db, row.panel):
        messages.queue_for_staff(here.db, coordinator, subject, told_panel)
    if told is FamilyTold.NOT_YET:
        told_you = gettext("Your panel has read something that cannot wait. You find it on your desk.")
        messages.queue_for_staff(here.db, who_is_there(here, concern), subject, told_you)
    return concern


def who_is_there(here: Here[StaffMember], concern: Concern) -> StaffMember:
    """Return who looks after the family today."""
    key_worker_id = here.db.get_one(Review, concern.review_id).key_worker_id
    away = leaves.there_for(here.db, key_worker_id)
    return away[1] if away else here.db.get_one(StaffMember, key_worker_id)


def standing(here: Here[StaffMember], one: Concern) -> Standing:
    """Return how something stands: who told it, and who has read or seen to it."""

    def by(act: str) -> dict[str, str]:
        person = here.db.get_one(StaffMember, getattr(one, f"{act}_by"))
        return {"name": person.name, "moment": moment(getattr(one, f"{act}_at"))}

    sentences = [gettext("Told to the panel by %(name)s on %(moment)s.", **by("raised"))]
    if one.done_at is not None:
        sentences.append(gettext("Seen to by %(name)s on %(moment)s.", **by("done")))
    elif one.seen_at is not None:
        sentences.append(gettext("Read by %(name)s on %(moment)s.", **by("seen")))
    else:
        sentences.append(gettext("Nobody at the panel has read it yet. Please ring them."))
    return Standing(sentences, opened(lambda: one.why) or "", opened(lambda: one.what) or "")


def url_at(door: str, row: Written) -> str:
    """Return where somebody at a door says that somebody may be in danger, after reading these words."""
    if isinstance(row, Question):
        return url_for(f"{door}.question_concern", question_id=row.id)
    return url_for(f"{door}.told_concern", contribution_id=row.id)
