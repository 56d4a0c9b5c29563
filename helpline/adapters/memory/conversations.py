"""Conversations in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from threading import RLock

from helpline.adapters.memory.walk import leaves
from helpline.domain.conversation import Conversation
from helpline.domain.errors import Conflict, NoSuchConversation
from helpline.domain.ids import ConversationId, EndedBy, StaffId, Ticket


class MemoryConversations:
    """The conversations of one process. Implements the port ConversationStore."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._by_id: dict[ConversationId, Conversation] = {}
        self._by_ticket: dict[Ticket, ConversationId] = {}
        self._closed: dict[bytes, tuple[datetime, EndedBy]] = {}

    def open(self, conversation: Conversation) -> None:
        """Keep a new one, whose ticket has none and had none."""
        with self._lock:
            if conversation.ticket in self._by_ticket or _hash(conversation.ticket) in self._closed:
                raise Conflict
            self._by_id[conversation.id] = conversation
            self._by_ticket[conversation.ticket] = conversation.id

    def get(self, conversation: ConversationId) -> Conversation:
        """Return it."""
        with self._lock:
            found = self._by_id.get(conversation)
        if found is None:
            raise NoSuchConversation
        return found

    def by_ticket(self, ticket: Ticket) -> Conversation:
        """Return the conversation of this ticket."""
        with self._lock:
            conversation = self._by_ticket.get(ticket)
            if conversation is None:
                raise NoSuchConversation
            return self._by_id[conversation]

    def of_staff(self, staff_id: StaffId) -> Sequence[Conversation]:
        """Return the conversations of this desk, oldest first."""
        return tuple(each for each in self.everybody() if each.staff_id == staff_id)

    def everybody(self) -> Sequence[Conversation]:
        """Return all conversations, oldest first."""
        with self._lock:
            return tuple(self._by_id.values())

    def replace(self, old: Conversation, new: Conversation) -> bool:
        """Put `new` where `old` still stands."""
        with self._lock:
            if self._by_id.get(old.id) != old:
                return False
            self._by_id[old.id] = new
            return True

    def discard(self, conversation: ConversationId) -> None:
        """Forget one that never began."""
        with self._lock:
            self._remove(conversation)

    def reopen(self, conversation: Conversation) -> bool:
        """Keep one again that the store has lost; false if it is there."""
        with self._lock:
            if _hash(conversation.ticket) in self._closed:
                raise Conflict
            if conversation.ticket in self._by_ticket or conversation.id in self._by_id:
                return False
            self.open(conversation)
            return True

    def close(self, conversation: ConversationId, at: datetime, by: EndedBy) -> Conversation:
        """Forget it; remember a SHA-256 of its ticket, and why."""
        with self._lock:
            gone = self._remove(conversation)
            if gone is None:
                raise NoSuchConversation
            self._closed[_hash(gone.ticket)] = (at, by)
            return gone

    def was_closed(self, ticket: Ticket) -> EndedBy | None:
        """Tell why a conversation with this ticket ended not long ago."""
        with self._lock:
            closed = self._closed.get(_hash(ticket))
            return None if closed is None else closed[1]

    def reuse(self, ticket: Ticket) -> bool:
        """Take the right of an ended conversation to begin anew; only one caller gets it."""
        with self._lock:
            closed = self._closed.get(_hash(ticket))
            if closed is None or closed[1] is not EndedBy.GONE:
                return False
            self._closed[_hash(ticket)] = (closed[0], EndedBy.PERSON)
            return True

    def forget_closed(self, before: datetime) -> None:
        """Drop the hashes of tickets closed before this moment."""
        with self._lock:
            self._closed = {ticket: closed for ticket, closed in self._closed.items() if closed[0] > before}

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        with self._lock:
            held = (dict(self._by_id), dict(self._by_ticket), dict(self._closed))
        for place, value in zip(("conversations.by_id", "conversations.by_ticket", "conversations.closed"), held,
                                strict=True):
            yield from leaves(place, value)

    def _remove(self, conversation: ConversationId) -> Conversation | None:
        gone = self._by_id.pop(conversation, None)
        if gone is not None:
            del self._by_ticket[gone.ticket]
        return gone


def _hash(ticket: Ticket) -> bytes:
    """Return the SHA-256 of a ticket: 128 random bits, so nobody can find them from it."""
    return sha256(ticket.encode()).digest()
