"""The person's socket: one method an event, and no logic of its own but whose ticket it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from helpline.domain.bands import Place
from helpline.domain.errors import NoSuchConversation, NotWaiting
from helpline.domain.ids import Language, LineId, Side, Ticket, Wish
from helpline.ports import Randomness
from helpline.runtime.kinds import Environ
from helpline.sockets.acks import Answer, encoded
from helpline.sockets.connections import Connections
from helpline.sockets.counting import counts_of
from helpline.sockets.events import Handler
from helpline.sockets.parsing import Said
from helpline.sockets.whereabouts import Whereabouts
from helpline.tokens import Tokens
from helpline.usecases.everything import UseCases


class PersonSocket:
    """What a person's page may ask for. A ticket is made for each joining, and lives no longer than what it is for."""

    def __init__(
        self, *, use_cases: UseCases, people: Whereabouts[Ticket], tokens: Tokens, randomness: Randomness,
        connections: Connections, turn: AbstractContextManager[object],
    ) -> None:
        self._use_cases = use_cases
        self._people = people
        self._tokens = tokens
        self._randomness = randomness
        self._connections = connections
        self._turn = turn

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Each declared event and what does it."""
        return {
            "wait": self.wait,
            "back": self.back,
            "again": self.again,
            "hello": self.hello,
            "half": self.half,
            "gone": self.gone,
            "wish": self.wish,
            "leave": self.leave,
            "envelope": self.envelope,
            "holds": self.holds,
            "end": self.end,
        }

    def welcome(self, connection: str, environ: Environ) -> None:
        """Let anybody in."""

    def farewell(self, connection: str) -> None:
        """Her connection is gone: she may come back, to her place or to her counsellor."""
        with self._turn:
            ticket = self._people.go(connection)
            if ticket is not None:
                self._use_cases.connection.person_lost(ticket)

    # -- waiting

    def wait(self, connection: str, said: Said) -> Answer:
        """Join a queue. The ticket is bound first: her place may be told before this returns."""
        ticket = self._people.name_of(connection)
        if ticket is None:
            return self._join(connection, said)
        return self._told(ticket, self._use_cases.waiting.join(ticket, *_wanted(said)))

    def back(self, connection: str, said: Said) -> Answer:
        """Wait on at the same place. What she was told meanwhile is told again: somebody may have come for her."""
        snapshot = self._tokens.read(said.text("token"), Side.PERSON)
        with self._binding(snapshot.ticket, connection):
            place = self._use_cases.resuming.waiting_back(snapshot, Wish(said.text("wish")), said.data("key_package"))
        return self._told(snapshot.ticket, place)

    def again(self, connection: str, said: Said) -> Answer:
        """Wait for somebody new, first in line, under a new ticket."""
        snapshot = self._tokens.read(said.text("token"), Side.PERSON)
        ticket = Ticket(self._randomness.token())
        with self._binding(ticket, connection):
            place = self._use_cases.resuming.again(
                snapshot, ticket, Wish(said.text("wish")), said.data("key_package")
            )
        return self._told(ticket, place)

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
        self._people.go(connection)

    # -- talking

    def hello(self, connection: str, said: Said) -> Answer:
        """Talk on: she hears what she missed, and where her own words stand."""
        snapshot = self._tokens.read(said.text("token"), Side.PERSON)
        with self._binding(snapshot.ticket, connection):
            standing = self._use_cases.resuming.talking_back(snapshot, counts_of(said))
        for seq, envelope in standing.envelopes:
            self._connections.emit(connection, "envelope", encoded({"seq": seq, "bytes": envelope}))
        return {"taken": standing.taken, "acked": standing.acked, "token": self.token(snapshot.ticket)}

    def half(self, connection: str, said: Said) -> Answer:
        """Give her the server's half of the key of what a reload leaves in her page."""
        snapshot = self._tokens.read(said.text("token"), Side.PERSON)
        if self._people.name_of(connection) == snapshot.ticket:
            key = fresh = self._use_cases.halves.here(snapshot.ticket)
        else:
            key, fresh = self._use_cases.halves.after_a_loss(snapshot.ticket)
            self._people.come(snapshot.ticket, connection)
        return {"key": key, "next": fresh}

    def gone(self, connection: str, _said: Said) -> None:
        """Note that the page is being left."""
        self._use_cases.halves.left(self._ticket(connection))

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
        self._people.go(connection)

    def token(self, ticket: Ticket) -> str:
        """Return a token for her to come back with. Raises NoSuchConversation."""
        return self._tokens.make(self._use_cases.resuming.snapshot(ticket), Side.PERSON)

    def _join(self, connection: str, said: Said) -> Answer:
        self._use_cases.admitting.admit(LineId(said.text("line")), said.text("work"))
        ticket = Ticket(self._randomness.token())
        with self._binding(ticket, connection):
            place = self._use_cases.waiting.join(ticket, *_wanted(said))
        return self._told(ticket, place)

    @contextmanager
    def _binding(self, ticket: Ticket, connection: str) -> Iterator[None]:
        """Bind her first: what she is told may come before the answer. If it is refused, nothing stays bound."""
        self._people.come(ticket, connection)
        try:
            yield
        except BaseException:
            self._people.go(connection)
            raise

    def _told(self, ticket: Ticket, place: Place) -> Answer:
        return {**_place(place), "token": self.token(ticket)}

    def _ticket(self, connection: str) -> Ticket:
        ticket = self._people.name_of(connection)
        if ticket is None:
            raise NoSuchConversation
        return ticket


def _wanted(said: Said) -> tuple[LineId, Language, Wish, bytes]:
    return (
        LineId(said.text("line")), Language(said.text("language")), Wish(said.text("wish")), said.data("key_package")
    )


def _place(place: Place) -> Answer:
    return {"place": place.place, "wait": place.wait, "offered": place.offered}
