"""The server's halves of what opens a page's state after a reload, on Redis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from helpline.adapters.memory.walk import leaves
from helpline.adapters.redis.coding import dumps, loads
from helpline.adapters.redis.keys import HALVES, LIFE_SECONDS
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.walking import pairs
from helpline.adapters.redis.wire import Wire
from helpline.domain.half import KeyHalf
from helpline.domain.ids import ConversationId

NOTHING: Final = b""


class RedisKeyHalves:
    """One half for each conversation, for all processes. Implements the port KeyHalves."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def get(self, conversation: ConversationId) -> KeyHalf | None:
        """Return it."""
        kept = self._wire.do("HGET", HALVES, conversation)
        return None if kept is None else loads(KeyHalf, kept)

    def replace(self, conversation: ConversationId, old: KeyHalf | None, new: KeyHalf) -> bool:
        """Put `new` where `old` still stands; None means nothing there."""
        before, after = NOTHING if old is None else dumps(old), dumps(new)
        return bool(self._wire.run(script("presence/replace"), [HALVES], LIFE_SECONDS, conversation, before, after))

    def drop(self, conversation: ConversationId) -> None:
        """Forget it."""
        self._wire.do("HDEL", HALVES, conversation)

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        kept = pairs(self._wire.do("HGETALL", HALVES))
        yield from leaves("halves", {conversation.decode(): loads(KeyHalf, half) for conversation, half in kept})
