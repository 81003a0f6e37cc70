"""Alembic's way in: it is handed the connection that `database.migrate` holds, inside its one transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], transactional_ddl=False, version_table_schema="depot"
)
context.run_migrations()
