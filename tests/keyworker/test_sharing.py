"""The key worker beside a wish to show something: the owner's words about who, never the thing itself."""

from uuid import UUID

from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.review import contributions, sharing
from portal.review.history import Entry
from portal.review.messages import Message
from portal.review.people import FamilyMember, Relation, StaffMember
from portal.review.reviews import Review
from portal.review.sharing import Consent, Share, Thing
from tests import make
from tests.keyworker.conftest import Desk, a_desk

WORDS, WISH = "She laughed whenever the kettle sang.", "For my brother Tariq, her uncle"


def _a_wish(desk: Desk, others: int = 1, *, acquainted: bool = True) -> tuple[UUID, UUID]:
    family_id = desk.a_family()
    with desk.house.database.writing() as db:
        review, key_worker = db.get_one(Review, family_id), db.get_one(StaffMember, desk.key_worker_id)
        mother = make.a_family_member(db, review)
        for _ in range(others):
            uncle = make.a_family_member(db, review, "Tariq Quill", relation=Relation.OTHER)
            if acquainted:
                make.acquainted(db, key_worker, mother, uncle)
        told = contributions.tell(db, mother, WORDS, "once")
        return family_id, sharing.wish(db, mother, Thing.CONTRIBUTION, told, WISH, "once").id


def _share(house: House, share_id: UUID) -> tuple[Consent, str | None]:
    with house.database.reading() as db:
        share = db.get_one(Share, share_id)
        reader = db.get(FamilyMember, share.reader_id) if share.reader_id else None
        return share.state, reader.name if reader else None


def test_a_wish_waits_for_the_key_worker_without_the_thing_and_its_reading_is_recorded(desk: Desk) -> None:
    _, share_id = _a_wish(desk)
    browser = desk.browser.open("/keyworker/").follow("Somebody would like to show something to a relative")
    assert WISH in browser.main
    assert WORDS not in browser.html
    with desk.house.database.reading() as db:
        verbs = [one.verb for one in db.scalars(select(Entry).where(Entry.subject_id == share_id).order_by(Entry.at))]
    assert verbs == ["wish to show something", "wish to show something read"]


def test_it_is_shown_once_the_key_worker_says_that_both_agree(desk: Desk) -> None:
    family_id, share_id = _a_wish(desk)
    browser = desk.browser.open(f"/keyworker/sharing/{share_id}").press("Show it to them")
    assert browser.status == 422
    for sentence in ("Please choose the person who is to see it.", "Please speak with both first."):
        assert sentence in browser.main
    assert _share(desk.house, share_id) == (Consent.WISHED, None)
    browser.choose("Tariq Quill (Someone else who matters to the child)").fill(
        "How does the person who shows it want to be called?", "Amina"
    )
    browser.choose("I have spoken with both, and both agree").press("Show it to them")
    assert "It is shown to Tariq Quill since" in browser.main
    assert _share(desk.house, share_id) == (Consent.AGREED, "Tariq Quill")
    assert "Somebody would like" not in browser.open("/keyworker/").main
    assert "It is shown." in browser.open(f"/keyworker/families/{family_id}/sharing").main
    browser.open(f"/keyworker/sharing/{share_id}").press("Stop showing it")
    assert _share(desk.house, share_id)[0] is Consent.UNDONE
    assert browser.open(f"/keyworker/sharing/{share_id}").status == 404


def test_what_is_not_possible_can_become_possible_and_sends_nobody_anything(desk: Desk) -> None:
    _, share_id = _a_wish(desk)
    browser = desk.browser.open(f"/keyworker/sharing/{share_id}").press("It is not possible")
    assert _share(desk.house, share_id) == (Consent.NOT_POSSIBLE, None)
    browser.choose("Tariq Quill (Someone else who matters to the child)").choose(
        "I have spoken with both, and both agree"
    )
    browser.press("Show it to them")
    assert _share(desk.house, share_id) == (Consent.AGREED, "Tariq Quill")
    with desk.house.database.reading() as db:
        assert not db.scalars(select(Message).order_by(Message.id)).all()


def test_where_nobody_else_is_here_there_is_nobody_to_choose(desk: Desk) -> None:
    _, share_id = _a_wish(desk, others=0)
    browser = desk.browser.open(f"/keyworker/sharing/{share_id}")
    assert "Nobody else of this family has a space here." in browser.main
    assert "Show it to them" not in browser.buttons


def test_somebody_of_another_family_cannot_be_chosen_and_another_key_worker_finds_nothing(
    app: Flask, desk: Desk
) -> None:
    family_id, share_id = _a_wish(desk)
    with desk.house.database.writing() as db:
        stranger = make.a_family_member(db, make.a_review(db, make.a_key_worker(db)), "Una Stranger").id
    browser = desk.browser.open(f"/keyworker/sharing/{share_id}")
    assert "Una Stranger" not in browser.html
    token = next(one.get("value") for one in browser.tree.iter() if one.get("name") == "csrf_token")
    data = {"csrf_token": token, "reader": str(stranger), "called": "Amina", "both": "y"}
    assert browser.client.post(f"/keyworker/sharing/{share_id}", data=data).status_code == 422
    assert _share(desk.house, share_id) == (Consent.WISHED, None)
    other = a_desk(app, desk.house).browser
    assert other.open(f"/keyworker/sharing/{share_id}").status == 404
    assert other.open(f"/keyworker/families/{family_id}/sharing").status == 404
