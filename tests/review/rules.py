"""What must hold of every question whoever does what: written down a second time, apart from the code that is tried."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.access import May, Role
from portal.review import aloud, answers, leaves, questions
from portal.review.answers import Answer, Hearing, Outcome, SamePerson, ToldHow
from portal.review.leaves import Leave
from portal.review.meetings import Meeting, MeetingState
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import ENDED, NOT_FOR_PANEL, NotNow, Question, Standing
from portal.review.reviews import NotHere, Review
from tests.review.everybody import OF_FAMILY, OF_PANEL, Actor, Everybody

BY_THE_PANEL = ENDED - {Standing.WITHDRAWN}
_A, _U, _M, _D, _C = Standing.ASKED, Standing.TAKEN_UP, Standing.AT_MEETING, Standing.DRAFTED, Standing.CHECKED
_T, _W = Standing.TOLD_ALOUD, Standing.WITHDRAWN
_END = {
    Outcome.WHOLE: Standing.ANSWERED,
    Outcome.PARTLY: Standing.PARTLY_ANSWERED,
    Outcome.CANNOT: Standing.CANNOT_BE_ANSWERED,
}
_OUT = {(state, _W) for state in (_T, _A, _U, _M, _D, _C)}
# Where each act brings the one question that it is about; every other act leaves all of them where they are.
WENT: dict[str, set[tuple[Standing, Standing]]] = {
    "confirm": {(_T, _A)},
    "put_right": {(_T, _A)},
    "send_on": {(_T, _A)},
    "take_up": {(_A, _U)},
    "put_to_a_meeting": {(_U, _M), (_M, _M)},
    "draft": {(_U, _D), (_M, _D), (_D, _D), (_C, _D)},
    "check": {(_D, _C)},
    "send_back": {(_D, _D), (_C, _D)},
    "ask_for_other_words": {(_C, _D)},
    "release": {(_C, end) for end in BY_THE_PANEL},
    "withdraw": _OUT,
    "bring_back": {(_W, _A), (_W, _T)},
}
_MAY_STAY = ("confirm", "put_right")  # said twice, it is said once
_COORDINATOR, _ANYBODY = frozenset({Role.COORDINATOR}), frozenset(Role)
_OF_MEETINGS = _COORDINATOR | {Role.CHAIR}
_WHO = {
    **dict.fromkeys(("take_up", "translate", "put_to_a_meeting", "make_a_pack"), _COORDINATOR),
    **dict.fromkeys(("hold_a_meeting", "check", "send_back"), _OF_MEETINGS),
    "draft": _OF_MEETINGS | {Role.PANEL_MEMBER},
    **dict.fromkeys(("lose_access", "vanish", "get_access_again", "change_work"), _ANYBODY),  # whoever presses
}

RIGHTS = {
    May.HANDLE_QUESTIONS: _COORDINATOR,
    May.PLAN_MEETINGS: _OF_MEETINGS,
    May.DRAFT_ANSWERS: _WHO["draft"],
    May.CHECK_ANSWERS: _OF_MEETINGS,
    May.BRING_ANSWERS: frozenset({Role.KEY_WORKER}),
    May.LOOK_AFTER_FAMILIES: frozenset({Role.KEY_WORKER}),
}


@dataclass(frozen=True)
class Seen:
    """One question as it is kept: where it is, its words, what it follows, and what is drafted."""

    state: Standing
    words: bytes
    follows: UUID | None
    answer: tuple[bytes, Outcome, UUID] | None


def seen(world: Everybody) -> dict[UUID, Seen]:
    """Return every question as it is kept now."""
    drafted = _answers(world.db)
    found = {}
    for one in world.questions():
        answer = drafted.get(one.id)
        written = (answer.words_ct, answer.outcome, answer.drafted_by) if answer else None
        found[one.id] = Seen(one.state, one.words_ct, one.follows_id, written)
    return found


def looks_after(world: Everybody) -> set[UUID]:
    """Return who looks after the family today: its key worker, and whoever stands in, and for those who stand in."""
    now = leaves.today()
    running = select(Leave).where(Leave.from_on <= now, Leave.until_on >= now, Leave.ended_at.is_(None))
    away = [(leave.staff_id, leave.cover_id) for leave in world.db.scalars(running.order_by(Leave.id))]
    found = {world.review.key_worker_id}
    while more := {cover for staff, cover in away if staff in found} - found:
        found |= more
    return found


def was_theirs_to_do(actor: Actor, move: str, question: Question, after_the_family: set[UUID]) -> None:
    """See that somebody who did something is one of those who may."""
    if isinstance(actor, FamilyMember):
        assert move in (*OF_FAMILY, *_WHO), f"a family does not {move}"
        assert move in ("ask", *_WHO) or question.family_member_id == actor.id, f"{move} with what is another's"
        return
    held = {Role(value) for value in actor.roles_held}
    assert held & _WHO.get(move, {Role.KEY_WORKER}), f"{held} does not {move}"
    assert move not in OF_PANEL or actor.panel == question.panel, f"another panel did {move}"
    beside = ("take_on", "go_away", "come_back", *_WHO)
    assert move in beside or actor.id in after_the_family, f"somebody else's key worker did {move}"


def changed_only(move: str, question: Question, before: dict[UUID, Seen], now: dict[UUID, Seen]) -> None:
    """See that an act did what it does, to the question that it was about, and nothing else to any."""
    assert set(now) >= set(before), "a question is gone"
    assert move in ("ask", "add", "write_down") or set(now) == set(before)
    for one in set(now) - set(before):
        assert now[one].state is (_T if move == "write_down" else _A)
        assert now[one].follows == (question.id if move == "add" else None)
    for one, was in before.items():
        went, meant = (was.state, now[one].state), one == question.id
        stays = went[0] is went[1]
        if move in WENT and meant:
            assert went in WENT[move] or (stays and move in _MAY_STAY), f"{move}: {went}"
        else:
            assert stays or (move == "take_out" and went in _OUT), f"{move} moved another question: {went}"
        assert now[one].follows == was.follows, "what follows another follows it always"
        assert now[one].words == was.words or (meant and move in ("change", "put_right")), f"{move} changed words"
        assert now[one].answer == was.answer or (meant and move == "draft"), f"{move} changed an answer"


def hold(world: Everybody, question: Question) -> None:
    """See that every question is where somebody finds it who can go on, and shows nothing before its time."""
    own = {member.id: questions.asked_by(world.db, member) for member in (world.mother, world.father)}
    after_the_family, drafted = looks_after(world), _answers(world.db)
    brought = {one.id: questions.for_key_worker(world.db, one) for one in world.key_workers}
    assert not world.listed_for(world.stranger)
    for one in world.questions():
        state = one.state
        assert (one.ended_at is not None) == (state in ENDED), "an end has its time, and only an end"
        assert [who for who, asked in own.items() if one in asked] == [one.family_member_id]
        assert (one in world.listed_for(world.panel[0])) == (state not in NOT_FOR_PANEL)
        for reader_id, found in brought.items():
            assert (one in found) == (reader_id in after_the_family and state is not _W)
        assert state in BY_THE_PANEL or world.who_can_go_on(one), f"nobody can go on with what is {state.value}"
        _its_place(world.db, one)
        _its_answer(one, drafted.get(one.id))
    _nobody_else_finds_it(world, question, after_the_family)
    _nothing_before_its_time(world.db, question, drafted.get(question.id))
    there = answers.there_for(world.db, question)
    assert (there is not None) == (question.state in BY_THE_PANEL), "an answer is there when it was brought"
    assert there is None or there.question_id == question.id, "and it is the answer to this"


def _its_place(db: Session, one: Question) -> None:
    assert one.panel == db.get_one(Review, one.review_id).panel
    if one.state in (_A, _T):
        assert (one.owner_id, one.taken_up_at, one.meeting_id, one.at_meeting_at) == (None,) * 4, "it begins anew"
    elif one.state is not _W:
        assert one.owner_id, "what is taken up has an owner"
        assert one.taken_up_at, "and the day on which it was"
    if one.state is _M:
        meeting = db.get_one(Meeting, one.meeting_id)
        assert meeting.state is MeetingState.PLANNED, "it is still to come"
    unsaid = one.written_by is not None and one.confirmed_at is None
    assert one.state is not _T or unsaid, "what its person confirmed waits no more"
    if unsaid and one.state not in (_T, _W):
        assert aloud.sent_on(db, one) is not None, "nothing told aloud goes on without a word or a reason"


def _its_answer(one: Question, answer: Answer | None) -> None:
    if answer is None:
        assert one.state not in (_D, _C, *BY_THE_PANEL), "there is an answer"
        return
    ended = one.state in BY_THE_PANEL
    brought = (answer.told_on, answer.told_how, answer.released_by, answer.released_at)
    if one.state is _D:
        assert (answer.checked_by, answer.checked_at) == (None, None), "new words are read anew"
    if one.state is _C or ended:
        assert answer.checked_by not in (None, answer.drafted_by), "two people made it"
    if ended:
        assert one.state is _END[answer.outcome], "it ends as its answer says"
        assert None not in brought, "somebody told them"
    else:
        assert brought == (None,) * 4, "nobody has brought it"
        assert answer.hearing is Hearing.NOT_SAID, "nobody chooses before it is there"


def _nobody_else_finds_it(world: Everybody, one: Question, after_the_family: set[UUID]) -> None:
    other = world.father if one.family_member_id == world.mother.id else world.mother
    with pytest.raises(NotHere):
        questions.one_of_theirs(world.db, other, one.reference)
    with pytest.raises(NotHere):
        questions.one_of_panel(world.db, world.stranger, one.id)
    for key_worker in (*world.key_workers, world.stranger):
        if key_worker.id not in after_the_family:
            with pytest.raises(NotHere):
                questions.one_for_key_worker(world.db, key_worker, one.id)
    if one.state in NOT_FOR_PANEL:
        with pytest.raises(NotHere):
            questions.one_of_panel(world.db, world.panel[0], one.id)


def _nothing_before_its_time(db: Session, one: Question, answer: Answer | None) -> None:
    if answer is not None and one.state is _D:
        with pytest.raises(SamePerson):
            answers.check(db, db.get_one(StaffMember, answer.drafted_by), one, answer)
    if answer is not None and one.state is not _C:
        with pytest.raises(NotNow):
            answers.release(
                db, db.get_one(StaffMember, answer.drafted_by), one, answer, ToldHow.IN_PERSON, leaves.today()
            )
    if answer is not None and one.state not in BY_THE_PANEL:
        with pytest.raises(NotNow):
            answers.choose(db, db.get_one(FamilyMember, one.family_member_id), one, answer, Hearing.NOW)


def _answers(db: Session) -> dict[UUID, Answer]:
    return {answer.question_id: answer for answer in db.scalars(select(Answer).order_by(Answer.id))}
