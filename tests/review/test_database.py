"""The database keeps its own rules, whatever the code above it forgets: how it writes, what it refuses, who waits."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from portal import clock, schema
from portal.db import Database
from portal.house import House
from portal.review import history, invitations, messages
from portal.review.answers import Answer
from portal.review.history import Entry
from portal.review.messages import Kind, Message, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import Question
from tests import make

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute


@pytest.fixture
def sqlite(house: House, tmp_path: Path) -> Database:
    """A new SQLite database, whichever the other tests use."""
    database = Database(f"sqlite:///{tmp_path / 'portal.db'}", house.vault)
    schema.upgrade(database, house.vault)
    return database


@pytest.mark.parametrize(
    ("pragma", "wanted"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL: a word that was acknowledged survives a power cut
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 10000),
    ],
)
def test_every_connection_to_sqlite_is_prepared(sqlite: Database, pragma: str, wanted: object) -> None:
    for open_session in (sqlite.reading, sqlite.writing):
        with open_session() as db:
            assert db.execute(text(f"PRAGMA {pragma}")).scalar_one() == wanted
    sqlite.engine.dispose()


def test_a_connection_that_read_may_write_again_and_one_that_wrote_may_not_while_reading(sqlite: Database) -> None:
    for _ in range(3):
        with sqlite.reading() as db, pytest.raises(DBAPIError, match="readonly"):
            db.execute(text("DELETE FROM history"))
        with sqlite.writing() as db:
            db.execute(text("DELETE FROM history"))
    sqlite.engine.dispose()


def _scene(db: Session) -> tuple[StaffMember, FamilyMember, Question, Answer]:
    key_worker, coordinator = make.a_key_worker(db), make.a_coordinator(db)
    member = make.a_family_member(db, make.a_review(db, key_worker))
    question = make.a_question(db, member)
    return key_worker, member, question, make.a_checked_answer(db, question, coordinator, make.a_chair(db))


def test_no_message_goes_to_a_family_without_a_named_person(house: House) -> None:
    with house.database.writing() as db:
        key_worker, member, _, _ = _scene(db)
        message = messages.queue_for_family(db, Kind.NEWS, member, Way.EMAIL, key_worker)
        with pytest.raises(IntegrityError, match="a_person_sends_it"):
            db.execute(update(Message).where(Message.id == message.id).values(by_staff_id=None))
        db.rollback()


def test_a_message_has_one_reader(house: House) -> None:
    with house.database.writing() as db:
        key_worker, member, _, _ = _scene(db)
        message = messages.queue_for_family(db, Kind.NEWS, member, Way.EMAIL, key_worker)
        with pytest.raises(IntegrityError, match="one_reader"):
            db.execute(update(Message).where(Message.id == message.id).values(staff_id=key_worker.id))
        db.rollback()


def test_an_answer_is_not_checked_by_who_drafted_it(house: House) -> None:
    with house.database.writing() as db:
        answer = _scene(db)[3]
        with pytest.raises(IntegrityError, match="two_people"):
            db.execute(update(Answer).where(Answer.id == answer.id).values(checked_by=answer.drafted_by))
        db.rollback()


@pytest.mark.parametrize("missing", ["checked_by", "told_on"])
def test_an_answer_is_not_brought_before_its_time(house: House, missing: str) -> None:
    with house.database.writing() as db:
        answer = _scene(db)[3]
        brought: dict[str, object] = {"released_at": clock.now(), "told_on": clock.now().date(), missing: None}
        with pytest.raises(IntegrityError, match="in_order"):
            db.execute(update(Answer).where(Answer.id == answer.id).values(**brought))
        db.rollback()


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("questions", "state"),
        ("answers", "outcome"),
        ("answers", "hearing"),
        ("family_members", "way"),
        ("family_members", "relation"),
        ("reviews", "stage"),
    ],
)
def test_a_state_that_there_is_not_is_refused(house: House, table: str, column: str) -> None:
    with house.database.writing() as db:
        _scene(db)
        with pytest.raises(DBAPIError, match=r"(?i)check"):
            db.execute(text(f"UPDATE {table} SET {column} = 'lost'"))
        db.rollback()


def test_nothing_points_at_what_is_not_there(house: House) -> None:
    with house.database.writing() as db:
        question = _scene(db)[2]
        with pytest.raises(IntegrityError):
            db.execute(update(Question).where(Question.id == question.id).values(owner_id=uuid4()))
        db.rollback()


def test_a_time_without_a_zone_is_refused(house: House) -> None:
    with house.database.writing() as db:
        question = _scene(db)[2]
        question.kept_at = datetime(2026, 11, 22)  # noqa: DTZ001 - on purpose
        with pytest.raises(StatementError, match="zone"):
            db.flush()
        db.rollback()


def test_history_is_only_ever_added_to(house: House) -> None:
    with house.database.writing() as db:
        key_worker, *_ = _scene(db)
        history.add(db, key_worker, "tried")
        db.flush()
        entry = db.scalars(select(Entry).where(Entry.verb == "tried")).one()
        entry.verb = "never happened"
        with pytest.raises(RuntimeError, match="only ever added"):
            db.flush()
        db.rollback()


def _at_once(workers: int, work: Callable[[], None]) -> None:
    start, troubles = Barrier(workers), []

    def run() -> None:
        start.wait()
        try:
            work()
        except Exception as trouble:
            troubles.append(trouble)

    threads = [Thread(target=run) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not troubles, troubles


def test_eight_at_once_who_read_and_add_lose_nothing_and_nobody_is_turned_away(house: House) -> None:
    with house.database.writing() as db:
        person_id = make.a_coordinator(db).id

    def add() -> None:
        for _ in range(50):
            with house.database.writing() as db:
                found = select(StaffMember).where(StaffMember.id == person_id).with_for_update()
                db.scalars(found).one().misses += 1

    _at_once(8, add)
    with house.database.reading() as db:
        assert db.get_one(StaffMember, person_id).misses == 400


def test_two_processes_at_once_who_read_and_add_lose_nothing_and_nobody_is_turned_away(
    sqlite: Database, house: House
) -> None:
    with sqlite.writing() as db:
        house.vault.prepare(db)
        person_id = make.a_coordinator(db).id
    # Each has a queue of its own, so only the database itself stands between them.
    waiting = [sqlite, *(Database(str(sqlite.engine.url), house.vault) for _ in range(3))]

    def add() -> None:
        own = waiting.pop()
        for _ in range(25):
            with own.writing() as db:
                db.get_one(StaffMember, person_id).misses += 1
        own.engine.dispose()

    _at_once(4, add)
    with sqlite.reading() as db:
        assert db.get_one(StaffMember, person_id).misses == 100
    sqlite.engine.dispose()


@pytest.mark.whole
def test_twenty_writers_at_once_all_get_their_words_kept(house: House) -> None:
    with house.database.writing() as db:
        person_id = make.a_coordinator(db).id

    def write() -> None:
        for _ in range(50):
            with house.database.writing() as db:
                history.add(db, db.get_one(StaffMember, person_id), "wrote")

    _at_once(20, write)
    with house.database.reading() as db:
        assert len(db.scalars(select(Entry.id).where(Entry.verb == "wrote")).all()) == 1000


def test_two_couriers_never_take_the_same_message(house: House) -> None:
    with house.database.writing() as db:
        key_worker, member, *_ = _scene(db)
        wanted = {invitations.invite(db, key_worker, member, Way.EMAIL).id for _ in range(12)}
    taken: list[UUID | None] = []

    def take() -> None:
        for _ in range(8):
            with house.database.writing() as db:
                if (message := messages.claim(db)) is not None:
                    assert message.state is Travel.BEING_SENT
                    taken.append(message.invitation_id)

    _at_once(4, take)
    assert sorted(map(str, taken)) == sorted(map(str, wanted))
