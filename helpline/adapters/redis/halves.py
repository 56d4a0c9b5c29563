"""The server's halves of what opens a page's state after a reload, on Redis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from helpline.adapters.redis.coding import moment, read_moment
from helpline.adapters.redis.keys import HALVES, LIFE_SECONDS
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.walking import pairs
from helpline.adapters.redis.wire import Wire
from helpline.domain.ids import ConversationId


class RedisKeyHalves:
    """One half for each conversation, for all processes. Implements the port KeyHalves."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def keep(self, conversation: ConversationId, half: bytes, at: datetime) -> None:
        """Keep it in place of the one before."""
        kept = moment(at).encode() + b" " + half
        self._wire.run(script("halves/keep"), [HALVES], LIFE_SECONDS, conversation, kept)

    def release(self, conversation: ConversationId, at: datetime) -> bytes | None:  # noqa: ARG002 - of the port
        """Return it and forget it."""
        kept = self._wire.run(script("halves/release"), [HALVES], conversation)
        return None if kept is None else _parts(kept)[1]

    def forget(self, before: datetime) -> None:
        """Drop those kept before this moment."""
        self._wire.run(script("halves/forget"), [HALVES], moment(before))

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        for conversation, kept in pairs(self._wire.do("HGETALL", HALVES)):
            at, half = _parts(kept)
            yield "halves.conversation", conversation.decode()
            yield "halves.at", read_moment(at)
            yield "halves.half", half


def _parts(kept: bytes) -> tuple[bytes, bytes]:
    at, _, half = kept.partition(b" ")
    return at, half
