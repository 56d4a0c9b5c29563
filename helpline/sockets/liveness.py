"""Whether those who wait still answer: nobody is offered to a counsellor whose phone has fallen silent."""

from __future__ import annotations

from collections.abc import Callable

from helpline.domain.ids import Ticket
from helpline.sockets.connections import Connections
from helpline.sockets.whereabouts import Whereabouts


class Liveness:
    """Looks every second who has not answered the last ping, long before the connection counts as lost.

    Args:
        silent: called when somebody has fallen silent.
        heard: called when she is heard again, on the same connection.
    """

    def __init__(
        self, *, people: Whereabouts[Ticket], person: Connections, silent: Callable[[Ticket], None],
        heard: Callable[[Ticket], None],
    ) -> None:
        self._people = people
        self._person = person
        self._silent = silent
        self._heard = heard
        self._are_silent: set[tuple[Ticket, str]] = set()

    def beat(self) -> None:
        """Note who has fallen silent and who is heard again."""
        here = set(self._people.everybody())
        silent = {(ticket, connection) for ticket, connection in here if self._person.is_silent(connection)}
        for ticket, _ in silent - self._are_silent:
            self._silent(ticket)
        for ticket, _ in (self._are_silent & here) - silent:
            self._heard(ticket)
        self._are_silent = silent
