"""The courier and the outbox: what is taken, what goes, what comes back, and what nobody may send."""

import json
import threading
import time
from email import message_from_bytes, policy
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from structlog.testing import capture_logs

from portal import clock
from portal.courier.courier import deliver_all, deliver_one, doubt, run
from portal.house import House
from portal.review import codes, invitations, messages
from portal.review.invitations import Invitation, Misses
from portal.review.messages import Message, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.sealing import KeyWrap
from portal.settings import LINK_LENGTH, link_to
from tests import make
from tests.courier.outbox import (
    CHILD,
    NAME,
    a_courier,
    an_invitation,
    later,
    link_in,
    opens,
    some_news,
    state,
    with_settings,
)
from tests.courier.servers import NOTIFY_KEY, a_free_port, a_mail_server, kill


def _files(house: House, ending: str) -> list[str]:
    return [path.read_text() for path in sorted(house.settings.messages_folder.glob(f"*.{ending}"))]


def test_an_invitation_goes_with_a_link_of_which_only_the_hash_is_kept(app: Flask, house: House) -> None:
    message_id = an_invitation(house)
    assert deliver_one(house, app) is True
    assert deliver_one(house, app) is False
    assert state(house, message_id) is Travel.SENT
    shown = json.loads(_files(house, "json")[0])
    assert set(shown) == {"to_way", "language", "subject", "text", "kind", "at"}
    assert (shown["to_way"], shown["kind"], shown["language"]) == ("email", "invitation", "en")
    link = link_in(shown["text"])
    assert link.startswith("http://localhost/en/i/")
    assert len(link) <= LINK_LENGTH
    assert opens(house, message_id, link)
    assert app.test_client().get(link.removeprefix("http://localhost")).status_code == 200


def test_an_email_in_the_folder_is_a_whole_email_and_only_its_owner_can_read_it(app: Flask, house: House) -> None:
    an_invitation(house)
    deliver_all(house, app)
    path = next(house.settings.messages_folder.glob("*.eml"))
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["To"] == "amina@example.org"
    assert mail.get_content_type() == "multipart/alternative"
    assert path.stat().st_mode & 0o077 == 0
    assert path.with_suffix(".json").stat().st_mode & 0o077 == 0
    assert not list(house.settings.messages_folder.glob(".*"))


def test_a_text_message_is_plain_text_alone(app: Flask, house: House) -> None:
    message_id = an_invitation(house, Way.TEXT, "07700 900123")
    deliver_all(house, app)
    assert state(house, message_id) is Travel.SENT
    assert not _files(house, "eml")
    assert json.loads(_files(house, "json")[0])["to_way"] == "text"
    assert opens(house, message_id, link_in(_files(house, "txt")[0]))


def test_a_letter_on_paper_waits_sealed_until_it_is_printed_and_needs_no_courier(app: Flask, house: House) -> None:
    message_id = an_invitation(house, Way.PAPER, address=None)
    assert state(house, message_id) is Travel.TO_PRINT
    assert deliver_all(house, app) == 0
    with house.database.reading() as db:
        message = db.get_one(Message, message_id)
        secret, code = (message.text or "").split()
        assert (len(secret), codes.letter_code(codes.in_groups(code))) == (codes.SECRET_LENGTH, code)
        for word in (secret, code):
            assert word.encode() not in (message.text_ct or b"")
        assert invitations.link_beside(db, code) == codes.hash_of_secret(secret)
    assert opens(house, message_id, f"/i/{secret}")


def test_news_goes_without_a_link_while_the_old_link_opens(app: Flask, house: House) -> None:
    first = an_invitation(house)
    deliver_all(house, app)
    news = some_news(house, first)
    deliver_all(house, app)
    assert state(house, news) is Travel.SENT
    assert "://" not in json.loads(_files(house, "json")[1])["text"]


def test_news_stays_when_every_link_has_been_ended_because_it_would_not_be_true(app: Flask, house: House) -> None:
    first = an_invitation(house)
    deliver_all(house, app)
    _end_the_link(house, first)
    news = some_news(house, first)
    deliver_all(house, app)
    assert state(house, news) is Travel.STOPPED
    assert len(_files(house, "json")) == 1


def test_a_link_that_was_ended_before_it_went_never_goes(app: Flask, house: House) -> None:
    message_id = an_invitation(house)
    with house.database.writing() as db:
        # As when the key worker ends the link while the courier already holds the message.
        invitation = db.get_one(Invitation, db.get_one(Message, message_id).invitation_id)
        invitation.ended_at = clock.now()
    deliver_all(house, app)
    assert state(house, message_id) is Travel.STOPPED
    assert not _files(house, "json")


def _end_the_link(house: House, message_id: UUID) -> None:
    with house.database.writing() as db:
        message = db.get_one(Message, message_id)
        by = db.get_one(StaffMember, message.by_staff_id)
        invitations.end(db, by, db.get_one(Invitation, message.invitation_id))


def test_the_address_is_the_one_that_the_person_has_when_the_message_goes(app: Flask, house: House) -> None:
    message_id = an_invitation(house, address="old@example.org")
    with house.database.writing() as db:
        member = db.get_one(FamilyMember, db.get_one(Message, message_id).family_member_id)
        member.address = "new@example.org"
    deliver_all(house, app)
    assert "To: new@example.org" in _files(house, "eml")[0]


@pytest.mark.parametrize(("way", "address"), [(Way.EMAIL, None), (Way.TEXT, None), (Way.EMAIL, "nobody at all")])
def test_a_message_without_an_address_for_its_way_comes_back(
    app: Flask, house: House, way: Way, address: str | None
) -> None:
    message_id = an_invitation(house, way, address)
    deliver_all(house, app)
    assert state(house, message_id) is Travel.CAME_BACK
    assert not _files(house, "json")


def test_a_text_message_never_goes_to_what_has_become_an_email_address(app: Flask, house: House) -> None:
    message_id = an_invitation(house, Way.TEXT, "07700 900123")
    with house.database.writing() as db:
        member = db.get_one(FamilyMember, db.get_one(Message, message_id).family_member_id)
        member.way, member.address = Way.EMAIL, "amina@example.org"
    deliver_all(house, app)
    assert state(house, message_id) is Travel.CAME_BACK


def test_a_way_that_is_not_offered_comes_back(app: Flask, house: House) -> None:
    message_id = an_invitation(house, Way.TEXT, "07700 900123")
    deliver_all(with_settings(house, text_channel="none"), app)
    assert state(house, message_id) is Travel.CAME_BACK


def test_staff_mail_goes_to_the_folder_where_there_is_no_other_way_and_is_forgotten(app: Flask, house: House) -> None:
    with house.database.writing() as db:
        person = make.a_coordinator(db)
        text = "Choose a password:\nhttp://localhost/staff/reset/abc\n\nThe link works for a day."
        message_id = messages.queue_for_staff(db, person, "Your sign-in", text).id
        address = person.email_open
    deliver_all(with_settings(house, email_channel="none"), app)
    assert state(house, message_id) is Travel.SENT
    mail = message_from_bytes(_files(house, "eml")[0].encode(), policy=policy.default)
    assert (mail["To"], mail["Subject"]) == (address, "Your sign-in")
    page = mail.get_body(("html",))
    assert page is not None
    assert '<a href="http://localhost/staff/reset/abc" dir="ltr">' in page.get_content()
    with house.database.reading() as db:
        assert db.get_one(Message, message_id).text is None


def test_a_message_to_a_person_whose_key_was_destroyed_stops_and_holds_up_nobody(app: Flask, house: House) -> None:
    first = an_invitation(house)
    with house.database.writing() as db:
        db.query(KeyWrap).filter_by(key_id=db.get_one(Message, first).key_id).delete()
    second = an_invitation(house, address="other@example.org")
    deliver_all(house, app)
    assert state(house, first) is Travel.STOPPED
    assert state(house, second) is Travel.SENT


def test_a_folder_that_cannot_be_written_is_tried_again_later(app: Flask, house: House) -> None:
    message_id = an_invitation(house)
    folder = house.settings.messages_folder
    for path in folder.glob("*"):
        path.unlink()
    if folder.exists():
        folder.rmdir()
    folder.write_text("not a folder")
    try:
        deliver_all(house, app)
        assert state(house, message_id) is Travel.WAITING
    finally:
        folder.unlink()
    with time_machine.travel(later(minutes=3)):
        deliver_all(house, app)
    assert state(house, message_id) is Travel.SENT


def test_a_link_has_the_persons_language_where_it_is_offered_and_is_never_too_long(house: House) -> None:
    secret = "x" * 26
    assert link_to(house.settings, "ur", secret) == f"http://localhost/ur/i/{secret}"
    assert link_to(house.settings, "cy", secret) == f"http://localhost/i/{secret}"
    tight = with_settings(house, base_url="https://reviews.midland.example.uk/").settings
    assert link_to(tight, "pl", secret) == f"https://reviews.midland.example.uk/i/{secret}"


def test_nothing_of_the_family_is_in_a_message_or_in_what_is_logged(
    app: Flask, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as logged, caplog.at_level("DEBUG"):
        ids = [an_invitation(house), an_invitation(house, Way.TEXT, "07700 900123")]
        deliver_all(house, app)
        ids.append(some_news(house, ids[0]))
        deliver_all(house, app)
        with a_mail_server() as (box, port):
            an_invitation(house, address="refused@example.org")
            box.refuses["refused@example.org"] = "550 refused@example.org is unknown here"
            deliver_all(with_settings(house, email_channel="smtp", smtp_port=port, smtp_tls=False), app)
    texts = _files(house, "json") + _files(house, "eml") + _files(house, "txt")
    ours = [one.getMessage() for one in caplog.records if one.name != "mail.log"]  # that is the mail server's own
    said = " ".join([*(str(line) for line in logged), *ours])
    assert str(ids[0]) in said
    for private in (*CHILD.split(), *NAME.split(), "West of England", "Kit Worker"):
        assert private not in " ".join(texts)
        assert private not in said
    for private in ("amina@example.org", "900123", "refused@", "://", "/i/", "private space"):
        assert private not in said


@pytest.mark.whole
def test_four_couriers_send_sixty_messages_once_each(app: Flask, house: House) -> None:
    ids = [an_invitation(house, address=f"one{number}@example.org") for number in range(60)]
    couriers = [a_courier(house.settings) for _ in range(4)]
    for courier in couriers:
        print("go", file=courier.stdin, flush=True)
    said = [courier.communicate(timeout=120)[0] for courier in couriers]
    took = [int(one.rpartition("took ")[2]) for one in said]
    assert sum(took) == 60
    assert all(courier.returncode == 0 for courier in couriers)
    assert all(state(house, one) is Travel.SENT for one in ids)
    mails = _files(house, "eml")
    assert len({mail.partition("To: ")[2].partition("\n")[0] for mail in mails}) == len(mails) == 60
    texts = [json.loads(one)["text"] for one in _files(house, "json")]
    links = {link_in(text) for text in texts}
    assert len(links) == len(texts) == 60
    with house.database.reading() as db:
        assert db.scalars(select(Message.tries).distinct()).all() == [1]


@pytest.mark.whole
@pytest.mark.parametrize("when", ["before it is handed over", "after it is handed over"])
def test_a_courier_killed_while_it_sends_leaves_an_uncertain_message_that_never_goes_again(
    app: Flask, house: House, when: str
) -> None:
    message_id = an_invitation(house)
    with a_mail_server() as (box, port):
        home = with_settings(house, email_channel="smtp", smtp_host="127.0.0.1", smtp_port=port, smtp_tls=False)
        courier = a_courier(home.settings)
        if when == "after it is handed over":
            box.at_data = lambda: kill(courier.pid)
        else:
            box.at_hello = lambda: kill(courier.pid)
        courier.communicate("go\n", timeout=60)
        assert courier.returncode == -9
        box.at_data = box.at_hello = lambda: None
        assert len(box.mails) == (1 if when == "after it is handed over" else 0)
        assert state(house, message_id) is Travel.BEING_SENT
        doubt(home)  # the other courier may still be at it
        assert state(house, message_id) is Travel.BEING_SENT
        deliver_all(home, app)
        with time_machine.travel(later(minutes=6)):
            doubt(home)
            assert state(house, message_id) is Travel.UNCERTAIN
            deliver_all(home, app)
        with time_machine.travel(later(days=400)):
            doubt(home)
            assert deliver_all(home, app) == 0
        assert len(box.mails) == (1 if when == "after it is handed over" else 0)
        assert state(house, message_id) is Travel.UNCERTAIN


def test_a_channel_that_breaks_leaves_an_uncertain_message(app: Flask, house: House) -> None:
    message_id = an_invitation(house)
    home = with_settings(house, email_channel="notify", notify_key="too short to be a key")
    with capture_logs() as logged:
        deliver_all(home, app)
    assert state(house, message_id) is Travel.UNCERTAIN
    assert logged[0]["problem"] == "AssertionError"


def test_the_courier_runs_until_it_is_told_to_stop_and_tidies_up(app: Flask, house: House) -> None:
    with house.database.writing() as db, time_machine.travel(later(days=-3)):
        invitations.miss(db, "x" * 26)
    stop = threading.Event()
    courier = threading.Thread(target=run, args=(house, app, stop))
    courier.start()
    try:
        message_id = an_invitation(house)
        until = time.monotonic() + 20
        while state(house, message_id) is not Travel.SENT and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        stop.set()
        courier.join(timeout=10)
    assert not courier.is_alive()
    assert state(house, message_id) is Travel.SENT
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Misses)) == 0


def test_nothing_listens_and_a_wrong_key_are_not_the_persons_fault(app: Flask, house: House) -> None:
    message_id = an_invitation(house)
    nowhere = f"http://127.0.0.1:{a_free_port()}"
    deliver_all(with_settings(house, email_channel="notify", notify_key=NOTIFY_KEY, notify_url=nowhere), app)
    assert state(house, message_id) is Travel.WAITING
