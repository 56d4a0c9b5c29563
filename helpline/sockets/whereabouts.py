"""Who is here: each name on one connection of one process, and the latest wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from helpline.ports import Routes
from helpline.sockets.bindings import Bindings

K = TypeVar("K", bound=str)


class Whereabouts(Generic[K]):
    """Names bound to connections here, and a route to this process for all others to see.

    Args:
        kind: how names of routes begin: `p:` for persons, `s:` for staff.
        worker: this process.
        evict: closes a connection of which another has taken the place.
    """

    def __init__(
        self, *, bindings: Bindings[K], routes: Routes, kind: str, worker: str, evict: Callable[[str], None]
    ) -> None:
        self._bindings = bindings
        self._routes = routes
        self._kind = kind
        self._worker = worker
        self._evict = evict

    def come(self, name: K, connection: str) -> None:
        """Bind a name to a connection; one that it had before is closed, wherever it is."""
        if self._bindings.name_of(connection) not in (None, name):
            self.go(connection)
        before = self._bindings.bind(name, connection)
        self._routes.bind(self._kind + name, self._worker)
        if before is not None:
            self._evict(before)

    def go(self, connection: str) -> K | None:
        """Forget a connection; return whose it was, unless she is already here on another."""
        name = self._bindings.release(connection)
        return name if name is not None and self._routes.release(self._kind + name, self._worker) else None

    def moved(self, name: K) -> None:
        """Close a connection here: she has come to another process."""
        connection = self._bindings.connection_of(name)
        if connection is not None:
            self._bindings.release(connection)
            self._evict(connection)

    def name_of(self, connection: str) -> K | None:
        """Return the name bound to a connection."""
        return self._bindings.name_of(connection)

    def everybody(self) -> Iterator[tuple[K, str]]:
        """Yield each name here with its connection."""
        yield from self._bindings.everybody()
