"""A person joins the queue, changes her wish, or leaves."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from helpline.domain.bands import Place
from helpline.domain.envelope import check_key_package
from helpline.domain.errors import (
    AlreadyWaiting,
    LineClosed,
    NobodySpeaksLanguage,
    NoSuchConversation,
    NoSuchLine,
    NotWaiting,
)
from helpline.domain.ids import Language, LineId, Ticket, Wish
from helpline.domain.line import Line
from helpline.domain.numbers import LANGUAGE_AHEAD
from helpline.domain.overload import waiting_most
from helpline.domain.waiting import WaitingPerson
from helpline.ports import Clock, ConversationStore, Roster, WaitingRoom
from helpline.usecases.attendance import Attendance
from helpline.usecases.offering import Offering
from helpline.usecases.telling import Desks, Places


class Waiting:
    """The person's side of the queue."""

    def __init__(
        self, *, clock: Clock, room: WaitingRoom, conversations: ConversationStore, roster: Roster,
        lines: Mapping[LineId, Line], offering: Offering, places: Places, desks: Desks,
        attendance: Attendance,
    ) -> None:
        self._clock = clock
        self._room = room
        self._conversations = conversations
        self._roster = roster
        self._lines = lines
        self._offering = offering
        self._places = places
        self._desks = desks
        self._attendance = attendance

    def join(self, ticket: Ticket, line: LineId, language: Language, wish: Wish, key_package: bytes) -> Place:
        """Put her at the end of the line's queue and look for somebody at once.

        `ticket` is new for each joining. Raises AlreadyWaiting, NoSuchConversation (this ticket's conversation is
        over: it cannot rise again), NoSuchLine, LineClosed, NobodySpeaksLanguage, Full, TooLarge, BadRequest.
        """
        check_key_package(key_package)
        self._refuse_unless_reachable(line, language)
        self._refuse_if_used(ticket)
        person = WaitingPerson(
            ticket=ticket, line=line, language=language, wish=wish,
            joined_at=self._clock.now(), key_package=key_package,
        )
        return self._look_for_somebody(self._room.join(person, self._most(line)))

    def join_at_the_head(self, person: WaitingPerson) -> Place:
        """Put her before all others of her line: she was answered already, and her counsellor is gone."""
        return self._look_for_somebody(self._room.join(person, self._most(person.line), head=True))

    def change_wish(self, ticket: Ticket, wish: Wish) -> Place:
        """Look for somebody else, from the same place. Raises NotWaiting."""
        self._desks.withdrawn(self._room.change_wish(ticket, wish))
        return self._look_for_somebody(self._room.get(ticket))

    def leave(self, ticket: Ticket) -> None:
        """Forget her. Raises NotWaiting."""
        self._desks.withdrawn(self._room.leave(ticket))
        self._offering.route()

    def _look_for_somebody(self, person: WaitingPerson) -> Place:
        """Offer her, and return her place as the answer to her rather than as news."""
        self._offering.match()
        with suppress(NotWaiting):  # accepted within the same instant: she is told what was true a moment ago
            person = self._room.get(person.ticket)
        place = self._places.of(person)
        self._places.tell_all()
        return place

    def _most(self, line: LineId) -> int:
        """Return how many may wait there: more would be told a wait that nobody can keep."""
        return waiting_most(self._attendance.now().count(line, self._lines[line].languages))

    def _refuse_unless_reachable(self, line: LineId, language: Language) -> None:
        if line not in self._lines:
            raise NoSuchLine
        if not self._roster.opening(line, self._clock.now()).is_open:
            raise LineClosed
        if not self._is_spoken(line, language):
            raise NobodySpeaksLanguage

    def _is_spoken(self, line: LineId, language: Language) -> bool:
        at = self._clock.now()
        until = at + LANGUAGE_AHEAD
        while not self._roster.on_duty(line, language, at):
            change = self._roster.next_change(at)
            if change is None or change > until:
                return False
            at = change
        return True

    def _refuse_if_used(self, ticket: Ticket) -> None:
        if self._conversations.was_closed(ticket):
            raise NoSuchConversation
        try:
            self._conversations.by_ticket(ticket)
        except NoSuchConversation:
            return
        raise AlreadyWaiting
