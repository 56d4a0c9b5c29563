"""What time itself does, once a second: every step may run in any process, and twice as well as once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from helpline.domain.ids import StaffId, Ticket
from helpline.domain.numbers import WORKER_DEAD_SECONDS
from helpline.domain.presence import Present
from helpline.domain.retention import ACCEPTED_TIMES, CLOSED_TICKET
from helpline.ports import Clock, ConversationStore, Presence, Roster, Routes, WaitingRoom
from helpline.usecases.attending import Attending
from helpline.usecases.closing import Closing
from helpline.usecases.connection import Connection
from helpline.usecases.offering import Offering
from helpline.usecases.presences import Presences
from helpline.usecases.telling import Desks

DEAD: Final = timedelta(seconds=WORKER_DEAD_SECONDS)


class Ticking:
    """Offers lapse, breaks end, shifts change, silence ends, memory fades."""

    def __init__(
        self, *, clock: Clock, room: WaitingRoom, presence: Presence, conversations: ConversationStore, roster: Roster,
        presences: Presences, offering: Offering, closing: Closing, desks: Desks, routes: Routes,
        connection: Connection, attending: Attending,
    ) -> None:
        self._clock = clock
        self._room = room
        self._presence = presence
        self._conversations = conversations
        self._roster = roster
        self._presences = presences
        self._offering = offering
        self._closing = closing
        self._desks = desks
        self._routes = routes
        self._connection = connection
        self._attending = attending

    def tick(self) -> None:
        """Do all that is due by now. Called every second, so that what one call leaves the next one finds."""
        self._reap()
        self._lapse_offers()
        self._keep_presence()
        self._close_lines()
        self._closing.end_silent()
        self._forget()
        self._offering.route()

    def _reap(self) -> None:
        """Say for a process that died what it could not say itself: whose connections are lost."""
        for name in self._routes.reap(self._clock.now() - DEAD):
            kind, _, who = name.partition(":")
            if kind == "p":
                self._connection.person_lost(Ticket(who))
            else:
                self._attending.depart(StaffId(who))
                self._connection.staff_lost(StaffId(who))

    def _lapse_offers(self) -> None:
        for offer in self._room.lapsed(self._clock.now()):
            if offer.taken:
                self._closing.abandon(offer.ticket)
            else:
                self._offering.missed(offer)

    def _keep_presence(self) -> None:
        """End what is over for each counsellor, and tell her desk what is new: cooling, shift begun, shift over."""
        for present in self._presence.everybody():
            if present.is_forgettable(self._clock.now()):
                self._presence.replace(present.staff_id, present, None)
            else:
                self._keep_one(present)

    def _keep_one(self, present: Present) -> None:
        now = self._clock.now()
        on_rota = self._desks.is_on_rota(present.staff_id)
        before, after = self._presences.change(present.staff_id, lambda known: known.kept(now, on_rota=on_rota))
        if after == before:
            return
        if after.may_be_asked and not before.may_be_asked:
            self._room.may_ask_again(after.staff_id, now)
        if not after.may_be_asked:
            self._desks.withdrawn(self._room.withdraw_from(after.staff_id))
        self._desks.tell(after)

    def _close_lines(self) -> None:
        """Turn those away who wait on a line that has closed, but let an offer under way come to its end first.

        Who was away for too long has lost her place.
        """
        now = self._clock.now()
        waiting = [person for person in self._room.everybody() if person.offer is None]
        closed = {line for line in {each.line for each in waiting} if not self._roster.opening(line, now).is_open}
        for person in waiting:
            if person.line in closed or person.is_gone(now):
                self._closing.turn_away(person.ticket)

    def _forget(self) -> None:
        now = self._clock.now()
        self._conversations.forget_closed(now - CLOSED_TICKET)
        self._room.forget(now - ACCEPTED_TIMES)
