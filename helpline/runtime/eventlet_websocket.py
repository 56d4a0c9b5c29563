"""A WebSocket on a green thread: few calls of the system, and nobody waits for a reader who does not read.

What is said in one turn of eventlet's hub leaves together at its end. What the system does not take at once waits in
memory, up to a cap, for a green thread of its own.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import time
from collections.abc import Iterable
from typing import Any, Final

import eventlet
import eventlet.wsgi
from eventlet import hubs

from helpline.runtime.frames import BINARY, CLOSE, PING, PONG, TEXT, BadFrame, FrameReader, frame_of
from helpline.runtime.handshake import answer, asks_for_websocket
from helpline.runtime.kinds import Environ, StartResponse, Talk, WebSocketLimits
from helpline.runtime.lingering import read_away

PIECE_BYTES: Final = 16 * 1024
UNREAD_MOST_BYTES: Final = 3 * 1_048_576  # a full mailbox in base64, and what is said beside it
NORMAL: Final = 1000


class GreenWebSocket:
    """One WebSocket on a green thread.

    Args:
        sock: a green socket, its handshake done.
    """

    def __init__(self, sock: Any, limits: WebSocketLimits) -> None:
        self._green = sock
        self._bare: socket.socket = sock.fd  # never waits
        self._bare.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._silence_seconds = limits.silence_most_seconds
        self._reader = FrameReader(limits.message_most_bytes)
        self._out: list[bytes] = []
        self._out_bytes = 0
        self._pushing = False
        self._closing = False
        self._over = False
        self._heard_at = time.monotonic()
        self._look = hubs.get_hub().schedule_call_global(self._silence_seconds, self._look_for_silence)

    def wait(self) -> str | bytes | None:
        """Return the next whole message, or None once the connection is over."""
        try:
            while True:
                frame = self._reader.next()
                if frame is None:
                    if not self._receive():
                        return None
                    continue
                kind, data = frame
                if kind == TEXT:
                    return data.decode()
                if kind == BINARY:
                    return data
                if kind == CLOSE:
                    return None
                if kind == PING and not self._out:  # only the last need be answered: RFC 6455, section 5.5.3
                    self._put(frame_of(PONG, data))
        except BadFrame as bad:
            self._say_goodbye(bad.status)
        except (OSError, ValueError):
            pass
        return None

    def send(self, frame: str) -> None:
        """Send one text frame, keeping nobody waiting. Raises OSError once the connection is over."""
        self._put(frame_of(TEXT, frame.encode()))

    def post(self, frame: str) -> bool:
        """Send one text frame, as `send` does: true, always."""
        with contextlib.suppress(OSError):
            self.send(frame)
        return True

    def close(self) -> None:
        """Say goodbye and send nothing more; what the other end still says is read away by `drain`."""
        self._say_goodbye(NORMAL)

    def drain(self) -> None:
        """Read away what is still coming, for a moment: a reset would take our last words with it."""
        read_away(self._green)
        self._over = True
        self._look.cancel()

    def abort(self) -> None:
        """End both directions; a wait in another green thread returns."""
        self._over = True
        with contextlib.suppress(OSError):
            self._bare.shutdown(socket.SHUT_RDWR)

    def flush(self) -> None:
        """Hand the system what has been said; what it does not take waits for a green thread of its own."""
        if self._pushing or self._over:
            return
        data = b"".join(self._out)
        try:
            sent = self._bare.send(data) if data else 0
        except BlockingIOError:
            sent = 0
        except OSError:
            self._over = True
            return
        left = data[sent:]
        self._out = [left] if left else []
        self._out_bytes = len(left)
        if left:
            self._pushing = True
            eventlet.spawn_n(self._push)
        elif self._closing:
            self._shut()

    def _receive(self) -> bool:
        """Wait for bytes and take them; false at the end."""
        hubs.trampoline(self._bare, read=True)  # always: bytes that are here already keep nobody else waiting
        try:
            piece = self._bare.recv(PIECE_BYTES)
        except BlockingIOError:
            return True
        self._heard_at = time.monotonic()
        self._reader.feed(piece)
        return bool(piece)

    def _put(self, data: bytes) -> None:
        if self._over or self._closing:
            raise BrokenPipeError(errno.EPIPE, "")
        if not self._out and not self._pushing:
            _leave_together(self)
        self._out.append(data)
        self._out_bytes += len(data)
        if self._out_bytes > UNREAD_MOST_BYTES:
            self.abort()

    def _push(self) -> None:
        """Hand over what is left, as fast as the other end reads, and end it all when it reads no more."""
        try:
            while self._out and not self._over:
                data = b"".join(self._out)
                self._out = [data]
                hubs.trampoline(self._bare, write=True, timeout=self._silence_seconds, timeout_exc=TimeoutError)
                sent = self._bare.send(data)
                self._out[0] = data[sent:]
                self._out_bytes -= sent
                self._out = [each for each in self._out if each]
        except OSError:
            self.abort()
        self._pushing = False
        if self._closing:
            self._shut()

    def _say_goodbye(self, status: int) -> None:
        if self._over or self._closing:
            return
        self._put(frame_of(CLOSE, status.to_bytes(2, "big")))
        self._closing = True
        self.flush()

    def _shut(self) -> None:
        with contextlib.suppress(OSError):
            self._bare.shutdown(socket.SHUT_WR)

    def _look_for_silence(self) -> None:
        silent_seconds = time.monotonic() - self._heard_at
        if silent_seconds >= self._silence_seconds:
            self.abort()
        elif not self._over:
            left_seconds = self._silence_seconds - silent_seconds
            self._look = hubs.get_hub().schedule_call_global(left_seconds, self._look_for_silence)


_full: list[GreenWebSocket] = []


def _leave_together(websocket: GreenWebSocket) -> None:
    """Flush this WebSocket at the end of this turn of the hub, with all others that have something to say."""
    if not _full:
        hubs.get_hub().schedule_call_global(0, _flush)
    _full.append(websocket)


def _flush() -> None:
    full = _full[:]
    _full.clear()
    for each in full:
        each.flush()


def upgrade(environ: Environ, start: StartResponse, talk: Talk, limits: WebSocketLimits) -> Iterable[bytes]:
    """Turn a request of eventlet's server into a WebSocket of version 13, and nothing older."""
    if not asks_for_websocket(environ):
        start("400 Bad Request", [("Connection", "close"), ("Content-Length", "0")])
        return []
    sock = environ["eventlet.input"].get_socket()
    sock.sendall(answer(environ["HTTP_SEC_WEBSOCKET_KEY"]))
    websocket = GreenWebSocket(sock, limits)
    try:
        talk(websocket)
    finally:
        websocket.close()
        websocket.drain()
    eventlet.wsgi.WSGI_LOCAL.already_handled = True  # its way of being told that all has been said
    return []
