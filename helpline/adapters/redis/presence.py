"""Presence on Redis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from helpline.adapters.memory.walk import leaves
from helpline.adapters.redis.coding import dumps, loads
from helpline.adapters.redis.keys import LIFE_SECONDS, PRESENT
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.wire import Wire
from helpline.domain.ids import StaffId
from helpline.domain.presence import Present

NOTHING: Final = b""


class RedisPresence:
    """Who is at the desk, for all processes. Implements the port Presence."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def get(self, staff_id: StaffId) -> Present | None:
        """Return her presence, None if nothing is known of her."""
        known = self._wire.do("HGET", PRESENT, staff_id)
        return None if known is None else loads(Present, known)

    def everybody(self) -> Sequence[Present]:
        """Return everybody known."""
        return tuple(loads(Present, each) for each in self._wire.do("HVALS", PRESENT))

    def replace(self, staff_id: StaffId, old: Present | None, new: Present | None) -> bool:
        """Put `new` where `old` still stands; None means nothing there."""
        before, after = (NOTHING if each is None else dumps(each) for each in (old, new))
        return bool(self._wire.run(script("presence/replace"), [PRESENT], LIFE_SECONDS, staff_id, before, after))

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        yield from leaves("presence", {each.staff_id: each for each in self.everybody()})
