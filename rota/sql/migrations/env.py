"""Run the migrations of the plan over the connection that rota.sql.upgrade gives."""

from __future__ import annotations

from alembic import context

from rota.sql.tables import METADATA
from rota.sql.upgrade import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
