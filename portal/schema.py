"""The database's schema: bringing it up to date, and saying whether it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from portal.db import Database
from portal.review import models as review
from portal.review.models import metadata
from portal.sealing import Vault
from portal.workshop import models as workshop

MODULES = (*review.MODULES, workshop)  # each that has tables, or a revision would take them away
FOLDER = Path(__file__).resolve().parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database, vault: Vault) -> None:
    """Bring a database up to date, and give a new one the house's own key."""
    with _whole(database) as connection:
        command.upgrade(_config(connection), "head")
    with database.writing() as db:
        vault.prepare(db)


def downgrade(database: Database, revision: str) -> None:
    """Take a database back to an earlier revision; what only later ones know is lost."""
    with _whole(database) as connection:
        command.downgrade(_config(connection), revision)


@contextmanager
def _whole(database: Database) -> Iterator[Connection]:
    """Open a connection whose tables may be made anew, and look at the end whether every row still finds its other.

    SQLite changes a rule of a table by copying it and dropping the old one, which its foreign keys would forbid; they
    can be let go only outside a transaction.
    """
    sqlite = database.engine.dialect.name == "sqlite"
    with database.engine.connect() as connection:
        bare = connection.connection.dbapi_connection
        if sqlite and bare is not None:
            bare.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise RuntimeError("After this revision a row would point to one that is not there.")
        finally:
            if sqlite and bare is not None:
                bare.execute("PRAGMA foreign_keys=ON")


def new_revision(database: Database, message: str, revision: str) -> None:
    """Write a revision from what the models have and the database has not."""
    with database.engine.begin() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=revision)


def differences(database: Database) -> list[Any]:
    """Return what the models and an up-to-date database disagree about: nothing, if the revisions are whole."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def up_to_date(database: Database) -> bool:
    """Whether a database is at the newest revision."""
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()
