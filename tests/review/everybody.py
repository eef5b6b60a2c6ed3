"""Everybody who can do something about a family's questions, and everything that each of them can try.

Every move fetches what it is about through whoever makes it, as the views do, so that a wrong person is refused.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.access import WHO, May, Role
from portal.panel.lists import QUESTION_GROUPS
from portal.review import (
    aloud,
    answers,
    changing,
    cover,
    invitations,
    kept,
    leaves,
    meetings,
    questions,
    removals,
    reviews,
    safety,
)
from portal.review.answers import Answer, Hearing, Outcome, ToldHow
from portal.review.leaves import Days
from portal.review.meetings import Meeting, MeetingKind
from portal.review.people import FamilyMember, Relation, StaffMember, Way
from portal.review.questions import NotNow, Question, Standing
from portal.review.reviews import NotHere, Review
from tests import make

Actor = StaffMember | FamilyMember
LISTED = [state for group in QUESTION_GROUPS for state in group.states]
OF_FAMILY = ("ask", "add", "change", "withdraw", "bring_back", "confirm", "put_right", "choose", "ask_to_take_out")
# Where a move is mostly tried; it is tried everywhere else, too.
FITS = {
    "confirm": (Standing.TOLD_ALOUD,),
    "put_right": (Standing.TOLD_ALOUD,),
    "announce": (Standing.TOLD_ALOUD,),
    "send_on": (Standing.TOLD_ALOUD,),
    "bring_back": (Standing.WITHDRAWN,),
    "change": (Standing.ASKED,),
    "take_up": (Standing.ASKED,),
    "put_to_a_meeting": (Standing.TAKEN_UP,),
    "draft": (Standing.TAKEN_UP, Standing.AT_MEETING, Standing.DRAFTED, Standing.CHECKED),
    "check": (Standing.DRAFTED,),
    "send_back": (Standing.DRAFTED,),
    "ask_for_other_words": (Standing.CHECKED,),
    "release": (Standing.CHECKED,),
    "choose": (Standing.ANSWERED,),
}
OF_PANEL = (
    "take_up",
    "translate",
    "put_to_a_meeting",
    "make_a_pack",
    "hold_a_meeting",
    "draft",
    "check",
    "send_back",
)


class Everybody:
    """A family with a mother and a father, their key worker and two colleagues, a panel, and somebody of another."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.key_workers = [make.a_key_worker(db) for _ in range(3)]
        self.review = make.a_review(db, self.key_workers[0])
        self.mother = make.a_family_member(db, self.review)
        self.father = make.a_family_member(db, self.review, "Daniel Quill", relation=Relation.FATHER)
        for member in (self.mother, self.father):
            invitations.invite(db, self.key_workers[0], member, Way.EMAIL)
        self.panel = [make.a_coordinator(db), make.a_coordinator(db), make.a_chair(db), make.a_panel_member(db)]
        everything = (Role.COORDINATOR, Role.CHAIR, Role.PANEL_MEMBER, Role.KEY_WORKER)
        self.stranger = make.a_staff_member(db, *everything, panel="worcestershire")
        self.actors: list[Actor] = [self.mother, self.father, *self.key_workers, *self.panel, self.stranger]
        self.all_staff = [*self.key_workers, *self.panel]
        for member in (self.mother, self.father):
            questions.ask(db, member, "Why did nobody ring us that night?", "first")
            said = aloud.write_down(db, self.key_workers[0], member, None, "Who?", "en", leaves.today(), "said")
            aloud.announce(db, self.key_workers[0], said, leaves.today() - aloud.WAIT)
        meetings.plan(db, self.panel[0], MeetingKind.PANEL_MEETING, leaves.today())
        self.done: Counter[str] = Counter()
        self.lists: dict[str, list[Question]] = {}
        self.moves: dict[str, Callable[[Actor, Question, int], object]] = {
            name.removeprefix("do_"): getattr(self, name) for name in sorted(dir(self)) if name.startswith("do_")
        }

    def questions(self) -> list[Question]:
        """Return every question that there is, in the order in which they were asked."""
        return list(self.db.scalars(select(Question).order_by(Question.kept_at, Question.id)))

    def answer(self, question: Question) -> Answer:
        """Return the answer. Raises NotNow while there is none, as a view would answer."""
        if (found := answers.to(self.db, question)) is None:
            raise NotNow
        return found

    def do_ask(self, actor: Actor, question: Question, number: int) -> None:
        questions.ask(self.db, _family(actor), "And why did the letter come so late?", f"form {number % 2}")

    def do_add(self, actor: Actor, question: Question, number: int) -> None:
        own = self._own(actor, question)
        added = changing.add(self.db, _family(actor), own, "And then?", f"more {own.id} {number % 2}")
        assert added.follows_id == own.id

    def do_change(self, actor: Actor, question: Question, number: int) -> None:
        changing.change(self.db, _family(actor), self._own(actor, question), f"Why {number % 3}?")

    def do_withdraw(self, actor: Actor, question: Question, number: int) -> None:
        questions.withdraw(self.db, _family(actor), self._own(actor, question))

    def do_bring_back(self, actor: Actor, question: Question, number: int) -> None:
        questions.bring_back(self.db, _family(actor), self._own(actor, question))

    def do_confirm(self, actor: Actor, question: Question, number: int) -> None:
        aloud.confirm(self.db, _family(actor), self._own(actor, question))

    def do_put_right(self, actor: Actor, question: Question, number: int) -> None:
        aloud.put_right(self.db, _family(actor), self._own(actor, question), "It was like this.")

    def do_choose(self, actor: Actor, question: Question, number: int) -> None:
        own = self._own(actor, question)
        answers.choose(self.db, _family(actor), own, self.answer(own), list(Hearing)[number % len(Hearing)])

    def do_ask_to_take_out(self, actor: Actor, question: Question, number: int) -> None:
        removals.ask(self.db, _family(actor), [self._own(actor, question).reference])

    def do_take_out(self, actor: Actor, question: Question, number: int) -> None:
        for request in removals.in_families(self.db, [self._mine(actor)], *removals.OPEN):
            removals.done(self.db, _staff(actor, May.LOOK_AFTER_FAMILIES), request)

    def do_write_down(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.LOOK_AFTER_FAMILIES)
        member = reviews.member_of_mine(self.db, by, (self.mother, self.father)[number % 2].id)
        said_on = leaves.today()
        aloud.write_down(self.db, by, member, None, "Who was there?", member.language, said_on, f"told {number % 2}")

    def do_announce(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.LOOK_AFTER_FAMILIES)
        on = leaves.today() - aloud.WAIT * bool(number % 4)
        aloud.announce(self.db, by, aloud.for_key_worker(self.db, by, question.id), on)

    def do_send_on(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.LOOK_AFTER_FAMILIES)
        aloud.send_on(self.db, by, aloud.for_key_worker(self.db, by, question.id), "They said so.", leaves.today())

    def do_take_up(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.HANDLE_QUESTIONS)
        questions.take_up(self.db, by, questions.one_of_panel(self.db, by, question.id))

    def do_translate(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.HANDLE_QUESTIONS)
        kept.translate(self.db, by, questions.one_of_panel(self.db, by, question.id), "Why?", "Sana Malik")

    def do_put_to_a_meeting(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.HANDLE_QUESTIONS)
        found = questions.one_of_panel(self.db, by, question.id)
        planned = meetings.of_panel(self.db, by, meetings.MeetingState.PLANNED)
        when = leaves.today() + timedelta(days=len(meetings.of_panel(self.db, by)))
        meeting = planned[-1] if planned else meetings.plan(self.db, by, MeetingKind.PANEL_MEETING, when)
        meetings.put_to(self.db, by, found, meeting)

    def do_make_a_pack(self, actor: Actor, question: Question, number: int) -> None:
        make_or_not = (meetings.make_pack, meetings.unmake_pack)[number % 2]
        make_or_not(self.db, _staff(actor, May.HANDLE_QUESTIONS), self._meeting(actor, number))

    def do_hold_a_meeting(self, actor: Actor, question: Question, number: int) -> None:
        meetings.held(self.db, _staff(actor, May.PLAN_MEETINGS), self._meeting(actor, number))

    def do_draft(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.DRAFT_ANSWERS)
        found = questions.one_of_panel(self.db, by, question.id)
        answers.draft(self.db, by, found, list(Outcome)[number % len(Outcome)], words := f"The panel found {number}.")
        kept_as = self.answer(found)
        assert (kept_as.question_id, kept_as.drafted_by, kept_as.words) == (found.id, by.id, words)

    def do_check(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.CHECK_ANSWERS)
        found = questions.one_of_panel(self.db, by, question.id)
        answers.check(self.db, by, found, self.answer(found))

    def do_send_back(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.CHECK_ANSWERS)
        found = questions.one_of_panel(self.db, by, question.id)
        answers.send_back(self.db, by, found, self.answer(found), "Shorter, please.")

    def do_ask_for_other_words(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.BRING_ANSWERS)
        found = questions.one_for_key_worker(self.db, by, question.id)
        if found.state is not Standing.CHECKED:
            raise NotNow
        answers.send_back(self.db, by, found, self.answer(found), "It sounds cold.")

    def do_release(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.BRING_ANSWERS)
        found = questions.one_for_key_worker(self.db, by, question.id)
        answers.release(self.db, by, found, self.answer(found), ToldHow.IN_PERSON, leaves.today())

    def do_hand_over(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.LOOK_AFTER_FAMILIES)
        cover.hand_over(self.db, by, [self._mine(by)], to := self.key_workers[number % 3], "They like a letter.")
        assert self.review.key_worker_id == to.id
        assert to.active, "and they are there"
        assert to.holds(Role.KEY_WORKER)

    def do_take_on(self, actor: Actor, question: Question, number: int) -> None:
        review = cover.take_on(self.db, _staff(actor, May.LOOK_AFTER_FAMILIES), self.review.id)
        assert review.key_worker_id == actor.id

    def do_go_away(self, actor: Actor, question: Question, number: int) -> None:
        by, stands_in = _staff(actor, May.LOOK_AFTER_FAMILIES), self.key_workers[number % 3]
        if stands_in not in leaves.colleagues_of(self.db, by):
            raise NotHere
        days = Days(leaves.today(), leaves.today() + timedelta(days=number % 5))
        leaves.take(self.db, by, days, stands_in, "", f"leave {number % 7}")

    def do_come_back(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.LOOK_AFTER_FAMILIES)
        for leave in leaves.of(self.db, by):
            leaves.end(self.db, by, leave)

    def do_lose_access(self, actor: Actor, question: Question, number: int) -> None:
        person = self.all_staff[number % len(self.all_staff)]
        families, covered = cover.why_not_leave(self.db, person)
        if families or covered or cover.panel_needs(self.db, person):
            raise NotNow
        person.active = False

    def do_vanish(self, actor: Actor, question: Question, number: int) -> None:
        self._can_be_spared(number).active = False

    def do_change_work(self, actor: Actor, question: Question, number: int) -> None:
        person = self._can_be_spared(number)
        person.roles_held = [Role.CHAIR.value if person.holds(Role.KEY_WORKER) else Role.KEY_WORKER.value]

    def do_get_access_again(self, actor: Actor, question: Question, number: int) -> None:
        if number % 3:
            raise NotNow  # most who go are gone for long
        self.all_staff[number % len(self.all_staff)].active = True

    def do_stop_everything(self, actor: Actor, question: Question, number: int) -> None:
        by = _staff(actor, May.LOOK_AFTER_FAMILIES)
        member = reviews.member_of_mine(self.db, by, question.family_member_id)
        if number % 3 == 2:
            safety.lift(self.db, by, member, "It is safe again.", send=False)
        elif number % 3:
            safety.stop(self.db, by, member, "The police asked for it.", links_rest=True)
        else:
            for link in invitations.of_member(self.db, member):
                invitations.end(self.db, by, link)

    def _can_be_spared(self, number: int) -> StaffMember:
        """Return one of the key workers. Raises NotNow where without them nobody could do what they do."""
        person, *others = (self.key_workers[(number + more) % 3] for more in range(3))
        another = any(one.active and one.holds(Role.KEY_WORKER) for one in others)
        if cover.panel_needs(self.db, person) or (person.holds(Role.KEY_WORKER) and not another):
            raise NotNow
        return person

    def _own(self, actor: Actor, question: Question) -> Question:
        return questions.one_of_theirs(self.db, _family(actor), question.reference)

    def _mine(self, actor: Actor) -> Review:
        return reviews.one_of_mine(self.db, _staff(actor, May.LOOK_AFTER_FAMILIES), self.review.id)

    def _meeting(self, actor: Actor, number: int) -> Meeting:
        found = meetings.of_panel(self.db, _staff(actor, May.READ_QUESTIONS))
        if not found:
            raise NotHere
        return found[number // 2 % len(found)]

    def who_can_go_on(self, question: Question) -> list[tuple[Actor, str]]:
        """Return who finds a question in a list of theirs and can bring it nearer to its end, and by which move."""
        own = self.db.get_one(FamilyMember, question.family_member_id)
        state = question.state
        if state in (Standing.TOLD_ALOUD, Standing.WITHDRAWN):
            waits = (
                aloud.waiting_for(self.db, own) if state is Standing.TOLD_ALOUD else questions.asked_by(self.db, own)
            )
            return [(own, "confirm" if state is Standing.TOLD_ALOUD else "bring_back")] * (question in waits)
        if state is Standing.CHECKED:
            found = [one for one in self.key_workers if one.active and one.holds(Role.KEY_WORKER)]
            ready = [one for one in found if question in questions.for_key_worker(self.db, one, Standing.CHECKED)]
            if ready:
                return [(one, "release") for one in ready]
            return [(one, "take_on") for one in found if self.review in cover.without_anybody(self.db, one)]
        if state not in _NEXT:
            return []
        right, move = _NEXT[state]
        drafted_by = self.answer(question).drafted_by if state is Standing.DRAFTED else None
        readers = [one for one in self.all_staff if one.active and _may(one, right) and one.id != drafted_by]
        able = [(one, move) for one in readers]
        if state is Standing.DRAFTED and not able:  # whoever could check wrote it: another writes it anew
            able = [
                (one, "draft")
                for one in self.all_staff
                if one.active and _may(one, May.DRAFT_ANSWERS) and one.id != drafted_by
            ]
        return [(one, act) for one, act in able if question in self.listed_for(one)]

    def listed_for(self, reader: StaffMember) -> list[Question]:
        """Return what a panel finds in its lists, as they stood when somebody last did something."""
        if reader.panel not in self.lists:
            in_each = (kept.some_of_panel(self.db, Question, reader, state, None, 50) for state in LISTED)
            self.lists[reader.panel] = [one for found in in_each for one in found]
        return self.lists[reader.panel]

    def somebody_tries(self, chance: Random) -> tuple[Actor, str, Question]:
        """Return who tries what with which question: mostly somebody who might, and sometimes anybody at all."""
        everything = self.questions()
        states = {one.state for one in everything}
        worth_it = [move for move in self.moves if states.intersection(FITS.get(move, states))]
        move = min(chance.sample(worth_it, 2), key=self.done.__getitem__)  # what was done less often
        fitting = [one for one in everything if one.state in FITS.get(move, states)]
        question = chance.choice(fitting if fitting and chance.random() < 0.9 else everything)
        if chance.random() < 0.12 and (might := self.who_can_go_on(question)):
            return *chance.choice(might), question
        likely: Sequence[Actor] = [one for one in self.key_workers if reviews.is_mine(self.db, one, self.review)]
        if move in OF_FAMILY:
            likely = [self.db.get_one(FamilyMember, question.family_member_id)]
        elif move in OF_PANEL:
            likely = self.panel
        return chance.choice(likely if likely and chance.random() < 0.8 else self.actors), move, question

    def do(self, move: str, actor: Actor, question: Question, number: int) -> None:
        """Let somebody try something. Raises what a view would answer kindly where it cannot be."""
        self.lists.clear()
        with self.db.begin_nested():
            self.moves[move](actor, question, number)
            self.db.flush()
        self.done[move] += 1


_NEXT = {
    Standing.ASKED: (May.HANDLE_QUESTIONS, "take_up"),
    Standing.TAKEN_UP: (May.DRAFT_ANSWERS, "draft"),
    Standing.AT_MEETING: (May.DRAFT_ANSWERS, "draft"),
    Standing.DRAFTED: (May.CHECK_ANSWERS, "check"),
}


def _may(person: StaffMember, right: May) -> bool:
    return any(person.holds(role) for role in WHO[right])


def _family(actor: Actor) -> FamilyMember:
    """Return who calls as one of the family. Raises NotHere for staff, who have no space."""
    if not isinstance(actor, FamilyMember):
        raise NotHere
    return actor


def _staff(actor: Actor, right: May) -> StaffMember:
    """Return who calls as staff with a right. Raises NotHere for others, and for those whose access has ended."""
    if not isinstance(actor, StaffMember) or not actor.active or not _may(actor, right):
        raise NotHere
    return actor
