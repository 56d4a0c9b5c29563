"""How Alembic reaches the database: one connection, one transaction, the helpline's own version table."""

from __future__ import annotations

from alembic import context

from helpline.adapters.sql.engine import make_engine
from helpline.adapters.sql.schema import metadata
from helpline.adapters.sql.upgrade import VERSION_TABLE

with make_engine(context.config.attributes["url"]).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        render_as_batch=True,
        transaction_per_migration=True,
        include_name=lambda name, kind, _parents: kind != "table" or name in metadata.tables,
    )
    with context.begin_transaction():
        context.run_migrations()
