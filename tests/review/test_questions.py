"""Whatever is done by whomever in whatever order: no question is dropped, and nothing is seen before its time."""

from collections import Counter
from random import Random
from uuid import uuid4

import pytest

from portal.access import WHO
from portal.house import House
from portal.panel.lists import QUESTION_GROUPS
from portal.review import answers, questions
from portal.review.answers import Hearing, SamePerson
from portal.review.leaves import AwayAlready, CoverAway
from portal.review.meetings import StillOpen
from portal.review.questions import MOVES, NOT_FOR_PANEL, NotNow, Question, Standing
from portal.review.reviews import NotHere
from tests import make
from tests.review import rules
from tests.review.everybody import Everybody
from tests.review.rules import BY_THE_PANEL

REFUSED = (NotNow, NotHere, SamePerson, StillOpen, AwayAlready, CoverAway)
MOST = 60  # moves from anywhere to an end: nobody needs as many
WALKS, STEPS = 7, 150


def to_its_end(world: Everybody, question: Question) -> None:
    """Let those who find a question in their lists bring it to its end, the first of them at each step."""
    for number in range(MOST):
        if question.state in BY_THE_PANEL:
            return
        actor, move = world.who_can_go_on(question)[0]
        world.do(move, actor, question, number)
    raise AssertionError("It does not come to an end")


@pytest.mark.whole
def test_whatever_anybody_does_no_question_is_dropped(house: House) -> None:
    came_by: Counter[Standing] = Counter()
    done: Counter[str] = Counter()
    for seed in range(WALKS):
        chance = Random(seed)  # the same walks in every run
        with house.database.writing() as db:
            world = Everybody(db)
            before = rules.seen(world)
            for _ in range(STEPS):
                actor, move, question = world.somebody_tries(chance)
                after_the_family = rules.looks_after(world)
                try:
                    world.do(move, actor, question, chance.randrange(100))
                except REFUSED:
                    assert rules.seen(world) == before, f"{move} was refused, and changed something"
                    continue
                done[move] += 1
                rules.was_theirs_to_do(actor, move, question, after_the_family)
                now = rules.seen(world)
                rules.changed_only(move, question, before, now)
                rules.hold(world, question)
                before = now
                came_by.update(one.state for one in now.values())
            for question in world.questions():
                to_its_end(world, question)
                rules.hold(world, question)
            db.rollback()
    assert set(came_by) == set(Standing), "no walk came to some state"
    assert set(done) == set(world.moves), "nobody could ever do one of the moves"


def test_nobody_else_may_do_anything_with_a_question() -> None:
    assert {right: WHO[right] for right in rules.RIGHTS} == rules.RIGHTS


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
        world = Everybody(db)
        question = questions.asked_by(db, world.mother)[-1]
        coordinator, _, chair, _ = world.panel
        answer = make.a_released_answer(db, question, coordinator, chair, world.key_workers[0])
        with pytest.raises(NotNow):
            answers.choose(db, world.father, question, answer, Hearing.NOW)
        db.rollback()


def test_every_question_that_was_not_taken_back_is_in_one_list_of_the_panel() -> None:
    listed = [state for group in QUESTION_GROUPS for state in group.states]
    assert sorted(one.value for one in listed) == sorted(one.value for one in set(Standing) - NOT_FOR_PANEL)
