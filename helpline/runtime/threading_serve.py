"""Serving on native threads: werkzeug's server and simple-websocket. Slower than eventlet, and needs no patching."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from helpline.runtime.collecting import collect_seldom
from helpline.runtime.flights import LANDING_SECONDS, Flights
from helpline.runtime.http import Discreet
from helpline.runtime.kinds import (
    BACKLOG,
    DRAIN_SECONDS,
    FAREWELL_SECONDS,
    READ_SECONDS,
    STOP_POLL_SECONDS,
    TICK_SECONDS,
    Environ,
    Listener,
    Service,
    Silence,
    StartResponse,
    Talk,
    WebSocketLimits,
)
from helpline.runtime.listening import NO_ROOM, NO_ROOM_PAUSE_SECONDS, family_of, open_all, room_for_connections
from helpline.runtime.stopping import Stop
from helpline.runtime.threading_websocket import upgrade
from helpline.settings import RuntimeName

T = TypeVar("T")


class Handler(Discreet, WSGIRequestHandler):
    """werkzeug's HTTP, naming no software and logging nothing."""

    timeout = READ_SECONDS

    def make_environ(self) -> Any:
        """Describe the request, with nowhere to write errors to."""
        return {**super().make_environ(), "wsgi.errors": Silence()}

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Keep nothing."""


class Server(ThreadedWSGIServer):
    """werkzeug's server with a thread for each connection."""

    def get_request(self) -> Any:
        """Take the next connection; while there is no descriptor left for it, pause instead of spinning."""
        try:
            return super().get_request()
        except OSError as problem:
            if problem.errno in NO_ROOM:
                time.sleep(NO_ROOM_PAUSE_SECONDS)
            raise

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep nothing: the base class prints who asked."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Keep nothing."""


class ThreadingRuntime:
    """Native threads for everything."""

    name = RuntimeName.THREADING

    def spawn(self, work: Callable[..., object], *args: object) -> None:
        """Do `work` on a thread of its own."""
        threading.Thread(target=work, args=args, daemon=True).start()

    def sleep(self, seconds: float) -> None:
        """Let this thread wait."""
        time.sleep(seconds)

    def offload(self, work: Callable[..., T], *args: object) -> T:
        """Do `work` here: nobody else waits for this thread."""
        return work(*args)

    def upgrade(self, environ: Environ, start: StartResponse, talk: Talk, limits: WebSocketLimits) -> Iterable[bytes]:
        """Turn a request into a WebSocket."""
        return upgrade(environ, start, talk, limits)

    def serve(self, service: Service) -> int:
        """Serve both listeners; a listener that dies ends the process."""
        stop = Stop()
        stop.listen()
        room_for_connections()
        sockets = open_all(service.listeners, _open)
        flights = Flights()
        servers = [_server(*pair, flights) for pair in zip(service.listeners, sockets, strict=True)]
        threads = [
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": STOP_POLL_SECONDS}, daemon=True)
            for server in servers
        ]
        for thread in threads:
            thread.start()
        collect_seldom()
        service.ready()
        ticked_at = time.monotonic()
        while not stop.asked and all(thread.is_alive() for thread in threads):
            if time.monotonic() - ticked_at >= TICK_SECONDS:
                ticked_at = time.monotonic()
                service.tick()
            time.sleep(STOP_POLL_SECONDS)
        service.drain()
        for listener, server in zip(service.listeners, servers, strict=True):
            if not listener.lasts:
                server.shutdown()
                server.server_close()
        service.close()
        until = time.monotonic() + DRAIN_SECONDS
        while (service.is_busy() or not flights.is_empty) and time.monotonic() < until:
            time.sleep(LANDING_SECONDS)
        time.sleep(FAREWELL_SECONDS)
        for server in servers:
            server.server_close()
        return 0 if stop.asked else 1


def _open(listener: Listener) -> socket.socket:
    return socket.create_server((listener.host, listener.port), family=family_of(listener.host), backlog=BACKLOG)


def _server(listener: Listener, sock: socket.socket, flights: Flights) -> Server:
    """Return a server on a socket of ours: left to open its own, werkzeug prints and exits when it cannot."""
    with sock:
        app = listener.app if listener.lasts else flights.around(listener.app)
        return Server(listener.host, listener.port, app, handler=Handler, fd=sock.fileno())
