"""After sending: change, add to, take back and bring back one's own words, until what was said beforehand.

Earlier words are kept for ever as they were written, for the one who wrote them alone.
"""

from collections.abc import Sequence
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.review import contributions, history, kept, questions
from portal.review.contributions import Contribution, Place
from portal.review.kept import EarlierWords, clean
from portal.review.meetings import Meeting, MeetingState
from portal.review.people import FamilyMember
from portal.review.questions import NotNow, Question, Standing
from portal.review.reviews import NotHere

Written = Question | Contribution
WAITS = (Standing.TOLD_ALOUD, Place.TOLD_ALOUD)
TAKEN_BACK = (Standing.WITHDRAWN, Place.WITHDRAWN)


class Fixed(Enum):
    """Why words stay as they are."""

    WAITS = "waits for the word of the person who said it"
    TAKEN_BACK = "taken back"
    PACK = "the words for the meeting are fixed"
    WITH_PANEL = "taken up for the panel"
    ANSWER_BEGUN = "an answer to it is being written"
    ANSWERED = "answered"


def one_of_theirs(db: Session, member: FamilyMember, reference: str) -> Written:
    """Return what a person sent under a reference, whichever it is. Raises NotHere for every other."""
    try:
        return questions.one_of_theirs(db, member, reference)
    except NotHere:
        return contributions.one_of_theirs(db, member, reference)


def meeting_of(db: Session, row: Written) -> Meeting | None:
    """Return the meeting to which something was put, if there is one."""
    return db.get(Meeting, row.meeting_id) if isinstance(row, Question) and row.meeting_id else None


def fixed(db: Session, row: Written) -> Fixed | None:
    """Return why words cannot be changed, or None while they can."""
    if row.state in WAITS:
        return Fixed.WAITS
    if row.state in TAKEN_BACK:
        return Fixed.TAKEN_BACK
    if isinstance(row, Contribution):
        return Fixed.WITH_PANEL if row.state is Place.WITH_PANEL else None
    if row.state in (Standing.DRAFTED, Standing.CHECKED):
        return Fixed.ANSWER_BEGUN
    if row.state not in (Standing.ASKED, Standing.TAKEN_UP, Standing.AT_MEETING):
        return Fixed.ANSWERED
    return Fixed.PACK if pack_is_made(db, row) else None


def pack_is_made(db: Session, row: Written) -> bool:
    """Whether people at a meeting may have these words on paper already."""
    meeting = meeting_of(db, row)
    return meeting is not None and (meeting.pack_made_at is not None or meeting.state is MeetingState.HELD)


def change(db: Session, member: FamilyMember, row: Written, words: str) -> None:
    """Put other words in the place of what was sent; pressed twice, it is done once. Raises NotNow when fixed."""
    db.refresh(row, with_for_update=True)
    if row.words == clean(words):
        return
    if (meeting := meeting_of(db, row)) is not None:
        db.refresh(meeting, with_for_update=True)  # its pack is made before this or after it, never meanwhile
    if fixed(db, row) is not None:
        raise NotNow
    put_in_place(db, member, row, words)
    history.add(db, member, "words changed", review_id=row.review_id, subject_id=row.id)


def put_in_place(db: Session, member: FamilyMember, row: Written, words: str) -> None:
    """Keep what was written before, and stand other words in its place; a translation of the earlier ones goes."""
    earlier = EarlierWords(
        key_id=row.key_id,
        family_member_id=member.id,
        of_id=row.id,
        words=row.words,
        kept_at=row.changed_at or row.kept_at,
        until_at=clock.now(),
    )
    db.add(earlier)
    row.words = clean(words)
    row.translation = row.translator = None
    row.changed_at = clock.now()
    if isinstance(row, Contribution) and row.state is Place.FOR_KEY_WORKER:
        row.taken_up_by = row.taken_up_at = None  # it is to be read again


def earlier_words(db: Session, row: Written) -> Sequence[EarlierWords]:
    """Return what a person had written before, the latest first."""
    before = select(EarlierWords).where(EarlierWords.of_id == row.id)
    return db.scalars(before.order_by(EarlierWords.until_at.desc(), EarlierWords.id)).all()


def add(db: Session, member: FamilyMember, row: Written, words: str, once: str) -> Written:
    """Keep something more, tied to what it follows; it goes its own way from the beginning."""
    if isinstance(row, Question):
        verb = "question added"
        return kept.keep(db, Question, member, words, once, Standing.ASKED, verb, follows_id=row.id)
    place, verb = contributions.place_of(row.prompt), "words added"
    return kept.keep(db, Contribution, member, words, once, place, verb, prompt=row.prompt, follows_id=row.id)


def followed(db: Session, row: Written) -> Written | None:
    """Return what something was added to."""
    if row.follows_id is None:
        return None
    return db.get(Question, row.follows_id) or db.get(Contribution, row.follows_id)


def additions(db: Session, row: Written) -> Sequence[Written]:
    """Return what was added to something, the oldest first."""
    asked = select(Question).where(Question.follows_id == row.id)
    told = select(Contribution).where(Contribution.follows_id == row.id)
    found = [*db.scalars(asked.order_by(Question.id)), *db.scalars(told.order_by(Contribution.id))]
    return sorted(found, key=lambda one: (one.kept_at, one.id))


def may_withdraw(row: Written) -> bool:
    """Whether something can be taken back: at any time until an answer was brought."""
    if isinstance(row, Question):
        return Standing.WITHDRAWN in questions.MOVES[row.state]
    return row.state is not Place.WITHDRAWN


def withdraw(db: Session, member: FamilyMember, row: Written) -> None:
    """Take something back; it leaves every list of staff at once, and no reason is asked."""
    if isinstance(row, Question):
        questions.withdraw(db, member, row)
    else:
        contributions.withdraw(db, member, row)


def bring_back(db: Session, member: FamilyMember, row: Written) -> None:
    """Let something that was taken back go on after all."""
    if isinstance(row, Question):
        questions.bring_back(db, member, row)
    else:
        contributions.bring_back(db, member, row)
