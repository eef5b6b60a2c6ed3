"""Nothing may be sent to a person: how it stands, the forms that set and lift it, and the sentences for other pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal.door import Here
from portal.forms import BooleanField, Form, Lines, TextAreaField, Tick, needed, no_longer_than
from portal.keyworker.wording import name_of
from portal.page import Page
from portal.review import messages, safety
from portal.review.people import FamilyMember, StaffMember
from portal.review.safety import LinkStop
from portal.sealing import opened
from portal.words import gettext, later, mark, moment

_REASON = 4_000  # characters


class StopForm(Form):
    """Why nothing may be sent to a person."""

    why = TextAreaField(
        later("Why may nothing be sent to them?"),
        widget=Lines(),
        description=later(
            "For example: the police asked for it on 24 November, Sergeant Vale; a court order; somebody else reads "
            "their telephone. Only those who look after this family can read it."
        ),
        validators=[needed(mark("Please write why nothing may be sent to them.")), no_longer_than(_REASON)],
    )
    links_rest = BooleanField(
        later("Their private links rest as well"),
        widget=Tick(),
        description=later(
            "None of them opens until this is lifted, and whoever is in their space is signed out at once. "
            "Nothing that they wrote is lost, and the same links open again afterwards."
        ),
    )


class LiftForm(Form):
    """Why things may be sent to a person again, and whether what waited goes out."""

    why = TextAreaField(
        later("Why may things be sent to them again?"),
        widget=Lines(),
        description=later("For example: who said so, and on which day."),
        validators=[needed(mark("Please write why things may be sent to them again.")), no_longer_than(_REASON)],
    )
    send = BooleanField(
        later("What waited for them may go out now"),
        widget=Tick(),
        description=later(
            "Without this, it is stopped for good, and a link that was on its way ends. You can always send a new one."
        ),
    )


@dataclass(frozen=True)
class Spell:
    """One time in which nothing might be sent."""

    sentences: Sequence[str]
    why: str
    lifted_why: str


@dataclass(frozen=True)
class SafetyPage(Page):
    """Whether things may be sent to a person, and the one form that changes it."""

    template: ClassVar[str] = "keyworker/safety.html"
    who: str
    stands: bool
    form: StopForm | LiftForm
    form_url: str
    waiting: str
    links: str
    rest_url: str
    wake_url: str
    spells: Sequence[Spell]
    back_url: str


def safety_page(here: Here[StaffMember], member: FamilyMember, form: StopForm | LiftForm) -> SafetyPage:
    """Return how it stands for one person."""
    stands = member.no_link_ct is not None
    waits = len(messages.on_its_way(here.db, member)) if stands else 0
    if isinstance(form, LiftForm) and not waits:
        del form.send
    return SafetyPage(
        name_of(member),
        stands,
        form,
        url_for("keyworker.lift_stop" if stands else "keyworker.stop_sending", member_id=member.id),
        gettext("Messages and letters that wait for them: %(count)s", count=waits) if waits else "",
        links_now(member) if stands else "",
        url_for("keyworker.rest_links", member_id=member.id) if stands and not member.links_rest else "",
        url_for("keyworker.wake_links", member_id=member.id) if member.links_rest else "",
        [_spell(here, one) for one in safety.of(here.db, member)],
        url_for("keyworker.person", member_id=member.id),
    )


def links_now(member: FamilyMember) -> str:
    """Say whether a person's links open while nothing may be sent to them."""
    if member.links_rest:
        return gettext("Their private links rest: none of them opens.")
    return gettext("Their private links still open.")


def note_for(here: Here[StaffMember], member: FamilyMember) -> tuple[list[str], str]:
    """Return what stands first on a person's page, and the reason in the words in which it was written down."""
    if member.no_link_ct is None:
        return [], ""
    found = [gettext("Nothing may be sent to them.")]
    latest = next((one for one in safety.of(here.db, member) if one.lifted_at is None), None)
    if latest is not None:
        found.append(_set(here, latest))
    return [*found, links_now(member)], opened(lambda: member.no_link) or ""


def _spell(here: Here[StaffMember], one: LinkStop) -> Spell:
    sentences = [_set(here, one)]
    if one.lifted_at is not None and one.lifted_by is not None:
        name = here.db.get_one(StaffMember, one.lifted_by).name
        sentences.append(gettext("Lifted by %(name)s on %(moment)s.", name=name, moment=moment(one.lifted_at)))
    return Spell(sentences, opened(lambda: one.why) or "", opened(lambda: one.lifted_why) or "")


def _set(here: Here[StaffMember], one: LinkStop) -> str:
    name = here.db.get_one(StaffMember, one.set_by).name
    return gettext("Set by %(name)s on %(moment)s.", name=name, moment=moment(one.set_at))
