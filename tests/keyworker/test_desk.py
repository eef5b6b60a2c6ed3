"""The desk: what needs the key worker today, most pressing first; every family, found quickly; all in two presses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal import clock
from portal.days import today
from portal.house import House
from portal.keyworker.desk_pages import fits
from portal.library.folding import words
from portal.looking.kinds import Form, Found
from portal.review import (
    aloud,
    contributions,
    cover,
    invitations,
    leaves,
    messages,
    promises,
    removals,
    sharing,
    talks,
    whereabouts,
)
from portal.review.answers import Hearing
from portal.review.leaves import Days
from portal.review.people import FamilyMember, Presence, StaffMember
from portal.review.reviews import Review
from portal.review.sharing import Thing
from portal.review.talks import How, Told
from tests import make
from tests.browser import Browser
from tests.house.world import AT_EVERY_THING, everybody
from tests.keyworker.conftest import Desk, a_desk

NOTHING = "Nothing needs you today."


def a_named_family(desk: Desk, child: str, *people: str) -> UUID:
    """Begin to look after a family with these people, none of whom is invited yet."""
    with desk.house.database.writing() as db:
        review = make.a_review(db, db.get_one(StaffMember, desk.key_worker_id), child)
        for name in people:
            make.a_family_member(db, review, name)
        return review.id


def find(desk: Desk, typed: str) -> Browser:
    """Find by the form, without script."""
    return desk.browser.open("/keyworker/").fill("Find a family", typed).press("Find")


def families_on(browser: Browser) -> list[str]:
    """Return the families of the list, in its order."""
    hrefs = [(one.get("href") or "", "".join(one.itertext())) for one in browser.tree.iter() if one.get("href")]
    return [name for href, name in hrefs if re.fullmatch(r"/keyworker/families/[^/]+", href)]


@contextmanager
def _counted(house: House) -> Iterator[list[str]]:
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(house.database.engine, "before_cursor_execute", hear)


def _busy(desk: Desk, families: int) -> None:
    """Give the key worker families of four, in which everything waits that can."""
    with desk.house.database.writing() as db:
        colleague_id = make.a_key_worker(db).id
    for number in range(families):
        review_id = a_named_family(desk, f"Child {number}", "Amina", "Bilal", "Chidi", "Dorota")
        with desk.house.database.writing() as db:
            key_worker = db.get_one(StaffMember, desk.key_worker_id)
            review = db.get_one(Review, review_id)
            review.next_contact_on = today() - timedelta(days=1)
            colleague = db.get_one(StaffMember, colleague_id)
            cover.hand_over(db, key_worker, [review], colleague, "")
            cover.hand_over(db, colleague, [review], key_worker, "")
            for member in db.query(FamilyMember).filter_by(review_id=review_id).order_by(FamilyMember.id):
                invitations.invite(db, key_worker, member, member.way)
                invitations.give_number(db, key_worker, member, desk.house.numbers)
                messages.to_family(db, member)[0].state = messages.Travel.CAME_BACK
                told = contributions.tell(db, member, "He loved trains.", uuid4().hex)
                removals.ask(db, member, [told.reference])
                sharing.wish(db, member, Thing.CONTRIBUTION, told, "For her aunt", uuid4().hex)
                whereabouts.choose(db, member, review, Hearing.WITH_KEY_WORKER)
                whereabouts.note_contact(db, key_worker, member, today() - timedelta(days=1), shown=False)
                aloud.write_down(db, key_worker, member, None, "Why?", "en", today(), uuid4().hex)
                make.a_file(db, member, Found(Form.PDF), b"%PDF-1.4")
            rang = Told(today() - timedelta(days=2), How.TELEPHONE, True, [member], "She slept.")
            talk = talks.write_down(db, colleague, review, rang, uuid4().hex)
            promises.make(db, colleague, talk, "ring again", today(), key_worker)
            make.a_checked_answer(db, make.a_question(db, member), make.a_coordinator(db), make.a_chair(db))


@pytest.mark.whole
def test_desk_and_finding_ask_the_database_as_often_for_twenty_families_as_for_two(app: Flask, house: House) -> None:
    asked = []
    for families in (2, 20):
        desk = a_desk(app, house)
        _busy(desk, families)
        with _counted(house) as shown:
            desk.browser.open("/keyworker/")
        assert len(families_on(desk.browser)) == families
        assert len(desk.browser.links) > families * 4 * 8
        desk.browser.fill("Find a family", "child")
        with _counted(house) as found:
            desk.browser.press("Find")
        assert len(families_on(desk.browser)) == families
        asked.append((len(shown), len(found)))
    assert asked[0] == asked[1]


def test_an_empty_desk_says_so_kindly(desk: Desk) -> None:
    a_named_family(desk, "Zebedee", "Amina Quill")
    assert NOTHING in desk.browser.open("/keyworker/").main


def test_what_presses_most_stands_first_and_says_in_which_family(desk: Desk) -> None:
    first, second = a_named_family(desk, "Zebedee", "Amina"), a_named_family(desk, "Mirela", "Bilal")
    with desk.house.database.writing() as db:
        key_worker = db.get_one(StaffMember, desk.key_worker_id)
        amina, bilal = (db.query(FamilyMember).filter_by(review_id=one).one() for one in (first, second))
        told = contributions.tell(db, amina, "He loved trains.", uuid4().hex)
        removals.ask(db, amina, [told.reference])
        invitations.invite(db, key_worker, bilal, bilal.way)
        messages.to_family(db, bilal)[0].state = messages.Travel.CAME_BACK
    main = desk.browser.open("/keyworker/").main
    assert NOTHING not in main
    came_back = main.index("The message to Bilal came back. Please telephone. Mirela")
    assert came_back < main.index("Somebody asks that something of theirs be taken out Zebedee") < main.index("All my")


def test_a_day_of_contact_is_said_when_it_has_come_and_no_more_when_somebody_was_in_touch(desk: Desk) -> None:
    review_id = a_named_family(desk, "Zebedee", "Amina")
    said = "You planned to be in touch with Amina on"
    with desk.house.database.writing() as db:
        key_worker = db.get_one(StaffMember, desk.key_worker_id)
        member = db.query(FamilyMember).filter_by(review_id=review_id).one()
        member_id = member.id
        whereabouts.note_contact(db, key_worker, member, today() + timedelta(days=1), shown=False)
    assert NOTHING in desk.browser.open("/keyworker/").main
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        whereabouts.note_contact(db, key_worker, member, today(), shown=False)
    assert said in desk.browser.open("/keyworker/").main
    browser = desk.browser.open(f"/keyworker/people/{member_id}/contacts")
    browser.fill("What was said", "She slept a little.").press("Keep this")
    assert NOTHING in desk.browser.open("/keyworker/").main


def test_ones_own_families_stand_before_those_of_a_colleague_and_each_in_the_order_of_names(
    app: Flask, house: House, desk: Desk
) -> None:
    other = a_desk(app, house)
    for child in ("Ömer", "zuzanna", "Adam"):
        a_named_family(desk, child)
    a_named_family(other, "Aaron")
    with house.database.writing() as db:
        mine, theirs = db.get_one(StaffMember, desk.key_worker_id), db.get_one(StaffMember, other.key_worker_id)
        leaves.take(db, theirs, Days(leaves.today(), leaves.today()), mine, "", uuid4().hex)
    browser = desk.browser.open("/keyworker/")
    assert families_on(browser) == ["Adam", "Ömer", "zuzanna", "Aaron"]
    assert browser.main.index("zuzanna") < browser.main.rindex("You cover for") < browser.main.index("Aaron")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("omer", "Ömer"),
        ("WALES", "Lech Wałęsa"),
        ("quill ami", "Amina Quill"),
        ("oneil", "Seán O’Neill"),
        ("annema", "Anne-Marie"),
        ("anne marie", "Anne-Marie"),
        ("كريم", "کریم"),
        ("আয়েশা", "আয়েশা"),
        ("عل", "علی رضا"),
    ],
)
def test_a_name_is_found_by_a_part_of_it_however_it_is_typed(typed: str, name: str) -> None:
    assert fits(words(typed), [name])
    assert not fits(words(f"{typed} q9"), [name])


def test_a_family_is_found_by_child_person_and_reference_and_no_name_stands_in_an_address(desk: Desk) -> None:
    review_id = a_named_family(desk, "Zebedee", "Amina Quill", "Daniel Quill")
    a_named_family(desk, "Mirela", "Bilal")
    with desk.house.database.writing() as db:
        amina = db.query(FamilyMember).filter_by(review_id=review_id).first()
        assert amina is not None
        question, told = make.a_question(db, amina), contributions.tell(db, amina, "Trains.", uuid4().hex)
        references = [question.reference, told.reference]
    for typed in ("zeb", "dani quill", *references, references[0].lower(), references[1].replace("-", " ")):
        browser = find(desk, typed)
        assert browser.status == 200
        assert families_on(browser) == ["Zebedee"], typed
        assert browser.value("Find a family") == typed
        assert "Families that fit: 1" in browser.main
        assert browser.path == "/keyworker/"
    browser = find(desk, references[0]).follow(f"Reference: {references[0]}")
    assert browser.heading == "A question to the panel"
    assert "No family here fits these words." in find(desk, "oo").main
    assert families_on(desk.browser.follow("Show all my families")) == ["Mirela", "Zebedee"]
    assert families_on(find(desk, "  ")) == ["Mirela", "Zebedee"]


def test_what_somebody_took_back_finds_nobody_and_neither_does_another_key_workers_family(
    app: Flask, house: House, desk: Desk
) -> None:
    review_id = a_named_family(desk, "Zebedee", "Amina")
    with house.database.writing() as db:
        member = db.query(FamilyMember).filter_by(review_id=review_id).one()
        told = contributions.tell(db, member, "Trains.", uuid4().hex)
        reference = told.reference
        told.state = contributions.Place.WITHDRAWN
    assert families_on(find(desk, reference)) == []
    other = a_desk(app, house)
    a_named_family(other, "Mirela")
    assert families_on(find(other, "zebedee")) == []


def test_more_than_anybody_types_is_refused_with_every_word_kept(desk: Desk) -> None:
    a_named_family(desk, "Zebedee")
    browser = find(desk, "z" * 500)
    assert browser.status == 422
    assert browser.value("Find a family") == "z" * 500


def test_the_familys_page_holds_everything_about_it_in_parts_to_which_its_list_leads(desk: Desk) -> None:
    _busy(desk, 1)
    browser = desk.browser.open("/keyworker/").follow("Child 0")
    inside = [one.get("href") for one in browser.tree.iter() if (one.get("href") or "").startswith("#")]
    ids = {one.get("id") for one in browser.tree.iter()}
    assert len(inside) >= 9
    assert {href[1:] for href in inside} <= ids
    for sentence in (
        "What you can do for Amina",
        "E-mail: came back on",
        "From Dorota",
        "You wrote it down",
        "At this stage since",
    ):
        assert sentence in browser.main


def _links_on(client: FlaskClient, path: str) -> set[str]:
    answer = client.get(path)
    assert answer.status_code in (200, 409), path
    return set(re.findall(r'href="(/keyworker/[^"#?]*)', answer.get_data(as_text=True)))


def _what_is_rare(db: Session, member_id: UUID) -> None:
    """Let somebody read another language and be away for a while, and a week go by without their word."""
    review = db.get_one(Review, db.get_one(FamilyMember, member_id).review_id)
    key_worker = db.get_one(StaffMember, review.key_worker_id)
    away = make.a_family_member(db, review, "Chidi", "ur")
    away.presence, away.presence_at = Presence.NOT_NOW, clock.now()
    make.news_of(db, review, key_worker, make.a_chair(db))
    other = make.a_family_member(db, review, "Bilal")
    told = aloud.write_down(db, key_worker, other, None, "Why?", "en", today(), uuid4().hex)
    aloud.announce(db, key_worker, told, today() - timedelta(days=8))


@pytest.mark.whole
def test_everything_is_at_most_two_presses_from_the_desk(app: Flask, house: House) -> None:
    world, near = everybody(app, house), {"/keyworker/"}
    with house.database.writing() as db:
        _what_is_rare(db, UUID(world.ids["member_id"][0]))
    for who in AT_EVERY_THING["keyworker"]:
        client = world.clients[who]
        once = _links_on(client, "/keyworker/")
        near |= once.union(*(_links_on(client, path) for path in once))
    addresses = app.url_map.bind("localhost")
    reached = {addresses.match(path)[0] for path in near}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("keyworker.")]
    pages = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
    far = {one for one in pages - reached if not one.endswith("_pdf")}  # a page as a file is on that page
    assert not far, f"More than two presses away: {sorted(far)}"
