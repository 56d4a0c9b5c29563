"""Which process holds whose connection, in memory: there is one process, and it lives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from threading import RLock

from helpline.adapters.memory.walk import leaves


class MemoryRoutes:
    """Implements the port Routes."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._workers: dict[str, str] = {}
        self._beats: dict[str, datetime] = {}

    def bind(self, name: str, worker: str) -> None:
        """Note that this process holds the connection."""
        with self._lock:
            self._workers[name] = worker

    def release(self, name: str, worker: str) -> bool:
        """Forget it if it is still this process that holds it."""
        with self._lock:
            if self._workers.get(name) != worker:
                return False
            del self._workers[name]
            return True

    def worker_of(self, name: str) -> str | None:
        """Return the process that holds the connection."""
        with self._lock:
            return self._workers.get(name)

    def beat(self, worker: str, at: datetime) -> None:
        """Say that this process lives."""
        with self._lock:
            self._beats[worker] = at

    def reap(self, before: datetime) -> Sequence[str]:
        """Remove and return the names held by processes of which nothing was heard since."""
        with self._lock:
            dead = [name for name, worker in self._workers.items() if not self._lives(worker, before)]
            for name in dead:
                del self._workers[name]
            self._beats = {worker: at for worker, at in self._beats.items() if at >= before}
            return dead

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        with self._lock:
            held = [*leaves("routes", self._workers), *leaves("routes.beats", self._beats)]
        yield from held

    def _lives(self, worker: str, before: datetime) -> bool:
        at = self._beats.get(worker)
        return at is not None and at >= before
