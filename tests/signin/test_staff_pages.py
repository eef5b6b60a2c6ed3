"""The administrator's pages: giving somebody access, and ending it kindly and at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access import Role
from portal.house import House
from portal.review import cover, leaves
from portal.review.history import Entry
from portal.review.people import StaffMember, staff_member
from portal.review.reviews import Review
from tests.browser import Browser, as_staff
from tests.make import a_coordinator, a_key_worker, a_review, an_administrator
from tests.signin.people import mails_to, now_of, sign_in, somebody

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute


@pytest.fixture
def admin(app: Flask, house: House) -> Browser:
    """The browser of an administrator who is signed in."""
    with house.database.writing() as db:
        person = an_administrator(db)
        db.flush()
        db.refresh(person)
        db.expunge(person)
    return as_staff(app, person)


def test_the_list_shows_the_people_of_ones_own_panel_and_nobody_else(app: Flask, house: House, admin: Browser) -> None:
    with house.database.writing() as db:
        ours, theirs = a_coordinator(db).name, a_key_worker(db, panel="worcestershire").name
    admin.open("/panel/staff")
    assert ours in admin.main
    assert theirs not in admin.main
    assert "Invited" in admin.main
    assert "Last signed in" not in admin.main
    sign_in(Browser(app), somebody(app))
    assert "Last signed in" in admin.open("/panel/staff").main


def test_a_person_of_another_panel_is_not_there(house: House, admin: Browser) -> None:
    with house.database.writing() as db:
        stranger = a_key_worker(db, panel="worcestershire").id
    token = admin.open("/panel/staff").html.split('name="csrf_token" value="')[1].split('"')[0]
    for act in ("", "/off", "/mail", "/end-sessions", "/anew", "/on"):
        path = f"/panel/staff/{stranger}{act}"
        assert admin.client.get(path).status_code in (404, 405)
        assert admin.client.post(path, data={"csrf_token": token}).status_code in (404, 405)


def test_only_an_administrator_finds_these_pages(app: Flask) -> None:
    for role in (Role.KEY_WORKER, Role.COORDINATOR, Role.CHAIR, Role.PANEL_MEMBER, Role.EDITOR):
        browser = as_staff(app, somebody(app, role).person)
        assert browser.open("/panel/staff").status == 404, role
        assert browser.open("/panel/staff/add").status == 404, role


def test_access_is_given_with_an_invitation_and_the_form_keeps_what_was_typed(house: House, admin: Browser) -> None:
    admin.open("/panel/staff/add").fill("Name", "Nour Sample").fill("E-mail address", "nour at example")
    admin.press("Give access and send the invitation")
    assert admin.status == 422
    assert admin.value("Name") == "Nour Sample"
    assert "Choose at least one thing that they do." in admin.main
    admin.fill("E-mail address", " Nour@Example.org ").choose("Editor: looks after the library")
    admin.press("Give access and send the invitation")
    assert admin.heading == "Nour Sample"
    with house.database.reading() as db:
        nour = staff_member(db, "nour@example.org")
        assert nour is not None
        assert (nour.panel, nour.roles_held, nour.active) == ("west-of-england", ["editor"], True)
    (text,) = mails_to(house, nour)
    assert "http://localhost/staff/reset/" in text
    admin.open("/panel/staff/add").fill("Name", "Nour Again").fill("E-mail address", "NOUR@example.org")
    admin.choose("Editor: looks after the library").press("Give access and send the invitation")
    assert "Somebody with this e-mail address has access already." in admin.main
    assert admin.value("Name") == "Nour Again"


def test_signing_somebody_out_everywhere(app: Flask, house: House, admin: Browser) -> None:
    who = somebody(app, Role.EDITOR)
    theirs = sign_in(Browser(app), who)
    admin.open(f"/panel/staff/{who.person.id}").press("Sign them out everywhere")
    assert "They are signed out everywhere." in admin.main
    assert theirs.open("/staff/you").heading == "Sign in to the staff pages"
    assert now_of(house, who).active


def test_the_sign_in_mail_is_sent_again(app: Flask, house: House, admin: Browser) -> None:
    who = somebody(app, Role.EDITOR)
    admin.open(f"/panel/staff/{who.person.id}").press("Send the sign-in mail again")
    assert len(mails_to(house, who.person)) == 1


def test_a_lost_phone_begins_anew(app: Flask, house: House, admin: Browser) -> None:
    who = somebody(app, Role.EDITOR)
    theirs = sign_in(Browser(app), who)
    admin.open(f"/panel/staff/{who.person.id}").press("Let them begin anew")
    person = now_of(house, who)
    assert (person.password, person.tf_totp_secret, person.tf_primary_method) == (None, None, None)
    assert theirs.open("/staff/you").heading == "Sign in to the staff pages"
    assert "Choose a password here" in mails_to(house, who.person)[0]


def test_access_ends_at_once_and_can_be_given_back(app: Flask, house: House, admin: Browser) -> None:
    who = somebody(app, Role.EDITOR)
    theirs = sign_in(Browser(app), who)
    admin.open(f"/panel/staff/{who.person.id}").follow("Switch off their access").press("Switch off the access")
    assert "Their access is switched off" in admin.main
    assert theirs.open("/staff/you").heading == "Sign in to the staff pages"
    with house.database.reading() as db:
        assert "access ended" in db.scalars(select(Entry.verb).where(Entry.subject_id == who.person.id)).all()
    admin.press("Switch on the access")
    assert now_of(house, who).active


def test_a_key_worker_with_families_keeps_access_and_the_page_says_why(
    app: Flask, house: House, admin: Browser
) -> None:
    who = somebody(app, Role.KEY_WORKER)
    with house.database.writing() as db:
        a_review(db, db.get_one(StaffMember, who.person.id))
    admin.open(f"/panel/staff/{who.person.id}/off")
    assert "still looks after families: 1." in admin.main
    assert "Switch off the access" not in admin.buttons
    token = admin.html.split('name="csrf_token" value="')[1].split('"')[0]
    answer = admin.client.post(f"/panel/staff/{who.person.id}/off", data={"csrf_token": token})
    assert answer.status_code == 409
    assert now_of(house, who).active


def test_the_families_of_a_key_worker_go_to_a_colleague_unnamed_and_then_the_access_ends(
    app: Flask, house: House, admin: Browser
) -> None:
    who = somebody(app, Role.KEY_WORKER)
    with house.database.writing() as db:
        person, colleague = db.get_one(StaffMember, who.person.id), a_key_worker(db)
        a_review(db, person, "Zebedee"), a_review(db, person, "Marigold")
        a_key_worker(db, panel="worcestershire")
        colleague_id = colleague.id
    admin.open(f"/panel/staff/{who.person.id}/off").follow("Give these families another key worker")
    assert "still looks after families: 2." in admin.main
    assert "Zebedee" not in admin.html
    assert admin.html.count("<option") == 2
    admin.fill("A note for them (may be left empty)", "Both like a letter.")
    assert admin.press("Hand these families over").status == 422
    assert admin.value("A note for them (may be left empty)") == "Both like a letter."
    admin.fill("Who looks after them from now on?", str(colleague_id)).press("Hand these families over")
    assert "Their families have another key worker now." in admin.main
    with house.database.reading() as db:
        colleague = db.get_one(StaffMember, colleague_id)
        assert len(cover.own_families(db, colleague)) == 2
        assert {row.note for row in cover.new_for(db, colleague)} == {"Both like a letter."}
    admin.follow("Switch off their access").press("Switch off the access")
    assert not now_of(house, who).active


def test_the_administrator_hands_over_for_somebody_who_left_before(app: Flask, house: House, admin: Browser) -> None:
    who = somebody(app, Role.KEY_WORKER)
    with house.database.writing() as db:
        person, colleague_id = db.get_one(StaffMember, who.person.id), a_key_worker(db).id
        a_review(db, person)
        person.active = False
    admin.open(f"/panel/staff/{who.person.id}").follow("Give these families another key worker")
    admin.fill("Who looks after them from now on?", str(colleague_id)).press("Hand these families over")
    assert "Give these families another key worker" not in admin.links


def test_whoever_is_named_as_cover_keeps_access_until_somebody_else_is_named(
    app: Flask, house: House, admin: Browser
) -> None:
    who = somebody(app, Role.KEY_WORKER)
    with house.database.writing() as db:
        person, away = db.get_one(StaffMember, who.person.id), a_key_worker(db)
        a_review(db, away)
        leave = leaves.take(db, away, leaves.Days(leaves.today(), leaves.today()), person, "", "1")
        leave_id = leave.id
    admin.open(f"/panel/staff/{who.person.id}/off")
    assert "is named as cover for" in admin.main
    assert "Switch off the access" not in admin.buttons
    with house.database.writing() as db:
        leave = db.get_one(leaves.Leave, leave_id)
        leaves.end(db, db.get_one(StaffMember, leave.staff_id), leave)
    admin.open(f"/panel/staff/{who.person.id}/off").press("Switch off the access")
    assert not now_of(house, who).active


def test_nobody_switches_off_their_own_access(house: House, admin: Browser) -> None:
    with house.database.reading() as db:
        me = db.scalars(select(StaffMember.id)).one()
    assert "This is your own access." in admin.open(f"/panel/staff/{me}/off").main
    assert "Switch off the access" not in admin.buttons


def test_of_two_administrators_who_switch_each_other_off_one_remains(app: Flask, house: House) -> None:
    with house.database.writing() as db:
        people = [an_administrator(db) for _ in range(2)]
        db.flush()
        browsers, ids = [as_staff(app, one) for one in people], [one.id for one in people]
    for browser, other in zip(browsers, reversed(ids), strict=True):
        browser.open(f"/panel/staff/{other}/off")
    ready = Barrier(2)

    def press(browser: Browser) -> None:
        ready.wait(10)
        browser.press("Switch off the access")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, browsers))
    with house.database.reading() as db:
        assert [db.get_one(StaffMember, one).active for one in ids].count(True) == 1


def test_a_family_handed_over_while_that_access_ends_has_somebody_all_the_same(
    app: Flask, house: House, admin: Browser
) -> None:
    with house.database.writing() as db:
        giver, colleague = a_key_worker(db), a_key_worker(db)
        review_id, colleague_id = a_review(db, giver).id, colleague.id
        db.flush()
        giving = as_staff(app, giver)
    giving.open(f"/keyworker/families/{review_id}/hand-over").fill("To whom do you hand over?", str(colleague_id))
    admin.open(f"/panel/staff/{colleague_id}/off")
    ready = Barrier(2)

    def press(browser: Browser, button: str) -> None:
        ready.wait(10)
        browser.press(button)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, (giving, admin), ("Hand over", "Switch off the access")))
    with house.database.reading() as db:
        assert db.get_one(StaffMember, db.get_one(Review, review_id).key_worker_id).active
