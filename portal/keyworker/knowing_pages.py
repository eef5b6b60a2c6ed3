"""Who of a family may know that another is here: how it stands, and the one form in which a key worker notes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal.door import Here
from portal.forms import Form, HiddenField, SelectMultipleField, SeveralOf
from portal.keyworker import knowing_words, wishes_words
from portal.keyworker.knowing_words import with_relation
from portal.keyworker.wording import child_of
from portal.page import Page
from portal.review import knowing, reviews, wishes
from portal.review.knowing import Pair
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from portal.review.wishes import Knowing
from portal.words import day, gettext


class KnowingForm(Form):
    """Which pairs may know, ticked below each person, and which state of it the form was filled in for."""

    seen = HiddenField()


@dataclass(frozen=True)
class KnowingPage(Page):
    """Who of one family may know of whom."""

    template: ClassVar[str] = "keyworker/knowing.html"
    child: str
    sentences: Sequence[str]
    noted: str
    form: KnowingForm | None
    meanwhile: bool
    back_url: str


def form_for(here: Here[StaffMember], family: Sequence[FamilyMember]) -> KnowingForm:
    """Return the form for a family: below each person everybody else of the family, to be ticked."""
    pairs = knowing.ticked(here.db, family)
    fields = {}
    for one in family:
        own = " ".join(wishes_words.said(wishes.of(here.db, one), Knowing))
        fields[_name(one)] = SelectMultipleField(
            gettext("Who may know that %(name)s is here?", name=with_relation(one)),
            widget=SeveralOf(),
            description=own,
            choices=[(str(other.id), with_relation(other)) for other in family if other is not one],
            default=[str(other.id) for other in family if (other.id, one.id) in pairs],
            validate_choice=False,
        )
    made: type[KnowingForm] = type("KnowingForm", (KnowingForm,), fields)
    form = made()
    form.seen.data = form.seen.data or knowing.mark_of(pairs)
    return form


def pairs_of(form: KnowingForm, family: Sequence[FamilyMember]) -> frozenset[Pair]:
    """Return which pairs were ticked; what no page of ours sends is left out."""
    return frozenset(
        (knower.id, one.id)
        for one in family
        for knower in family
        if knower is not one and str(knower.id) in (form[_name(one)].data or ())
    )


def refuse_hidden(form: KnowingForm, here: Here[StaffMember], family: Sequence[FamilyMember]) -> bool:
    """Say below each person who wishes that nobody knows of them that this comes first; whether there is one."""
    alone = knowing.hidden(here.db, family) & {of for _, of in pairs_of(form, family)}
    for one in family:
        if one.id in alone:
            form[_name(one)].errors = [
                gettext("They wish that nobody knows. Speak with them first, and change how they wish to be reached.")
            ]
    return bool(alone)


def page(here: Here[StaffMember], review: Review, form: KnowingForm, *, meanwhile: bool = False) -> KnowingPage:
    """Return the page of one family."""
    family = reviews.family_of(here.db, review)
    latest = max(knowing.noted(here.db, family).values(), key=lambda one: one.noted_at, default=None)
    noted = ""
    if latest is not None:
        name = here.db.get_one(StaffMember, latest.noted_by).name
        noted = gettext("Noted by %(name)s on %(day)s.", name=name, day=day(latest.noted_at))
    return KnowingPage(
        child_of(review),
        knowing_words.between(here, review),
        noted,
        form if len(family) > 1 else None,
        meanwhile,
        url_for("keyworker.family", review_id=review.id),
    )


def _name(member: FamilyMember) -> str:
    return f"of_{member.id.hex}"
