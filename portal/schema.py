"""The database's schema: bringing it up to date, and saying whether it is."""

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
    with database.engine.begin() as connection:
        command.upgrade(_config(connection), "head")
    with database.writing() as db:
        vault.prepare(db)


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
