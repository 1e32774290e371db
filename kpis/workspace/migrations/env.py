"""Runs the steps in the transaction of whoever opened the workspace: all of them or none."""

from alembic import context

from kpis.workspace.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=True)
context.run_migrations()
