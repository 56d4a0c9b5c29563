"""New tokens for those who are here, before the old ones end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from helpline.domain.errors import HelplineError
from helpline.domain.ids import StaffId, Ticket
from helpline.domain.retention import TOKEN_RENEW
from helpline.sockets.connections import Connections
from helpline.sockets.person import PersonSocket
from helpline.sockets.staff import StaffSocket
from helpline.sockets.whereabouts import Whereabouts


class Renewal:
    """Renews the tokens of each connection five minutes after it came, and every five minutes from then on."""

    def __init__(
        self, *, people: Whereabouts[Ticket], person: Connections, hers: PersonSocket,
        desks: Whereabouts[StaffId], staff: Connections, theirs: StaffSocket, steady: Callable[[], float],
    ) -> None:
        self._people, self._person, self._hers = people, person, hers
        self._desks, self._staff, self._theirs = desks, staff, theirs
        self._steady = steady
        self._renewed_at: dict[str, float] = {}

    def beat(self) -> None:
        """Renew what is due. Called every second."""
        present = {connection for _, connection in (*self._people.everybody(), *self._desks.everybody())}
        self._renewed_at = {each: at for each, at in self._renewed_at.items() if each in present}
        for ticket, connection in self._people.everybody():
            if self._is_due(connection):
                with suppress(HelplineError):
                    self._person.emit(connection, "token", {"token": self._hers.token(ticket)})
        for staff_id, connection in self._desks.everybody():
            if self._is_due(connection):
                for conversation, token in self._theirs.tokens(staff_id):
                    self._staff.emit(connection, "token", {"conversation": conversation, "token": token})

    def resync(self) -> None:
        """Have everybody here say again where they stand: what was rung for them may have been lost."""
        for _, connection in self._people.everybody():
            self._person.emit(connection, "resync", {})
        for _, connection in self._desks.everybody():
            self._staff.emit(connection, "resync", {})

    def _is_due(self, connection: str) -> bool:
        now = self._steady()
        since = self._renewed_at.setdefault(connection, now)
        if now - since < TOKEN_RENEW.total_seconds():
            return False
        self._renewed_at[connection] = now
        return True
