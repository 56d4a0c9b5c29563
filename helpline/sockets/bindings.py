"""Which connection belongs to whom: one of each, and nothing once it is over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

K = TypeVar("K", bound=str)


class Bindings(Generic[K]):
    """Names of people here (a ticket, a staff member) bound to connections, one to one."""

    def __init__(self) -> None:
        self._connections: dict[K, str] = {}
        self._names: dict[str, K] = {}

    def bind(self, name: K, connection: str) -> str | None:
        """Bind a name to a connection; return the connection it had before, if another."""
        before = self._connections.get(name)
        if before is not None:
            self._names.pop(before, None)
        self.release(connection)
        self._connections[name] = connection
        self._names[connection] = name
        return before if before != connection else None

    def release(self, connection: str) -> K | None:
        """Forget a connection; return the name that was bound to it."""
        name = self._names.pop(connection, None)
        if name is not None:
            self._connections.pop(name, None)
        return name

    def connection_of(self, name: K) -> str | None:
        """Return the connection of a name."""
        return self._connections.get(name)

    def name_of(self, connection: str) -> K | None:
        """Return the name bound to a connection."""
        return self._names.get(connection)

    def everybody(self) -> Iterator[tuple[K, str]]:
        """Yield each name with its connection, as they were at this moment."""
        yield from list(self._connections.items())

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield everything held."""
        for name, connection in self._connections.items():
            yield "name", name
            yield "connection", connection
