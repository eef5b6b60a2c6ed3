"""Whether a page was clear: what readers say of it when they like, without anything that says who they are.

Nothing ties an answer to a person, an address or a moment: only the day is kept, and what somebody wrote is sealed with
the key of the house, because it may name somebody although it is asked not to.
"""

import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, and_, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base, one_of
from portal.review.kept import clean
from portal.review.reviews import NotHere
from portal.sealing import HOUSE_KEY, Sealed

LONGEST = 4_000  # characters
IN_A_MINUTE = 60  # of all readers together; more is no crowd of readers
IN_A_DAY = 5_000  # so that a flood which keeps to that fills no disk: at the very most 80 MB in a day
_MARK = 40  # characters of the hash that stands for a form and what is in it
_MINUTE, _DAY = 60.0, 86_400.0


class Clear(Enum):
    """Whether a page was clear."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Shape(Enum):
    """In which form a page was read."""

    PAGE = "page"
    EASY_READ = "easy-read"
    LARGE_PRINT = "large-print"


class Clearness(Base):
    """What one reader said of one page."""

    __tablename__ = "clearness"
    __table_args__ = (Index(None, "said_on", "id"),)

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    once: Mapped[str] = mapped_column(String(40), unique=True)
    page: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(12))
    shape: Mapped[Shape] = mapped_column(one_of(Shape))
    clear: Mapped[Clear] = mapped_column(one_of(Clear))
    words_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = Sealed[str | None]("words_ct")
    said_on: Mapped[date]


class Sluice:
    """Lets so many through in a minute and in a day, whoever they are, and keeps nothing of them but their number."""

    def __init__(self, most: int = IN_A_MINUTE, in_a_day: int = IN_A_DAY) -> None:
        self._lock = threading.Lock()
        self._most = {_MINUTE: most, _DAY: in_a_day}
        self._began = dict.fromkeys(self._most, time.monotonic())
        self._passed = dict.fromkeys(self._most, 0)

    def lets_through(self) -> bool:
        """Count one more, and say whether there is still room."""
        with self._lock:
            now = time.monotonic()
            for span, began in self._began.items():
                if now - began >= span:
                    self._began[span], self._passed[span] = now, 0
            if any(self._passed[span] >= most for span, most in self._most.items()):
                return False
            for span in self._passed:
                self._passed[span] += 1
            return True


def say(db: Session, page: str, language: str, shape: Shape, clear: Clear, words: str, once: str) -> None:
    """Keep what a reader said; the same form sent twice, or twenty times at the same moment, is kept once."""
    words = clean(words).strip()
    sent = f"{once}\n{page}\n{language}\n{clear.value}\n{words}"
    once = hashlib.sha256(sent.encode("utf-8", "replace")).hexdigest()[:_MARK]
    if db.scalars(select(Clearness.id).where(Clearness.once == once)).one_or_none() is not None:
        return
    row = Clearness(
        key_id=HOUSE_KEY,
        once=once,
        page=page,
        language=language,
        shape=shape,
        clear=clear,
        words=words or None,
        said_on=clock.now().date(),
    )
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError:
        if db.scalars(select(Clearness.id).where(Clearness.once == once)).one_or_none() is None:
            raise  # nothing is kept, and nobody is thanked for it
        return  # it was pressed twice, and the other press was quicker


@dataclass(frozen=True)
class Count:
    """How many readers said what of a page in a language."""

    page: str
    language: str
    said: dict[Clear, int]


def counts(db: Session) -> list[Count]:
    """Return what was said of every page in every language, by the name of the page."""
    found: dict[tuple[str, str], dict[Clear, int]] = {}
    columns = (Clearness.page, Clearness.language, Clearness.clear)
    for page, language, clear, many in db.execute(
        select(*columns, func.count()).group_by(*columns).order_by(Clearness.page, Clearness.language)
    ):
        found.setdefault((page, language), dict.fromkeys(Clear, 0))[clear] = many
    return [Count(page, language, said) for (page, language), said in found.items()]


def take_out_words(db: Session, clearness_id: UUID) -> None:
    """Take out for good what somebody wrote; their answer stays counted. Raises NotHere where there is no such row."""
    row = db.get(Clearness, clearness_id)
    if row is None:
        raise NotHere
    row.words = None


def words_of_readers(db: Session, before: tuple[date, UUID] | None, most: int) -> Sequence[Clearness]:
    """Return at most so many of those that hold words, the newest first, before a place in that order."""
    written = select(Clearness).where(Clearness.words_ct.is_not(None))
    if before is not None:
        day, last = before
        written = written.where(or_(Clearness.said_on < day, and_(Clearness.said_on == day, Clearness.id < last)))
    return db.scalars(written.order_by(Clearness.said_on.desc(), Clearness.id.desc()).limit(most)).all()
