"""What a person wishes holds back what would reach them: at no quiet time, by no unwanted way, on no retry."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.courier import fates
from portal.courier.channels import Answer, Outcome
from portal.courier.courier import deliver_all, doubt
from portal.house import House
from portal.review import codes, invitations, messages, quiet_days, resting, wishes
from portal.review.history import Entry
from portal.review.invitations import Invitation
from portal.review.messages import Message, Travel
from portal.review.people import FamilyMember, Presence, StaffMember, Way
from portal.review.questions import NotNow
from portal.review.quiet import LONDON, Feast, Span, Wanted, easter, is_of, span_of
from portal.review.wishes import Hold, Means, Reach, Times
from tests.courier.outbox import a_courier, an_invitation, some_news, state, with_settings
from tests.courier.servers import a_mail_server, kill

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday


def _reader(db: Session, message_id: UUID) -> FamilyMember:
    return db.get_one(FamilyMember, db.get_one(Message, message_id).family_member_id)


def _wish(house: House, message_id: UUID, part: wishes.Part) -> None:
    with house.database.writing() as db:
        member = _reader(db, message_id)
        wishes.wish(db, member, member, part)
        messages.look_again(db, member)


def _quiet(house: House, message_id: UUID, first: date, last: date) -> None:
    with house.database.writing() as db:
        member = _reader(db, message_id)
        quiet_days.keep(db, member, member, Span(first, last), None, "one")


def _press(house: House, message_id: UUID, act: Callable[[Session, StaffMember, Invitation], None]) -> None:
    with house.database.writing() as db:
        link = db.get_one(Invitation, db.get_one(Message, message_id).invitation_id)
        act(db, db.get_one(StaffMember, link.invited_by), link)


def _standing(house: House, message_id: UUID) -> tuple[Travel, str | None]:
    with house.database.reading() as db:
        message = db.get_one(Message, message_id)
        return message.state, message.hold


def test_news_in_a_quiet_time_waits_for_the_next_free_moment_and_goes_then(app: Flask, house: House) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        first = an_invitation(house)
        deliver_all(house, app)
        _wish(house, first, Times(time(10), time(17), frozenset({0, 1, 2, 3, 4})))  # not on a Sunday
        _quiet(house, first, date(2026, 11, 23), date(2026, 11, 23))
        news = some_news(house, first)
        with house.database.reading() as db:
            message = db.get_one(Message, news)
            assert (message.state, message.hold) == (Travel.HELD, Hold.OUTSIDE_HOURS.value)
            assert message.next_try_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
        for moment in (NOON, datetime(2026, 11, 23, 11, tzinfo=UTC), datetime(2026, 11, 24, 9, 59, 59, tzinfo=UTC)):
            now.move_to(moment)
            assert deliver_all(house, app) == 0
        now.move_to(datetime(2026, 11, 24, 10, tzinfo=UTC))
        deliver_all(house, app)
        assert state(house, news) is Travel.SENT


def test_what_is_wished_between_queueing_and_sending_counts(app: Flask, house: House) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        waits = an_invitation(house)
        _quiet(house, waits, date(2026, 11, 22), date(2026, 11, 22))
        assert deliver_all(house, app) == 0
        assert state(house, waits) is Travel.HELD
        now.move_to(datetime(2026, 11, 23, tzinfo=UTC))
        deliver_all(house, app)
        assert state(house, waits) is Travel.SENT


def test_a_retry_never_falls_into_a_quiet_time_and_is_not_given_up_for_having_waited(app: Flask, house: House) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        message_id = an_invitation(house)
        away = with_settings(house, email_channel="smtp", smtp_host="127.0.0.1", smtp_port=1, smtp_tls=False)
        deliver_all(away, app)
        assert state(house, message_id) is Travel.WAITING
        _quiet(house, message_id, date(2026, 11, 22), date(2026, 12, 6))
        now.shift(timedelta(minutes=5))
        assert deliver_all(house, app) == 0
        assert state(house, message_id) is Travel.HELD
        now.move_to(datetime(2026, 12, 7, tzinfo=UTC))
        deliver_all(away, app)
        assert state(house, message_id) is Travel.WAITING, "it was held for two weeks, not tried for two weeks"
        now.shift(timedelta(minutes=15))
        deliver_all(house, app)
        assert state(house, message_id) is Travel.SENT


def test_what_is_tried_again_waits_as_long_as_its_link_rests_and_goes_on_then(app: Flask, house: House) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        message_id = an_invitation(house)
        away = with_settings(house, email_channel="smtp", smtp_host="127.0.0.1", smtp_port=1, smtp_tls=False)
        deliver_all(away, app)
        assert state(house, message_id) is Travel.WAITING
        _press(house, message_id, resting.pause)
        assert _standing(house, message_id) == (Travel.HELD, Hold.LINK_RESTS.value)
        for _ in range(5):
            now.shift(timedelta(days=1))
            deliver_all(house, app)
            assert _standing(house, message_id) == (Travel.HELD, Hold.LINK_RESTS.value)
        assert not list(house.settings.messages_folder.glob("*"))
        with house.database.writing() as db:
            message = db.get_one(Message, message_id)
            by = db.get_one(StaffMember, message.by_staff_id)
            with pytest.raises(NotNow):
                messages.send_despite(db, by, message, _reader(db, message_id), "I want to.")
        _press(house, message_id, resting.resume)
        deliver_all(away, app)
        assert state(house, message_id) is Travel.WAITING, "it rested for five days, and was not tried for five days"
        now.shift(timedelta(minutes=15))
        deliver_all(house, app)
        assert state(house, message_id) is Travel.SENT


def test_what_was_on_its_way_when_its_link_went_to_rest_is_not_tried_again_until_that_opens(
    app: Flask, house: House
) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        message_id = an_invitation(house)
        away = with_settings(house, email_channel="smtp", smtp_host="127.0.0.1", smtp_port=1, smtp_tls=False)
        deliver_all(away, app)
        now.shift(timedelta(minutes=5))
        with house.database.writing() as db:
            assert messages.claim(db) is not None
        _press(house, message_id, resting.pause)
        assert state(house, message_id) is Travel.BEING_SENT
        fates.take_in(house, message_id, Answer(Outcome.LATER))
        now.shift(timedelta(minutes=15))
        deliver_all(house, app)
        assert _standing(house, message_id) == (Travel.HELD, Hold.LINK_RESTS.value)
        with house.database.writing() as db:
            link = db.get_one(Invitation, db.get_one(Message, message_id).invitation_id)
            invitations.end(db, db.get_one(StaffMember, link.invited_by), link)
        assert state(house, message_id) is Travel.STOPPED


@pytest.mark.parametrize("presence", [Presence.NOT_NOW, Presence.NOT_AT_ALL])
def test_nothing_goes_to_a_person_who_is_away_until_they_come_back(
    app: Flask, house: House, presence: Presence
) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        message_id = an_invitation(house)
        with house.database.writing() as db:
            _reader(db, message_id).presence = presence
        for _ in range(3):
            assert deliver_all(house, app) == 0
            now.shift(timedelta(days=90))
        with house.database.writing() as db:
            message = db.get_one(Message, message_id)
            by = db.get_one(StaffMember, message.by_staff_id)
            with pytest.raises(NotNow):  # their page says that nothing comes
                messages.send_despite(db, by, message, _reader(db, message_id), "I want to.")
        with house.database.writing() as db:
            _reader(db, message_id).presence = Presence.HERE
        now.shift(timedelta(minutes=15))
        deliver_all(house, app)
        assert state(house, message_id) is Travel.SENT


def test_nothing_at_all_goes_where_nothing_may_be_sent_not_even_for_a_reason(app: Flask, house: House) -> None:
    first = an_invitation(house)
    with house.database.writing() as db:
        member, by = _reader(db, first), db.get_one(StaffMember, db.get_one(Message, first).by_staff_id)
        member.no_link = "The police asked for it."
        link = invitations.invite(db, by, member, Way.PAPER)
        letter = db.scalars(select(Message.id).where(Message.invitation_id == link.id)).one()
        for message_id in (first, letter):
            db.get_one(Message, message_id).despite = "I want to."
    assert deliver_all(house, app) == 0
    for message_id in (first, letter):
        assert state(house, message_id) is Travel.HELD
        with house.database.writing() as db:
            by = db.get_one(StaffMember, db.get_one(Message, message_id).by_staff_id)
            with pytest.raises(NotNow):
                messages.send_despite(db, by, db.get_one(Message, message_id), _reader(db, message_id), "I want to.")


def test_a_letter_that_was_held_gets_its_link_and_code_when_it_is_free(app: Flask, house: House) -> None:
    first = an_invitation(house)
    _wish(house, first, Reach(frozenset({Means.EMAIL})))
    with house.database.writing() as db:
        member, by = _reader(db, first), db.get_one(StaffMember, db.get_one(Message, first).by_staff_id)
        link = invitations.invite(db, by, member, Way.PAPER)
        letter = db.scalars(select(Message).where(Message.invitation_id == link.id)).one()
        letter_id = letter.id
        assert (letter.state, letter.text_ct, link.secret_hash, link.code_hash) == (Travel.HELD, None, None, None)
    _wish(house, first, Reach())
    deliver_all(house, app)
    assert state(house, letter_id) is Travel.TO_PRINT
    with house.database.reading() as db:
        secret, code = (db.get_one(Message, letter_id).text or "").split()
        assert invitations.link_beside(db, code) == codes.hash_of_secret(secret)


def test_a_way_that_is_not_fine_is_held_and_another_goes(app: Flask, house: House) -> None:
    first = an_invitation(house)
    _wish(house, first, Reach(frozenset({Means.PAPER, Means.TELEPHONE})))
    with house.database.writing() as db:
        member, by = _reader(db, first), db.get_one(StaffMember, db.get_one(Message, first).by_staff_id)
        link = invitations.invite(db, by, member, Way.PAPER)
        letter = db.scalars(select(Message.id).where(Message.invitation_id == link.id)).one()
    deliver_all(house, app)
    assert (state(house, first), state(house, letter)) == (Travel.HELD, Travel.TO_PRINT)
    _wish(house, first, Reach())
    deliver_all(house, app)
    assert state(house, first) is Travel.SENT


def test_a_named_person_sends_in_a_quiet_time_for_a_reason_that_stays(app: Flask, house: House) -> None:
    message_id = an_invitation(house)
    _quiet(house, message_id, date(2026, 1, 1), date(2099, 1, 1))
    deliver_all(house, app)
    with house.database.writing() as db:
        message = db.get_one(Message, message_id)
        by = db.get_one(StaffMember, message.by_staff_id)
        messages.send_despite(db, by, message, _reader(db, message_id), "They rang and asked for it.")
    deliver_all(house, app)
    assert state(house, message_id) is Travel.SENT
    with house.database.reading() as db:
        message = db.get_one(Message, message_id)
        assert message.despite == "They rang and asked for it."
        assert b"rang" not in (message.despite_ct or b"")
        assert db.scalars(select(Entry.verb).where(Entry.verb == "sent in a quiet time")).all()


def test_a_held_link_that_is_ended_never_goes(app: Flask, house: House) -> None:
    message_id = an_invitation(house)
    _quiet(house, message_id, date(2026, 1, 1), date(2026, 12, 31))
    with time_machine.travel(NOON, tick=False) as now:
        deliver_all(house, app)
        with house.database.writing() as db:
            message = db.get_one(Message, message_id)
            by = db.get_one(StaffMember, message.by_staff_id)
            invitations.end(db, by, db.get_one(invitations.Invitation, message.invitation_id))
        now.move_to(datetime(2027, 2, 1, tzinfo=UTC))
        assert deliver_all(house, app) == 0
    assert state(house, message_id) is Travel.STOPPED


@pytest.mark.whole
def test_a_courier_killed_with_what_was_held_leaves_it_uncertain_and_never_doubles_it(app: Flask, house: House) -> None:
    message_id = an_invitation(house)
    _quiet(house, message_id, date(2026, 1, 1), date(2099, 1, 1))
    deliver_all(house, app)
    with house.database.writing() as db:
        member = _reader(db, message_id)
        quiet_days.take_away(db, member, member, quiet_days.of(db, member)[0])
        messages.look_again(db, member)
    with a_mail_server() as (box, port):
        home = with_settings(house, email_channel="smtp", smtp_host="127.0.0.1", smtp_port=port, smtp_tls=False)
        courier = a_courier(home.settings)
        box.at_data = lambda: kill(courier.pid)
        courier.communicate("go\n", timeout=60)
        box.at_data = lambda: None
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
            doubt(home)
            deliver_all(home, app)
        assert len(box.mails) == 1
    assert state(house, message_id) is Travel.UNCERTAIN


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))],
)
def test_easter_is_on_the_day_in_the_almanac(year: int, day: date) -> None:
    assert easter(year) == day


def test_feasts_are_on_their_days() -> None:
    assert span_of(Feast.MOTHERING_SUNDAY, 2026).first == date(2026, 3, 15)
    assert span_of(Feast.MOTHERING_SUNDAY, 2027).first == date(2027, 3, 7)
    assert span_of(Feast.FATHERS_DAY, 2026).first == date(2026, 6, 21)
    assert span_of(Feast.FATHERS_DAY, 2025).first == date(2025, 6, 15)
    assert is_of(Feast.NEW_YEAR, date(2027, 1, 1))
    assert is_of(Feast.CHRISTMAS, date(2030, 12, 26))
    assert not is_of(Feast.CHRISTMAS, date(2030, 12, 27))


def test_a_day_that_most_years_have_not_is_kept_on_the_days_around_it() -> None:
    born = Span(date(2024, 2, 29), date(2024, 2, 29), every_year=True)
    quiet = [day for day in _every_day(date(2027, 2, 25), date(2028, 3, 5)) if born.covers(day)]
    assert quiet == [date(2027, 2, 28), date(2027, 3, 1), date(2028, 2, 29)]


def test_days_over_the_turn_of_the_year_are_quiet_on_both_sides() -> None:
    span = Span(date(2026, 12, 30), date(2027, 1, 2), every_year=True)
    quiet = [day for day in _every_day(date(2030, 12, 1), date(2031, 1, 31)) if span.covers(day)]
    assert quiet == [date(2030, 12, 30), date(2030, 12, 31), date(2031, 1, 1), date(2031, 1, 2)]


@pytest.mark.parametrize(
    ("times", "at", "free"),
    [
        # The clocks go forward at 01:00 on 28 March 2027: ten o'clock comes an hour earlier.
        (Times(time(10)), "2027-03-27 18:00", "2027-03-27 18:00"),
        (Times(time(10), time(12)), "2027-03-27 18:00", "2027-03-28 09:00"),
        (Times(time(1), time(3)), "2027-03-28 00:30", "2027-03-28 01:00"),
        # They go back at 01:00 UTC on 31 October 2027: ten o'clock comes an hour later.
        (Times(time(10), time(12)), "2027-10-30 18:00", "2027-10-31 10:00"),
        (Times(time(2), time(3)), "2027-10-31 00:30", "2027-10-31 02:00"),
        # Through the night, for somebody who works then.
        (Times(time(22), time(2)), "2027-06-01 12:00", "2027-06-01 21:00"),
        (Times(time(22), time(2)), "2027-06-01 00:30", "2027-06-01 00:30"),
        (Times(None, time(0)), "2027-06-01 12:00", "2027-06-01 12:00"),
    ],
)
def test_the_hours_are_those_of_the_clocks_in_england(times: Times, at: str, free: str) -> None:
    wanted = Wanted(lambda _: False, times.earliest, times.latest, times.weekdays)
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert wanted.next_free(moment) == datetime.fromisoformat(free).replace(tzinfo=UTC)


def test_who_wants_nothing_for_ever_has_no_free_moment() -> None:
    assert Wanted(lambda _: True).next_free(NOON) is None


def test_every_next_free_moment_is_free_and_none_was_before_it() -> None:
    chance = Random(7)
    for _ in range(40):
        days = {date(2027, 1, 1) + timedelta(days=chance.randrange(365)) for _ in range(60)}
        hours = [None, *(time(number) for number in range(24))]
        earliest, latest = chance.choice(hours), chance.choice(hours)
        if earliest == latest:
            earliest = None
        wanted = Wanted(days.__contains__, earliest, latest, frozenset(chance.sample(range(7), chance.randrange(1, 7))))
        at = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(500_000))
        free = wanted.next_free(at)
        assert free is not None
        assert _is_free(wanted, free)
        for minutes in range(0, min(20_000, int((free - at).total_seconds() // 60)), 7):
            assert not _is_free(wanted, at + timedelta(minutes=minutes)), (wanted, at, free)


def _is_free(wanted: Wanted, at: datetime) -> bool:
    """Say the same in another way: by the clock on the wall."""
    there = at.astimezone(LONDON)
    clock, first, last = there.time(), wanted.earliest or time(0), wanted.latest
    hours = (
        clock >= first if last is None else first <= clock < last if first < last else clock >= first or clock < last
    )
    return wanted.allows(there.date()) and hours


def _every_day(first: date, last: date) -> Iterator[date]:
    return itertools.takewhile(lambda day: day <= last, (first + timedelta(days=n) for n in itertools.count()))
