"""A mother, a father, a grandmother and a grown-up sister of one child, each with a space of their own."""

from dataclasses import dataclass, field
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from portal.house import House
from portal.review import sharing
from portal.review.contributions import Contribution
from portal.review.files import File
from portal.review.people import FamilyMember, Relation, StaffMember
from portal.review.questions import Question
from portal.review.reviews import Review
from portal.review.sharing import Share, Thing
from tests import make
from tests.family.conftest import Family

NAMES = {
    "mother": ("Aminata Quill", Relation.MOTHER),
    "father": ("Danyaal Quill", Relation.FATHER),
    "grandmother": ("Bushranna Quill", Relation.GRANDPARENT),
    "sister": ("Zubaida Quill", Relation.SIBLING),
}


@dataclass
class Relatives:
    """Four people, how each opens their space, and who looks after them."""

    app: Flask
    house: House
    key_worker_id: UUID = field(default_factory=lambda: UUID(int=0))
    review_id: UUID = field(default_factory=lambda: UUID(int=0))
    ids: dict[str, UUID] = field(default_factory=dict)
    spaces: dict[str, Family] = field(default_factory=dict)

    def member(self, db: Session, who: str) -> FamilyMember:
        """Return one of them."""
        return db.get_one(FamilyMember, self.ids[who])

    def key_worker(self, db: Session) -> StaffMember:
        """Return who looks after them."""
        return db.get_one(StaffMember, self.key_worker_id)

    def agreed(
        self, owner: str, reader: str, thing: Thing, subject_id: UUID, called: str = "Amina, your sister-in-law"
    ) -> UUID:
        """Let one show another a thing, as after the key worker spoke with both; return the id of the share."""
        with self.house.database.writing() as db:
            subject = db.get(Contribution, subject_id) or db.get(File, subject_id) or db.get_one(Question, subject_id)
            share = sharing.wish(db, self.member(db, owner), thing, subject, "For my brother", called)
            make.acquainted(db, self.key_worker(db), self.member(db, owner), self.member(db, reader))
            sharing.agree(db, self.key_worker(db), share, self.member(db, reader), called)
            return share.id

    def stop(self, owner: str, share_id: UUID) -> None:
        """Let the owner stop showing it."""
        with self.house.database.writing() as db:
            sharing.undo(db, self.member(db, owner), db.get_one(Share, share_id))


def four_relatives(app: Flask, house: House, languages: dict[str, str] | None = None) -> Relatives:
    """Invite four people of one family."""
    found = Relatives(app, house)
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        review: Review = make.a_review(db, key_worker)
        found.key_worker_id, found.review_id = key_worker.id, review.id
        for who, (name, relation) in NAMES.items():
            language = (languages or {}).get(who, "en")
            member = make.a_family_member(db, review, name, language=language, relation=relation)
            secret, number = make.a_link(db, house, key_worker, member)
            found.ids[who] = member.id
            found.spaces[who] = Family(app, house, secret, number, language)
    return found
