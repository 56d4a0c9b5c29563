"""What lives no longer than a conversation, and what holds it together."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from threading import RLock
from typing import Final, Protocol, cast

from helpline.adapters.memory.admissions import MemoryAdmissions
from helpline.adapters.memory.alarms import MemoryAlarms
from helpline.adapters.memory.attempts import MemoryAttempts
from helpline.adapters.memory.conversations import MemoryConversations
from helpline.adapters.memory.halves import MemoryKeyHalves
from helpline.adapters.memory.mailbox import MemoryMailbox
from helpline.adapters.memory.presence import MemoryPresence
from helpline.adapters.memory.routes import MemoryRoutes
from helpline.adapters.memory.store_epoch import MemoryStoreEpoch
from helpline.adapters.memory.waiting_room import MemoryWaitingRoom
from helpline.adapters.system import SystemRandomness
from helpline.domain.ids import PresenceState, StaffId
from helpline.line_ports import Admissions, Alarms
from helpline.ports import (
    Attempts,
    ConversationStore,
    KeyHalves,
    Mailbox,
    Presence,
    Publisher,
    Routes,
    StoreEpoch,
    WaitingRoom,
    Walkable,
)
from helpline.runtime.kinds import Runtime
from helpline.settings import BadSettings, Secret
from helpline.sockets.publisher import SocketPublisher

ATTEMPTS: Final = b"Helpline 1.0 names tried at the sign-in"
Failed = Callable[[BaseException], None]


class Telling(Publisher, Protocol):
    """A publisher that can also close a desk."""

    def close_desk(self, staff_id: StaffId, code: str) -> None:
        """Close the desk of this staff member, wherever it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Every store, and what holds them together.

    Args:
        turn: held by whoever changes what is in memory; a shared store needs none: each of its steps is whole.
        publisher: reaches every page, given one that reaches the pages here, and what to do when a name has moved.
        listen: hears what other processes say, told what to do when something may have been lost.
        keep: lets what lives go on living; called every second.
    """

    room: WaitingRoom
    presence: Presence
    conversations: ConversationStore
    mailbox: Mailbox
    attempts: Attempts
    routes: Routes
    halves: KeyHalves
    store_epoch: StoreEpoch
    alarms: Alarms
    admissions: Admissions
    turn: AbstractContextManager[object]
    publisher: Callable[[SocketPublisher, Callable[[str], None]], Telling]
    listen: Callable[[Telling, Callable[[], None]], None]
    keep: Callable[[], None]
    close: Callable[[], None]

    @property
    def walkable(self) -> Mapping[str, Walkable]:
        """Return what can be searched, by name."""
        return {
            "room": self.room, "presence": self.presence, "conversations": self.conversations,
            "mailbox": self.mailbox, "attempts": self.attempts, "routes": self.routes, "halves": self.halves,
            "alarms": self.alarms, "admissions": self.admissions,
        }

    def is_working(self, staff_id: StaffId) -> bool:
        """Tell whether she is on duty or on a break, so that her sign-in does not grow idle."""
        present = self.presence.get(staff_id)
        return present is not None and present.state in (PresenceState.ON_DUTY, PresenceState.ON_BREAK)


def in_memory() -> Stores:
    """Return stores for one process alone."""
    return Stores(
        room=MemoryWaitingRoom(), presence=MemoryPresence(), conversations=MemoryConversations(),
        mailbox=MemoryMailbox(), attempts=MemoryAttempts(), routes=MemoryRoutes(), halves=MemoryKeyHalves(),
        store_epoch=MemoryStoreEpoch(SystemRandomness()), alarms=MemoryAlarms(), admissions=MemoryAdmissions(),
        turn=RLock(),
        publisher=lambda local, _moved: local, listen=lambda _telling, _gap: None, keep=lambda: None,
        close=lambda: None,
    )


def on_redis(url: Secret, worker: str, secret: bytes, runtime: Runtime, failed: Failed) -> Stores:
    """Return stores that many processes share.

    Args:
        worker: the name of this process.
        secret: what all processes of the installation know and nobody else.
        failed: told of an error that nobody expected while listening to other processes.

    Raises:
        BadSettings: no Redis answers there, or it would write to disk what it holds.
    """
    from helpline.adapters.redis.errors import NoRedis, SavesToDisk
    from helpline.adapters.redis.publisher import RedisPublisher
    from helpline.adapters.redis.stores import open_redis  # one process alone needs none of it

    try:
        redis = open_redis(url.value, hmac.digest(secret, ATTEMPTS, "sha256"))
    except (NoRedis, SavesToDisk) as problem:
        raise BadSettings((str(problem),)) from problem
    bus = redis.bus(worker, sleep=runtime.sleep, failed=failed)

    def publisher(local: SocketPublisher, moved: Callable[[str], None]) -> RedisPublisher:
        return redis.publisher(local, worker, moved=moved)

    def listen(telling: Telling, gap: Callable[[], None]) -> None:
        ours = cast("RedisPublisher", telling)
        runtime.spawn(bus.listen, ours.deliver, gap, ours.pay)

    return Stores(
        room=redis.room, presence=redis.presence, conversations=redis.conversations, mailbox=redis.mailbox,
        attempts=redis.attempts, routes=redis.routes, halves=redis.halves, store_epoch=redis.store_epoch,
        alarms=redis.alarms, admissions=redis.admissions, turn=nullcontext(), publisher=publisher, listen=listen,
        keep=redis.keep, close=bus.close,
    )
