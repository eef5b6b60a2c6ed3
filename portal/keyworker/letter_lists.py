"""All that a key worker can print for a person or a family: what waits, letters about the review, and a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from portal import languages, stage_letters
from portal.door import Here
from portal.keyworker.letter_pages import in_languages, offered, panel_of, person_url, title_of
from portal.keyworker.wording import name_of
from portal.languages import ENGLISH
from portal.library.materials import FOLDER
from portal.page import Choice, Page
from portal.review import families, reviews, sent
from portal.review.messages import Kind, Message
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from portal.words import gettext


@dataclass(frozen=True)
class Group:
    """Some papers under one heading."""

    heading: str
    choices: Sequence[Choice]
    key: str
    said: str = ""


@dataclass(frozen=True)
class LettersPage(Page):
    """All that can be printed for a person, or for a family."""

    template: ClassVar[str] = "keyworker/letters.html"
    name: str
    groups: Sequence[Group]
    back_url: str


def letters_page(here: Here[StaffMember], member: FamilyMember, code: str) -> LettersPage:
    """Return all that can be printed for a person, its letters in one language."""
    review = reviews.one_of_mine(here.db, here.caller, member.review_id)
    code = offered(here, code or member.language)

    def url(name: str) -> str:
        return url_for("keyworker.stage_letter", member_id=member.id, code=code, letter_name=name)

    now = [
        Choice(_waiting(one), url_for("keyworker.letter", message_id=one.id))
        for one in sent.post_of(here.db, [member])[member.id].to_print
    ]
    if member.number_ct is not None:
        number = url_for("keyworker.number_sheet", member_id=member.id)
        now.append(Choice(gettext("The number, on a sheet of its own"), number))
    own = languages.language(code).own_name
    letters = [
        Choice(title_of(name), url(name), stage_letters.STAGES.get(name) is review.stage)
        for name in stage_letters.NAMES
    ]
    others = in_languages(
        here, code, lambda one: url_for("keyworker.letters_of_person", language=one, member_id=member.id)
    )
    groups = [
        Group(gettext("Waiting to be printed"), now, "now"),
        Group(gettext("Letters about the review"), letters, "stages", gettext("In %(language)s.", language=own)),
        Group(gettext("In another language"), others, "languages"),
        Group(gettext("Other papers"), _of_everybody(here, review, code), "other"),
    ]
    return LettersPage(name_of(member), [one for one in groups if one.choices], person_url(member))


def family_letters_page(here: Here[StaffMember], review: Review) -> LettersPage:
    """Return where the letters of each person of a family are, and what needs no person."""
    people = [
        Choice(name_of(one), url_for("keyworker.letters_of_person", member_id=one.id))
        for one in families.people_of(here.db, [review])
    ]
    groups = [
        Group(gettext("Letters to one person"), people, "people"),
        Group(gettext("Other papers"), _of_everybody(here, review, ENGLISH), "other"),
    ]
    back = url_for("keyworker.family", review_id=review.id)
    return LettersPage("", [one for one in groups if one.choices], back)


def _waiting(message: Message) -> str:
    if message.kind is Kind.INVITATION:
        return gettext("The letter with their link")
    return gettext("A short letter: there is something new in their space")


def _of_everybody(here: Here[StaffMember], review: Review, code: str) -> list[Choice]:
    panels = here.house.panels
    return [
        Choice(gettext("A card to hand over before anybody is ready"), url_for("keyworker.card", code=code)),
        Choice(
            gettext("Words and letters in English, for you to fill in"),
            panels.address(ENGLISH, panel_of(here, review), f"{FOLDER}#materials"),
        ),
    ]
