"""Alembic runs this for every command: how it works on the connection that it was handed."""

from alembic import context

from connector.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite alters a table by making it anew.
    render_as_batch=True,
    # The caller's transaction spans all steps; SQLite's DDL is transactional as well.
    transactional_ddl=True,
)

with context.begin_transaction():
    context.run_migrations()
