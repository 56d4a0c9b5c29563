"""How often each name was tried, in this process's memory, under hashes made with a key that never leaves it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from threading import Lock
from typing import Final

QUIET: Final = timedelta(hours=1)  # after so long without a try, a name starts anew
NAMES_AT_MOST: Final = 10_000  # the longest-untouched are forgotten first


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """How many came since one succeeded, and when the last did."""

    count: int
    last_at: datetime


class MemoryAttempts:
    """Counts tries. What was typed as a name may be a password by mistake: only a keyed hash is held."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._tries: dict[bytes, Tries] = {}
        self._lock = Lock()

    def begin(self, name: str, at: datetime) -> int:
        """Count one more try; return how many came before it since the last that succeeded."""
        key = self._hashed(name)
        with self._lock:
            known = self._tries.pop(key, None)
            before = known.count if known is not None and at - known.last_at < QUIET else 0
            self._tries[key] = Tries(count=before + 1, last_at=at)
            self._keep_few()
        return before

    def forget(self, name: str) -> None:
        """Start anew after one that succeeded."""
        with self._lock:
            self._tries.pop(self._hashed(name), None)

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every value held."""
        with self._lock:
            tries = dict(self._tries)
        for key, known in tries.items():
            yield "attempts.name_hash", key.hex()
            yield "attempts.count", known.count
            yield "attempts.last_at", known.last_at

    def _hashed(self, name: str) -> bytes:
        return blake2b(name.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).digest()

    def _keep_few(self) -> None:
        while len(self._tries) > NAMES_AT_MOST:
            del self._tries[next(iter(self._tries))]
