"""One private link in the key worker's hands: it rests and opens again at once, is replaced, and ends once."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import func, select

from portal import clock
from portal.review import invitations, messages, resting, sent
from portal.review.codes import hash_of_secret
from portal.review.history import Entry
from portal.review.invitations import Invitation
from portal.review.messages import Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import NotNow
from portal.review.sent import LinkStanding
from portal.review.spaces import Visit
from tests import make
from tests.browser import Browser
from tests.family.test_link import _without_marks as without_marks
from tests.keyworker.conftest import ADDRESS, Desk, a_desk

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

NUMBER, OPEN, WRONG = "Your number", "Open my space", "00000000"


class Invited:
    """A person with a link that opens, and their browser."""

    def __init__(self, desk: Desk, way: Way = Way.EMAIL, address: str | None = ADDRESS) -> None:
        self.desk = desk
        self.member_id = desk.a_person(desk.a_family(), way, address)
        with desk.house.database.writing() as db:
            member, by = db.get_one(FamilyMember, self.member_id), db.get_one(StaffMember, desk.key_worker_id)
            self.secret, self.number = make.a_link(db, desk.house, by, member)
            found = select(Invitation).where(Invitation.secret_hash == hash_of_secret(self.secret))
            self.link_id = db.scalars(found).one().id

    def enter(self, number: str = "") -> Browser:
        """Open the link with the number."""
        return Browser(self.desk.app).open(f"/i/{self.secret}").fill(NUMBER, number or self.number).press(OPEN)

    def act(self, act: str, link_id: UUID | None = None, **data: str) -> int:
        """Press one of the buttons of a link, wherever the page may be that shows it."""
        browser = self.desk.browser.open(f"/keyworker/people/{self.member_id}")
        token = browser.html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        path = f"/keyworker/links/{link_id or self.link_id}/{act}"
        return browser.client.post(path, data={"csrf_token": token, **data}).status_code

    def links(self) -> list[Invitation]:
        """Return their links, the newest first."""
        with self.desk.house.database.reading() as db:
            return list(invitations.of_member(db, db.get_one(FamilyMember, self.member_id)))

    def verbs(self) -> list[str]:
        """Return what history says of links."""
        with self.desk.house.database.reading() as db:
            of_links = select(Entry.verb).where(Entry.verb.contains("link "), Entry.subject_id == self.member_id)
            return list(db.scalars(of_links.order_by(Entry.at, Entry.id)))


@pytest.fixture
def person(desk: Desk) -> Invited:
    """Somebody with a link that opens."""
    return Invited(desk)


def page(person: Invited) -> Browser:
    """Open the person's page at the desk."""
    return person.desk.browser.open(f"/keyworker/people/{person.member_id}")


def test_a_link_that_rests_opens_for_nobody_and_signs_out_who_is_inside(person: Invited) -> None:
    inside = person.enter()
    assert inside.path == "/en/your-space"
    page(person).press("Let this link rest (number 1 in this list)")
    assert "it opens for nobody" in person.desk.browser.main
    assert inside.open("/en/your-space").status == 401
    assert person.enter().status == 422
    page(person).press("Let this link open again (number 1 in this list)")
    assert inside.open("/en/your-space").status == 401  # that visit has ended, and begins anew with the number
    assert person.enter().path == "/en/your-space"
    assert person.verbs() == ["link opened", "link rests", "link opens again"]


def test_whoever_tries_a_link_that_rests_meets_the_page_of_one_that_there_never_was(person: Invited) -> None:
    assert person.act("pause") == 303
    rests, unknown = person.enter(), Browser(person.desk.app).open("/i/" + "z" * 26)
    unknown.fill(NUMBER, WRONG).press(OPEN)
    assert (rests.status, without_marks(rests.html)) == (unknown.status, without_marks(unknown.html))


def test_what_was_tried_while_a_link_rested_is_forgotten_when_it_opens_again(person: Invited) -> None:
    person.act("pause")
    for _ in range(6):
        person.enter()
    person.act("resume")
    assert person.enter().path == "/en/your-space"


@pytest.mark.parametrize("act", ["pause", "end"])
def test_twenty_presses_do_it_once(person: Invited, act: str) -> None:
    page(person)
    assert person.desk.post_at_once(f"/keyworker/links/{person.link_id}/{act}", {}) == [303] * 20
    assert person.verbs() == ["link rests" if act == "pause" else "link ended"]


def test_a_link_that_was_ended_does_not_rest_nor_open_again(person: Invited) -> None:
    assert person.act("end") == 303
    assert person.act("pause") == person.act("resume") == 409
    assert person.enter().status == 422
    assert "Let this link" not in page(person).main


def test_a_link_that_has_not_left_the_house_cannot_rest_and_is_ended_instead(desk: Desk) -> None:
    person = Invited(desk)
    with desk.house.database.writing() as db:
        by, member = db.get_one(StaffMember, desk.key_worker_id), db.get_one(FamilyMember, person.member_id)
        waiting = invitations.invite(db, by, member, Way.TEXT)
        with pytest.raises(NotNow):
            resting.pause(db, by, waiting)


def test_a_link_that_rests_says_so_unless_another_opens(person: Invited) -> None:
    person.act("pause")

    def standing() -> LinkStanding:
        with person.desk.house.database.reading() as db:
            return sent.post_of(db, [db.get_one(FamilyMember, person.member_id)])[person.member_id].standing

    assert standing() is LinkStanding.PAUSED
    with person.desk.house.database.writing() as db:
        by, member = db.get_one(StaffMember, person.desk.key_worker_id), db.get_one(FamilyMember, person.member_id)
        invitations.invite(db, by, member, Way.PAPER)
    assert standing() is LinkStanding.TO_PRINT


def test_a_message_that_waits_while_its_link_rests_says_why_and_cannot_be_sent_all_the_same(person: Invited) -> None:
    with person.desk.house.database.writing() as db:
        message = db.scalars(select(messages.Message).where(messages.Message.invitation_id == person.link_id)).one()
        message.state, message.next_try_at = Travel.WAITING, clock.now()
    person.act("pause")
    assert "The link in it rests. It goes out after you let that link open again." in page(person).main
    assert "Send it now all the same" not in page(person).links
    person.act("resume")
    assert "The link in it rests" not in page(person).main


def test_no_news_goes_while_the_only_link_rests_because_it_would_not_be_true(person: Invited) -> None:
    person.act("pause")
    with person.desk.house.database.writing() as db:
        by, member = db.get_one(StaffMember, person.desk.key_worker_id), db.get_one(FamilyMember, person.member_id)
        assert not sent.has_a_live_link(db, member)
        news = messages.queue_for_family(db, messages.Kind.NEWS, member, Way.EMAIL, by).id
    person.desk.courier_comes()
    with person.desk.house.database.reading() as db:
        assert db.get_one(messages.Message, news).state is Travel.STOPPED


@pytest.mark.parametrize("way", [Way.EMAIL, Way.PAPER])
def test_a_newer_link_takes_the_place_of_one_which_stays_unless_the_key_worker_says_otherwise(
    desk: Desk, way: Way
) -> None:
    person = Invited(desk, way, ADDRESS if way is Way.EMAIL else None)
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        browser = page(person).follow("Replace this link (number 1 in this list)")
        assert browser.heading == "Replace this link"
        assert [one.get("value") for one in browser.tree.iter() if one.get("checked") is not None] == ["keep"]
        browser.press("Send a new link")
        new, old = person.links()
        assert (old.id, old.ended_at, new.way) == (person.link_id, None, way.value)
    with time_machine.travel(clock.now() + timedelta(minutes=4)):
        browser.open(f"/keyworker/links/{person.link_id}/replace")
        browser.choose("It ends now, and whoever came in through it is signed out").press("Send a new link")
        newest, _, old = person.links()
        assert old.ended_at is not None
        assert newest.way == way.value


def test_twenty_presses_replace_a_link_once(person: Invited) -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        page(person)
        statuses = person.desk.post_at_once(f"/keyworker/links/{person.link_id}/replace", {"old": "end"})
    assert set(statuses) <= {303, 409}
    assert len(person.links()) == 2


def test_a_link_is_not_replaced_by_a_way_in_which_the_person_is_not_reached_any_more(person: Invited) -> None:
    with person.desk.house.database.writing() as db:
        member = db.get_one(FamilyMember, person.member_id)
        member.way, member.address = Way.TEXT, "+447700900123"
    assert "Replace this link" not in page(person).main
    assert person.desk.browser.open(f"/keyworker/links/{person.link_id}/replace").status == 409
    assert person.act("replace", old="keep") == 409


def test_nothing_is_sent_in_the_place_of_a_link_where_nothing_may_be_sent(person: Invited) -> None:
    with person.desk.house.database.writing() as db:
        db.get_one(FamilyMember, person.member_id).no_link = "The police asked for it."
    assert person.act("replace", old="end") == 409
    assert [one.ended_at for one in person.links()] == [None]


def test_a_link_that_somebody_else_ended_meanwhile_is_not_replaced_as_if_a_new_one_had_gone(person: Invited) -> None:
    person.act("end")
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert person.act("replace", old="keep") == 409
    assert len(person.links()) == 1


def test_where_the_last_message_came_back_a_newer_link_goes_only_by_the_form_that_asks_first(person: Invited) -> None:
    with person.desk.house.database.writing() as db:
        sent_last = db.scalars(select(messages.Message)).one()
        messages.settle(sent_last, Travel.CAME_BACK)
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        browser = page(person).follow("Replace this link (number 1 in this list)")
        assert browser.path == f"/keyworker/people/{person.member_id}/send"
        assert "I have spoken with them, and this address is right" in browser.main
        assert person.act("replace", old="end") == 409
    assert [one.ended_at for one in person.links()] == [None]


def test_another_key_workers_links_are_not_there(person: Invited) -> None:
    other = Invited(a_desk(person.desk.app, person.desk.house))
    for act in ("pause", "resume", "replace", "end"):
        assert person.act(act, other.link_id, old="keep") == 404
    with person.desk.house.database.reading() as db:
        assert db.scalar(select(func.count(Visit.id))) == 0
    assert other.enter().path == "/en/your-space"
