"""From an empty database to today's models, on whichever database the tests run, and on SQLite always."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import CheckConstraint, Enum, Table, inspect, select

from portal import schema
from portal.db import Database
from portal.house import House
from portal.review import contributions, talks, whereabouts
from portal.review.models import metadata
from portal.review.people import FamilyMember
from tests import make


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory, portal_app: Flask) -> Iterator[Database]:
    """A new SQLite database, brought to today from nothing; once, because each test only looks at it."""
    home: House = portal_app.extensions["house"]
    fresh = Database(f"sqlite:///{tmp_path_factory.mktemp('new') / 'portal.db'}", home.vault)
    assert not schema.up_to_date(fresh)
    schema.upgrade(fresh, home.vault)
    yield fresh
    fresh.engine.dispose()


@pytest.fixture(params=["ours", "sqlite"])
def database(request: pytest.FixtureRequest, house: House, new: Database) -> Database:
    """The database of this run, and a new SQLite one; both were brought here from nothing."""
    return house.database if request.param == "ours" else new


def test_from_nothing_the_revisions_make_exactly_what_the_models_say(database: Database) -> None:
    assert schema.up_to_date(database)
    assert schema.differences(database) == []


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_the_rules_of_a_table_are_those_of_its_model(database: Database, table: Table) -> None:
    found = {str(one["name"]): one["sqltext"] for one in inspect(database.engine).get_check_constraints(table.name)}
    wanted = {str(one.name): one for one in table.constraints if isinstance(one, CheckConstraint)}
    assert found.keys() == wanted.keys(), "A rule is in the model and not in a revision, or the other way round"
    for column in table.columns:
        if isinstance(column.type, Enum):
            rule = next(text for text in found.values() if re.search(rf"\b{column.name}\b", text))
            assert set(re.findall(r"'([^']*)'", rule)) == set(column.type.enums), f"{table.name}.{column.name}"


def test_upgrading_twice_changes_nothing(database: Database, house: House) -> None:
    schema.upgrade(database, house.vault)
    assert schema.differences(database) == []


def test_every_revision_says_what_it_does_and_there_is_one_newest() -> None:
    scripts = ScriptDirectory.from_config(schema._config())
    assert len(scripts.get_heads()) == 1
    for revision in scripts.walk_revisions():
        assert re.search(r"\w+ \w+", revision.doc or ""), f"{revision.revision} does not say what it does"
        assert not re.search(r"^\s*pass\s*$", Path(revision.path).read_text("utf-8"), re.MULTILINE) or (
            revision.down_revision is not None
        ), f"{revision.revision} does nothing"


def test_a_full_database_goes_through_every_newer_revision_and_back_whole(tmp_path: Path, house: House) -> None:
    full = Database(f"sqlite:///{tmp_path / 'full.db'}", house.vault)
    schema.upgrade(full, house.vault)
    with full.writing() as db:
        key_worker, coordinator, chair = make.a_key_worker(db), make.a_coordinator(db), make.a_chair(db)
        member = make.a_family_member(db, make.a_review(db, key_worker))
        make.a_link(db, house, key_worker, member)
        make.a_released_answer(db, make.a_question(db, member), coordinator, chair, key_worker)
        contributions.tell(db, member, "She loved rain.", "one")
    before = _rows(full)
    schema.downgrade(full, "20261122_0515")
    schema.upgrade(full, house.vault)
    assert _rows(full) == before
    assert len(before["answers"]) == len(before["contributions"]) == 1
    full.engine.dispose()


def test_a_last_day_of_contact_from_before_talks_were_is_a_talk_now_and_goes_back_whole(
    tmp_path: Path, house: House
) -> None:
    full = Database(f"sqlite:///{tmp_path / 'days.db'}", house.vault)
    schema.upgrade(full, house.vault)
    with full.writing() as db:
        key_worker = make.a_key_worker(db)
        member = make.a_family_member(db, make.a_review(db, key_worker))
        whereabouts.note_contact(db, key_worker, member, None, shown=True)
        member_id = member.id
    schema.downgrade(full, "20261122_1143")
    with full.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE contacts SET last_on = '2026-11-03'")
    for _ in range(2):
        schema.upgrade(full, house.vault)
        with full.reading() as db:
            assert whereabouts.last_in_touch(db, db.get_one(FamilyMember, member_id)) == date(2026, 11, 3)
            (talk,) = db.scalars(select(talks.Talk)).all()
            assert (talk.was_on, talk.reached, talk.said) == (date(2026, 11, 3), True, None)
        schema.downgrade(full, "20261122_1143")
    full.engine.dispose()


def _rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }
