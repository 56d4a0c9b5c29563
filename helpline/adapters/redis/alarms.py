"""Which lines have nobody at a desk, on Redis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from helpline.adapters.memory.walk import leaves
from helpline.adapters.redis.coding import dumps, loads
from helpline.adapters.redis.keys import ALARMS, LIFE_SECONDS
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.wire import Wire
from helpline.domain.alarm import Unattended
from helpline.domain.ids import LineId

NOTHING: Final = b""


class RedisAlarms:
    """The alarms of all processes. Implements the port Alarms."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def everything(self) -> Sequence[Unattended]:
        """Return what is known."""
        return tuple(loads(Unattended, each) for each in self._wire.do("HVALS", ALARMS))

    def replace(self, line: LineId, old: Unattended | None, new: Unattended | None) -> bool:
        """Put `new` where `old` still stands; None means nothing there."""
        before, after = (NOTHING if each is None else dumps(each) for each in (old, new))
        return bool(self._wire.run(script("presence/replace"), [ALARMS], LIFE_SECONDS, line, before, after))

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        yield from leaves("alarms", {each.line: each for each in self.everything()})
