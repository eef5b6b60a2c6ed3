"""Long lists, and lists with a row that cannot be opened."""

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, select, text

from portal.house import House
from portal.panel.lists import PAGE, QUESTION_GROUPS, Cursor, stretch
from portal.review import questions
from portal.review.kept import some_of_panel
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import Question, Standing
from portal.sealing import KeyWrap
from tests import make
from tests.browser import as_staff
from tests.panel.scene import Scene

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

GAP = "Its words cannot be opened."


def ask_more(scene: Scene, how_many: int, at: datetime | None = None) -> list[str]:
    """Ask more questions, in several states, some of them in the very same moment."""
    path = [Standing.TAKEN_UP, Standing.DRAFTED, Standing.CHECKED, Standing.ANSWERED]
    references = []
    with scene.house.database.writing() as db:
        member = db.get_one(FamilyMember, scene.family_member_id)
        for number in range(how_many):
            question = make.a_question(db, member, f"Question {number}?")
            question.kept_at = (at or datetime(2026, 1, 1, tzinfo=UTC)) + timedelta(seconds=number // 7)
            for to in path[: number % 5]:
                questions.move(question, to)
            references.append(question.reference)
    return references


def test_every_question_is_on_exactly_one_page_of_a_long_list(scene: Scene) -> None:
    references = ask_more(scene, 173)
    page, seen, pages = scene.member.open("/panel/questions"), list[str](), 1
    while True:
        seen += [link for link in page.links if link in references]
        if "Next page" not in page.links:
            break
        assert len([link for link in page.links if link in references]) >= PAGE - 1
        page.follow("Next page")
        pages += 1
    assert sorted(seen) == sorted(references)
    assert pages == 4


def test_a_filtered_list_is_whole_too(scene: Scene) -> None:
    ask_more(scene, 300)
    page, seen = scene.member.open("/panel/questions?where=ended"), 0
    while "Next page" in page.links:
        seen += page.html.count('href="/panel/questions/')
        page.follow("Next page")
        assert "Ended" in page.main
        assert "New " not in page.main.split("Ended", 1)[1]
    assert seen + page.html.count('href="/panel/questions/') == 60


def test_pages_of_every_size_hold_every_question_once(scene: Scene) -> None:
    ask_more(scene, 23)
    with scene.house.database.reading() as db:
        reader = db.get_one(StaffMember, scene.coordinator_id)
        kept = select(Question.id).where(Question.panel == reader.panel, Question.state != Standing.WITHDRAWN)
        everything = set(db.scalars(kept))
        for most in range(1, 26):
            cursor, seen = None, []
            while True:
                part = stretch(db, Question, reader, QUESTION_GROUPS, cursor, most)
                rows = [row.id for _, found in part.groups for row in found]
                assert len(rows) <= most
                seen += rows
                if part.following is None:
                    break
                cursor = Cursor.read(str(part.following))
            assert len(seen) == len(set(seen))
            assert set(seen) == everything


def test_a_place_that_cannot_be_read_leads_to_the_beginning(scene: Scene) -> None:
    for after in ("x", "new.1.2", "new.9999999999999999999999.00000000000000000000000000000001", "a.b.c.d",
                  f"elsewhere.1.{uuid4().hex}", "new.--1.x", "%00"):  # fmt: skip
        page = scene.member.open(f"/panel/questions?after={after}")
        assert page.status == 200
        assert "Written in English." in page.main
    assert scene.member.open("/panel/questions?where=nowhere").status == 200


def test_some_of_a_panel_is_in_order_and_only_that_panels(scene: Scene) -> None:
    ask_more(scene, 10)
    with scene.house.database.reading() as db:
        reader = db.get_one(StaffMember, scene.coordinator_id)
        first = some_of_panel(db, Question, reader, Standing.ASKED, None, 2)
        rest = some_of_panel(db, Question, reader, Standing.ASKED, (first[1].kept_at, first[1].id), 50)
        assert [*first, *rest] == some_of_panel(db, Question, reader, Standing.ASKED, None, 1000)
    with scene.house.database.writing() as db:
        assert not some_of_panel(db, Question, make.a_coordinator(db, "worcestershire"), Standing.ASKED, None, 5)


def test_a_question_whose_words_were_tampered_with_leaves_a_gap_and_the_rest_stand(scene: Scene) -> None:
    references = ask_more(scene, 3)
    with scene.house.database.writing() as db:
        spoilt = scene.question(db)
        reference, changed = spoilt.reference, bytearray(spoilt.words_ct)
        changed[-1] ^= 1
        spoilt.words_ct = bytes(changed)
    page = scene.member.open("/panel/questions")
    assert page.status == 200
    assert page.main.count(GAP) == 1
    assert {reference, *references} <= set(page.links)
    assert "These words cannot be opened." in page.follow(reference).main
    assert page.status == 200


def test_a_question_whose_key_was_destroyed_leaves_a_gap_and_the_rest_stand(app: Flask, scene: Scene) -> None:
    with scene.house.database.writing() as db:
        other = make.a_family_member(db, make.a_review(db, make.a_key_worker(db)), "Somebody Else")
        kept = make.a_question(db, other).reference
        db.execute(delete(KeyWrap).where(KeyWrap.key_id == scene.question(db).key_id))
    page = scene.coordinator.open("/panel/questions")
    assert page.main.count(GAP) == 1
    assert kept in page.links
    assert scene.coordinator.open(scene.path).status == 200
    assert scene.taken_up().coordinator.open(f"{scene.path}/answer").status == 200


def test_a_colleagues_name_that_cannot_be_opened_hides_nobodys_question(scene: Scene) -> None:
    scene.taken_up()
    with scene.house.database.writing() as db:
        db.execute(text("UPDATE staff_members SET name_ct = :spoilt WHERE id = :id").bindparams(
            spoilt=b"\x01spoilt-spoilt-spoilt-spoilt-spoilt",
            id=scene.coordinator_id.hex if db.get_bind().dialect.name == "sqlite" else scene.coordinator_id,
        ))  # fmt: skip
    page = scene.member.open("/panel/questions")
    assert page.status == 200
    assert "Taken up by a colleague." in page.main


def test_a_full_page_of_as_many_people_is_quick(app: Flask, house: House) -> None:
    with house.database.writing() as db:
        review = make.a_review(db, make.a_key_worker(db))
        for _ in range(120):
            make.a_question(db, make.a_family_member(db, review))
        browser = as_staff(app, make.a_panel_member(db))
    browser.client.get("/panel/questions")
    begun = time.perf_counter()
    for _ in range(5):
        assert browser.client.get("/panel/questions").status_code == 200
    assert (time.perf_counter() - begun) / 5 < 0.5
