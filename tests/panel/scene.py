"""One family's question at a panel, and the people of the panel who look after it."""

from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from portal import clock
from portal.house import House
from portal.review import answers, meetings, questions
from portal.review.answers import Outcome
from portal.review.meetings import MeetingKind
from portal.review.people import Relation, StaffMember
from portal.review.questions import Question
from tests import make
from tests.browser import Browser, as_staff

ASKED = "Why did the night nurse not come?"
FAMILY, CHILD, RELATION = "Amina Quillfeather", "Zebedeus", Relation.GRANDPARENT


@dataclass
class Scene:
    """Everybody's browser, and the ids of what there is."""

    house: House
    coordinator: Browser
    other_coordinator: Browser
    chair: Browser
    member: Browser
    key_worker: Browser
    editor: Browser
    administrator: Browser
    coordinator_id: UUID
    chair_id: UUID
    family_member_id: UUID
    question_id: UUID

    @property
    def path(self) -> str:
        """The address of the question."""
        return f"/panel/questions/{self.question_id}"

    def question(self, db: Session) -> Question:
        """Return the question."""
        return db.get_one(Question, self.question_id)

    def taken_up(self) -> "Scene":
        """Bring the question to where it is taken up."""
        with self.house.database.writing() as db:
            questions.take_up(db, db.get_one(StaffMember, self.coordinator_id), self.question(db))
        return self

    def at_a_meeting(self) -> UUID:
        """Bring a question that is taken up to a meeting; return the meeting's id."""
        with self.house.database.writing() as db:
            staff = db.get_one(StaffMember, self.coordinator_id)
            meeting = meetings.plan(db, staff, MeetingKind.PANEL_MEETING, clock.now().date())
            meetings.put_to(db, staff, self.question(db), meeting)
            return meeting.id

    def drafted(self, words: str = "The nurse was with another child.", translation: str = "") -> "Scene":
        """Bring a question that is taken up to an answer drafted by the coordinator."""
        with self.house.database.writing() as db:
            staff = db.get_one(StaffMember, self.coordinator_id)
            translator = "Nadia Begum" if translation else ""
            answers.draft(db, staff, self.question(db), Outcome.WHOLE, words, translation, translator)
        return self


def a_scene(app: Flask, house: House, language: str = "en", words: str = ASKED) -> Scene:
    """Set one up: a question that was asked a moment ago."""
    with house.database.writing() as db:
        key_worker, coordinator, chair = make.a_key_worker(db), make.a_coordinator(db), make.a_chair(db)
        family = make.a_family_member(
            db, make.a_review(db, key_worker, child=CHILD), FAMILY, language, relation=RELATION
        )
        question = make.a_question(db, family, words)
        return Scene(
            house,
            as_staff(app, coordinator),
            as_staff(app, make.a_coordinator(db)),
            as_staff(app, chair),
            as_staff(app, make.a_panel_member(db)),
            as_staff(app, key_worker),
            as_staff(app, make.an_editor(db)),
            as_staff(app, make.an_administrator(db)),
            coordinator.id,
            chair.id,
            family.id,
            question.id,
        )
