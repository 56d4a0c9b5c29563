"""Whether the store is still the one that the pages' tokens speak of, or came back empty."""

from __future__ import annotations

import secrets

from helpline.adapters.redis.keys import EPOCH, LIFE_SECONDS
from helpline.adapters.redis.wire import Wire


class RedisStoreEpoch:
    """Random text, made when the store is found empty. Implements the port StoreEpoch."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def current(self) -> str:
        """Return it, the same in every process."""
        fresh = secrets.token_urlsafe(16)
        known = self._wire.do("SET", EPOCH, fresh, "EX", LIFE_SECONDS, "NX", "GET")
        return fresh if known is None else str(known, "utf-8")
