"""Not now and not at all, for the whole space: one press, no reason, nothing lost, and one press back."""

import pytest
from sqlalchemy import select

from portal.review import answers, presence
from portal.review.answers import Hearing
from portal.review.history import Entry
from portal.review.people import FamilyMember, Presence, StaffMember
from portal.review.questions import Question
from portal.review.reviews import Review
from tests import make
from tests.family.conftest import Family


@pytest.mark.parametrize(
    ("button", "kept", "sentence"),
    [
        ("Not now", Presence.NOT_NOW, "You are not using your space now."),
        ("Not at all", Presence.NOT_AT_ALL, "You have chosen not to use your space."),
    ],
)
def test_a_space_rests_after_one_press_and_comes_back_after_one(
    mother: Family, button: str, kept: Presence, sentence: str
) -> None:
    with mother.house.database.writing() as db:
        member = db.scalars(select(FamilyMember)).one()
        key_worker = db.get_one(StaffMember, db.get_one(Review, member.review_id).key_worker_id)
        question = make.a_question(db, member)
        answer = make.a_released_answer(db, question, make.a_coordinator(db), make.a_chair(db), key_worker, "A canary")
        answers.choose(db, member, question, answer, Hearing.LATER)
        name = key_worker.name
    browser = mother.inside()
    before = browser.main
    browser.follow("Not now, or not at all").press(button)
    assert sentence in browser.main
    assert "Nothing is lost. Nothing comes to you." in browser.main
    assert "something from the panel" not in browser.main
    assert name in browser.main
    assert _presence(mother) is kept
    browser.open("/en/your-space/words")
    assert browser.status == 200, "every other page is still where it was"
    mother.inside().press("Come back to my space")
    assert mother.inside().main == before
    assert _presence(mother) is Presence.HERE


def test_no_reason_is_asked_and_none_is_kept(mother: Family) -> None:
    browser = mother.inside().open("/en/your-space/not-now")
    kinds = [one.get("type", "text") for one in browser.tree.iter() if str(one.tag).endswith(("}input", "}textarea"))]
    assert set(kinds) == {"hidden"}
    assert "why" in browser.main, "and the page says so"
    browser.press("Not now").press("Come back to my space")
    with mother.house.database.reading() as db:
        verbs = db.scalars(select(Entry.verb).order_by(Entry.at)).all()
    assert verbs.count("presence chosen") == 2


def test_a_press_that_there_is_not_and_the_same_press_twice_change_nothing(mother: Family) -> None:
    browser = mother.inside().open("/en/your-space/not-now")
    mark = next(one.get("value") for one in browser.tree.iter() if one.get("name") == "csrf_token")
    for value in ("gone", ""):
        data = {"csrf_token": mark, "presence": value}
        assert browser.client.post("/en/your-space/not-now", data=data).status_code == 404
    assert _presence(mother) is Presence.HERE
    with mother.house.database.writing() as db:
        member = db.scalars(select(FamilyMember)).one()
        presence.choose(db, member, Presence.NOT_NOW)
        since = member.presence_at
        presence.choose(db, member, Presence.NOT_NOW)
        assert member.presence_at == since
        assert db.scalars(select(Question)).all() == []


def _presence(mother: Family) -> Presence:
    with mother.house.database.reading() as db:
        return db.scalars(select(FamilyMember)).one().presence
