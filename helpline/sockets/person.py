"""The person's socket: one method an event, and no logic of its own but whose ticket it is."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager

from helpline.domain.bands import Place
from helpline.domain.errors import NoSuchConversation, NotWaiting
from helpline.domain.ids import Language, LineId, Ticket, Wish
from helpline.ports import Randomness
from helpline.runtime.kinds import Environ
from helpline.sockets.acks import Answer
from helpline.sockets.bindings import Bindings
from helpline.sockets.events import Handler
from helpline.sockets.parsing import Said
from helpline.usecases.everything import UseCases


class PersonSocket:
    """What a person's page may ask for. A ticket is made for each joining, and lives no longer than what it is for."""

    def __init__(
        self, *, use_cases: UseCases, people: Bindings[Ticket], randomness: Randomness,
        turn: AbstractContextManager[object],
    ) -> None:
        self._use_cases = use_cases
        self._people = people
        self._randomness = randomness
        self._turn = turn

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Each declared event and what does it."""
        return {
            "wait": self.wait,
            "wish": self.wish,
            "leave": self.leave,
            "envelope": self.envelope,
            "holds": self.holds,
            "end": self.end,
        }

    def welcome(self, connection: str, environ: Environ) -> None:
        """Let anybody in."""

    def farewell(self, connection: str) -> None:
        """Her connection is gone: a waiting person leaves the queue, a talking one may come back."""
        with self._turn:
            ticket = self._people.release(connection)
            if ticket is not None:
                self._use_cases.connection.person_lost(ticket)

    def wait(self, connection: str, said: Said) -> Answer:
        """Join a queue. The ticket is bound first: her place may be told before this returns."""
        ticket = self._people.name_of(connection)
        if ticket is None:
            ticket = Ticket(self._randomness.token())
            self._people.bind(ticket, connection)
            try:
                return self._join(ticket, said)
            except BaseException:
                self._people.release(connection)
                raise
        return self._join(ticket, said)

    def wish(self, connection: str, said: Said) -> Answer:
        """Wish for somebody else."""
        ticket = self._people.name_of(connection)
        if ticket is None:
            raise NotWaiting
        return _place(self._use_cases.waiting.change_wish(ticket, Wish(said.text("wish"))))

    def leave(self, connection: str, _said: Said) -> None:
        """Leave the queue."""
        ticket = self._people.name_of(connection)
        if ticket is None:
            raise NotWaiting
        self._use_cases.waiting.leave(ticket)
        self._people.release(connection)

    def envelope(self, connection: str, said: Said) -> Answer:
        """Give an envelope to be carried."""
        receipt = self._use_cases.relaying.from_person(self._ticket(connection), said.number("seq"), said.data("bytes"))
        return {"seq": receipt.seq, "epoch": receipt.epoch}

    def holds(self, connection: str, said: Said) -> None:
        """Note what has arrived."""
        self._use_cases.relaying.person_holds(self._ticket(connection), said.number("seq"))

    def end(self, connection: str, _said: Said) -> None:
        """End it."""
        self._use_cases.closing.end_by_person(self._ticket(connection))
        self._people.release(connection)

    def _join(self, ticket: Ticket, said: Said) -> Answer:
        place = self._use_cases.waiting.join(
            ticket, LineId(said.text("line")), Language(said.text("language")), Wish(said.text("wish")),
            said.data("key_package"),
        )
        return _place(place)

    def _ticket(self, connection: str) -> Ticket:
        ticket = self._people.name_of(connection)
        if ticket is None:
            raise NoSuchConversation
        return ticket


def _place(place: Place) -> Answer:
    return {"place": place.place, "wait": place.wait, "offered": place.offered}
