"""How often each name was tried, for all processes, under hashes made with a key that is not in the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import blake2b

from helpline.adapters.memory import attempts
from helpline.adapters.redis.coding import moment, read_moment
from helpline.adapters.redis.keys import ATTEMPTS, LIFE_SECONDS, TRIED_AT, TRIES
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.walking import pairs
from helpline.adapters.redis.wire import Wire


class RedisAttempts:
    """Counts tries. What was typed as a name may be a password by mistake: only a keyed hash is held.

    Args:
        key: 16 to 64 secret bytes, the same in every process.
    """

    def __init__(self, wire: Wire, key: bytes) -> None:
        self._wire = wire
        self._key = key

    def begin(self, name: str, at: datetime) -> int:
        """Count one more try; return how many came before it since the last that succeeded."""
        quiet = attempts.QUIET // timedelta(microseconds=1)
        life = max(LIFE_SECONDS, int(attempts.QUIET.total_seconds()))
        before: int = self._wire.run(
            script("attempts/begin"), ATTEMPTS, life, quiet, attempts.NAMES_AT_MOST, self._hashed(name), moment(at)
        )
        return before

    def forget(self, name: str) -> None:
        """Start anew after one that succeeded."""
        self._wire.run(script("attempts/forget"), ATTEMPTS, self._hashed(name))

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every value held."""
        last = dict(pairs(self._wire.do("ZRANGE", TRIED_AT, 0, -1, "WITHSCORES")))
        for key, count in pairs(self._wire.do("HGETALL", TRIES)):
            yield "attempts.name_hash", key.decode()
            yield "attempts.count", int(count)
            yield "attempts.last_at", read_moment(last[key])

    def _hashed(self, name: str) -> str:
        return blake2b(name.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).hexdigest()
