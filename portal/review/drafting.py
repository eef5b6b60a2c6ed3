"""The rules of every draft: what is saved from a page replaces only what that page had seen, and nothing gets lost.

Each form that lies open has a mark of its own, ``once``. What comes from the same open page replaces what it saved
before, and comes too late when it was saved before something newer. What comes from another page replaces only what
that page had seen; everything else is kept beside it as a draft of its own. History says nothing of drafts: that
somebody began to write is nobody's business.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base
from portal.review.kept import clean
from portal.review.reviews import NotHere
from portal.sealing import Sealed, opened, vault_of

LET_GO_STAYS = timedelta(days=30)
_MARK = 40  # characters of a form's mark
_DEEP = 50  # how often one page can go on writing after it has sent what it wrote


class Unsent(Base):
    """The columns of words that are not sent yet, of one form that lay open; two forms are two drafts, side by side.

    Once sent its words are gone from here and the row stays, so that a save that comes late changes nothing.
    """

    __abstract__ = True

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"))
    place: Mapped[str] = mapped_column(String(60))  # which page it belongs to
    once: Mapped[str] = mapped_column(String(40))  # the form's own mark
    words_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = Sealed[str | None]("words_ct")
    saved: Mapped[int]  # how often it was saved: what a form says it has seen
    tab: Mapped[str] = mapped_column(String(40), default="")  # which open page saved it last, and with which turn
    turn: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime]
    let_go_at: Mapped[datetime | None]  # the words stay for a while, so that letting go can be undone
    sent_at: Mapped[datetime | None]
    sent_mark: Mapped[str] = mapped_column(String(64), default="")  # stands for the words that were sent
    sent_to: Mapped[str] = mapped_column(String(200), default="")  # where the person stood then: mostly the receipt


D = TypeVar("D", bound=Unsent)


@dataclass(frozen=True)
class Pad(Generic[D]):
    """Somebody's drafts of one kind: what stands in the row of each and of nobody else's, and in a new one beside."""

    kind: type[D]
    whose: dict[str, UUID | None]
    also: dict[str, Any]


@dataclass(frozen=True)
class Typed:
    """What a form says: its mark, the words, what it had seen, and, with script, which open page and its turn."""

    once: str
    words: str
    seen: int = 0
    tab: str = ""
    turn: int = 0


class Outcome(Enum):
    """What became of a save."""

    KEPT = "kept"
    BESIDE = "beside"  # kept as a draft of its own, because other words stand where it began
    LATE = "late"  # the same page has saved something newer
    SENT = "sent"  # it was sent already
    EMPTY = "empty"  # an empty field takes nothing away, and says nothing of what stands there now
    NOTHING = "nothing"  # an empty page of which nothing was kept yet


@dataclass(frozen=True)
class Saved(Generic[D]):
    """What became of a save, and where the words are now."""

    outcome: Outcome
    draft: D | None = None


def save(db: Session, pad: Pad[D], place: str, typed: Typed, begin: str = "") -> Saved[D]:
    """Keep what a form says; ``begin`` is what an untouched form says, which nobody wrote."""
    words = clean(typed.words)
    once = _mark(typed.once) if typed.once else _mark(f"{place}\n{words}", always=True)
    beside = False
    for _ in range(_DEEP):
        row = _locked(db, pad, once)
        if row is None:
            if not words.strip() or words == clean(begin):
                return Saved(Outcome.NOTHING)
            row = new(db, pad, place, once, words, typed)
            if row is not None:
                return Saved(Outcome.BESIDE if beside else Outcome.KEPT, row)
            if _locked(db, pad, once) is None:  # else it was made at this very moment
                once = _mark(f"{once}\n{pad.whose}", always=True)  # somebody else's form has this mark
            continue
        outcome = _into(db, row, words, typed) if row.place == place else None
        if outcome is not None:
            return Saved(Outcome.BESIDE if beside and outcome is Outcome.KEPT else outcome, row)
        # The same page always comes to the same place beside it, whether or not it has learnt of it.
        once, beside = _mark(f"{once}\n{place}\n{typed.tab or words}", always=True), True
    raise RuntimeError("One form was sent again and again.")


def _into(db: Session, row: Unsent, words: str, typed: Typed) -> Outcome | None:
    """Put words into a draft where they belong there; None when they must be kept beside it."""
    same_tab = bool(typed.tab) and typed.tab == row.tab
    if row.sent_at is not None:
        late = same_tab and typed.turn <= row.turn
        return Outcome.SENT if late or not words.strip() or _stands_for(db, row, words) == row.sent_mark else None
    if not words.strip():
        return Outcome.EMPTY  # whoever wants the words gone lets them go
    if same_tab and typed.turn < row.turn:
        return Outcome.LATE
    if words == opened(lambda: row.words):
        row.turn = typed.turn if same_tab else row.turn
        return Outcome.KEPT
    if typed.seen == row.saved or (same_tab and typed.turn > row.turn):
        row.words, row.saved, row.saved_at, row.let_go_at = words, row.saved + 1, clock.now(), None
        row.tab, row.turn = _mark(typed.tab), typed.turn
        db.flush()
        return Outcome.KEPT
    return None


def new(db: Session, pad: Pad[D], place: str, once: str, words: str, typed: Typed) -> D | None:
    """Make a draft; None where another press has made it at this very moment."""
    row = pad.kind(
        **pad.whose,
        **pad.also,
        place=place,
        once=once,
        words=words,
        saved=1,
        tab=_mark(typed.tab),
        turn=typed.turn,
        saved_at=clock.now(),
    )
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError:
        return None
    return row


def _mark(text: str, *, always: bool = False) -> str:
    text = clean(text)
    if not always and len(text) <= _MARK:
        return text
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_MARK]


def _stands_for(db: Session, row: Unsent, words: str) -> str:
    digest = hashlib.sha256(clean(words).encode()).hexdigest()
    return vault_of(db).keyring.blind(f"{row.id} {digest}")


def _locked(db: Session, pad: Pad[D], once: str) -> D | None:
    found = select(pad.kind).filter_by(**pad.whose, once=once)
    return db.scalars(found.with_for_update().execution_options(populate_existing=True)).one_or_none()


def begun(db: Session, pad: Pad[D], place: str = "", *, let_go: bool = False) -> Sequence[D]:
    """Return what somebody began and has neither sent nor let go, or what they let go; the oldest first."""
    kind = pad.kind
    theirs = select(kind).filter_by(**pad.whose).where(kind.sent_at.is_(None), kind.words_ct.is_not(None))
    theirs = theirs.where(kind.let_go_at.is_not(None) if let_go else kind.let_go_at.is_(None))
    if place:
        theirs = theirs.where(kind.place == place)
    found = db.scalars(theirs.order_by(kind.saved_at, kind.id)).all()
    return [one for one in found if opened(lambda one=one: one.words)]  # type: ignore[misc]  # bound now


def one_of(db: Session, pad: Pad[D], place: str, draft_id: UUID, *, lock: bool = False) -> D:
    """Return one of somebody's own drafts at a place. Raises NotHere for every other."""
    theirs = select(pad.kind).filter_by(**pad.whose, place=place, id=draft_id)
    if lock:
        theirs = theirs.with_for_update().execution_options(populate_existing=True)
    if (found := db.scalars(theirs).one_or_none()) is None:
        raise NotHere
    return found


def sent(db: Session, draft: Unsent, url: str) -> None:
    """Note that a draft was sent: its words are kept elsewhere now and go from here."""
    draft.sent_mark = _stands_for(db, draft, draft.words or "")
    draft.words, draft.sent_at, draft.sent_to, draft.let_go_at = None, clock.now(), url[:200], None
    db.flush()


def was_sent(db: Session, draft: Unsent, words: str) -> bool:
    """Whether just these words were sent."""
    return draft.sent_at is not None and _stands_for(db, draft, words) == draft.sent_mark


def let_go(draft: Unsent) -> None:
    """Put a draft aside; whoever wrote it can bring it back for a while."""
    draft.let_go_at = draft.let_go_at or clock.now()


def bring_back(draft: Unsent) -> None:
    """Take up a draft again that was let go."""
    draft.let_go_at = None


def forget_let_go(db: Session) -> None:
    """Forget the words that were let go long enough ago, of every kind."""
    for kind in Unsent.__subclasses__():
        old = update(kind).where(kind.let_go_at < clock.now() - LET_GO_STAYS, kind.words_ct.is_not(None))
        db.execute(old.values(words_ct=None))
