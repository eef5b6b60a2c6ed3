"""The database's own history: Alembic revisions, and how they are run."""
