"""One connection, watched from below Engine.IO: what does not pass here never reaches a library's parser.

Every way to be refused ends the same way: the page is told a code, what was queued for it still leaves, and the
connection underneath is closed. Closing only Socket.IO's side would leave the WebSocket open.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping

from helpline.domain.errors import BadRequest, HelplineError, OutOfOrder, TooMany, UnknownEvent
from helpline.runtime.kinds import WebSocket
from helpline.sockets.acks import Ack, refusal
from helpline.sockets.budget import Budget
from helpline.sockets.packets import Kind, Packet, read_packet, wanted_answer, write_answer, write_event

CONNECT_SECONDS = 10
LINGER_SECONDS = 5
SILENT_SECONDS = 4  # after a ping: slow networks answer within this, phones in a tunnel do not
PING = "2"  # Engine.IO's
MESSAGE = "4"  # Engine.IO's mark of a message
CONNECTED = "40{"  # how the answer to a connect begins


Answering = Callable[[str, tuple[object, ...]], Ack]  # of which connection, and what an event says


class Gate:
    """Stands between a WebSocket and Engine.IO: events are answered here, the library sees only what else is said.

    Args:
        answers: what answers each event that a page may say.
        queue: takes a message for Engine.IO's writer, where sending at once would keep somebody waiting.
        pause: lets others work for some seconds.
    """

    def __init__(
        self, connection: str, *, answers: Mapping[str, Answering], queue: Callable[[str], object],
        steady: Callable[[], float], pause: Callable[[float], None], budget: Budget,
    ) -> None:
        self._connection = connection
        self._answers = answers
        self._queue = queue
        self._steady = steady
        self._pause = pause
        self._budget = budget
        self._socket: WebSocket | None = None
        self._opened_at = steady()
        self._closing_at: float | None = None
        self._asked = False
        self._answered = False
        self._pinged_at: float | None = None
        self.connected = False

    def over(self, socket: WebSocket) -> Gate:
        """Take the WebSocket that Engine.IO shall use through this gate."""
        self._socket = socket
        return self

    def finish(self) -> None:
        """Read nothing more; what is queued still leaves, then the connection is closed."""
        if self._closing_at is None:
            self._closing_at = self._steady()

    def wait(self) -> str | None:
        """Return the next frame that is Engine.IO's, or None when the connection is over. Called by its reader."""
        socket = self._socket
        while socket is not None and self._closing_at is None:
            frame = socket.wait()
            if frame is None or self._closing_at is not None:
                break
            self._pinged_at = None
            try:
                packet = self._judge(frame)
            except HelplineError as refused:
                self._refuse(refused.code, wanted_answer(frame))
                break
            if packet.kind is not Kind.EVENT:
                return str(frame)
            self._answer(packet)
        self._pause(0)  # Engine.IO does not wait for a green writer that has not begun: let it begin
        return None

    def post(self, message: str) -> None:
        """Send a Socket.IO message, keeping nobody waiting; nothing is sent before the connect is answered."""
        if not (self._answered and self._socket is not None and self._socket.post(MESSAGE + message)):
            self._queue(message)

    def send(self, frame: str) -> None:
        """Send a frame. Called by Engine.IO's writer."""
        if frame == PING and self._pinged_at is None:
            self._pinged_at = self._steady()
        if self._socket is not None:
            self._socket.send(frame)
            self._answered = self._answered or frame.startswith(CONNECTED)

    def close(self) -> None:
        """Close the connection underneath. Called by Engine.IO's writer when it has written all."""
        self.finish()
        if self._socket is not None:
            self._socket.close()

    def is_silent(self) -> bool:
        """Tell whether nothing was heard since a ping that should have been answered by now."""
        return self._pinged_at is not None and self._steady() - self._pinged_at > SILENT_SECONDS

    def sweep(self) -> bool:
        """End what never connected or does not close; True if Engine.IO should be told to close it."""
        now = self._steady()
        if self._closing_at is not None:
            if now - self._closing_at > LINGER_SECONDS and self._socket is not None:
                self._socket.abort()
            return False
        return not self.connected and now - self._opened_at > CONNECT_SECONDS

    def _judge(self, frame: str | bytes) -> Packet:
        packet = read_packet(frame)
        if not self._budget.allows(len(frame), self._steady()):
            raise TooMany
        kind = packet.kind
        if kind is Kind.EVENT:
            if not self.connected:
                raise OutOfOrder
            if packet.event not in self._answers:
                raise UnknownEvent
        elif kind is Kind.CONNECT:
            if self._asked:
                raise BadRequest
            self._asked = True
        elif kind is Kind.DISCONNECT and not self.connected:
            raise OutOfOrder
        elif kind is not Kind.PONG:
            self.finish()
        return packet

    def _answer(self, packet: Packet) -> None:
        ack = self._answers[packet.event](self._connection, packet.said)
        if packet.wants:
            self.post(write_answer(packet.wants, ack))

    def _refuse(self, code: str, number: str) -> None:
        self.finish()
        with contextlib.suppress(OSError):
            if number:
                self.send(MESSAGE + write_answer(number, refusal(code)))
            self.send(MESSAGE + write_event("bye", {"code": code}))
