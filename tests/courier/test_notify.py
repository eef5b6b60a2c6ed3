"""GOV.UK Notify, as a stand-in on this machine: taken, refused, too many at once, broken, and what became of it all."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from portal.courier.courier import ASK_AT_ALL, ASK_OFTEN, ask_after, deliver_all, doubt
from portal.house import House
from portal.review.messages import Message, Travel
from portal.review.people import Way
from tests.courier.outbox import an_invitation, later, link_in, opens, state, with_settings
from tests.courier.servers import NOTIFY_KEY, Notify, a_notify

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

PHONE = "07700 900123"


@pytest.fixture
def notify() -> Iterator[Notify]:
    with a_notify() as one:
        yield one


@pytest.fixture
def home(house: House, notify: Notify) -> House:
    return with_settings(
        house,
        email_channel="notify",
        text_channel="notify",
        notify_key=NOTIFY_KEY,
        notify_url=notify.url,
        notify_email_template="template-for-email",
        notify_text_template="template-for-text",
    )


def _reference(home: House, message_id: object) -> str | None:
    with home.database.reading() as db:
        return db.get_one(Message, message_id).reference


def test_an_email_and_a_text_go_with_their_own_id_as_reference(app: Flask, home: House, notify: Notify) -> None:
    by_email, by_text = an_invitation(home), an_invitation(home, Way.TEXT, PHONE)
    deliver_all(home, app)
    email, text = sorted(notify.taken, key=lambda one: str(one["type"]))
    assert (email["type"], email["email_address"]) == ("email", "amina@example.org")
    assert (email["template_id"], email["reference"]) == ("template-for-email", str(by_email))
    assert email["personalisation"]["subject"] == "Your private link"
    assert opens(home, by_email, link_in(email["personalisation"]["text"]))
    assert (text["type"], text["phone_number"], text["template_id"]) == ("sms", PHONE, "template-for-text")
    assert set(text["personalisation"]) == {"text"}
    assert opens(home, by_text, link_in(text["personalisation"]["text"]))
    assert _reference(home, by_email) == email["id"]
    assert state(home, by_email) is state(home, by_text) is Travel.SENT


@pytest.mark.parametrize(
    ("says", "fate"),
    [
        ("created", Travel.SENT),
        ("sending", Travel.SENT),
        ("delivered", Travel.ARRIVED),
        ("permanent-failure", Travel.CAME_BACK),
        ("temporary-failure", Travel.CAME_BACK),
        ("technical-failure", Travel.CAME_BACK),
    ],
)
def test_what_became_of_a_message_is_asked_and_shown(
    app: Flask, home: House, notify: Notify, says: str, fate: Travel
) -> None:
    message_id = an_invitation(home, Way.TEXT, PHONE)
    deliver_all(home, app)
    notify.fates[notify.taken[0]["id"]] = says
    ask_after(home, ASK_OFTEN)
    assert state(home, message_id) is fate
    asked = notify.asked
    ask_after(home, ASK_OFTEN)
    assert state(home, message_id) is fate
    assert notify.asked == asked + (fate is Travel.SENT)


def test_after_three_days_nobody_asks_any_more(app: Flask, home: House, notify: Notify) -> None:
    an_invitation(home)
    deliver_all(home, app)
    with time_machine.travel(later(hours=2)):
        ask_after(home, ASK_OFTEN)
        assert notify.asked == 0
        ask_after(home, ASK_AT_ALL)
        assert notify.asked == 1
    with time_machine.travel(later(days=4)):
        ask_after(home, ASK_AT_ALL)
    assert notify.asked == 1


@pytest.mark.parametrize(
    "refusal",
    [
        (400, "ValidationError", "phone_number Not enough digits"),
        (400, "BadRequestError", "Can't send to this recipient using a team-only API key"),
    ],
)
def test_a_refused_address_comes_back_and_the_others_go(
    app: Flask, home: House, notify: Notify, refusal: tuple[int, str, str]
) -> None:
    notify.refuses["0770"] = refusal
    ids = [an_invitation(home, Way.TEXT, number) for number in (PHONE, "0770", "07700 900456")]
    deliver_all(home, app)
    assert [state(home, one) for one in ids] == [Travel.SENT, Travel.CAME_BACK, Travel.SENT]


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_service_that_cannot_now_is_tried_again_and_nothing_goes_twice(
    app: Flask, home: House, notify: Notify, status: int
) -> None:
    notify.answers = status
    message_id = an_invitation(home)
    deliver_all(home, app)
    assert state(home, message_id) is Travel.WAITING
    notify.answers = 201
    with time_machine.travel(later(minutes=3)):
        deliver_all(home, app)
    assert state(home, message_id) is Travel.SENT
    assert len(notify.taken) == 1
    assert opens(home, message_id, link_in(notify.taken[0]["personalisation"]["text"]))


def test_a_wrong_key_is_not_the_persons_fault(app: Flask, home: House, notify: Notify) -> None:
    message_id = an_invitation(home)
    wrong = NOTIFY_KEY[:-4] + "0000"
    deliver_all(with_settings(home, notify_key=wrong), app)
    assert state(home, message_id) is Travel.WAITING
    with time_machine.travel(later(minutes=3)):
        deliver_all(home, app)
    assert state(home, message_id) is Travel.SENT


@pytest.mark.parametrize("how", ["says that it failed", "hangs up"])
def test_a_message_that_was_taken_although_no_good_answer_came_goes_once_and_its_link_opens(
    app: Flask, home: House, notify: Notify, how: str
) -> None:
    notify.takes_although, notify.hangs_up = True, how == "hangs up"
    notify.answers = 201 if notify.hangs_up else 500
    message_id = an_invitation(home)
    deliver_all(home, app)
    assert state(home, message_id) is Travel.SENT
    with time_machine.travel(later(hours=3)):
        deliver_all(home, app)
    (taken,) = notify.taken
    assert _reference(home, message_id) == taken["id"]
    assert opens(home, message_id, link_in(taken["personalisation"]["text"]))


def test_a_message_of_which_nothing_can_be_learnt_is_uncertain_until_it_can(
    app: Flask, home: House, notify: Notify
) -> None:
    notify.takes_although, notify.hangs_up, notify.silent = True, True, True
    message_id = an_invitation(home)
    deliver_all(home, app)
    assert state(home, message_id) is Travel.UNCERTAIN
    ask_after(home, ASK_OFTEN)
    assert state(home, message_id) is Travel.UNCERTAIN
    notify.silent = False
    ask_after(home, ASK_OFTEN)
    assert state(home, message_id) is Travel.SENT
    notify.fates[notify.taken[0]["id"]] = "delivered"
    ask_after(home, ASK_OFTEN)
    assert state(home, message_id) is Travel.ARRIVED
    assert len(notify.taken) == 1


def test_a_stranded_message_that_the_service_never_took_stays_uncertain(
    app: Flask, home: House, notify: Notify
) -> None:
    message_id = an_invitation(home)
    with home.database.writing() as db:
        db.get_one(Message, message_id).state = Travel.BEING_SENT  # as a courier that died leaves it
    doubt(home)
    ask_after(home, ASK_OFTEN)
    deliver_all(home, app)
    assert state(home, message_id) is Travel.UNCERTAIN
    assert notify.asked == 1
    assert notify.taken == []


def test_a_message_that_the_service_has_forgotten_stays_sent(app: Flask, home: House, notify: Notify) -> None:
    message_id = an_invitation(home)
    deliver_all(home, app)
    notify.taken.clear()
    ask_after(home, ASK_OFTEN)
    assert state(home, message_id) is Travel.SENT


def test_nothing_private_is_logged_when_the_service_refuses(
    app: Flask, home: House, notify: Notify, caplog: pytest.LogCaptureFixture
) -> None:
    notify.refuses[PHONE] = (400, "ValidationError", f"phone_number {PHONE} is not valid")
    an_invitation(home, Way.TEXT, PHONE)
    with caplog.at_level("DEBUG"):
        deliver_all(home, app)
    assert "900123" not in caplog.text
