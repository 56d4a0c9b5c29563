"""A crowd, on Redis: a piece of work is spent, and a slow lane closed, by a key that ends by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from helpline.adapters.redis.keys import ASKED, LET_IN, SPENT
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.walking import keys_like
from helpline.adapters.redis.wire import Wire
from helpline.domain.ids import LineId

MINUTE_SECONDS: Final = 60
ASKED_SECONDS: Final = 2 * MINUTE_SECONDS
MILLISECOND: Final = timedelta(milliseconds=1)


class RedisAdmissions:
    """The crowd before all processes. Implements the port Admissions."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def asked(self, line: LineId, at: datetime) -> int:
        """Count one more who asks for a place; return how many did, in this minute or the one before it."""
        minute = int(at.timestamp()) // MINUTE_SECONDS
        keys = [b"%b%d:%b" % (ASKED, each, line.encode()) for each in (minute, minute - 1)]
        return int(self._wire.run(script("admissions/asked"), keys, ASKED_SECONDS))

    def is_spent(self, mark: bytes, at: datetime) -> bool:  # noqa: ARG002 - of the port: here the key ends by itself
        """Tell whether a piece of work was used."""
        return bool(self._wire.do("EXISTS", SPENT + mark.hex().encode()))

    def spend(self, mark: bytes, at: datetime, until: datetime) -> bool:
        """Note that a piece of work was used; false if it was before."""
        life = max(1, (until - at) // MILLISECOND)
        return self._wire.do("SET", SPENT + mark.hex().encode(), b"", "NX", "PX", life) is not None

    def let_in(self, line: LineId, at: datetime, every: timedelta) -> bool:  # noqa: ARG002 - as above
        """Let one in by the slow lane, unless another was within `every`."""
        return self._wire.do("SET", LET_IN + line.encode(), b"", "NX", "PX", every // MILLISECOND) is not None

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        for prefix, name in ((ASKED, "asked"), (SPENT, "spent"), (LET_IN, "let_in")):
            for key in keys_like(self._wire, prefix + b"*"):
                yield f"admissions.{name}.key", key.decode()
                yield f"admissions.{name}.value", self._wire.do("GET", key)
