"""Looking through keys, for tests that prove that nothing is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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


def everything(wire: Wire) -> Iterator[tuple[bytes, bytes]]:
    """Yield every key and every raw value in it."""
    reading: dict[bytes, Callable[[bytes], list[bytes]]] = {
        b"string": lambda key: [wire.do("GET", key)],
        b"hash": lambda key: wire.do("HGETALL", key),
        b"zset": lambda key: wire.do("ZRANGE", key, 0, -1, "WITHSCORES"),
    }
    for key in keys_like(wire, b"h:*"):
        yield key, key
        for value in reading[wire.do("TYPE", key)](key):
            yield key, value
