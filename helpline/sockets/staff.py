"""The desk's socket: one method an event, and no logic of its own but whose desk it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from helpline.domain.errors import NoSuchConversation, OutOfOrder
from helpline.domain.ids import ConversationId, OfferId, PresenceState, Side, StaffId
from helpline.domain.presence import PresenceView
from helpline.runtime.kinds import Environ
from helpline.sockets.acks import Answer, encoded
from helpline.sockets.connections import Connections
from helpline.sockets.counting import counts_of
from helpline.sockets.events import Handler
from helpline.sockets.parsing import Said
from helpline.sockets.whereabouts import Whereabouts
from helpline.tokens import Tokens
from helpline.usecases.everything import UseCases

WhoMayAnswer = Callable[[Environ], StaffId]


class StaffSocket:
    """What a desk may ask for. A staff member has one desk: opening it anew closes the other.

    Args:
        who: says whose sign-in a request carries; raises NotSignedIn or NotPermitted.
    """

    def __init__(
        self, *, use_cases: UseCases, desks: Whereabouts[StaffId], tokens: Tokens, who: WhoMayAnswer,
        connections: Connections, turn: AbstractContextManager[object],
    ) -> None:
        self._use_cases = use_cases
        self._desks = desks
        self._tokens = tokens
        self._who = who
        self._connections = connections
        self._turn = turn

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Each declared event and what does it."""
        return {
            "hello": self.hello,
            "resume": self.resume,
            "presence": self.presence,
            "accept": self.accept,
            "decline": self.decline,
            "welcome": self.seal,
            "envelope": self.envelope,
            "holds": self.holds,
            "end": self.end,
        }

    def welcome(self, connection: str, environ: Environ) -> None:
        """Let in whoever is signed in and may answer, and close her other desk."""
        staff_id = self._who(environ)
        with self._turn:
            self._desks.come(staff_id, connection)

    def farewell(self, connection: str) -> None:
        """The desk is gone, unless she has opened another: what she was offered goes on, her people are told."""
        with self._turn:
            staff_id = self._desks.go(connection)
            if staff_id is not None:
                self._use_cases.attending.depart(staff_id)
                self._use_cases.connection.staff_lost(staff_id)

    def hello(self, connection: str, said: Said) -> Answer:
        """Come to the desk: conversations whose keys the page no longer holds end, the others wait for `resume`."""
        staff_id = self._staff(connection)
        self._use_cases.closing.end_unheld(staff_id, {ConversationId(each) for each in said.names("holding")})
        view = self._use_cases.attending.arrive(staff_id)
        self._use_cases.connection.staff_back(staff_id)
        self._use_cases.alarming.tell(staff_id)
        return {**_presence(view), "conversations": view.conversations}

    def presence(self, connection: str, said: Said) -> Answer:
        """Go on duty, on a break, or off."""
        state = PresenceState(said.text("state"))
        return _presence(self._use_cases.attending.declare(self._staff(connection), state))

    def accept(self, connection: str, said: Said) -> Answer:
        """Take the person who is offered."""
        accepted = self._use_cases.accepting.accept(self._staff(connection), OfferId(said.text("offer")))
        return {
            "conversation": accepted.conversation,
            "key_package": accepted.key_package,
            "line": accepted.line,
            "language": accepted.language,
            "token": self.token(accepted.conversation),
        }

    def resume(self, connection: str, said: Said) -> Answer:
        """Go on with one conversation: she hears what she missed, and where her own words stand."""
        staff_id, conversation = self._staff(connection), _conversation(said)
        snapshot = self._tokens.read(said.text("token"), Side.COUNSELLOR)
        if snapshot.conversation != conversation:
            raise NoSuchConversation
        standing = self._use_cases.resuming.staff_back(snapshot, staff_id, counts_of(said))
        for seq, envelope in standing.envelopes:
            payload = encoded({"conversation": conversation, "seq": seq, "bytes": envelope})
            self._connections.emit(connection, "envelope", payload)
        return {"taken": standing.taken, "acked": standing.acked, "token": self.token(conversation)}

    def decline(self, connection: str, said: Said) -> None:
        """Let the offer go on."""
        self._use_cases.offering.decline(self._staff(connection), OfferId(said.text("offer")))

    def seal(self, connection: str, said: Said) -> None:
        """Give the Welcome for the person."""
        self._use_cases.relaying.welcome(self._staff(connection), _conversation(said), said.data("bytes"))

    def envelope(self, connection: str, said: Said) -> Answer:
        """Give an envelope to be carried."""
        receipt = self._use_cases.relaying.from_staff(
            self._staff(connection), _conversation(said), said.number("seq"), said.data("bytes")
        )
        return {"seq": receipt.seq, "epoch": receipt.epoch}

    def holds(self, connection: str, said: Said) -> None:
        """Note what has arrived."""
        self._use_cases.relaying.staff_holds(self._staff(connection), _conversation(said), said.number("seq"))

    def end(self, connection: str, said: Said) -> None:
        """End it."""
        self._use_cases.closing.end_by_staff(self._staff(connection), _conversation(said))

    def tokens(self, staff_id: StaffId) -> list[tuple[ConversationId, str]]:
        """Return a token for each conversation of this desk."""
        held = self._use_cases.resuming.held_by(staff_id)
        return [(each.conversation, self._tokens.make(each, Side.COUNSELLOR)) for each in held if each.conversation]

    def token(self, conversation: ConversationId) -> str:
        """Return a token for her page to go on with. Raises NoSuchConversation."""
        return self._tokens.make(self._use_cases.resuming.snapshot_of(conversation), Side.COUNSELLOR)

    def _staff(self, connection: str) -> StaffId:
        """Return whose desk this is. Raises OutOfOrder once she has opened another."""
        staff_id = self._desks.name_of(connection)
        if staff_id is None:
            raise OutOfOrder
        return staff_id


def _conversation(said: Said) -> ConversationId:
    return ConversationId(said.text("conversation"))


def _presence(view: PresenceView) -> dict[str, object]:
    return {"state": view.state, "on_rota": view.on_rota, "cap": view.cap}
