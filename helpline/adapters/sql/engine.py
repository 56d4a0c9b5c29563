"""The one door to the database: SQLite by default, PostgreSQL when grown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

TURN: Final = 0x48454C50  # the number of the advisory lock that processes take when they change tables
BUSY_MILLISECONDS: Final = 250  # longer than any write here takes, shorter than a conversation notices


def make_engine(url: str) -> Engine:
    """Return an engine that opens a connection for each piece of work and closes it again.

    Without a pool: work comes from native threads and from green ones, and a pool shared by both can wait for ever.
    """
    engine = create_engine(make_url(url), poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


@contextmanager
def one_at_a_time(engine: Engine) -> Iterator[None]:
    """Keep other processes from changing the tables meanwhile: those of several machines may start together.

    A SQLite belongs to one machine, whose processes start one after the other.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:turn)"), {"turn": TURN})
        yield  # closing the connection lets the next one in


def answers(engine: Engine) -> None:
    """Ask the database for nothing. Raises SQLAlchemyError if it does not answer."""
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """SQLite asks for these anew on each connection; what is deleted is overwritten with zeros."""
    cursor = connection.cursor()
    wait = f"busy_timeout = {BUSY_MILLISECONDS}"
    for pragma in (wait, "journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
