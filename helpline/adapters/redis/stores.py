"""All stores of many processes, on one Redis."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from helpline.adapters.redis.address import Address
from helpline.adapters.redis.admissions import RedisAdmissions
from helpline.adapters.redis.alarms import RedisAlarms
from helpline.adapters.redis.attempts import RedisAttempts
from helpline.adapters.redis.bus import Bus
from helpline.adapters.redis.conversations import RedisConversations
from helpline.adapters.redis.epoch import RedisStoreEpoch
from helpline.adapters.redis.halves import RedisKeyHalves
from helpline.adapters.redis.keeping import Keeping
from helpline.adapters.redis.mailbox import RedisMailbox
from helpline.adapters.redis.presence import RedisPresence
from helpline.adapters.redis.publisher import LocalPublisher, RedisPublisher
from helpline.adapters.redis.room import RedisWaitingRoom
from helpline.adapters.redis.routes import RedisRoutes
from helpline.adapters.redis.walking import everything
from helpline.adapters.redis.wire import Wire
from helpline.ports import Walkable


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisStores:
    """What a helpline needs of a Redis, named as what it has in memory."""

    address: Address
    wire: Wire
    room: RedisWaitingRoom
    presence: RedisPresence
    conversations: RedisConversations
    mailbox: RedisMailbox
    attempts: RedisAttempts
    routes: RedisRoutes
    halves: RedisKeyHalves
    store_epoch: RedisStoreEpoch
    alarms: RedisAlarms
    admissions: RedisAdmissions
    keeping: Keeping

    @property
    def stores(self) -> Mapping[str, Walkable]:
        """Return everything that holds anything, by name, so that a test can prove that nothing is left."""
        return {
            "room": self.room, "presence": self.presence, "conversations": self.conversations,
            "mailbox": self.mailbox, "attempts": self.attempts, "routes": self.routes, "halves": self.halves,
            "alarms": self.alarms, "admissions": self.admissions,
        }

    def publisher(self, local: LocalPublisher, worker: str, *, moved: Callable[[str], None]) -> RedisPublisher:
        """Return a publisher for this process. See RedisPublisher."""
        return RedisPublisher(self.wire, local, worker, moved=moved)

    def bus(
        self, worker: str, *, sleep: Callable[[float], None], failed: Callable[[BaseException], None]
    ) -> Bus:
        """Return this process's end of the doorbell. See Bus."""
        return Bus(self.address, self.store_epoch, worker, sleep=sleep, failed=failed)

    def keep(self) -> None:
        """Let what lives go on living: to be called every second. Raises StoreAway."""
        self.keeping.keep()

    def everything(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield every key of ours and every raw value in it, whatever store it is of."""
        yield from everything(self.wire)

    def close(self) -> None:
        """End the connection."""
        self.wire.close()


def open_redis(
    url: str, attempts_key: bytes, *, together: bool = True, steady: Callable[[], float] = time.monotonic
) -> RedisStores:
    """Connect to a Redis that keeps nothing on disk.

    Args:
        url: see Address.
        attempts_key: 16 to 64 secret bytes, the same in every process, for the hashes of names tried.
        together: commands of many callers go out together; see Wire.
        steady: seconds that never go back.

    Raises:
        NoRedis: none answers there, or it does not let us in.
        SavesToDisk: it would write what it holds to disk.
    """
    address = Address(url)
    wire = Wire(address, together=together)
    wire.open()
    conversations, store_epoch = RedisConversations(wire), RedisStoreEpoch(wire)
    return RedisStores(
        address=address, wire=wire, room=RedisWaitingRoom(wire), presence=RedisPresence(wire),
        conversations=conversations, mailbox=RedisMailbox(wire), attempts=RedisAttempts(wire, attempts_key),
        routes=RedisRoutes(wire), halves=RedisKeyHalves(wire), store_epoch=store_epoch,
        alarms=RedisAlarms(wire), admissions=RedisAdmissions(wire),
        keeping=Keeping(wire, steady=steady),
    )
