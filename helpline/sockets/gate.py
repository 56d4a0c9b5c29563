"""One connection, watched from below Engine.IO: what does not pass here never reaches a library's parser.

Every way to be refused ends the same way: the page is told a code, what was queued for it still leaves, and the
connection underneath is closed. Closing only Socket.IO's side would leave the WebSocket open.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from helpline.domain.errors import BadRequest, HelplineError, OutOfOrder, TooMany, UnknownEvent
from helpline.runtime.kinds import WebSocket
from helpline.sockets.acks import refusal
from helpline.sockets.budget import Budget
from helpline.sockets.packets import Kind, Packet, read_packet, wanted_answer, write_answer, write_event

CONNECT_SECONDS = 10
LINGER_SECONDS = 5
MESSAGE = "4"  # Engine.IO's mark of a message


class Gate:
    """Stands between a WebSocket and Engine.IO; `events` are the names a page may say.

    Args:
        pause: lets others work for some seconds.
    """

    def __init__(
        self, steady: Callable[[], float], events: frozenset[str], pause: Callable[[float], None]
    ) -> None:
        self._steady = steady
        self._pause = pause
        self._events = events
        self._socket: WebSocket | None = None
        self._opened_at = steady()
        self._closing_at: float | None = None
        self._budget = Budget(self._opened_at)
        self._asked = False
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
        """Return the next frame that passes, or None when the connection is over. Called by Engine.IO's reader."""
        frame = self._next()
        if frame is None:
            self._pause(0)  # Engine.IO does not wait for a green writer that has not begun: let it begin
        return frame

    def send(self, frame: str) -> None:
        """Send a frame. Called by Engine.IO's writer."""
        if self._socket is not None:
            self._socket.send(frame)

    def close(self) -> None:
        """Close the connection underneath. Called by Engine.IO's writer when it has written all."""
        self.finish()
        if self._socket is not None:
            self._socket.close()

    def sweep(self) -> bool:
        """End what never connected or does not close; True if Engine.IO should be told to close it."""
        now = self._steady()
        if self._closing_at is not None:
            if now - self._closing_at > LINGER_SECONDS and self._socket is not None:
                self._socket.abort()
            return False
        return not self.connected and now - self._opened_at > CONNECT_SECONDS

    def _next(self) -> str | None:
        socket = self._socket
        frame = None if socket is None or self._closing_at is not None else socket.wait()
        if frame is None or self._closing_at is not None:
            return None
        try:
            self._judge(frame, read_packet(frame))
        except HelplineError as refused:
            self._refuse(refused.code, wanted_answer(frame))
            return None
        return frame if isinstance(frame, str) else None

    def _judge(self, frame: str | bytes, packet: Packet) -> None:
        if not self._budget.allows(len(frame), self._steady()):
            raise TooMany
        match packet.kind:
            case Kind.CONNECT if self._asked:
                raise BadRequest
            case Kind.CONNECT:
                self._asked = True
            case Kind.DISCONNECT | Kind.EVENT if not self.connected:
                raise OutOfOrder
            case Kind.EVENT if packet.event not in self._events:
                raise UnknownEvent
            case Kind.DISCONNECT | Kind.GOODBYE:
                self.finish()

    def _refuse(self, code: str, number: int | None) -> None:
        self.finish()
        with contextlib.suppress(OSError):
            if number is not None:
                self.send(MESSAGE + write_answer(number, refusal(code)))
            self.send(MESSAGE + write_event("bye", {"code": code}))
