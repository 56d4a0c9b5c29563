"""Every key ends by itself; what still lives is kept from it by whoever looks after the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from helpline.adapters.redis.keys import (
    ALARMS,
    CONVERSATIONS,
    EPOCH,
    HALVES,
    KEEPER,
    LIFE_SECONDS,
    PRESENT,
    ROOM,
    ROUTES,
    TALKS,
    box,
)
from helpline.adapters.redis.wire import Wire

EVERY_SECONDS: Final = 60.0
ALONE_SECONDS: Final = 50  # one process does it for all of them


class Keeping:
    """Puts off the end of all keys of what lives. When every process is gone, so is everything, an hour later."""

    def __init__(self, wire: Wire, *, steady: Callable[[], float]) -> None:
        self._wire = wire
        self._steady = steady
        self._kept_at = -EVERY_SECONDS

    def keep(self) -> None:
        """Do it once a minute, however often this is called. Raises StoreAway."""
        now = self._steady()
        if now - self._kept_at < EVERY_SECONDS:
            return
        self._kept_at = now
        if self._wire.do("SET", KEEPER, b"", "EX", ALONE_SECONDS, "NX") is None:
            return
        talks = [talk.decode() for talk in self._wire.do("HKEYS", TALKS)]
        keys = [EPOCH, PRESENT, *ROOM, *CONVERSATIONS, HALVES, ALARMS, *ROUTES]
        keys += [key for talk in talks for key in box(talk)]
        self._wire.do_all([("EXPIRE", key, LIFE_SECONDS) for key in keys])
