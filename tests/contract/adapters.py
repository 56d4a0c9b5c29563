"""Which adapters stand behind each port: a new one is one more entry, and passes the same suite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

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
from helpline.adapters.redis.admissions import RedisAdmissions
from helpline.adapters.redis.alarms import RedisAlarms
from helpline.adapters.redis.attempts import RedisAttempts
from helpline.adapters.redis.conversations import RedisConversations
from helpline.adapters.redis.epoch import RedisStoreEpoch
from helpline.adapters.redis.halves import RedisKeyHalves
from helpline.adapters.redis.mailbox import RedisMailbox
from helpline.adapters.redis.presence import RedisPresence
from helpline.adapters.redis.room import RedisWaitingRoom
from helpline.adapters.redis.routes import RedisRoutes
from helpline.adapters.system import SystemClock, SystemRandomness
from helpline.line_ports import Admissions, Alarms
from helpline.ports import (
    Attempts,
    Clock,
    ConversationStore,
    KeyHalves,
    Mailbox,
    Presence,
    Randomness,
    Routes,
    StoreEpoch,
    WaitingRoom,
)
from tests.fakes import HandClock, SeededRandomness
from tests.redis_server import emptied_wire

ROOMS: Final[Mapping[str, Callable[[], WaitingRoom]]] = {
    "memory": MemoryWaitingRoom, "redis": lambda: RedisWaitingRoom(emptied_wire()),
}
PRESENCES: Final[Mapping[str, Callable[[], Presence]]] = {
    "memory": MemoryPresence, "redis": lambda: RedisPresence(emptied_wire()),
}
CONVERSATIONS: Final[Mapping[str, Callable[[], ConversationStore]]] = {
    "memory": MemoryConversations, "redis": lambda: RedisConversations(emptied_wire()),
}
MAILBOXES: Final[Mapping[str, Callable[[], Mailbox]]] = {
    "memory": MemoryMailbox, "redis": lambda: RedisMailbox(emptied_wire()),
}
ATTEMPTS: Final[Mapping[str, Callable[[], Attempts]]] = {
    "memory": MemoryAttempts, "redis": lambda: RedisAttempts(emptied_wire(), b"a secret of a test"),
}
ROUTES: Final[Mapping[str, Callable[[], Routes]]] = {
    "memory": MemoryRoutes, "redis": lambda: RedisRoutes(emptied_wire()),
}
HALVES: Final[Mapping[str, Callable[[], KeyHalves]]] = {
    "memory": MemoryKeyHalves, "redis": lambda: RedisKeyHalves(emptied_wire()),
}
EPOCHS: Final[Mapping[str, Callable[[], StoreEpoch]]] = {
    "memory": lambda: MemoryStoreEpoch(SystemRandomness()), "redis": lambda: RedisStoreEpoch(emptied_wire()),
}
CLOCKS: Final[Mapping[str, Callable[[], Clock]]] = {"system": SystemClock, "hand": HandClock}
RANDOMNESSES: Final[Mapping[str, Callable[[], Randomness]]] = {"system": SystemRandomness, "seeded": SeededRandomness}
ALARMS: Final[Mapping[str, Callable[[], Alarms]]] = {
    "memory": MemoryAlarms, "redis": lambda: RedisAlarms(emptied_wire()),
}
ADMISSIONS: Final[Mapping[str, Callable[[], Admissions]]] = {
    "memory": MemoryAdmissions, "redis": lambda: RedisAdmissions(emptied_wire()),
}
