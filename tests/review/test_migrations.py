"""From an empty database to today's models, on whichever database the tests run, and on SQLite always."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Enum, Table, inspect

from portal import schema
from portal.db import Database
from portal.house import House
from portal.review.models import metadata


@pytest.fixture(params=["ours", "sqlite"])
def database(request: pytest.FixtureRequest, house: House, tmp_path: Path) -> Iterator[Database]:
    """The database of this run, and a new SQLite one; both were brought here from nothing."""
    if request.param == "ours":
        yield house.database
        return
    fresh = Database(f"sqlite:///{tmp_path / 'portal.db'}", house.vault)
    assert not schema.up_to_date(fresh)
    schema.upgrade(fresh, house.vault)
    yield fresh
    fresh.engine.dispose()


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
