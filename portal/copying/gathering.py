"""Gathers everything of one person, from the allowed columns and their own rows alone.

Of answers and news only what the person chose to see now, because a copy lies about where nobody chooses any more.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.copying.fields import TAKEN
from portal.db import Base
from portal.languages import ENGLISH
from portal.review.answers import Answer, Hearing
from portal.review.contributions import Contribution
from portal.review.drafts import Draft
from portal.review.files import File
from portal.review.form_drafts import FormDraft
from portal.review.history import Entry
from portal.review.invitations import Invitation
from portal.review.kept import EarlierWords
from portal.review.messages import Message
from portal.review.news import News, NewsFor, NewsWords
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import Question
from portal.review.quiet_days import QuietDay
from portal.review.removals import RemovalRequest
from portal.review.sharing import Share
from portal.review.spaces import Visit
from portal.review.whereabouts import Contact, InTouch, WhereChoice
from portal.review.wishes import ContactWishes
from portal.sealing import Sealed, opened

Row = dict[str, Any]
Everything = dict[str, list[Row]]


def everything_of(db: Session, member: FamilyMember) -> Everything:
    """Return the rows of a person, by table, with their allowed columns; words opened, nothing bound to a session."""
    found = {table: [_row(db, one) for (one,) in db.execute(theirs(member))] for table, theirs in _THEIRS.items()}
    return {table: found.get(table, []) for table in TAKEN}


def _row(db: Session, one: Base) -> Row:
    row: Row = {"id": one.id} | {name: _value(one, name) for name in TAKEN[one.__tablename__]}
    if isinstance(writer := row.get("written_by"), UUID):
        row["written_by"] = db.get_one(StaffMember, writer).name
    return row


def _value(one: Base, name: str) -> Any:
    """Return what stands in a column; words that cannot be opened leave a gap, and the rest of the copy is there."""
    if isinstance(getattr(type(one), name), Sealed):
        found = opened(lambda: getattr(one, name))
        return found if found is not None or getattr(one, f"{name}_ct") is None else ""
    return getattr(one, name)


def _heard(member_id: UUID) -> Select[Any]:
    """Return the news that a person chose to see, by its id."""
    return select(NewsFor.news_id).where(
        NewsFor.family_member_id == member_id, NewsFor.taken_back_at.is_(None), NewsFor.hearing == Hearing.NOW
    )


# Each list has an order: the newest first, as on the pages.
_THEIRS: dict[str, Callable[[FamilyMember], Select[Any]]] = {
    "family_members": lambda me: select(FamilyMember).where(FamilyMember.id == me.id).order_by(FamilyMember.id),
    "questions": lambda me: (
        select(Question).where(Question.family_member_id == me.id).order_by(Question.kept_at.desc(), Question.id)
    ),
    "contributions": lambda me: (
        select(Contribution)
        .where(Contribution.family_member_id == me.id)
        .order_by(Contribution.kept_at.desc(), Contribution.id)
    ),
    "answers": lambda me: (
        select(Answer)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.family_member_id == me.id, Answer.released_at.is_not(None), Answer.hearing == Hearing.NOW)
        .order_by(Answer.released_at.desc(), Answer.id)
    ),
    "earlier_words": lambda me: (
        select(EarlierWords)
        .where(EarlierWords.family_member_id == me.id)
        .order_by(EarlierWords.until_at.desc(), EarlierWords.id)
    ),
    "drafts": lambda me: (
        select(Draft)
        .where(Draft.family_member_id == me.id, Draft.sent_at.is_(None), Draft.words_ct.is_not(None))
        .order_by(Draft.saved_at.desc(), Draft.id)
    ),
    "form_drafts": lambda me: (
        select(FormDraft)
        .where(FormDraft.family_member_id == me.id, FormDraft.staff_id.is_(None), FormDraft.words_ct.is_not(None))
        .order_by(FormDraft.saved_at.desc(), FormDraft.id)
    ),
    "files": lambda me: select(File).where(File.family_member_id == me.id).order_by(File.begun_at.desc(), File.id),
    "news_for": lambda me: (
        select(NewsFor)
        .where(NewsFor.family_member_id == me.id, NewsFor.news_id.in_(_heard(me.id)))
        .order_by(NewsFor.released_at.desc(), NewsFor.id)
    ),
    "news": lambda me: select(News).where(News.id.in_(_heard(me.id))).order_by(News.drafted_at.desc(), News.id),
    "news_words": lambda me: (
        select(NewsWords)
        # Another language would tell that somebody else is here who reads it.
        .where(NewsWords.news_id.in_(_heard(me.id)), NewsWords.language.in_((me.language, ENGLISH)))
        .order_by(NewsWords.language, NewsWords.id)
    ),
    "where_choices": lambda me: (
        select(WhereChoice).where(WhereChoice.family_member_id == me.id).order_by(WhereChoice.id)
    ),
    "contacts": lambda me: (
        select(Contact).where(Contact.family_member_id == me.id, Contact.shown.is_(True)).order_by(Contact.id)
    ),
    "in_touch": lambda me: (
        select(InTouch)
        .join(Contact, Contact.family_member_id == InTouch.family_member_id)
        .where(InTouch.family_member_id == me.id, InTouch.counts.is_(True), Contact.shown.is_(True))
        .order_by(InTouch.was_on.desc(), InTouch.id)
    ),
    "contact_wishes": lambda me: (
        select(ContactWishes).where(ContactWishes.family_member_id == me.id).order_by(ContactWishes.id)
    ),
    "quiet_days": lambda me: (
        select(QuietDay)
        .where(QuietDay.family_member_id == me.id, QuietDay.ended_at.is_(None))
        .order_by(QuietDay.first, QuietDay.id)
    ),
    "shares": lambda me: select(Share).where(Share.owner_id == me.id).order_by(Share.wished_at.desc(), Share.id),
    "removal_requests": lambda me: (
        select(RemovalRequest)
        .where(RemovalRequest.family_member_id == me.id)
        .order_by(RemovalRequest.asked_at.desc(), RemovalRequest.id)
    ),
    "invitations": lambda me: (
        select(Invitation)
        .where(Invitation.family_member_id == me.id)
        .order_by(Invitation.invited_at.desc(), Invitation.id)
    ),
    "messages": lambda me: (
        select(Message).where(Message.family_member_id == me.id).order_by(Message.queued_at.desc(), Message.id)
    ),
    "visits": lambda me: select(Visit).where(Visit.family_member_id == me.id).order_by(Visit.begun_at.desc(), Visit.id),
    "history": lambda me: (
        select(Entry).where(Entry.actor_kind == "family", Entry.actor_id == me.id).order_by(Entry.at.desc(), Entry.id)
    ),
}
