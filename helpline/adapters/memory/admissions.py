"""What is known of a crowd, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Lock

from helpline.adapters.memory.walk import leaves
from helpline.domain.ids import LineId

MINUTE_SECONDS = 60


class MemoryAdmissions:
    """The crowd before one process. Implements the port Admissions."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._now: Counter[LineId] = Counter()
        self._before: Counter[LineId] = Counter()
        self._spent: dict[bytes, datetime] = {}
        self._let_in_at: dict[LineId, datetime] = {}

    def asked(self, line: LineId, at: datetime) -> int:
        """Count one more who asks for a place; return how many did, in this minute or the one before it."""
        with self._lock:
            self._turn_to(int(at.timestamp()) // MINUTE_SECONDS)
            self._now[line] += 1
            return max(self._now[line], self._before[line])

    def is_spent(self, mark: bytes, at: datetime) -> bool:
        """Tell whether a piece of work was used."""
        with self._lock:
            return self._spent.get(mark, at) > at

    def spend(self, mark: bytes, at: datetime, until: datetime) -> bool:
        """Note that a piece of work was used; false if it was before."""
        with self._lock:
            self._spent = {each: end for each, end in self._spent.items() if end > at}
            if mark in self._spent:
                return False
            self._spent[mark] = until
            return True

    def let_in(self, line: LineId, at: datetime, every: timedelta) -> bool:
        """Let one in by the slow lane, unless another was within `every`."""
        with self._lock:
            last = self._let_in_at.get(line)
            if last is not None and at - last < every:
                return False
            self._let_in_at[line] = at
            return True

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        stores = {"asked": (self._now, self._before), "spent": self._spent, "let_in": self._let_in_at}
        with self._lock:
            held = [leaf for name, store in stores.items() for leaf in leaves(f"admissions.{name}", store)]
        yield from held

    def _turn_to(self, minute: int) -> None:
        if minute != self._minute:
            self._before = self._now if minute == self._minute + 1 else Counter()
            self._minute, self._now = minute, Counter()
