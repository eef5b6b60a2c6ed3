"""Sharing: one thing of one person's, shown to one relative, once the key worker has spoken with both.

Nobody is shown a list of relatives, because nobody may learn who else is here: the person says in their own words for
whom it is, and the key worker alone knows whether there is such a reader. To its owner a wish that cannot be met looks
like one that nobody has come to yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID, uuid5

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.languages import ENGLISH
from portal.review import answers, history, knowing
from portal.review.answers import Answer, Hearing
from portal.review.contributions import Contribution, Place
from portal.review.files import FOR_STAFF, File, Keeping
from portal.review.kept import clean
from portal.review.knowing import Acquaintance
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow, Question, Standing
from portal.review.reviews import NotHere, Review, member_of_mine
from portal.sealing import Sealed, opened


class Thing(Enum):
    """What can be shown."""

    QUESTION = "question"
    CONTRIBUTION = "contribution"
    ANSWER = "answer"
    FILE = "file"


class Consent(Enum):
    """How far a wish to show something has come."""

    WISHED = "wished"
    AGREED = "agreed"
    NOT_POSSIBLE = "not possible"
    UNDONE = "undone"


class Looking(Enum):
    """What the reader chose; their own choice alone, of which nobody is told."""

    NOT_SAID = "not said"
    SHOWN = "shown"
    PUT_AWAY = "put away"


class Share(Base):
    """One thing that its owner wishes to show, or shows, to one relative."""

    __tablename__ = "shares"
    __table_args__ = (
        CheckConstraint("agreed_at IS NULL OR (reader_id IS NOT NULL AND agreed_by IS NOT NULL)", name="both_agree"),
        CheckConstraint("reader_id IS NULL OR reader_id <> owner_id", name="two_people"),
    )

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))  # the owner's
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), index=True)
    kind: Mapped[Thing] = mapped_column(one_of(Thing))
    subject_id: Mapped[UUID] = mapped_column(index=True)  # the question, of an answer too, the contribution or file
    wish_ct: Mapped[bytes] = mapped_column(LargeBinary)
    wish = Sealed[str]("wish_ct")  # for whom it is, in the owner's own words
    called_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    called = Sealed[str | None]("called_ct")  # how the owner wants to be called where it is shown
    reader_id: Mapped[UUID | None] = mapped_column(ForeignKey("family_members.id"), index=True)
    state: Mapped[Consent] = mapped_column(one_of(Consent))
    wished_at: Mapped[datetime]
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    agreed_at: Mapped[datetime | None]
    looking: Mapped[Looking] = mapped_column(one_of(Looking))
    undone_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


@dataclass(frozen=True)
class Text:
    """Words as a reader meets them, the language that they are known to be in, and who translated them."""

    words: str
    language: str
    translator: str


Subject = Question | Contribution | File
Item = Subject | Answer
_WITHDRAWN = frozenset({Standing.WITHDRAWN, Place.WITHDRAWN, Keeping.WITHDRAWN})
_NOT_TO_SHOW = _WITHDRAWN | {Standing.TOLD_ALOUD, Place.TOLD_ALOUD}


def may_be_shown(found: Subject) -> bool:
    """Whether its owner can show this to somebody: it is sent, confirmed, and not taken back."""
    if isinstance(found, File):
        return found.state in FOR_STAFF
    return found.state not in _NOT_TO_SHOW


def opened_answer(db: Session, question: Question) -> Answer | None:
    """Return the answer to a question, if the person who asked has opened it."""
    found = answers.there_for(db, question)
    return found if found is not None and found.hearing is Hearing.NOW else None


def wish(db: Session, member: FamilyMember, kind: Thing, subject: Subject, words: str, once: str) -> Share:
    """Keep a person's wish to show one thing; the same form sent twice makes one wish."""
    words = clean(words)
    share_id = uuid5(member.id, f"{once} {kind.value} {subject.id} {words}")
    if (before := db.get(Share, share_id)) is not None:
        return before
    if subject.family_member_id != member.id or not may_be_shown(subject):
        raise NotNow
    made = Share(
        id=share_id,
        key_id=member.key_id,
        owner_id=member.id,
        kind=kind,
        subject_id=subject.id,
        wish=words,
        state=Consent.WISHED,
        wished_at=clock.now(),
        looking=Looking.NOT_SAID,
    )
    db.add(made)
    db.flush()
    history.add(db, member, "wish to show something", review_id=member.review_id, subject_id=made.id)
    return made


def wished_by(db: Session, member: FamilyMember, subject_id: UUID | None = None) -> Sequence[Share]:
    """Return what a person wishes to show, or shows, the newest first; of one thing, where it is named."""
    theirs = select(Share).where(Share.owner_id == member.id, Share.state != Consent.UNDONE)
    if subject_id is not None:
        theirs = theirs.where(Share.subject_id == subject_id)
    return db.scalars(theirs.order_by(Share.wished_at.desc(), Share.id)).all()


def is_shown(db: Session, subject: Subject) -> bool:
    """Whether what somebody wrote is shown to somebody now; an answer to it is another thing."""
    agreed = select(Share.id).where(
        Share.subject_id == subject.id, Share.kind != Thing.ANSWER, Share.state == Consent.AGREED
    )
    return db.scalars(agreed.order_by(Share.id)).first() is not None


def one_of_theirs(db: Session, member: FamilyMember, share_id: UUID) -> Share:
    """Return something that a person shows, or wishes to. Raises NotHere for every other."""
    found = db.get(Share, share_id)
    if found is None or found.owner_id != member.id:
        raise NotHere
    return found


def undo(db: Session, actor: FamilyMember | StaffMember, share: Share) -> None:
    """Stop showing something, or take the wish back; it leaves the reader's pages at once."""
    db.refresh(share, with_for_update=True)
    if share.state is not Consent.UNDONE:
        _end(share)
        history.add(db, actor, "showing ended", subject_id=share.id)


def _end(share: Share) -> None:
    share.state = Consent.UNDONE
    share.undone_at = clock.now()


def shown_to(db: Session, reader: FamilyMember) -> Sequence[Share]:
    """Return what is shown to a person, the newest first; of the things themselves nothing."""
    theirs = select(Share).where(Share.reader_id == reader.id, Share.state == Consent.AGREED)
    found = db.scalars(theirs.order_by(Share.agreed_at.desc(), Share.id)).all()
    return [share for share in found if item(db, share) is not None and called(share)]


def called(share: Share) -> str | None:
    """Return how its owner wants to be called; None once their key is gone, and their words with it."""
    return opened(lambda: share.called)


def one_shown_to(db: Session, reader: FamilyMember, share_id: UUID) -> Share:
    """Return something that is shown to a person. Raises NotHere once it is not, and for every other."""
    found = next((share for share in shown_to(db, reader) if share.id == share_id), None)
    if found is None:
        raise NotHere
    return found


def look(db: Session, reader: FamilyMember, share: Share, looking: Looking) -> None:
    """Keep whether the reader wants to see it; each choice can be taken back, and nobody is told."""
    share.looking = looking
    history.add(db, reader, "looking chosen", review_id=reader.review_id, subject_id=share.id)


def item(db: Session, share: Share) -> Item | None:
    """Return the thing itself as it is now; None once it was taken back or taken out."""
    found = subject(db, share)
    if found is None or not may_be_shown(found):
        return None
    return answers.there_for(db, found) if share.kind is Thing.ANSWER and isinstance(found, Question) else found


def subject(db: Session, share: Share) -> Subject | None:
    """Return what a share is about: the thing itself, or the question whose answer it is."""
    if share.kind is Thing.CONTRIBUTION:
        return db.get(Contribution, share.subject_id)
    if share.kind is Thing.FILE:
        return db.get(File, share.subject_id)
    return db.get(Question, share.subject_id)


def texts(db: Session, share: Share, language: str) -> list[Text]:
    """Return its words as they were written, and beside them what there is in the reader's language."""
    found = item(db, share)
    if found is None:
        raise NotHere
    if isinstance(found, File):
        return [Text(found.words, found.language, "")] if found.words.strip() else []
    translated = found.translation
    if isinstance(found, Answer):
        written_in, translated_into = ENGLISH, found.translated_into or ENGLISH
    else:
        written_in, translated_into = found.language, ENGLISH
    own = Text(found.words, written_in, "")
    if not translated or translated_into != language or written_in == language:
        return [own]
    both = [Text(translated, translated_into, found.translator or ""), own]
    return both if isinstance(found, Answer) else both[::-1]


def waiting(db: Session, reviews: Sequence[Review]) -> Sequence[tuple[Share, FamilyMember]]:
    """Return the wishes in these families that nobody has come to yet, with whose they are, the oldest first."""
    return [(share, owner) for share, owner in in_families(db, reviews) if share.state is Consent.WISHED]


def in_families(db: Session, reviews: Sequence[Review]) -> Sequence[tuple[Share, FamilyMember]]:
    """Return what the people of these families show or wish to show, with whose it is, the oldest first."""
    theirs = (
        select(Share, FamilyMember)
        .join(FamilyMember, FamilyMember.id == Share.owner_id)
        .where(FamilyMember.review_id.in_([review.id for review in reviews]), Share.state != Consent.UNDONE)
    )
    found = db.execute(theirs.order_by(Share.wished_at, Share.id)).all()
    return [(share, owner) for share, owner in found if item(db, share) is not None]


def one_of_mine(
    db: Session, key_worker: StaffMember, share_id: UUID, *, ended: bool = False
) -> tuple[Share, FamilyMember]:
    """Return a wish in the key worker's own families, ended ones if asked for, and whose it is. Raises NotHere else."""
    share = db.get(Share, share_id)
    if share is None or not (ended or (share.state is not Consent.UNDONE and item(db, share) is not None)):
        raise NotHere
    return share, member_of_mine(db, key_worker, share.owner_id)


def agree(db: Session, key_worker: StaffMember, share: Share, reader: FamilyMember, called: str) -> None:
    """Show it to the reader, now that both agree. Raises NotNow where the two may not know of each other."""
    db.refresh(share, with_for_update=True)
    owner = db.get_one(FamilyMember, share.owner_id)
    if reader.id == owner.id or reader.review_id != owner.review_id:
        raise NotHere
    if share.state is Consent.AGREED and share.reader_id == reader.id:
        return  # pressed twice
    if share.state not in (Consent.WISHED, Consent.NOT_POSSIBLE):
        raise NotNow
    db.refresh(db.get_one(Review, owner.review_id), with_for_update=True)  # see knowing.note
    if not knowing.of_each_other(db, owner, reader):
        raise NotNow
    share.reader_id, share.called = reader.id, called.strip()
    share.state, share.looking = Consent.AGREED, Looking.NOT_SAID
    share.agreed_by, share.agreed_at = key_worker.id, clock.now()
    history.add(db, key_worker, "both agree to showing", review_id=owner.review_id, subject_id=share.id)


def not_possible(db: Session, key_worker: StaffMember, share: Share) -> None:
    """Say that it cannot be; to its owner the wish looks as before, and the key worker speaks with them."""
    if share.state is Consent.NOT_POSSIBLE:
        return
    if share.state is not Consent.WISHED:
        raise NotNow
    share.state = Consent.NOT_POSSIBLE
    history.add(db, key_worker, "showing not possible", subject_id=share.id)


@event.listens_for(Session, "before_flush")
def _what_is_taken_back_is_shown_to_nobody(db: Session, *_: object) -> None:
    # Here, and not beside each way of taking something back, so that a new way cannot forget it. What is brought back
    # later is its owner's alone again, until they wish otherwise.
    taken_back = [
        row.id for row in db.dirty if isinstance(row, Question | Contribution | File) and row.state in _WITHDRAWN
    ]
    if taken_back:
        with db.no_autoflush:
            shown = select(Share).where(Share.subject_id.in_(taken_back), Share.state != Consent.UNDONE)
            for share in db.scalars(shown.order_by(Share.id)):
                _end(share)


@event.listens_for(Session, "before_flush")
def _what_stands_between_people_who_may_not_know_is_shown_no_more(db: Session, *_: object) -> None:
    apart = [row for row in db.dirty if isinstance(row, Acquaintance) and not row.may_know]
    with db.no_autoflush:
        for row in apart:
            both = (row.family_member_id, row.of_id)
            shown = select(Share).where(
                Share.owner_id.in_(both), Share.reader_id.in_(both), Share.state == Consent.AGREED
            )
            for share in db.scalars(shown.order_by(Share.id)):
                _end(share)
