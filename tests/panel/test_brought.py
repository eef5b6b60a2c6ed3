"""What families brought, at the key worker's desk and at the panel: who may open it, and when it is gone again."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.looking.kinds import Form, Found
from portal.review import brought, files
from portal.review.files import File
from portal.review.history import Entry
from portal.review.people import FamilyMember
from tests import make
from tests.browser import Browser, as_staff
from tests.panel.scene import Scene

ORIGINAL, CLEAN = b"the original with a place in it", b"\xff\xd8\xff the clean copy"


def a_file(house: House, member_id: UUID, form: Form = Form.JPEG, *, sent: bool = True) -> UUID:
    """Bring something for a person."""
    with house.database.writing() as db:
        member = db.get_one(FamilyMember, member_id)
        clean = CLEAN if form is Form.JPEG else b""
        return make.a_file(db, member, Found(form, clean), ORIGINAL, sent=sent).id


@pytest.fixture
def key_worker(app: Flask, scene: Scene) -> Browser:
    """The browser of the family's own key worker."""
    return scene.key_worker


def test_the_panel_has_it_once_a_coordinator_took_it_up(scene: Scene) -> None:
    file_id = a_file(scene.house, scene.family_member_id)
    path = f"/panel/brought/{file_id}"
    assert scene.member.open(path).status == 404
    assert scene.chair.open(f"{path}/copy").status == 404
    assert "A photograph" not in scene.member.open("/panel/brought").main
    scene.coordinator.open("/panel/brought")
    assert "A photograph" in scene.coordinator.main
    scene.coordinator.open(path).press("Take it up")
    assert "Taken up for the panel by Cory Dinator" in scene.coordinator.main
    assert scene.member.open(path).heading == "A photograph"
    assert "A photograph" in scene.member.open("/panel/brought").main


def test_the_panel_gets_the_clean_copy_and_never_what_the_file_was_called(scene: Scene) -> None:
    file_id = a_file(scene.house, scene.family_member_id)
    browser = scene.coordinator.open(f"/panel/brought/{file_id}")
    assert "Amina" not in browser.html
    assert "What the family says" in browser.main
    answer = browser.client.get(f"/panel/brought/{file_id}/copy")
    assert answer.data == CLEAN
    assert "Amina" not in str(answer.headers)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="photograph-')
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_key_worker_sees_its_name_as_text_and_every_reading_is_noted(scene: Scene) -> None:
    file_id = a_file(scene.house, scene.family_member_id, Form.PDF)
    with scene.house.database.reading() as db:
        review_id = db.get_one(File, file_id).review_id
    browser = scene.key_worker.open(f"/keyworker/families/{review_id}")
    assert "A document was brought" in browser.main
    browser.follow("What the family brought")
    assert "From Amina" in browser.main
    browser.open(f"/keyworker/brought/{file_id}")
    assert "<b>Amina</b> at home.pdf" in browser.main
    assert browser.client.get(f"/keyworker/brought/{file_id}/copy").data == ORIGINAL
    with scene.house.database.reading() as db:
        read = db.scalars(select(Entry).where(Entry.verb == "file read").order_by(Entry.at)).all()
    assert [one.subject_id for one in read] == [file_id, file_id]


def test_what_was_taken_back_is_gone_from_every_list_of_staff_at_once(scene: Scene) -> None:
    file_id = a_file(scene.house, scene.family_member_id)
    scene.coordinator.open(f"/panel/brought/{file_id}").press("Take it up")
    with scene.house.database.writing() as db:
        file = db.get_one(File, file_id)
        review_id = file.review_id
        brought.withdraw(db, db.get_one(FamilyMember, scene.family_member_id), file)
    for browser, path in (
        (scene.coordinator, f"/panel/brought/{file_id}"),
        (scene.coordinator, f"/panel/brought/{file_id}/copy"),
        (scene.member, f"/panel/brought/{file_id}"),
        (scene.key_worker, f"/keyworker/brought/{file_id}"),
        (scene.key_worker, f"/keyworker/brought/{file_id}/copy"),
    ):
        assert browser.open(path).status == 404
    assert "A photograph" not in scene.coordinator.open("/panel/brought").main
    assert "A photograph" not in scene.key_worker.open(f"/keyworker/families/{review_id}").main


def test_nobody_of_the_staff_sees_what_is_not_sent_or_belongs_elsewhere(app: Flask, scene: Scene) -> None:
    unsent = a_file(scene.house, scene.family_member_id, sent=False)
    sent = a_file(scene.house, scene.family_member_id, Form.MP3)
    with scene.house.database.writing() as db:
        elsewhere = as_staff(app, make.a_coordinator(db, "worcestershire"))
        other = as_staff(app, make.a_key_worker(db))
    assert scene.coordinator.open(f"/panel/brought/{unsent}").status == 404
    assert scene.key_worker.open(f"/keyworker/brought/{unsent}").status == 404
    assert elsewhere.open(f"/panel/brought/{sent}").status == 404
    assert other.open(f"/keyworker/brought/{sent}").status == 404


def test_taken_out_it_leaves_no_part_behind(scene: Scene) -> None:
    file_id = a_file(scene.house, scene.family_member_id)
    with scene.house.database.writing() as db:
        files.take_out(db, db.get_one(File, file_id))
    with scene.house.database.reading() as db:
        assert not db.scalars(select(files.FilePart.id).order_by(files.FilePart.id)).all()
