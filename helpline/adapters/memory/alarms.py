"""Which lines have nobody at a desk, in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock

from helpline.adapters.memory.walk import leaves
from helpline.domain.alarm import Unattended
from helpline.domain.ids import LineId


class MemoryAlarms:
    """The alarms of one process. Implements the port Alarms."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._lines: dict[LineId, Unattended] = {}

    def everything(self) -> Sequence[Unattended]:
        """Return what is known."""
        with self._lock:
            return tuple(self._lines.values())

    def replace(self, line: LineId, old: Unattended | None, new: Unattended | None) -> bool:
        """Put `new` where `old` still stands; None means nothing there."""
        with self._lock:
            if self._lines.get(line) != old:
                return False
            if new is None:
                self._lines.pop(line, None)
            else:
                self._lines[line] = new
            return True

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        with self._lock:
            held = list(leaves("alarms", self._lines))
        yield from held
