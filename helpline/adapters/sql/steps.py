"""One piece of work in the database: a connection, a transaction, off everybody's way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine

from helpline.adapters.offloading import Offload

T = TypeVar("T")


class Steps:
    """Runs each piece of work as one transaction, through `offload`, so that a locked file keeps nobody waiting."""

    def __init__(self, engine: Engine, offload: Offload) -> None:
        self._engine, self._offload = engine, offload

    def one(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` returns once it is committed; when it raises, nothing is changed."""

        def step() -> T:
            with self._engine.begin() as connection:
                return work(connection)

        return self._offload(step)
