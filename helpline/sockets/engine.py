"""One program's Socket.IO server, set up so that every connection passes a gate."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from flask_socketio import SocketIO

from helpline.registry import PACKET_MOST_BYTES, Program
from helpline.runtime.kinds import Environ, Runtime, StartResponse, WebSocketLimits
from helpline.sockets.gate import Gate

PING_SECONDS = 10
PING_TIMEOUT_SECONDS = 15
GATE = "helpline.gate"  # where a connection's environment holds its gate until it is a WebSocket
LIMITS = WebSocketLimits(
    message_most_bytes=PACKET_MOST_BYTES,
    silence_most_seconds=PING_SECONDS + PING_TIMEOUT_SECONDS,
)


def make_server(app: Flask, program: Program, origin: str, runtime: Runtime) -> Any:
    """Put a Socket.IO server of its own in front of `app` and return it.

    Each program has one: a second `init_app` on the same object would leave two servers of which one is deaf.
    """
    socketio = SocketIO(
        app,
        async_mode=runtime.name.value,
        async_handlers=False,  # events of a connection stay in order, and cost no thread each
        transports=["websocket"],
        allow_upgrades=False,
        cors_allowed_origins=[origin],
        cookie=None,
        manage_session=False,
        http_compression=False,
        max_http_buffer_size=PACKET_MOST_BYTES,
        ping_interval=PING_SECONDS,
        ping_timeout=PING_TIMEOUT_SECONDS,
        channel=f"helpline-{program}",
        logger=_nowhere(),  # the libraries log ids, events and packets
        engineio_logger=_nowhere(),
    )
    server = socketio.server
    driver = {**server.eio._async, "websocket": _gated(runtime)}  # noqa: SLF001 - it has no public way to say this
    server.eio._async = driver  # noqa: SLF001
    return server


def _gated(runtime: Runtime) -> Callable[..., Any]:
    """Return what Engine.IO calls to turn a request into a WebSocket."""

    def make(handler: Callable[[Gate], object], _engine: object) -> Callable[..., Iterable[bytes]]:
        def upgrade(environ: Environ, start: StartResponse) -> Iterable[bytes]:
            gate: Gate = environ.pop(GATE)
            return runtime.upgrade(environ, start, lambda socket: handler(gate.over(socket)), LIMITS)

        return upgrade

    return make


def _nowhere() -> logging.Logger:
    logger = logging.Logger("nowhere")
    logger.disabled = True
    return logger
