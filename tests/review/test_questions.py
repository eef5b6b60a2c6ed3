"""Whatever is done by whomever in whatever order: no question is dropped, and nothing is seen before its time."""

from collections import Counter
from random import Random
from uuid import UUID, uuid4

import pytest

from portal.house import House
from portal.panel.lists import QUESTION_GROUPS
from portal.review import answers, questions
from portal.review.answers import Hearing, SamePerson
from portal.review.leaves import AwayAlready, CoverAway
from portal.review.meetings import StillOpen
from portal.review.questions import ENDED, MOVES, NOT_FOR_PANEL, NotNow, Question, Standing
from portal.review.reviews import NotHere
from tests import make
from tests.review.everybody import Everybody

BY_THE_PANEL = ENDED - {Standing.WITHDRAWN}
REFUSED = (NotNow, NotHere, SamePerson, StillOpen, AwayAlready, CoverAway)
MOST = 60  # moves from anywhere to an end: nobody needs as many
WALKS, STEPS = 6, 90


def look(world: Everybody, before: dict[UUID, Standing]) -> dict[UUID, Standing]:
    """See that no question is gone, and that each is where somebody finds it who can go on with it."""
    found = world.questions()
    assert {one.id for one in found} >= set(before), "a question is gone"
    own = {member.id: questions.asked_by(world.db, member) for member in (world.mother, world.father)}
    assert not world.listed_for(world.stranger)
    for question in found:
        state, was = question.state, before.get(question.id)
        assert (question.ended_at is not None) == (state in ENDED), "an end has its time, and only an end"
        assert was not in BY_THE_PANEL or state is was, "what was answered stays answered"
        assert [who for who, asked in own.items() if question in asked] == [question.family_member_id]
        for reader in world.panel:
            assert (question in world.listed_for(reader)) == (state not in NOT_FOR_PANEL)
        assert state in BY_THE_PANEL or world.who_can_go_on(question), f"nobody can go on with what is {state.value}"
        answer = answers.there_for(world.db, question)
        assert (answer is not None) == (state in BY_THE_PANEL), "an answer is there when it was brought"
        assert answer is None or (answer.checked_by not in (None, answer.drafted_by) and answer.told_on is not None)
    return {one.id: one.state for one in found}


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
            before = look(world, {})
            for _ in range(STEPS):
                actor, move, question = world.somebody_tries(chance)
                try:
                    world.do(move, actor, question, chance.randrange(100))
                except REFUSED:
                    now = {one.id: one.state for one in world.questions()}
                    assert now == before, f"{move} was refused, and moved one"
                else:
                    done[move] += 1
                    before = look(world, before)
                    came_by.update(before.values())
            for question in world.questions():
                to_its_end(world, question)
            look(world, before)
            db.rollback()
    assert set(came_by) == set(Standing), "no walk came to some state"
    assert set(done) == set(world.moves), "nobody could ever do one of the moves"


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
