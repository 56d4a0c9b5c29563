"""Conversations on Redis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from helpline.adapters.memory.walk import leaves
from helpline.adapters.redis.coding import dumps, loads, moment, read_moment
from helpline.adapters.redis.keys import CLOSED, CONVERSATIONS, LIFE_SECONDS, TALKS
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.walking import pairs
from helpline.adapters.redis.wire import Wire
from helpline.domain.conversation import Conversation
from helpline.domain.errors import Conflict, NoSuchConversation
from helpline.domain.ids import ConversationId, EndedBy, StaffId, Ticket


class RedisConversations:
    """The conversations of all processes. Implements the port ConversationStore."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def open(self, conversation: Conversation) -> None:
        """Keep a new one, whose ticket has none and had none."""
        if not self._run("open", *_packed(conversation)):
            raise Conflict

    def reopen(self, conversation: Conversation) -> bool:
        """Keep one again that the store has lost; false if it is there."""
        kept = self._run("reopen", *_packed(conversation))
        if isinstance(kept, bytes):
            raise Conflict
        return bool(kept)

    def get(self, conversation: ConversationId) -> Conversation:
        """Return it."""
        return _found(self._wire.do("HGET", TALKS, conversation))

    def by_ticket(self, ticket: Ticket) -> Conversation:
        """Return the conversation of this ticket."""
        return _found(self._run("by_ticket", ticket))

    def of_staff(self, staff_id: StaffId) -> Sequence[Conversation]:
        """Return the conversations of this desk, oldest first."""
        return tuple(loads(Conversation, each) for each in self._run("of_staff", staff_id))

    def everybody(self) -> Sequence[Conversation]:
        """Return all conversations, oldest first."""
        order, flat = self._run("everybody")
        found = dict(pairs(flat))
        return tuple(loads(Conversation, found[each]) for each in order)

    def replace(self, old: Conversation, new: Conversation) -> bool:
        """Put `new` where `old` still stands."""
        return bool(self._run("replace", LIFE_SECONDS, old.id, dumps(old), dumps(new)))

    def discard(self, conversation: ConversationId) -> None:
        """Forget one that never began."""
        self._run("discard", conversation)

    def close(self, conversation: ConversationId, at: datetime, by: EndedBy) -> Conversation:
        """Forget it; remember a SHA-256 of its ticket, and why."""
        hashed = _hash(self.get(conversation).ticket)
        return _found(self._run("close", LIFE_SECONDS, conversation, hashed, f"{moment(at)} {by}"))

    def was_closed(self, ticket: Ticket) -> EndedBy | None:
        """Tell why a conversation with this ticket ended not long ago."""
        ended = self._wire.do("HGET", CLOSED, _hash(ticket))
        return None if ended is None else _ended(ended)[1]

    def reuse(self, ticket: Ticket) -> bool:
        """Take the right of an ended conversation to begin anew; only one caller gets it."""
        return bool(self._run("reuse", _hash(ticket), EndedBy.GONE, EndedBy.PERSON))

    def forget_closed(self, before: datetime) -> None:
        """Drop the hashes of tickets closed before this moment."""
        self._run("forget_closed", moment(before))

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        everybody = self.everybody()
        yield from leaves("conversations.by_id", {each.id: each for each in everybody})
        yield from leaves("conversations.by_ticket", {each.ticket: each.id for each in everybody})
        closed = pairs(self._wire.do("HGETALL", CLOSED))
        yield from leaves("conversations.closed", {bytes.fromhex(key.decode()): _ended(said) for key, said in closed})

    def _run(self, name: str, *arguments: bytes | str | int) -> Any:
        return self._wire.run(script(f"conversations/{name}"), CONVERSATIONS, *arguments)


def _packed(talk: Conversation) -> tuple[bytes | str | int, ...]:
    return LIFE_SECONDS, talk.id, talk.ticket, _hash(talk.ticket), talk.staff_id, dumps(talk)


def _found(data: bytes | None) -> Conversation:
    if data is None:
        raise NoSuchConversation
    return loads(Conversation, data)


def _ended(said: bytes) -> tuple[datetime, EndedBy]:
    at, by = said.decode().split(" ")
    return read_moment(at), EndedBy(by)


def _hash(ticket: Ticket) -> str:
    """Return the SHA-256 of a ticket: 128 random bits, so nobody can find them from it."""
    return sha256(ticket.encode()).hexdigest()
