"""Alembic's environment: it is handed an open connection and never reads a configuration file."""

from alembic import context

from portal.review.models import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    user_module_prefix="db.",
)
with context.begin_transaction():
    context.run_migrations()
