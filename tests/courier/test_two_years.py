"""Two years of every clock over the whole demonstration: no machine writes to a family, and nothing goes unwanted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.courier.courier import deliver_all, every_hour, every_minute
from portal.demo import make as demonstration
from portal.house import House
from portal.review import invitations, messages, quiet_days, wishes
from portal.review.messages import Kind, Message, Travel
from portal.review.people import FamilyMember, Presence, StaffMember, Way
from portal.review.quiet import LONDON, Feast, Span
from portal.review.reviews import Review
from portal.review.wishes import Means, Reach, Times

pytestmark = pytest.mark.whole

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
END = START + timedelta(days=730)
GONE = (Travel.SENT, Travel.ARRIVED, Travel.DELAYED, Travel.UNCERTAIN, Travel.CAME_BACK)


@dataclass
class Years:
    """The demonstration, its clock, and every job that a clock sets going."""

    app: Flask
    house: House
    now: time_machine.Traveller
    chance: Random

    def steps(self) -> Iterator[int]:
        """Let the time go by, to any minute or to the one in which something may go, with all that runs by itself."""
        while clock.now() < END:
            every_minute(self.house)
            taken = deliver_all(self.house, self.app)
            every_hour(self.house)
            for act in self.app.extensions["overlay"].also:
                act()
            yield taken
            self.now.move_to(self._next())

    def _next(self) -> datetime:
        at = clock.now() + timedelta(minutes=self.chance.randrange(120, 2400))
        with self.house.database.reading() as db:
            held = select(Message.next_try_at).where(
                Message.state == Travel.HELD, Message.next_try_at > clock.now() + messages.LOOK_AGAIN
            )
            free = db.scalars(held.order_by(Message.next_try_at).limit(1)).one_or_none()
        return min(at, free or at)

    def to_families(self) -> dict[UUID, Travel]:
        """Every message to a family, and how far it came."""
        with self.house.database.reading() as db:
            theirs = select(Message.id, Message.state).where(Message.family_member_id.is_not(None))
            return {one.id: one.state for one in db.execute(theirs.order_by(Message.id))}


@pytest.fixture
def years(app: Flask, house: House) -> Iterator[Years]:
    with time_machine.travel(START, tick=False) as now:
        with app.app_context():
            demonstration.make(house, lambda: deliver_all(house, app))
        yield Years(app, house, now, Random(11))


def test_in_two_years_no_clock_sends_what_no_person_queued(years: Years) -> None:
    before, files = years.to_families(), set(years.house.settings.messages_folder.iterdir())
    assert len(before) >= 6
    assert not [state for state in before.values() if state in (Travel.WAITING, Travel.HELD)]
    for _ in years.steps():
        pass
    assert years.to_families() == before
    new = set(years.house.settings.messages_folder.iterdir()) - files
    with years.house.database.reading() as db:
        staff = db.scalars(select(Message.id).where(Message.staff_id.is_not(None)).order_by(Message.id))
        assert all(any(str(one) in file.name for one in staff) for file in new)


def test_in_two_years_nothing_goes_at_a_time_or_by_a_way_that_its_reader_does_not_want(years: Years) -> None:
    with years.house.database.writing() as db:
        for member in _people(db):
            _wish(db, years.chance, member)
    known, queued = years.to_families(), 0
    for taken in years.steps():
        if taken:
            before, known = known, years.to_families()
            with years.house.database.reading() as db:
                for one, state in known.items():
                    if state in GONE and before.get(one) is not state:
                        _was_welcome(db, db.get_one(Message, one))
        if years.chance.random() < 0.25:
            with years.house.database.writing() as db:
                queued += _act(db, years.chance, years.chance.choice(_people(db)))
    assert queued > 100
    known = years.to_families()
    with years.house.database.reading() as db:
        left = [db.get_one(Message, message_id) for message_id in known]
        assert sum(message.state in GONE for message in left) > queued / 4, "what was held goes in the end"
        for message in left:
            assert message.by_staff_id is not None
            if message.state in (Travel.WAITING, Travel.HELD, Travel.BEING_SENT):
                member = db.get_one(FamilyMember, message.family_member_id)
                just_queued = message.queued_at > END - timedelta(days=2)
                assert just_queued or wishes.hold_for(db, member, clock.now(), message.way), message.state


def _people(db: Session) -> list[FamilyMember]:
    return list(db.scalars(select(FamilyMember).order_by(FamilyMember.joined_at, FamilyMember.id)))


def _wish(db: Session, chance: Random, member: FamilyMember) -> None:
    """Let a person wish for something that leaves some hours of some days."""
    earliest = chance.randrange(7, 18)
    span = (time(earliest), time((earliest + chance.randrange(2, 14)) % 24))
    wishes.wish(db, member, member, Times(*span, frozenset(chance.sample(range(7), 3))))
    ways = frozenset(chance.sample([Means.EMAIL, Means.TEXT, Means.PAPER], chance.randrange(1, 4)))
    wishes.wish(db, member, member, Reach(chance.choice([ways, frozenset()])))
    for feast in chance.sample(list(Feast), 3):
        quiet_days.keep_feast(db, member, member, feast)
    for _ in range(6):
        first = START.date() + timedelta(days=chance.randrange(700))
        span_of_days = Span(first, first + timedelta(days=chance.randrange(12)), chance.random() < 0.5)
        quiet_days.keep(db, member, member, span_of_days, None, uuid4().hex)


def _act(db: Session, chance: Random, member: FamilyMember) -> int:
    """Let somebody do something at this moment, whatever hour it is; returns how many messages were queued."""
    by = db.get_one(StaffMember, db.get_one(Review, member.review_id).key_worker_id)
    act = chance.randrange(10)
    if act < 5:
        way = Way.EMAIL if member.way is Way.PAPER else member.way
        messages.queue_for_family(db, Kind.NEWS, member, way, by)
    elif act < 7:
        invitations.invite(db, by, member, chance.choice(list(Way)))
    elif act == 7:
        _wish(db, chance, member)
        messages.look_again(db, member)
    elif act == 8:
        away = chance.choice([Presence.NOT_NOW, Presence.NOT_AT_ALL])
        member.presence = away if member.presence is Presence.HERE else Presence.HERE
        messages.look_again(db, member)
    elif member.no_link_ct is None:
        member.no_link = "The police asked for it."
    else:
        member.no_link = None
        messages.look_again(db, member)
    return int(act < 7)


def _was_welcome(db: Session, message: Message) -> None:
    """Look once more, by the clock on the wall, at whether somebody wanted a message at the moment at which it went."""
    member = db.get_one(FamilyMember, message.family_member_id)
    found, there = wishes.of(db, member), clock.now().astimezone(LONDON)
    assert member.no_link_ct is None
    assert member.presence is Presence.HERE
    assert found is not None
    assert not found.ways or message.way.value in found.ways
    if message.way is Way.PAPER:
        return
    assert there.weekday() in found.weekdays
    assert found.earliest is not None
    assert found.latest is not None
    hours = (there.time() >= found.earliest, there.time() < found.latest)
    assert all(hours) if found.earliest < found.latest else any(hours)
    assert not _quiet(db, member, there.date())


def _quiet(db: Session, member: FamilyMember, day: date) -> bool:
    return any(one.covers(day) for one in quiet_days.of(db, member))
