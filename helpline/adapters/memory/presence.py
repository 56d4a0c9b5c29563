"""Presence in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import RLock

from helpline.adapters.memory.walk import leaves
from helpline.domain.ids import StaffId
from helpline.domain.presence import Present


class MemoryPresence:
    """Who is at the desk, for one process. Implements the port Presence."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._present: dict[StaffId, Present] = {}

    def get(self, staff_id: StaffId) -> Present | None:
        """Return her presence, None if nothing is known of her."""
        with self._lock:
            return self._present.get(staff_id)

    def everybody(self) -> Sequence[Present]:
        """Return everybody known."""
        with self._lock:
            return tuple(self._present.values())

    def replace(self, staff_id: StaffId, old: Present | None, new: Present | None) -> bool:
        """Put `new` where `old` still stands; None means nothing there."""
        with self._lock:
            if self._present.get(staff_id) != old:
                return False
            if new is None:
                self._present.pop(staff_id, None)
            else:
                self._present[staff_id] = new
            return True

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        with self._lock:
            held = dict(self._present)
        yield from leaves("presence", held)
