"""Whatever is done by whomever in whatever order: no question is dropped, and nothing is seen before its time."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal import clock
from portal.house import House
from portal.panel.lists import QUESTION_GROUPS
from portal.review import answers, meetings, questions
from portal.review.answers import Answer, Hearing, Outcome, SamePerson, ToldHow
from portal.review.kept import some_of_panel
from portal.review.meetings import MeetingKind
from portal.review.people import StaffMember
from portal.review.questions import ENDED, MOVES, NOT_FOR_PANEL, NotNow, Question, Standing
from portal.review.reviews import NotHere, Review
from tests import make

BY_THE_PANEL = ENDED - {Standing.WITHDRAWN}


WORDS, ONCE = "Why did nobody ring us that night?", "the form's own mark"


class Walk:
    """One question in an open transaction, and everything that anybody can try with it."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.key_worker, self.coordinator, self.chair = make.a_key_worker(db), make.a_coordinator(db), make.a_chair(db)
        self.stranger = make.a_coordinator(db, "worcestershire")
        self.member = make.a_family_member(db, make.a_review(db, self.key_worker))
        self.question = questions.ask(db, self.member, WORDS, ONCE)
        self.meeting = meetings.plan(db, self.coordinator, MeetingKind.PANEL_MEETING, clock.now().date())
        self.moves: dict[str, tuple[Callable[[], object], set[Standing]]] = {
            "take up": (self._take_up, {Standing.TAKEN_UP}),
            "put to a meeting": (self._put, {Standing.AT_MEETING}),
            "draft": (lambda: self._draft(Outcome.WHOLE), {Standing.DRAFTED}),
            "draft a part": (lambda: self._draft(Outcome.PARTLY), {Standing.DRAFTED}),
            "draft that it cannot be": (lambda: self._draft(Outcome.CANNOT), {Standing.DRAFTED}),
            "check": (lambda: answers.check(db, self.chair, self.question, self.answer), {Standing.CHECKED}),
            "check one's own": (lambda: answers.check(db, self.coordinator, self.question, self.answer), set()),
            "send back": (lambda: answers.send_back(db, self.chair, self.question, self.answer, "?"), _DRAFTED),
            "release": (self._release, set(BY_THE_PANEL)),
            "choose": (self._choose, set()),
            "withdraw": (lambda: questions.withdraw(db, self.member, self.question), {Standing.WITHDRAWN}),
            "bring back": (lambda: questions.bring_back(db, self.member, self.question), {Standing.ASKED}),
            "ask once more with the same form": (self._ask_again, set()),
        }

    @property
    def answer(self) -> Answer:
        """The answer. Raises NotNow while there is none, as a view would answer."""
        if (found := answers.to(self.db, self.question)) is None:
            raise NotNow
        return found

    def _take_up(self) -> None:
        questions.take_up(self.db, self.coordinator, self.question)

    def _put(self) -> None:
        meetings.put_to(self.db, self.coordinator, self.question, self.meeting)

    def _draft(self, outcome: Outcome) -> None:
        answers.draft(self.db, self.coordinator, self.question, outcome, "The panel found this.")

    def _release(self) -> None:
        told = ToldHow.IN_PERSON, clock.now().date()
        answers.release(self.db, self.key_worker, self.question, self.answer, *told)

    def _choose(self) -> None:
        answers.choose(self.db, self.member, self.question, self.answer, Hearing.NOW)

    def _ask_again(self) -> None:
        assert questions.ask(self.db, self.member, WORDS, ONCE).id == self.question.id

    def do(self, name: str) -> None:
        """Try a move, and see that afterwards everything is as it should be."""
        before = self.question.state
        move, leads_to = self.moves[name]
        try:
            move()
            self.db.flush()
        except (NotNow, SamePerson):
            assert self.question.state is before, f"{name} was refused, and still moved it"
        else:
            after = self.question.state
            assert after in (leads_to or {before}), f"{name} led from {before} to {after}"
            assert not leads_to or after in MOVES[before], f"{name} took a way that there is not"
        self.look()

    def look(self) -> None:
        """See that the question is where it should be for everybody, and nowhere else."""
        db, question = self.db, self.question
        assert (question.ended_at is not None) == (question.state in ENDED), "an end has its time, and only an end"
        assert [one.id for one in questions.asked_by(db, self.member)] == [question.id]
        there = question.state is not Standing.WITHDRAWN
        assert self._found_by(self.coordinator) == [question.id] * there
        assert [one.id for one in questions.for_key_worker(db, self.key_worker)] == [question.id] * there
        assert not self._found_by(self.stranger)
        seen = answers.there_for(db, question)
        assert (seen is not None) == (question.state in BY_THE_PANEL), "an answer is there when it was brought"
        assert seen is None or (seen.checked_by not in (None, seen.drafted_by) and seen.told_on is not None)
        assert question.owner_id is not None or question.state in (Standing.ASKED, Standing.WITHDRAWN)

    def _found_by(self, reader: StaffMember) -> list[UUID]:
        """Return what somebody of a panel finds in their lists; whoever finds it may open it."""
        listed = [state for group in QUESTION_GROUPS for state in group.states]
        found = [one.id for state in listed for one in some_of_panel(self.db, Question, reader, state, None, 9)]
        if found:
            assert questions.one_of_panel(self.db, reader, self.question.id) is self.question
        else:
            with pytest.raises(NotHere):
                questions.one_of_panel(self.db, reader, self.question.id)
        return found


_DRAFTED = {Standing.DRAFTED}
_NAMES = [
    "take up",
    "put to a meeting",
    "draft",
    "draft a part",
    "draft that it cannot be",
    "check",
    "check one's own",
    "send back",
    "release",
    "choose",
    "withdraw",
    "bring back",
    "ask once more with the same form",
]


@pytest.mark.whole
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tries=st.lists(st.sampled_from(_NAMES), min_size=8, max_size=25))
def test_whatever_anybody_does_no_question_is_dropped(house: House, tries: list[str]) -> None:
    with house.database.writing() as db:
        walk = Walk(db)
        assert list(walk.moves) == _NAMES
        walk.look()
        for name in tries:
            walk.do(name)
        db.rollback()


def test_from_everywhere_there_is_a_way_to_an_end() -> None:
    assert set(MOVES) == set(Standing)
    for start in Standing:
        reached = {start}
        while more := {to for one in reached for to in MOVES[one]} - reached:
            reached |= more
        assert reached & BY_THE_PANEL, f"From {start.value} no answer can be reached"
    assert all(not MOVES[end] for end in BY_THE_PANEL)
    assert MOVES[Standing.WITHDRAWN] == {Standing.ASKED, Standing.TOLD_ALOUD}


@pytest.mark.parametrize("start", list(Standing), ids=lambda one: one.value)
def test_a_move_that_there_is_not_is_refused_and_changes_nothing(start: Standing) -> None:
    for to in set(Standing) - MOVES[start]:
        question = Question(id=uuid4(), state=start, ended_at=None)
        with pytest.raises(NotNow):
            questions.move(question, to)
        assert question.state is start


def test_another_person_of_the_family_cannot_choose_for_the_one_who_asked(house: House) -> None:
    with house.database.writing() as db:
        walk = Walk(db)
        for name in ("take up", "draft", "check", "release"):
            walk.do(name)
        father = make.a_family_member(db, db.get_one(Review, walk.member.review_id))
        with pytest.raises(NotNow):
            answers.choose(db, father, walk.question, walk.answer, Hearing.NOW)
        db.rollback()


def test_every_question_that_was_not_taken_back_is_in_one_list_of_the_panel() -> None:
    listed = [state for group in QUESTION_GROUPS for state in group.states]
    assert sorted(one.value for one in listed) == sorted(one.value for one in set(Standing) - NOT_FOR_PANEL)
