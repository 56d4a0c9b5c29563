"""Looking through keys, for tests that prove that nothing is left."""

from __future__ import annotations

from collections.abc import Iterator

from helpline.adapters.redis.wire import Wire

SEEN_AT_ONCE = 500


def keys_like(wire: Wire, pattern: bytes) -> Iterator[bytes]:
    """Yield every key of a pattern."""
    seen: set[bytes] = set()
    cursor: bytes | int = 0
    while True:
        cursor, found = wire.do("SCAN", cursor, "MATCH", pattern, "COUNT", SEEN_AT_ONCE)
        yield from (key for key in found if key not in seen)
        seen.update(found)
        if int(cursor) == 0:
            return


def pairs(flat: list[bytes]) -> list[tuple[bytes, bytes]]:
    """Return what HGETALL or a script said as pairs."""
    return list(zip(flat[::2], flat[1::2], strict=True))
