"""Which adapters stand behind each port: a new one is one more entry, and passes the same suite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from helpline.adapters.memory.admissions import MemoryAdmissions
from helpline.adapters.memory.alarms import MemoryAlarms
from helpline.adapters.memory.conversations import MemoryConversations
from helpline.adapters.memory.mailbox import MemoryMailbox
from helpline.adapters.memory.presence import MemoryPresence
from helpline.adapters.memory.waiting_room import MemoryWaitingRoom
from helpline.adapters.redis.admissions import RedisAdmissions
from helpline.adapters.redis.alarms import RedisAlarms
from helpline.adapters.redis.conversations import RedisConversations
from helpline.adapters.redis.mailbox import RedisMailbox
from helpline.adapters.redis.presence import RedisPresence
from helpline.adapters.redis.room import RedisWaitingRoom
from helpline.adapters.system import SystemClock, SystemRandomness
from helpline.ports import Admissions, Alarms, Clock, ConversationStore, Mailbox, Presence, Randomness, WaitingRoom
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
CLOCKS: Final[Mapping[str, Callable[[], Clock]]] = {"system": SystemClock, "hand": HandClock}
RANDOMNESSES: Final[Mapping[str, Callable[[], Randomness]]] = {"system": SystemRandomness, "seeded": SeededRandomness}
ALARMS: Final[Mapping[str, Callable[[], Alarms]]] = {
    "memory": MemoryAlarms, "redis": lambda: RedisAlarms(emptied_wire()),
}
ADMISSIONS: Final[Mapping[str, Callable[[], Admissions]]] = {
    "memory": MemoryAdmissions, "redis": lambda: RedisAdmissions(emptied_wire()),
}
