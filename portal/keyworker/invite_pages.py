"""What a key worker sees while inviting: the form, and above it, when they ask for it, what the person will see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal import languages
from portal.door import Here
from portal.keyworker import preview
from portal.keyworker.invite_forms import FamilyForm, InviteForm
from portal.keyworker.preview import Box
from portal.page import Page
from portal.review.people import StaffMember
from portal.review.reviews import Review
from portal.words import gettext


@dataclass(frozen=True)
class InvitePage(Page):
    """One person, to be added and invited in one form; for a new family it begins the review, too."""

    template: ClassVar[str] = "keyworker/invite.html"
    title: str
    form: InviteForm
    new_family: bool
    filled: Collection[str]
    boxes: Sequence[Box]
    language: str
    back_url: str
    back_words: str


def invite_page(here: Here[StaffMember], review: Review | None, form: InviteForm, *, look: bool = False) -> InvitePage:
    """Return the form; with what was filled in so far as the person will see it, if that is to be looked at."""
    code = form.read_in
    seat = (review.panel, review.key_worker_id) if review else (here.caller.panel, here.caller.id)
    boxes = preview.boxes(here, *seat, code, form.way_so_far, form.added or "") if look else []
    return InvitePage(
        gettext("Add and invite a person") if review else gettext("Invite a family"),
        form,
        isinstance(form, FamilyForm),
        form.filled,
        boxes,
        languages.language(code).own_name,
        url_for("keyworker.family", review_id=review.id) if review else url_for("keyworker.my_families"),
        gettext("Back to the family") if review else gettext("Back to my families"),
    )
