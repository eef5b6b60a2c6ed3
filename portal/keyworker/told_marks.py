"""How something came to be as it stands: told aloud, changed, added to something else; and how it waits for a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from portal.days import today
from portal.door import Here
from portal.keyworker.wording import name_of
from portal.page import Choice
from portal.review import aloud, changing, contributions, form_drafts
from portal.review.changing import TAKEN_BACK, WAITS, Written
from portal.review.people import FamilyMember, Presence, StaffMember
from portal.review.questions import Question
from portal.review.reviews import Review
from portal.sealing import opened
from portal.words import day, gettext


@dataclass(frozen=True)
class Marks:
    """What there is to know about somebody's words beside the words, and what the key worker can do about it."""

    why: str  # why they went on without their person's word
    announce_url: str
    send_on_url: str
    others: Sequence[tuple[str, str, str]]  # a sentence, an address, a reference


def url_of(row: Written) -> str:
    """Return the key worker's page of something that a person wrote or said."""
    if isinstance(row, Question):
        return url_for("keyworker.question", question_id=row.id)
    return url_for("keyworker.contribution", contribution_id=row.id)


def sentences_of(row: Written) -> list[str]:
    """Say how somebody's words came to be as they stand."""
    return [*_said(row, row.state in WAITS), *_changed(row)]


def marks_of(here: Here[StaffMember], row: Written) -> Marks:
    """Return what there is to know about somebody's words."""
    went_on = aloud.sent_on(here.db, row)
    tell = row.state in WAITS and row.announced_on is None
    before = changing.followed(here.db, row)
    others = [(gettext("It was added to this:"), before)] if before else []
    others += [(gettext("This was added to it:"), one) for one in changing.additions(here.db, row)]
    return Marks(
        (opened(lambda: went_on.why) or "") if went_on else "",
        url_for("keyworker.announce_told", told_id=row.id) if tell else "",
        url_for("keyworker.send_on_page", told_id=row.id) if aloud.may_go_on(row, today()) else "",
        [(sentence, url_of(one), one.reference) for sentence, one in others if one.state not in TAKEN_BACK],
    )


def _said(row: Written, waits: bool) -> list[str]:
    if row.written_by is None or row.said_on is None:
        return []
    found = [gettext("Told aloud on %(day)s, and written down by a key worker.", day=day(row.said_on))]
    if row.confirmed_at is not None:
        return [*found, gettext("Its person said on %(day)s that it is right.", day=day(row.confirmed_at))]
    if not waits:
        return [*found, gettext("It was sent on and is not confirmed by its person.")]
    if row.announced_on is None:
        return [
            *found,
            gettext("It goes no further until its person says that it is right. They find it in their space."),
        ]
    from_on = day(row.announced_on + aloud.WAIT)
    return [
        *found,
        gettext("You told them on %(day)s that it waits for their word.", day=day(row.announced_on)),
        gettext("Without their word you can send it on from %(day)s.", day=from_on),
    ]


def _changed(row: Written) -> list[str]:
    if row.changed_at is None:
        return []
    return [
        gettext("Changed by its person on %(day)s. A translation of earlier words is gone.", day=day(row.changed_at))
    ]


def waiting(here: Here[StaffMember], reviews: Sequence[Review]) -> list[tuple[UUID, Choice]]:
    """Return what a key worker can do about what waits for a word, with the review in which it does."""
    found = [
        (
            member.review_id,
            Choice(
                gettext("You began to write down what %(name)s said", name=name_of(member)),
                url_for("keyworker.tell_page", member_id=member.id),
            ),
        )
        for member in form_drafts.begun_about(here.db, here.caller, reviews)
    ]
    for row in aloud.waiting_in(here.db, reviews):
        if here.db.get_one(FamilyMember, row.family_member_id).presence is not Presence.HERE:
            continue  # somebody who has paused is not spoken to about it
        if row.announced_on is None:
            say = gettext("Tell them that something waits for their word: %(reference)s", reference=row.reference)
            found.append((row.review_id, Choice(say, url_of(row))))
        elif aloud.may_go_on(row, today()):
            say = gettext("A week has gone by without a word about %(reference)s", reference=row.reference)
            found.append((row.review_id, Choice(say, url_of(row))))
    for told in contributions.unread_by_key_worker(here.db, reviews):
        say = gettext("Somebody wrote something for you: %(reference)s", reference=told.reference)
        found.append((told.review_id, Choice(say, url_of(told))))
    return found
