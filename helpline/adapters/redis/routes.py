"""At which process each connected page is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from helpline.adapters.memory.walk import leaves
from helpline.adapters.redis.coding import moment, read_moment
from helpline.adapters.redis.keys import BEATS, CHANNEL, LIFE_SECONDS, ROUTES, WORKER_OF
from helpline.adapters.redis.messages import moved
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.walking import pairs
from helpline.adapters.redis.wire import Wire


class RedisRoutes:
    """Leases of sockets, for all processes. Implements the port Routes.

    A name that moves is told to the process where it was before in the same step, so that the old socket is closed.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def bind(self, name: str, worker: str) -> None:
        """Say that this name is at this worker from now on."""
        self._wire.run(script("routes/bind"), ROUTES, LIFE_SECONDS, name, worker, CHANNEL, moved(name))

    def release(self, name: str, worker: str) -> bool:
        """Forget the name if it is still at this worker; false if not."""
        return bool(self._wire.run(script("routes/release"), ROUTES, name, worker))

    def worker_of(self, name: str) -> str | None:
        """Return where the name is, None if nowhere."""
        worker = self._wire.do("HGET", WORKER_OF, name)
        return None if worker is None else str(worker, "utf-8")

    def beat(self, worker: str, at: datetime) -> None:
        """Say that this worker lives."""
        self._wire.run(script("routes/beat"), ROUTES, LIFE_SECONDS, worker, moment(at))

    def reap(self, before: datetime) -> Sequence[str]:
        """Forget the workers that were last heard of before this moment; return the names that were there."""
        return [name.decode() for name in self._wire.run(script("routes/reap"), ROUTES, moment(before))]

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        names = pairs(self._wire.do("HGETALL", WORKER_OF))
        beats = pairs(self._wire.do("ZRANGE", BEATS, 0, -1, "WITHSCORES"))
        yield from leaves("routes", {name.decode(): worker.decode() for name, worker in names})
        yield from leaves("routes.beats", {worker.decode(): read_moment(at) for worker, at in beats})
