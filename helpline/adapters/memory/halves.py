"""Key halves in memory."""

from __future__ import annotations

from collections.abc import Iterator
from threading import RLock

from helpline.adapters.memory.walk import leaves
from helpline.domain.half import KeyHalf
from helpline.domain.ids import ConversationId


class MemoryKeyHalves:
    """Implements the port KeyHalves."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._halves: dict[ConversationId, KeyHalf] = {}

    def get(self, conversation: ConversationId) -> KeyHalf | None:
        """Return it."""
        with self._lock:
            return self._halves.get(conversation)

    def replace(self, conversation: ConversationId, old: KeyHalf | None, new: KeyHalf) -> bool:
        """Put `new` where `old` still stands; None means nothing there."""
        with self._lock:
            if self._halves.get(conversation) != old:
                return False
            self._halves[conversation] = new
            return True

    def drop(self, conversation: ConversationId) -> None:
        """Forget it."""
        with self._lock:
            self._halves.pop(conversation, None)

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        with self._lock:
            held = list(leaves("halves", self._halves))
        yield from held
