"""What a key worker sees of what people of a family show one another: whose wish, in their words; never the thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import url_for

from portal.door import Here
from portal.forms import BooleanField, Form, Line, Pick, SelectField, StringField, Tick, needed, no_longer_than
from portal.keyworker import knowing_words, wording
from portal.keyworker.wording import name_of
from portal.page import Page
from portal.review import knowing, reviews, sharing
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from portal.review.sharing import Consent, Share, Thing
from portal.words import day, gettext, later, mark

_NAME = 200  # characters; names in full, with titles, are shorter


class AgreeForm(Form):
    """Who sees it, and that both said yes."""

    reader = SelectField(
        later("Who is it for?"),
        widget=Pick(),
        description=later("Ask both of them by voice first. Say nothing of who else has a space."),
        validate_choice=False,
        validators=[needed(mark("Please choose the person who is to see it."))],
    )
    called = StringField(
        later("How does the person who shows it want to be called?"),
        widget=Line(),
        description=later("The reader sees this name, and no other."),
        validators=[needed(mark("Please write how they want to be called.")), no_longer_than(_NAME)],
    )
    both = BooleanField(
        later("I have spoken with both, and both agree"),
        widget=Tick(),
        validators=[needed(mark("Please speak with both first. When both agree, tick this."))],
    )

    def __init__(self, owner: FamilyMember, readers: Sequence[FamilyMember]) -> None:
        super().__init__(data={"called": name_of(owner)})
        people = [(str(one.id), f"{name_of(one)} ({wording.relation(one.relation)})") for one in readers]
        self.reader.choices = [("", gettext("Choose a person")), *people]


@dataclass(frozen=True)
class Wish:
    """One wish, and how far it has come."""

    url: str
    who: str
    what: str
    reference: str
    standing: str


@dataclass(frozen=True)
class SharingPage(Page):
    """What the people of a family show one another."""

    template: ClassVar[str] = "keyworker/sharing.html"
    wishes: Sequence[Wish]
    apart: Sequence[str]
    back_url: str


@dataclass(frozen=True)
class SharePage(Page):
    """One wish, in the words of the person whose it is."""

    template: ClassVar[str] = "keyworker/share.html"
    wish: Wish
    words: str
    wished_on: str
    form: AgreeForm | None
    alone: bool
    apart: Sequence[str]
    reader: str
    agreed_on: str
    urls: dict[str, str]


def what(thing: Thing) -> str:
    """Name a thing, as the list of a key worker says it."""
    return {
        Thing.QUESTION: gettext("A question to the panel"),
        Thing.CONTRIBUTION: gettext("Something that they told the panel"),
        Thing.ANSWER: gettext("An answer of the panel"),
        Thing.FILE: gettext("Something that they brought"),
    }[thing]


def wish(here: Here[StaffMember], share: Share, owner: FamilyMember) -> Wish:
    """Return one wish as a line of a list."""
    subject = sharing.subject(here.db, share)
    return Wish(
        url_for("keyworker.share", share_id=share.id),
        name_of(owner),
        what(share.kind),
        subject.reference if subject else "",
        _standing(share.state),
    )


def sharing_page(here: Here[StaffMember], review: Review) -> SharingPage:
    """Return the page of everything that is shown, or wished, in one family."""
    found = [wish(here, share, owner) for share, owner in sharing.in_families(here.db, [review])]
    return SharingPage(found, knowing_words.between(here, review), url_for("keyworker.family", review_id=review.id))


def share_page(here: Here[StaffMember], share: Share, owner: FamilyMember, form: AgreeForm) -> SharePage:
    """Return the page of one wish."""
    open_still = share.state in (Consent.WISHED, Consent.NOT_POSSIBLE)
    reader = here.db.get(FamilyMember, share.reader_id) if share.reader_id else None
    others, readers = others_of(here, owner), readers_of(here, owner)
    apart = [knowing_words.with_relation(one) for one in others if one not in readers] if open_still else []
    urls = {
        "back": url_for("keyworker.sharing", review_id=owner.review_id),
        "person": url_for("keyworker.person", member_id=owner.id),
        "knowing": url_for("keyworker.who_may_know", review_id=owner.review_id),
        "not_possible": url_for("keyworker.not_possible", share_id=share.id) if share.state is Consent.WISHED else "",
        "stop": url_for("keyworker.stop_showing", share_id=share.id) if share.state is Consent.AGREED else "",
    }
    return SharePage(
        wish(here, share, owner),
        share.wish,
        day(share.wished_at),
        form if open_still and readers else None,
        open_still and not others,
        apart,
        name_of(reader) if reader and share.state is Consent.AGREED else "",
        day(share.agreed_at) if share.agreed_at else "",
        urls,
    )


def others_of(here: Here[StaffMember], owner: FamilyMember) -> list[FamilyMember]:
    """Return the other people of somebody's family."""
    review = reviews.one_of_mine(here.db, here.caller, owner.review_id)
    return [one for one in reviews.family_of(here.db, review) if one.id != owner.id]


def readers_of(here: Here[StaffMember], owner: FamilyMember) -> list[FamilyMember]:
    """Return those of somebody's family of whom they may know, and who may know of them."""
    return [one for one in others_of(here, owner) if knowing.of_each_other(here.db, owner, one)]


def reader_among(others: Sequence[FamilyMember], chosen: str) -> FamilyMember | None:
    """Return the person who was chosen, if they are of this family."""
    ids: dict[UUID, FamilyMember] = {one.id: one for one in others}
    return next((one for member_id, one in ids.items() if str(member_id) == chosen), None)


def _standing(consent: Consent) -> str:
    return {
        Consent.WISHED: gettext("This waits for you."),
        Consent.AGREED: gettext("It is shown."),
        Consent.NOT_POSSIBLE: gettext(
            "You said that it is not possible. They read only that you will speak with them."
        ),
        Consent.UNDONE: gettext("It is not shown any more."),
    }[consent]
