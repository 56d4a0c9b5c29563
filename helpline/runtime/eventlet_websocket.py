"""eventlet's WebSocket with what it lacks: a cap on whole messages, no compression, no delay, fast unmasking.

Each of these replaces a method of eventlet 0.41; tests/unit/runtime/test_eventlet_websocket.py looks whether those
methods are still there, and the integration tests attack each one.
"""

from __future__ import annotations

import contextlib
import socket
from typing import Any

import eventlet
from eventlet import websocket

from helpline.runtime.handshake import answer, asks_for_websocket
from helpline.runtime.kinds import WebSocketLimits
from helpline.runtime.lingering import read_away

FRAGMENTS_MOST = 64
TOO_BIG = 1009  # RFC 6455, section 7.4.1
CONTROL_BIT = 8


def unmask(data: bytes, mask: Any, length: int | None = None, offset: int = 0) -> bytes:
    """Undo the mask of a frame with one operation on whole numbers. Source: RFC 6455, section 5.3."""
    size = len(data) if length is None else length
    turn = offset & 3
    key = bytes(mask)
    key = ((key[turn:] + key[:turn]) * ((size + 3) >> 2))[:size]
    return (int.from_bytes(data, "little") ^ int.from_bytes(key, "little")).to_bytes(size, "little")


class GreenWebSocket(websocket.RFC6455WebSocket):  # type: ignore[misc]
    """One WebSocket on a green thread."""

    _apply_mask = staticmethod(unmask)

    def __init__(self, sock: Any, environ: Any, limits: WebSocketLimits) -> None:
        super().__init__(sock, environ, max_frame_length=limits.message_most_bytes)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(limits.silence_most_seconds)

    def wait(self) -> str | bytes | None:
        """Return the next whole message, or None once the connection is over."""
        try:
            message: str | bytes | None = super().wait()
        except (OSError, ValueError, websocket.FailedConnectionError):
            return None
        return message

    def close(self, close_data: Any = None) -> None:
        """Say goodbye and send nothing more; what the other end still says is read away by `drain`."""
        self._send_closing_frame(close_data=close_data, ignore_send_errors=True)
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def drain(self) -> None:
        """Read away what is still coming, for a moment: a reset would take our last words with it."""
        read_away(self.socket)

    def abort(self) -> None:
        """End both directions; a wait in another green thread returns."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def _recv_frame(self, message: Any = None) -> Any:
        eventlet.sleep(0)  # frames that are already here, control frames too, would keep everybody else waiting
        message = super()._recv_frame(message)
        if not message.opcode & CONTROL_BIT:
            message.total = getattr(message, "total", 0) + len(message.data[-1])
            if message.total > self.max_frame_length or len(message.data) > FRAGMENTS_MOST:
                raise websocket.FailedConnectionError(TOO_BIG, "")
        return message


class Upgrade(websocket.WebSocketWSGI):  # type: ignore[misc]
    """Turns a request into a WebSocket of version 13, and nothing older."""

    def __init__(self, talk: Any, limits: WebSocketLimits) -> None:
        def whole(ws: GreenWebSocket) -> None:
            talk(ws)
            ws.drain()

        super().__init__(whole, max_frame_length=limits.message_most_bytes)
        self.support_legacy_versions = False
        self._limits = limits

    def _handle_hybi_request(self, environ: Any) -> GreenWebSocket:
        if not asks_for_websocket(environ):
            raise websocket.BadRequest
        sock = environ["eventlet.input"].get_socket()
        sock.sendall(answer(environ["HTTP_SEC_WEBSOCKET_KEY"]))
        return GreenWebSocket(sock, environ, self._limits)
