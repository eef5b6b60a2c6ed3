"""Who may stand where at the panel's door, and what nobody ever sees there."""

from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.access import STAFF, WHO, May, Role
from portal.house import House
from portal.library.source import Key
from portal.looking.kinds import Form, Found
from portal.panel.door import door
from portal.review import brought, concerns, contributions, news
from portal.review.concerns import FamilyTold
from portal.review.news import About, Piece
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from tests import make
from tests.browser import Browser, as_staff
from tests.panel.scene import CHILD, FAMILY, RELATION, Scene

# Each new way in is a line here.
RIGHTS = {
    "questions": May.READ_QUESTIONS,
    "question": May.READ_QUESTIONS,
    "take_up": May.HANDLE_QUESTIONS,
    "translation": May.HANDLE_QUESTIONS,
    "keep_translation": May.HANDLE_QUESTIONS,
    "contribution_translation": May.HANDLE_QUESTIONS,
    "keep_contribution_translation": May.HANDLE_QUESTIONS,
    "choose_meeting": May.HANDLE_QUESTIONS,
    "put_to_meeting": May.HANDLE_QUESTIONS,
    "write_answer": May.DRAFT_ANSWERS,
    "draft": May.DRAFT_ANSWERS,
    "look_over": May.CHECK_ANSWERS,
    "check": May.CHECK_ANSWERS,
    "ask_for_other_words": May.CHECK_ANSWERS,
    "send_back": May.CHECK_ANSWERS,
    "contributions": May.READ_QUESTIONS,
    "contribution": May.READ_QUESTIONS,
    "take_up_contribution": May.HANDLE_QUESTIONS,
    "meetings": May.READ_QUESTIONS,
    "meeting": May.READ_QUESTIONS,
    "plan_meeting": May.PLAN_MEETINGS,
    "plan": May.PLAN_MEETINGS,
    "meeting_held": May.PLAN_MEETINGS,
    "pack": May.READ_QUESTIONS,
    "make_pack": May.HANDLE_QUESTIONS,
    "unmake_pack": May.HANDLE_QUESTIONS,
    "files": May.READ_QUESTIONS,
    "file": May.READ_QUESTIONS,
    "file_copy": May.READ_QUESTIONS,
    "concerns": May.SEE_TO_CONCERNS,
    "concern": May.SEE_TO_CONCERNS,
    "see_concern": May.SEE_TO_CONCERNS,
    "concern_done": May.SEE_TO_CONCERNS,
    "question_concern": May.READ_QUESTIONS,
    "tell_question_concern": May.READ_QUESTIONS,
    "told_concern": May.READ_QUESTIONS,
    "tell_told_concern": May.READ_QUESTIONS,
    "take_up_file": May.HANDLE_QUESTIONS,
    "news_list": May.CHECK_ANSWERS,
    "news": May.CHECK_ANSWERS,
    "check_news": May.CHECK_ANSWERS,
    "ask_for_other_news": May.CHECK_ANSWERS,
    "send_news_back": May.CHECK_ANSWERS,
    "library": May.SEE_THE_LIBRARY,
    "text": May.SEE_THE_LIBRARY,
    "text_version": May.SEE_THE_LIBRARY,
    "compare_texts": May.SEE_THE_LIBRARY,
    "write_text": May.EDIT_PAGES,
    "keep_text": May.EDIT_PAGES,
    "ask_to_withdraw": May.EDIT_PAGES,
    "withdraw_text": May.EDIT_PAGES,
    "translate_text": May.TRANSLATE_PAGES,
    "keep_translated": May.TRANSLATE_PAGES,
    "restore_text": May.TRANSLATE_PAGES,
    "take_text_back": May.TRANSLATE_PAGES,
    "put_text_aside": May.TRANSLATE_PAGES,
    "check_text": May.PUBLISH_PAGES,
    "publish_text": May.PUBLISH_PAGES,
    "ask_for_another_text": May.PUBLISH_PAGES,
    "send_text_back": May.PUBLISH_PAGES,
    "clearness": May.SEE_THE_LIBRARY,
    "support": May.SEE_THE_LIBRARY,
    "take_out_words": May.EDIT_PAGES,
}


def test_every_page_of_the_panel_asks_for_the_right_that_it_should() -> None:
    mine = {name.removeprefix("panel."): may for name, may in door.rights.items() if may is not May.LOOK_AFTER_STAFF}
    assert mine == RIGHTS


def paths(app: Flask, scene: Scene) -> list[tuple[str, str, str]]:
    """Return (endpoint, method, path) of every view of this door that is about questions, meetings or pages."""
    meeting_id = scene.at_a_meeting()
    with scene.house.database.writing() as db:
        member = db.get_one(FamilyMember, scene.family_member_id)
        row = contributions.tell(db, member, "The sea.", uuid4().hex)
        told = row.id
        file = make.a_file(db, member, Found(Form.TXT))
        brought.take_up(db, db.get_one(StaffMember, scene.coordinator_id), file)
        review = db.get_one(Review, member.review_id)
        key_worker = db.get_one(StaffMember, review.key_worker_id)
        news_id = news.write(db, key_worker, review, Piece(About.OUTCOME, "The panel met."), uuid4().hex).id
        file_id = file.id
        fear = concerns.tell(db, key_worker, row, "A brother is afraid.", FamilyTold.TOLD, "The doctor").id
        own = Key(make.PANEL, "pl", "opening")
        text = make.a_waiting_text(db, scene.house, make.a_translator(db), own).id
    ids: dict[str, UUID | str] = {
        "question_id": scene.question_id,
        "meeting_id": meeting_id,
        "contribution_id": told,
        "clearness_id": uuid4(),
        "file_id": file_id,
        "news_id": news_id,
        "concern_id": fear,
    }
    ids |= {"version_id": text, "code": "pl", "page": "own/opening"}
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        # The administrator's pages have tests of their own (tests/signin).
        if rule.endpoint in door.rights and not rule.rule.startswith("/panel/staff"):
            values = {name: ids[name] for name in rule.arguments}
            method = "GET" if "GET" in (rule.methods or set()) else "POST"
            found.append((rule.endpoint, method, adapter.build(rule.endpoint, values, method=method)))
    return found


def token(browser: Browser) -> str:
    """Return a form token that fits this browser's session."""
    return browser.open("/staff/you").html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


@pytest.mark.parametrize("role", sorted(STAFF, key=str))
def test_every_role_opens_exactly_what_the_table_of_rights_says(app: Flask, scene: Scene, role: Role) -> None:
    with scene.house.database.writing() as db:
        browser = as_staff(app, make.a_staff_member(db, role))
    scene.taken_up()
    for endpoint, method, path in paths(app, scene):
        may = role in WHO[door.rights[endpoint]]
        if method == "GET":
            status = browser.client.get(path).status_code
            assert (status in (200, 409)) if may else status == 404, (role, path, status)
        elif not may:
            answer = browser.client.post(path, data={"csrf_token": token(browser)})
            assert answer.status_code == 404, (role, path, answer.status_code)


def test_another_panels_people_find_nothing(app: Flask, scene: Scene) -> None:
    with scene.house.database.writing() as db:
        everything = make.a_staff_member(db, *(WHO_HERE), panel="worcestershire")
        browser = as_staff(app, everything)
    scene.taken_up()
    for _endpoint, method, path in paths(app, scene):
        if str(scene.question_id) in path or (path.count("/") > 2 and "plan" not in path and "/own/" not in path):
            if method == "GET":
                assert browser.client.get(path).status_code == 404, path
            else:
                answer = browser.client.post(path, data={"csrf_token": token(browser), "seen": "2-0"})
                assert answer.status_code == 404, path
    assert "No family has a question" in browser.open("/panel/questions").main


WHO_HERE = (Role.COORDINATOR, Role.CHAIR, Role.PANEL_MEMBER, Role.EDITOR, Role.TRANSLATOR)


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(app: Flask, scene: Scene) -> None:
    scene.taken_up()
    client = app.test_client()
    for _endpoint, method, path in paths(app, scene):
        if method == "GET":
            answer = client.get(path)
            assert answer.status_code == 302, path
            assert "/staff/login" in answer.headers["Location"], path


def test_no_page_of_this_door_shows_a_name_or_a_relation_of_a_family(app: Flask, scene: Scene) -> None:
    scene.taken_up()
    every = paths(app, scene)
    scene.drafted()
    with scene.house.database.writing() as db:
        browser = as_staff(app, make.a_staff_member(db, *WHO_HERE))
    seen = 0
    for _endpoint, method, path in every:
        if method == "GET":
            html = browser.client.get(path).get_data(as_text=True)
            seen += "<h1" in html
            for canary in (FAMILY, FAMILY.split()[0], CHILD, RELATION.value, "amina@example.org"):
                # Titles and facts of the library speak of grandparents.
                named_by_a_page = path == "/panel/library" and canary == RELATION.value
                assert named_by_a_page or canary not in html, (path, canary)
    assert seen > 10


def test_each_role_is_offered_only_its_own_pages(scene: Scene) -> None:
    assert {"Questions", "From families", "Meetings"} <= set(scene.member.open("/panel/questions").links)
    assert "Library" not in scene.member.links
    assert "Staff" not in scene.member.links
    assert "Library" in scene.editor.open("/panel/library").links
    assert "Questions" not in scene.editor.links


def test_a_panels_reader_of_two_roles_sees_both(app: Flask, house: House) -> None:
    with house.database.writing() as db:
        browser = as_staff(app, make.a_staff_member(db, Role.CHAIR, Role.EDITOR))
    assert {"Questions", "Library"} <= set(browser.open("/panel/library").links)
