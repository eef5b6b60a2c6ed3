"""Somebody may be in danger: from a family's words to the coordinator in one press, and to no page of the family."""

import re
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.review import concerns, contributions, invitations
from portal.review.concerns import Concern
from portal.review.history import Entry
from portal.review.messages import Kind, Message
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from tests import make
from tests.browser import Browser, as_family, as_staff
from tests.panel.scene import ASKED, CHILD, FAMILY, Scene

FEAR, HELP = "CanaryFear: his brother is alone at night.", "CanaryHelp: children's services rang them today."


def _tell(browser: Browser, path: str) -> Browser:
    browser.open(path).follow("Somebody may be in danger")
    browser.fill("Who may be in danger, and what did you read or hear?", FEAR)
    return browser.choose("I will tell them today").press("Tell the panel now")


def _told(scene: Scene) -> UUID:
    _tell(scene.key_worker, f"/keyworker/questions/{scene.question_id}")
    with scene.house.database.reading() as db:
        return db.scalars(select(Concern.id)).one()


def test_the_page_says_what_happens_whom_it_goes_to_and_what_the_family_is_told(scene: Scene) -> None:
    browser = scene.key_worker.open(f"/keyworker/questions/{scene.question_id}").follow("Somebody may be in danger")
    for words in ("ring 999 first", "The designated doctor for child deaths", "What they must be told", ASKED):
        assert words in browser.main
    assert "safeguarding partners" in browser.main, "the panel's own facts say where it goes"
    browser.press("Tell the panel now")
    assert browser.status == 422
    assert "Please write what you read or heard." in browser.main
    assert "Please choose whether they know that you pass it on." in browser.main


def test_it_reaches_the_coordinators_desk_and_a_mail_that_says_nothing(scene: Scene) -> None:
    concern_id = _told(scene)
    assert "Nobody at the panel has read it yet. Please ring them." in scene.key_worker.main
    assert "Nobody at the panel has read that somebody may be in danger. Please ring them." in (
        scene.key_worker.open("/keyworker/").main
    )
    with scene.house.database.reading() as db:
        mails = db.scalars(select(Message).where(Message.kind == Kind.STAFF_MAIL)).all()
        assert {one.staff_id for one in mails} >= {scene.coordinator_id}
        assert len(mails) == 2, "two coordinators work here"
        for mail in mails:
            for private in ("Canary", CHILD, FAMILY, "danger", "death", "child"):
                assert private not in f"{mail.subject} {mail.text}"
        reference = db.get_one(Concern, concern_id).reference
    browser = scene.coordinator.open("/panel/questions").follow("Concerns").follow(reference)
    for words in (FEAR, "Kit Worker", "The designated doctor for child deaths", "tells the person on the day"):
        assert words in browser.main
    for name in (FAMILY, CHILD):
        assert name not in browser.html
    assert browser.follow("Read the family's own words").path == scene.path


def test_it_is_read_and_seen_to_and_the_key_worker_sees_both(scene: Scene) -> None:
    concern_id = _told(scene)
    path = f"/panel/concerns/{concern_id}"
    scene.coordinator.open(path).press("I have read it and see to it")
    assert "Read by Cory Dinator" in scene.coordinator.main
    page = scene.key_worker.open(f"/keyworker/questions/{scene.question_id}/danger")
    assert "Read by Cory Dinator" in page.main
    assert "may be in danger" not in scene.key_worker.open("/keyworker/").main
    scene.coordinator.press("It is seen to")
    assert scene.coordinator.status == 422
    scene.coordinator.open(path).fill("What was done?", HELP).press("It is seen to")
    assert HELP in scene.coordinator.main
    assert "It is seen to" not in scene.coordinator.buttons
    page = scene.key_worker.open(f"/keyworker/questions/{scene.question_id}/danger")
    assert HELP in page.main
    with scene.house.database.reading() as db:
        verbs = db.scalars(select(Entry.verb).where(Entry.subject_id == concern_id).order_by(Entry.at)).all()
    assert [verb for verb in verbs if verb != "concern read"] == ["concern told", "concern seen", "concern seen to"]


def test_two_coordinators_at_once_lose_no_word(scene: Scene) -> None:
    path = f"/panel/concerns/{_told(scene)}"
    scene.coordinator.open(path).fill("What was done?", HELP)
    scene.other_coordinator.open(path).fill("What was done?", "I rang the doctor.").press("It is seen to")
    scene.coordinator.press("It is seen to")
    assert scene.coordinator.status == 409
    assert HELP in scene.coordinator.main
    assert "I rang the doctor." in scene.coordinator.open(path).main
    assert HELP not in scene.coordinator.main


@pytest.mark.whole
def test_whoever_reads_a_question_at_the_panel_tells_it_in_one_press_and_the_key_worker_is_asked_to_look(
    app: Flask, scene: Scene
) -> None:
    browser = scene.member.open(scene.path).follow("Somebody may be in danger")
    for words in ("ring 999 first", "The designated doctor for child deaths", "They know who this is", ASKED):
        assert words in browser.main
    assert browser.press("Tell the panel now").status == 422
    browser.fill("Who may be in danger, and what did you read or hear?", FEAR).press("Tell the panel now")
    assert "Nobody at the panel has read it yet. Please ring them." in browser.main
    assert FEAR in browser.main
    assert FEAR not in scene.chair.open(f"{scene.path}/danger").html, "it is for the coordinators"
    with scene.house.database.reading() as db:
        key_worker_id = db.scalars(select(Review.key_worker_id)).one()
        mails = db.scalars(select(Message).where(Message.kind == Kind.STAFF_MAIL)).all()
        assert len(mails) == 3, "two coordinators and the key worker"
        assert {one.staff_id for one in mails} >= {scene.coordinator_id, key_worker_id}
        concern_id = db.scalars(select(Concern.id)).one()
    feared = "The panel fears that somebody may be in danger. Please look now, and ring them."
    assert FEAR in scene.key_worker.open("/keyworker/").follow(feared).main
    browser = scene.coordinator.open(f"/panel/concerns/{concern_id}")
    assert re.search(r"Ring Kit Worker[ \d]*\. They know who this is", browser.main)
    assert "Nobody has told the person yet." in browser.main
    browser.press("I have read it and see to it")
    assert feared in scene.key_worker.open("/keyworker/").main, "the person must be told"
    browser.fill("What was done?", HELP).press("It is seen to")
    assert feared not in scene.key_worker.open("/keyworker/").main
    assert HELP in scene.member.open(f"{scene.path}/danger").main


@pytest.mark.whole
def test_a_coordinator_who_reads_it_sees_to_it_at_once(scene: Scene) -> None:
    browser = scene.coordinator.open(scene.path).follow("Somebody may be in danger")
    browser.fill("Who may be in danger, and what did you read or hear?", FEAR).press("Tell the panel now")
    browser.press("I have read it and see to it")
    assert "Read by Cory Dinator" in browser.main


@pytest.mark.whole
def test_a_key_worker_comes_from_the_desk_to_the_form_in_two_presses(scene: Scene) -> None:
    browser = scene.key_worker.open("/keyworker/").follow(CHILD)
    (link,) = [one for one in browser.links if one.startswith("Somebody may be in danger")]
    assert "Tell the panel now" in browser.follow(link).buttons


def test_the_same_fear_pressed_twice_is_told_once(scene: Scene) -> None:
    _told(scene)
    _tell(scene.key_worker, f"/keyworker/questions/{scene.question_id}")
    with scene.house.database.reading() as db:
        assert len(db.scalars(select(Concern)).all()) == 1
        assert len(db.scalars(select(Message).where(Message.kind == Kind.STAFF_MAIL)).all()) == 2


def test_what_was_written_for_the_key_worker_alone_stays_theirs(app: Flask, scene: Scene) -> None:
    with scene.house.database.writing() as db:
        member = db.get_one(FamilyMember, scene.family_member_id)
        told = contributions.tell(db, member, "I cannot sleep.", uuid4().hex, "support").id
    _tell(scene.key_worker, f"/keyworker/told/{told}")
    with scene.house.database.reading() as db:
        concern_id = db.scalars(select(Concern.id)).one()
    browser = scene.coordinator.open(f"/panel/concerns/{concern_id}")
    assert FEAR in browser.main
    assert "Read the family's own words" not in browser.links
    assert "I cannot sleep." not in browser.html


def test_only_coordinators_of_this_panel_find_it(app: Flask, house: House, scene: Scene) -> None:
    concern_id = _told(scene)
    with house.database.writing() as db:
        elsewhere = as_staff(app, make.a_coordinator(db, panel="worcestershire"))
        stranger = as_staff(app, make.a_key_worker(db))
    for browser in (elsewhere, scene.chair, scene.member, scene.administrator, scene.editor, scene.key_worker):
        assert browser.open(f"/panel/concerns/{concern_id}").status == 404
    assert FEAR not in elsewhere.open("/panel/concerns").html
    assert stranger.open(f"/keyworker/questions/{scene.question_id}/danger").status == 404


@pytest.mark.whole
def test_nothing_of_it_stands_on_any_page_of_the_family(app: Flask, scene: Scene) -> None:
    concern_id = _told(scene)
    scene.coordinator.open(f"/panel/concerns/{concern_id}").fill("What was done?", HELP).press("It is seen to")
    with scene.house.database.writing() as db:
        member = db.get_one(FamilyMember, scene.family_member_id)
        by = db.get_one(StaffMember, db.get_one(Review, member.review_id).key_worker_id)
        relative = make.a_family_member(db, db.get_one(Review, member.review_id), "Daniel Quill")
        links = [invitations.invite(db, by, one, one.way).id for one in (member, relative)]
    pages = 0
    for link_id in links:
        browser = as_family(app, scene.house, link_id)
        waiting, seen = ["/en/your-space"], set()
        while waiting:
            path = waiting.pop()
            seen.add(path)
            answer = browser.client.get(path)
            body = answer.get_data()
            assert b"CanaryFear" not in body, path
            assert b"CanaryHelp" not in body, path
            pages += 1
            if answer.mimetype == "text/html" and answer.status_code == 200:
                browser.open(path)
                found = [one.get("href") or "" for one in browser.tree.iter("{http://www.w3.org/1999/xhtml}a")]
                waiting += {one for one in found if one.startswith("/en/your-space")} - {*seen, *waiting}
    assert pages > 20


def test_a_coordinator_who_left_gets_no_mail(scene: Scene) -> None:
    with scene.house.database.writing() as db:
        db.get_one(StaffMember, scene.coordinator_id).active = False
        assert scene.coordinator_id not in {one.id for one in concerns.whom_to_tell(db, make.PANEL)}
