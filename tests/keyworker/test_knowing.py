"""Who of a family may know of whom: noted for each pair in each direction, and guarding what one shows another."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.review import contributions, knowing, reviews, sharing, wishes
from portal.review.history import Entry
from portal.review.people import FamilyMember, Relation, StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import Review
from portal.review.sharing import Consent, Share, Thing
from tests import make
from tests.browser import as_staff
from tests.keyworker.conftest import Desk, a_desk

MOTHER, FATHER, AUNT = "Amina Quill (mother)", "Daniel Quill (father)", "Zubaida Quill (brother or sister)"
OF_MOTHER, OF_FATHER = f"Who may know that {MOTHER} is here?", f"Who may know that {FATHER} is here?"
APART = f"{MOTHER} and {FATHER} may not know of each other here."


def _family(desk: Desk, *more: tuple[str, Relation]) -> tuple[UUID, list[UUID]]:
    family_id = desk.a_family()
    with desk.house.database.writing() as db:
        review = db.get_one(Review, family_id)
        people = (("Amina Quill", Relation.MOTHER), ("Daniel Quill", Relation.FATHER), *more)
        return family_id, [make.a_family_member(db, review, name, relation=relation).id for name, relation in people]


def _pairs(desk: Desk, family_id: UUID) -> set[tuple[UUID, UUID]]:
    with desk.house.database.reading() as db:
        return set(knowing.ticked(db, reviews.family_of(db, db.get_one(Review, family_id))))


def _fields(people: list[UUID], *pairs: tuple[UUID, UUID]) -> dict[str, str]:
    return {f"of_{of.hex}": str(knower) for knower, of in pairs}


def test_where_nothing_is_noted_nobody_may_know_of_anybody_and_it_stands_where_the_key_worker_works(desk: Desk) -> None:
    family_id, (mother_id, _) = _family(desk)
    question_id = desk.a_question_with_a_checked_answer(mother_id, "Why?", "Because.")
    browser = desk.browser.open(f"/keyworker/families/{family_id}").follow("Who may know of whom")
    assert APART in browser.main
    for path in (f"families/{family_id}/notes", f"families/{family_id}/sharing"):
        assert APART in browser.open(f"/keyworker/{path}").main, path
    theirs = f"They and these people may not know of each other here: {FATHER}."
    for path in (f"people/{mother_id}", f"people/{mother_id}/send", f"people/{mother_id}/tell"):
        assert theirs in browser.open(f"/keyworker/{path}").main, path
    assert theirs in browser.open(f"/keyworker/questions/{question_id}/bring").main


def test_each_direction_is_noted_for_itself_with_who_noted_it(desk: Desk) -> None:
    family_id, (mother_id, father_id) = _family(desk)
    browser = desk.browser.open(f"/keyworker/families/{family_id}/knowing")
    browser.choose(FATHER).press("Keep this")
    assert _pairs(desk, family_id) == {(father_id, mother_id)}
    assert f"{MOTHER} may not know that {FATHER} is here." in browser.main
    assert "Noted by Kit Worker" in browser.main
    browser.open(f"/keyworker/people/{mother_id}")
    assert f"They may not know that these people are here: {FATHER}." in browser.main
    browser.open(f"/keyworker/people/{father_id}")
    assert f"These people may not know that they are here: {MOTHER}." in browser.main
    browser.open(f"/keyworker/families/{family_id}/knowing").choose(MOTHER).press("Keep this")
    assert _pairs(desk, family_id) == {(father_id, mother_id), (mother_id, father_id)}
    assert "Everybody of this family may know of everybody else." in browser.main
    assert "may not know" not in browser.open(f"/keyworker/people/{mother_id}").main
    with desk.house.database.reading() as db:
        verbs = db.scalars(select(Entry.verb).where(Entry.review_id == family_id).order_by(Entry.at)).all()
    assert verbs.count("who may know noted") == 2


def test_three_people_of_whom_no_two_may_know_are_one_sentence(desk: Desk) -> None:
    family_id, _ = _family(desk, ("Zubaida Quill", Relation.SIBLING))
    text = desk.browser.open(f"/keyworker/families/{family_id}/knowing").main
    assert "No two people of this family may know of each other here." in text
    assert AUNT in text


def test_somebody_alone_needs_no_note(desk: Desk) -> None:
    family_id = desk.a_family()
    member_id = desk.a_person(family_id)
    browser = desk.browser.open(f"/keyworker/families/{family_id}/knowing")
    assert "Only one person of this family has a space here." in browser.main
    assert "Keep this" not in browser.buttons
    assert "may not know" not in browser.open(f"/keyworker/people/{member_id}").main


def test_who_wishes_that_nobody_knows_comes_first(desk: Desk) -> None:
    family_id, (mother_id, father_id) = _family(desk)
    with desk.house.database.writing() as db:
        mother, father = db.get_one(FamilyMember, mother_id), db.get_one(FamilyMember, father_id)
        make.acquainted(db, db.get_one(StaffMember, desk.key_worker_id), mother, father)
        wishes.wish(db, mother, mother, wishes.Knowing(wishes.MayKnow.NOBODY))
    browser = desk.browser.open(f"/keyworker/families/{family_id}/knowing")
    assert "Nobody may know that they are here." in browser.main
    assert f"{FATHER} may not know that {MOTHER} is here." in browser.main
    browser.press("Keep this")
    assert browser.status == 422
    assert "They wish that nobody knows." in browser.main


def test_what_a_colleague_noted_meanwhile_is_not_overwritten_and_what_was_ticked_stays(desk: Desk) -> None:
    family_id, (mother_id, father_id) = _family(desk)
    browser = desk.browser.open(f"/keyworker/families/{family_id}/knowing")
    with desk.house.database.writing() as db:
        review, by = db.get_one(Review, family_id), db.get_one(StaffMember, desk.key_worker_id)
        family = reviews.family_of(db, review)
        pairs = frozenset({(mother_id, father_id)})
        knowing.note(db, by, review, family, pairs, knowing.mark_of(frozenset()))
    browser.choose(FATHER).press("Keep this")
    assert browser.status == 409
    assert "A colleague noted something else" in browser.main
    assert _pairs(desk, family_id) == {(mother_id, father_id)}
    browser.press("Keep this")
    assert _pairs(desk, family_id) == {(father_id, mother_id)}


def test_pressed_twice_at_once_it_is_noted_once(desk: Desk) -> None:
    family_id, (mother_id, father_id) = _family(desk)
    path = f"/keyworker/families/{family_id}/knowing"
    seen = {one.get("name"): one.get("value") or "" for one in desk.browser.open(path).tree.iter() if one.get("name")}
    filled = {**_fields([mother_id, father_id], (father_id, mother_id)), "seen": seen["seen"]}
    assert set(desk.post_at_once(path, filled)) == {303}
    assert _pairs(desk, family_id) == {(father_id, mother_id)}


def test_nothing_is_shown_between_people_who_may_not_know_of_each_other(desk: Desk) -> None:
    family_id, (mother_id, father_id) = _family(desk)
    with desk.house.database.writing() as db:
        mother = db.get_one(FamilyMember, mother_id)
        told = contributions.tell(db, mother, "She laughed whenever the kettle sang.", "once")
        share_id = sharing.wish(db, mother, Thing.CONTRIBUTION, told, "For her father", "once").id
    browser = desk.browser.open(f"/keyworker/sharing/{share_id}")
    assert "may not know of each other here, so it cannot be shown to them" in browser.main
    assert "Show it to them" not in browser.buttons
    with desk.house.database.writing() as db:
        share, by = db.get_one(Share, share_id), db.get_one(StaffMember, desk.key_worker_id)
        with pytest.raises(NotNow):
            sharing.agree(db, by, share, db.get_one(FamilyMember, father_id), "Amina")
    browser.follow("Who may know of whom").choose(FATHER).choose(MOTHER).press("Keep this")
    browser.open(f"/keyworker/sharing/{share_id}").choose("Daniel Quill (Father)")
    browser.choose("I have spoken with both, and both agree").press("Show it to them")
    with desk.house.database.reading() as db:
        assert db.get_one(Share, share_id).state is Consent.AGREED
        assert [one.id for one in sharing.shown_to(db, db.get_one(FamilyMember, father_id))] == [share_id]
    path = f"/keyworker/families/{family_id}/knowing"
    token = {one.get("name"): one.get("value") or "" for one in browser.open(path).tree.iter() if one.get("name")}
    data = {"csrf_token": token["csrf_token"], "seen": token["seen"]}
    assert browser.client.post(path, data=data).status_code == 303
    with desk.house.database.reading() as db:
        assert db.get_one(Share, share_id).state is Consent.UNDONE
        assert not sharing.shown_to(db, db.get_one(FamilyMember, father_id))


def test_another_key_worker_finds_nothing_and_who_covers_finds_it(desk: Desk) -> None:
    family_id, _ = _family(desk)
    other = a_desk(desk.app, desk.house)
    path = f"/keyworker/families/{family_id}/knowing"
    assert other.browser.open(path).status == 404
    assert other.browser.client.post(path).status_code in (404, 422)
    with desk.house.database.writing() as db:
        colleague = db.get_one(StaffMember, other.key_worker_id)
        db.get_one(Review, family_id).key_worker_id = colleague.id
        browser = as_staff(desk.app, colleague)
    assert browser.open(path).status == 200
