"""The plan in a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from rota.errors import Busy
from rota.ports import Reading, Writing
from rota.sql.engine import WRITING
from rota.sql.reading import SqlReading
from rota.sql.writing import SqlWriting


class PlanInSql:
    """Keeps the plan behind `engine` (see open_engine). See rota.ports.PlanStore."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Look at the plan: everything is read in one transaction."""
        with _busy(), self._engine.begin() as connection:
            yield SqlReading(connection)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Change the plan: kept when the block ends, dropped when it raises. Raises Busy."""
        with _busy(), self._engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            plan = SqlWriting(connection)
            plan.take_turn()
            yield plan


@contextmanager
def _busy() -> Iterator[None]:
    """Name what the database says when another writer holds it for too long."""
    try:
        yield
    except OperationalError as problem:
        raise Busy from problem
