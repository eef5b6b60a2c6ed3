"""Whatever anybody does with a person's words in whatever order: nothing is dropped, and no word is ever lost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.house import House
from portal.review import aloud, answers, changing, contributions, meetings, questions
from portal.review.answers import Outcome, SamePerson, ToldHow
from portal.review.changing import TAKEN_BACK, Written
from portal.review.contributions import Contribution
from portal.review.meetings import MeetingKind, StillOpen
from portal.review.questions import NotNow, Question, Standing
from portal.review.reviews import NotHere
from tests import make


@dataclass
class Everybody:
    """A person, the people of the staff, and every word that was ever written or said."""

    db: Session
    words: dict[UUID, list[str]] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        db = self.db
        self.key_worker, self.coordinator, self.chair = make.a_key_worker(db), make.a_coordinator(db), make.a_chair(db)
        self.member = make.a_family_member(db, make.a_review(db, self.key_worker))
        self.meeting = meetings.plan(db, self.coordinator, MeetingKind.PANEL_MEETING, clock.now().date())
        self.today = clock.now().date() + timedelta(days=30)
        self.moves: dict[str, Callable[[Written | None], object]] = {
            "ask": lambda _: self._new(questions.ask(db, self.member, self._next(), str(uuid4()))),
            "tell": lambda _: self._new(contributions.tell(db, self.member, self._next(), str(uuid4()))),
            "tell the key worker": lambda _: self._new(
                contributions.tell(db, self.member, self._next(), str(uuid4()), "support")
            ),
            "say a question aloud": lambda _: self._said(None),
            "say aloud": lambda _: self._said("what-happened"),
            "confirm": self._on(lambda row: aloud.confirm(db, self.member, row)),
            "put right": self._writes(lambda row, words: aloud.put_right(db, self.member, row, words)),
            "announce": self._on(lambda row: aloud.announce(db, self.key_worker, row, clock.now().date())),
            "send on": self._on(lambda row: aloud.send_on(db, self.key_worker, row, "no telephone", self.today)),
            "change": self._writes(lambda row, words: changing.change(db, self.member, row, words)),
            "add": self._on(lambda row: self._new(changing.add(db, self.member, row, self._next(), str(uuid4())))),
            "withdraw": self._on(lambda row: changing.withdraw(db, self.member, row)),
            "bring back": self._on(lambda row: changing.bring_back(db, self.member, row)),
            "take up": self._on(self._take_up),
            "put to a meeting": self._asked(lambda row: meetings.put_to(db, self.coordinator, row, self.meeting)),
            "make the pack": lambda _: meetings.make_pack(db, self.coordinator, self.meeting),
            "unmake the pack": lambda _: meetings.unmake_pack(db, self.coordinator, self.meeting),
            "draft": self._asked(lambda row: answers.draft(db, self.coordinator, row, Outcome.WHOLE, "So it was.")),
            "check": self._asked(self._check),
            "release": self._asked(self._release),
            "hold the meeting": lambda _: meetings.held(db, self.coordinator, self.meeting),
        }

    def _next(self) -> str:
        self.count += 1
        return f"Words {self.count}"

    def _new(self, row: Written) -> None:
        self.words[row.id] = [row.words]

    def _said(self, prompt: str | None) -> None:
        today = clock.now().date()
        told = aloud.write_down(self.db, self.key_worker, self.member, prompt, self._next(), "en", today, str(uuid4()))
        self._new(told)

    @staticmethod
    def _on(act: Callable[[Written], object]) -> Callable[[Written | None], object]:
        return lambda row: act(row) if row is not None else None

    @staticmethod
    def _asked(act: Callable[[Question], object]) -> Callable[[Written | None], object]:
        return lambda row: act(row) if isinstance(row, Question) and row.state is not Standing.WITHDRAWN else None

    def _writes(self, act: Callable[[Written, str], object]) -> Callable[[Written | None], object]:
        def write(row: Written | None) -> None:
            if row is not None:
                words = self._next()
                act(row, words)
                self.words[row.id].append(words)

        return write

    def _take_up(self, row: Written) -> None:
        if isinstance(row, Question):
            questions.take_up(self.db, self.coordinator, row)
        else:
            contributions.take_up(self.db, self.coordinator, row)

    def _check(self, question: Question) -> None:
        if (answer := answers.to(self.db, question)) is None:
            raise NotNow
        answers.check(self.db, self.chair, question, answer)

    def _release(self, question: Question) -> None:
        if (answer := answers.to(self.db, question)) is None:
            raise NotNow
        how = ToldHow.IN_PERSON, clock.now().date()
        answers.release(self.db, self.key_worker, question, answer, *how)

    def do(self, name: str, which: int) -> None:
        """Let somebody try something with one of the rows, and see that everything is still there."""
        ids = [*self.words]
        row = self._row(ids[which % len(ids)]) if ids else None
        before = (row.state, row.words) if row is not None else None
        try:
            self.moves[name](row)
            self.db.flush()
        except (NotNow, SamePerson, StillOpen, NotHere):
            assert row is None or (row.state, row.words) == before, f"{name} was refused, and still did something"
        self.look()

    def _row(self, row_id: UUID) -> Written:
        return self.db.get(Question, row_id) or self.db.get_one(Contribution, row_id)

    def look(self) -> None:
        """See that every row is there for its person with all its words, and for staff unless it was taken back."""
        db = self.db
        theirs: list[Written] = [*questions.asked_by(db, self.member), *contributions.told_by(db, self.member)]
        assert {one.id for one in theirs} == set(self.words), "something was dropped"
        for row in theirs:
            earlier = [one.words for one in reversed(changing.earlier_words(db, row))]
            assert sorted([*earlier, row.words]) == sorted(self.words[row.id]), "words were lost"
            there = row.state not in TAKEN_BACK
            assert self._found(row) == there
            if row.state in changing.WAITS:
                assert row.written_by is not None
                assert row.confirmed_at is None
            on_list = db.scalars(select(Question).where(Question.meeting_id == self.meeting.id)).all()
            assert there or row not in meetings.questions_for(db, self.meeting) or row not in on_list

    def _found(self, row: Written) -> bool:
        try:
            aloud.for_key_worker(self.db, self.key_worker, row.id)
        except NotHere:
            return False
        return True


_NAMES = [
    "ask",
    "tell",
    "tell the key worker",
    "say a question aloud",
    "say aloud",
    "confirm",
    "put right",
    "announce",
    "send on",
    "change",
    "add",
    "withdraw",
    "bring back",
    "take up",
    "put to a meeting",
    "make the pack",
    "unmake the pack",
    "draft",
    "check",
    "release",
    "hold the meeting",
]


@pytest.mark.whole
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tries=st.lists(st.tuples(st.sampled_from(_NAMES), st.integers(0, 4)), min_size=10, max_size=40))
def test_whatever_anybody_does_nothing_is_dropped_and_no_word_is_lost(
    house: House, tries: list[tuple[str, int]]
) -> None:
    with house.database.writing() as db:
        everybody = Everybody(db)
        assert list(everybody.moves) == _NAMES
        everybody.do("ask", 0)
        for name, which in tries:
            everybody.do(name, which)
        db.rollback()
