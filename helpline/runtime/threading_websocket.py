"""A WebSocket on native threads, over simple-websocket, that can be ended from the outside."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterable
from typing import Any

import simple_websocket

from helpline.runtime.handshake import asks_for_websocket
from helpline.runtime.kinds import Environ, StartResponse, Talk, WebSocketLimits
from helpline.runtime.lingering import read_away


class _Inner(simple_websocket.Server):  # type: ignore[misc]
    """The library's WebSocket, which may wake who waits before it knows that all is over."""

    def _thread(self) -> None:
        try:
            super()._thread()
        finally:
            self.connected = False
            self.event.set()


class ThreadedWebSocket:
    """One WebSocket; `close` also ends the connection underneath, which the library leaves open."""

    def __init__(self, inner: Any, sock: socket.socket, limits: WebSocketLimits) -> None:
        self._inner = inner
        self._socket = sock
        self._silence_seconds = limits.silence_most_seconds
        self._sending = threading.Lock()

    def wait(self) -> str | bytes | None:
        """Return the next whole message, or None once the connection is over or silent for too long."""
        try:
            message: str | bytes | None = self._inner.receive(timeout=self._silence_seconds)
        except (simple_websocket.ConnectionClosed, ValueError):
            return None
        return message

    def send(self, frame: str) -> None:
        """Send one text frame."""
        with self._sending:
            try:
                self._inner.send(frame)
            except simple_websocket.ConnectionClosed as over:
                raise OSError from over

    def post(self, _frame: str) -> bool:
        """Send nothing: a native thread would wait."""
        return False

    def close(self) -> None:
        """Say goodbye and send nothing more; what the other end still says is read away by `drain`."""
        with self._sending, contextlib.suppress(OSError, simple_websocket.ConnectionClosed):
            self._inner.close()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def drain(self) -> None:
        """Read away what is still coming, for a moment: a reset would take our last words with it."""
        read_away(self._socket)

    def abort(self) -> None:
        """End both directions; the thread that reads and the one that waits both return."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)


def upgrade(environ: Environ, start: StartResponse, talk: Talk, limits: WebSocketLimits) -> Iterable[bytes]:
    """Turn a request of werkzeug's server into a WebSocket.

    Raises:
        ConnectionError: at the end of every WebSocket: werkzeug's way of being told that all has been said.
    """
    if not asks_for_websocket(environ):
        start("400 Bad Request", [("Connection", "close"), ("Content-Length", "0")])
        return []
    sock: socket.socket = environ["werkzeug.socket"]
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.settimeout(None)
    patience = struct.pack("ll", int(limits.silence_most_seconds), 0)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)  # a reader that never reads holds no thread
    inner = _Inner.accept(environ, max_message_size=limits.message_most_bytes)
    ours = ThreadedWebSocket(inner, sock, limits)
    try:
        talk(ours)
    finally:
        ours.close()
        ours.drain()
        ours.abort()
    raise ConnectionError
