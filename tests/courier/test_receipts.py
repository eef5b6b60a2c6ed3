"""What GOV.UK Notify says of its own accord: once, twice, late, in any order, before its answer; and nobody else."""

import itertools
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import requests
import time_machine
from flask import Flask
from structlog.testing import capture_logs

from portal.courier.courier import ASK_OFTEN, ask_after, deliver_all
from portal.house import House
from portal.review import sent
from portal.review.messages import Message, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from tests.courier.outbox import a_courier, an_invitation, later, state, with_settings
from tests.courier.servers import NOTIFY_KEY, Notify, a_free_port, a_notify, a_portal

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

TOKEN = "a token that only Notify and we have"
PHONE = "07700 900123"


@pytest.fixture
def notify() -> Iterator[Notify]:
    with a_notify() as one:
        yield one


@pytest.fixture
def home(app: Flask, house: House, notify: Notify, monkeypatch: pytest.MonkeyPatch) -> House:
    home = with_settings(
        house,
        email_channel="notify",
        text_channel="notify",
        notify_key=NOTIFY_KEY,
        notify_url=notify.url,
        notify_callback_token=TOKEN,
    )
    monkeypatch.setitem(app.extensions, "house", home)
    return home


@pytest.fixture
def portal(app: Flask, home: House) -> Iterator[str]:
    with a_portal(app) as address:
        yield address


@pytest.mark.parametrize(
    ("says", "fate"),
    [
        ("delivered", Travel.ARRIVED),
        ("permanent-failure", Travel.CAME_BACK),
        ("temporary-failure", Travel.CAME_BACK),
        ("technical-failure", Travel.CAME_BACK),
        ("sending", Travel.SENT),
    ],
)
@pytest.mark.parametrize(("way", "address"), [(Way.EMAIL, "amina@example.org"), (Way.TEXT, PHONE)])
def test_what_the_service_says_is_taken_in_and_said_twice_it_is_the_same(
    app: Flask, home: House, notify: Notify, portal: str, says: str, fate: Travel, way: Way, address: str
) -> None:
    message_id = an_invitation(home, way, address)
    deliver_all(home, app)
    assert notify.call_back(portal, TOKEN, notify.taken[0], says) == 200
    assert state(home, message_id) is fate
    with home.database.reading() as db:
        first = db.get_one(Message, message_id).settled_at
    with time_machine.travel(later(minutes=10)):
        assert notify.call_back(portal, TOKEN, notify.taken[0], says) == 200
    with home.database.reading() as db:
        assert (db.get_one(Message, message_id).settled_at, db.get_one(Message, message_id).state) == (first, fate)


def test_in_any_order_it_comes_to_the_same(app: Flask, home: House, notify: Notify, portal: str) -> None:
    for order in itertools.permutations(["sending", "delivered", "temporary-failure"]):
        message_id = an_invitation(home)
        deliver_all(home, app)
        for says in order:
            notify.call_back(portal, TOKEN, notify.taken[-1], says)
        assert state(home, message_id) is Travel.CAME_BACK, order


@pytest.mark.parametrize("also", ["", "it says that it failed", "it hangs up"])
def test_what_is_said_before_the_service_has_answered_us_stands(
    app: Flask, home: House, notify: Notify, portal: str, also: str
) -> None:
    notify.at_taken = lambda one: notify.call_back(portal, TOKEN, one, "delivered")
    notify.takes_although, notify.silent = bool(also), bool(also)
    notify.hangs_up, notify.answers = also == "it hangs up", 500 if "failed" in also else 201
    message_id = an_invitation(home)
    deliver_all(home, app)
    assert state(home, message_id) is Travel.ARRIVED
    with time_machine.travel(later(hours=3)):
        assert deliver_all(home, app) == 0
    assert len(notify.taken) == 1


def test_asking_and_being_told_agree(app: Flask, home: House, notify: Notify, portal: str) -> None:
    message_id = an_invitation(home)
    deliver_all(home, app)
    notify.call_back(portal, TOKEN, notify.taken[0], "permanent-failure")
    notify.fates[notify.taken[0]["id"]] = "delivered"
    ask_after(home, ASK_OFTEN)
    assert (state(home, message_id), notify.asked) == (Travel.CAME_BACK, 0)


def test_what_is_said_after_a_person_saw_to_it_changes_nothing(
    app: Flask, home: House, notify: Notify, portal: str
) -> None:
    message_id = an_invitation(home)
    deliver_all(home, app)
    notify.call_back(portal, TOKEN, notify.taken[0], "permanent-failure")
    with home.database.writing() as db:
        message = db.get_one(Message, message_id)
        by = db.get_one(StaffMember, message.by_staff_id)
        sent.seen_to(db, by, message, db.get_one(FamilyMember, message.family_member_id))
    with time_machine.travel(later(days=2)):
        assert notify.call_back(portal, TOKEN, notify.taken[0], "delivered") == 200
    assert state(home, message_id) is Travel.STOPPED


def test_about_another_message_nothing_happens_and_the_answer_is_the_same(
    app: Flask, home: House, notify: Notify, portal: str
) -> None:
    message_id = an_invitation(home)
    one = {"id": str(uuid4()), "email_address": "amina@example.org", "type": "email"}
    for reference in (str(uuid4()), "not ours", None, "\x00", "x" * 5000):
        assert notify.call_back(portal, TOKEN, {**one, "reference": reference}, "delivered") == 200
    assert notify.call_back(portal, TOKEN, {**one, "reference": str(message_id)}, "delivered") == 200
    assert state(home, message_id) is Travel.WAITING, "it never left"


@pytest.mark.parametrize("said", [b"", b"not json", b"[]", b'"x"', b"{}", b'{"reference": 7, "status": "delivered"}'])
def test_what_cannot_be_understood_is_answered_and_left(home: House, portal: str, said: bytes) -> None:
    more: dict[str, Any] = {"headers": {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}}
    assert requests.post(f"{portal}/receipts/notify", data=said, timeout=10, **more).status_code == 200


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Bearer x", f"bearer {TOKEN}", TOKEN, f"Bearer {TOKEN} "])
def test_without_the_token_nothing_is_there(app: Flask, home: House, notify: Notify, given: str) -> None:
    message_id = an_invitation(home)
    deliver_all(home, app)
    said = {"reference": str(message_id), "status": "delivered"}
    answer = app.test_client().post("/receipts/notify", json=said, headers={"Authorization": given})
    assert answer.status_code == 404
    assert "This page is not here" in answer.text
    assert app.test_client().get("/receipts/notify").status_code in (404, 405)
    assert state(home, message_id) is Travel.SENT


def test_where_no_token_is_set_nobody_has_one(app: Flask, house: House) -> None:
    for given in ("", "Bearer ", "Bearer"):
        answer = app.test_client().post("/receipts/notify", json={}, headers={"Authorization": given})
        assert answer.status_code == 404


def test_nobody_is_named_in_what_is_logged(
    app: Flask, home: House, notify: Notify, portal: str, caplog: pytest.LogCaptureFixture
) -> None:
    message_id = an_invitation(home, Way.TEXT, PHONE)
    deliver_all(home, app)
    with capture_logs() as logged, caplog.at_level("DEBUG"):
        notify.call_back(portal, TOKEN, notify.taken[0], "permanent-failure")
        notify.call_back(portal, "another token", notify.taken[0], "delivered")
    said = " ".join([*(str(line) for line in logged), caplog.text])
    assert str(message_id) in said
    assert "permanent-failure" in said
    for private in ("900123", "token", "amina"):
        assert private not in said


_SERVES = """
import os, sys
from werkzeug.serving import make_server
from portal.app import create_app
from portal.courier import fates
from portal.review import messages
app = create_app()
def end(*_, **__): os.kill(os.getpid(), 9)
{what} = end
server = make_server("127.0.0.1", {port}, app)
print("ready", flush=True)
server.serve_forever()
"""


@pytest.mark.whole
@pytest.mark.parametrize(("what", "known"), [("messages.settle", Travel.SENT), ("fates.log.info", Travel.ARRIVED)])
def test_a_portal_killed_while_it_is_told_knows_it_when_it_is_told_again(
    app: Flask, home: House, notify: Notify, portal: str, what: str, known: Travel
) -> None:
    message_id = an_invitation(home)
    deliver_all(home, app)
    port = a_free_port()
    process = a_courier(home.settings, _SERVES.format(what=what, port=port))
    with pytest.raises(requests.ConnectionError):
        notify.call_back(f"http://127.0.0.1:{port}", TOKEN, notify.taken[0], "delivered")
    process.communicate(timeout=10)
    assert process.returncode == -9
    assert state(home, message_id) is known
    assert notify.call_back(portal, TOKEN, notify.taken[0], "delivered") == 200
    assert state(home, message_id) is Travel.ARRIVED
