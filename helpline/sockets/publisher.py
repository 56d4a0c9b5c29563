"""Tells pages what happened, over the connections that are open here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from helpline.domain.ids import StaffId, Ticket
from helpline.registry import EVENTS, Program, Way
from helpline.sockets.acks import encoded
from helpline.sockets.bindings import Bindings
from helpline.sockets.connections import Connections
from helpline.sockets.events import UndeclaredEvent

DECLARED = {
    (each.program, each.name): frozenset(field.name for field in each.fields) for each in EVENTS if each.way is Way.IN
}
ENDED, WELCOME = "ended", "welcome"


class SocketPublisher:
    """The port Publisher over two sets of connections. It is made before them, and given them by `connect`."""

    def __init__(self, people: Bindings[Ticket], desks: Bindings[StaffId]) -> None:
        self._people = people
        self._desks = desks
        self._connections: dict[Program, Connections] = {}
        self._token_of: Callable[[Ticket], str] = lambda _ticket: ""
        self._over: Callable[[str], object] = people.release

    def connect(
        self, *, person: Connections, staff: Connections, token_of: Callable[[Ticket], str],
        over: Callable[[str], object],
    ) -> None:
        """Take the connections to speak over.

        Args:
            token_of: makes the token that goes with a Welcome.
            over: forgets whose a connection is, once what it was for has ended.
        """
        self._connections = {Program.PERSON: person, Program.STAFF: staff}
        self._token_of, self._over = token_of, over

    def to_person(self, ticket: Ticket, event: str, payload: Mapping[str, object]) -> None:
        """Send an event to the person with this ticket; once it has ended, the ticket means nothing any more."""
        connection = self._people.connection_of(ticket)
        if event == WELCOME and connection is not None:
            payload = {**payload, "token": self._token_of(ticket)}
        elif event == WELCOME:
            return
        self._send(Program.PERSON, connection, event, payload)
        if event == ENDED and connection is not None:
            self._over(connection)

    def to_staff(self, staff_id: StaffId, event: str, payload: Mapping[str, object]) -> None:
        """Send an event to this staff member's desk."""
        self._send(Program.STAFF, self._desks.connection_of(staff_id), event, payload)

    def close_desk(self, staff_id: StaffId, code: str) -> None:
        """Close the desk of a staff member who signed out."""
        connection = self._desks.connection_of(staff_id)
        if connection is not None and Program.STAFF in self._connections:
            self._connections[Program.STAFF].close(connection, code)

    def _send(self, program: Program, connection: str | None, event: str, payload: Mapping[str, object]) -> None:
        declared = DECLARED.get((program, event))
        if declared is None or payload.keys() != declared:
            raise UndeclaredEvent(f"{program} {event}")
        if connection is not None and program in self._connections:
            self._connections[program].emit(connection, event, encoded(payload))
