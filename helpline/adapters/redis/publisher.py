"""Tells pages what happened, wherever they are connected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, Protocol

from helpline.adapters.redis.keys import CHANNEL, ROUTES, WORKER_OF
from helpline.adapters.redis.messages import Kind, Message, packed
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.wire import Wire
from helpline.domain.errors import StoreAway
from helpline.domain.ids import StaffId, Ticket

PERSON: Final = "p:"
STAFF: Final = "s:"
RESYNC: Final = "resync"


class LocalPublisher(Protocol):
    """Tells the pages that are connected to this process."""

    def to_person(self, ticket: Ticket, event: str, payload: Mapping[str, object]) -> None:
        """Send an event to the person with this ticket."""

    def to_staff(self, staff_id: StaffId, event: str, payload: Mapping[str, object]) -> None:
        """Send an event to this staff member's desk."""

    def close_desk(self, staff_id: StaffId, code: str) -> None:
        """Close the desk of this staff member."""


class RedisPublisher:
    """The port Publisher over all processes.

    Where a page is is asked each time: a process that still holds an old, dead connection of hers would otherwise take
    it for the one she has. Whoever could not be rung is told later to ask for all that she missed.

    Args:
        worker: the name of this process.
        moved: closes the connection of a name here, because she has another one elsewhere.
    """

    def __init__(self, wire: Wire, local: LocalPublisher, worker: str, *, moved: Callable[[str], None]) -> None:
        self._wire = wire
        self._local = local
        self._worker = worker
        self._moved = moved
        self._owed: dict[tuple[str, Kind], Message] = {}

    def to_person(self, ticket: Ticket, event: str, payload: Mapping[str, object]) -> None:
        """Send an event to the person with this ticket."""
        self._publish(Message(kind=Kind.TELL, name=PERSON + ticket, word=event, payload=payload))

    def to_staff(self, staff_id: StaffId, event: str, payload: Mapping[str, object]) -> None:
        """Send an event to this staff member's desk."""
        self._publish(Message(kind=Kind.TELL, name=STAFF + staff_id, word=event, payload=payload))

    def close_desk(self, staff_id: StaffId, code: str) -> None:
        """Close the desk of a staff member who signed out, wherever it is."""
        self._publish(Message(kind=Kind.CLOSE, name=STAFF + staff_id, word=code))

    def deliver(self, message: Message) -> None:
        """Do here what a message says: from the bus, or because the page is at this process."""
        id_ = message.name[len(PERSON):]
        if message.kind is Kind.MOVED:
            self._move(message.name)
        elif message.kind is Kind.CLOSE:
            self._local.close_desk(StaffId(id_), message.word)
        elif message.name.startswith(PERSON):
            self._local.to_person(Ticket(id_), message.word, message.payload)
        else:
            self._local.to_staff(StaffId(id_), message.word, message.payload)

    def pay(self) -> None:
        """Ring again for those who could not be rung: their pages ask for all that they missed."""
        owed, self._owed = self._owed, {}
        for message in owed.values():
            self._publish(message)

    def _move(self, name: str) -> None:
        """Close her old connection here, unless she has come back to this process since that was said."""
        with suppress(StoreAway):
            if self._wire.do("HGET", WORKER_OF, name) != self._worker.encode():
                self._moved(name)

    def _publish(self, message: Message) -> None:
        """Ring where she is. What was done in the stores stands, so a doorbell that fails is no error of the caller."""
        try:
            is_here = self._wire.run(
                script("routes/ring"), ROUTES, message.name, self._worker, CHANNEL, packed(message)
            )
        except StoreAway:
            owed = replace(message, word=RESYNC, payload={}) if message.kind is Kind.TELL else message
            self._owed[message.name, message.kind] = owed
            is_here = True
        if is_here:
            self.deliver(message)
