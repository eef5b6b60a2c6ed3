"""What every test starts from: a real portal over a real, empty database: SQLite, or PostgreSQL where one is named."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url

from portal import schema
from portal.app import create_app
from portal.house import House
from portal.review.models import metadata
from portal.sealing import Keyring
from portal.settings import Settings

WITHOUT_DATABASE = ("tests/library/", "tests/serving/", "tests/public/", "tests/house/test_content")
BUT = ("tests/public/test_clear",)  # what readers say is written down
# Goes through all that anybody can see or print, which comes out alike whichever database lies below.
OVER_ONE_DATABASE = (
    "tests/courier/test_two_years",
    "tests/house/test_canaries",
    "tests/house/test_reading_only",
    "tests/house/test_words",
    "tests/keyworker/test_letters",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what needs a browser, which takes longest, so that no process waits for it in the end.

    On PostgreSQL, leave out what never opens a database, and the longest ways through all pages: the run on SQLite has
    them.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    if not os.environ.get("PORTAL_TEST_DATABASE"):
        return
    left = [item for item in items if not _belongs_on_both(item)]
    items[:] = [item for item in items if _belongs_on_both(item)]
    config.hook.pytest_deselected(items=left)


def _belongs_on_both(item: pytest.Item) -> bool:
    if item.nodeid.startswith((*WITHOUT_DATABASE, *OVER_ONE_DATABASE)) and not item.nodeid.startswith(BUT):
        return False
    return "portal_app" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Settings:
    """Settings of a demonstration on this machine, with a new key file and quick hashes."""
    var = tmp_path_factory.mktemp("var")
    Keyring.make(var / "keyring.json")
    return Settings(var=var, base_url="http://localhost", demo=True, argon2_kib=8, database=_database(worker))


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this test process, where several run at once."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


def _database(worker: str) -> str:
    """Make an empty PostgreSQL database of this process's own, if PORTAL_TEST_DATABASE names a server."""
    server = os.environ.get("PORTAL_TEST_DATABASE", "")
    if not server:
        return ""
    name = f"portal_test_{worker}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def portal_app(settings: Settings) -> Iterator[Flask]:
    """One portal for the whole run, over a migrated database."""
    app = create_app(settings)
    home: House = app.extensions["house"]
    if home.database.engine.name == "sqlite":
        event.listen(home.database.engine, "connect", _does_not_wait_for_the_disk)
    schema.upgrade(home.database, home.vault)
    yield app
    home.database.engine.dispose()


def _does_not_wait_for_the_disk(connection: Any, _record: object) -> None:
    """Nothing of these tests outlives them; what the portal asks of a disk is seen in tests/review/test_database.py."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def app(portal_app: Flask) -> Flask:
    """The portal, with nobody and nothing in its database."""
    home: House = portal_app.extensions["house"]
    deletes = [f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)]
    if home.database.engine.name == "postgresql":
        deletes = ["; ".join(deletes)]  # there each is a journey of its own, and this is done for every test
    with home.database.writing() as db:
        for statement in deletes:
            db.execute(text(statement))
        home.vault.prepare(db)
    home.brake.forget()
    home.gate.forget()
    home.library.lay_over({})
    for path in home.settings.messages_folder.glob("*"):
        path.unlink()
    return portal_app


@pytest.fixture
def house(app: Flask) -> House:
    """The house of the portal under test."""
    found: House = app.extensions["house"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A bare client without cookies."""
    return app.test_client()


@pytest.fixture
def content_copy(tmp_path: Path, settings: Settings) -> Path:
    """A copy of the content folder, to change."""
    copy = tmp_path / "content"
    shutil.copytree(settings.content_folder, copy)
    return copy
