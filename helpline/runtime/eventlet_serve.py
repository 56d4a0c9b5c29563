"""Serving on eventlet: one process, green threads, two listeners."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, cast

import eventlet
import eventlet.tpool
import eventlet.wsgi

from helpline.runtime.collecting import collect_seldom
from helpline.runtime.eventlet_websocket import upgrade
from helpline.runtime.flights import LANDING_SECONDS, Flights
from helpline.runtime.http import Discreet
from helpline.runtime.kinds import (
    BACKLOG,
    DRAIN_SECONDS,
    FAREWELL_SECONDS,
    READ_SECONDS,
    STOP_POLL_SECONDS,
    TICK_SECONDS,
    App,
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
from helpline.settings import RuntimeName

T = TypeVar("T")
KEEP_ALIVE_SECONDS = 15
LAST = "helpline.last"  # where a request's environment holds what makes it the connection's last


class Protocol(Discreet, eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
    """eventlet's HTTP, naming no software."""

    def get_environ(self) -> Environ:
        """Describe the request, with a way to make it the connection's last."""
        return {**super().get_environ(), LAST: self._make_last}

    def _make_last(self) -> None:
        self.close_connection = True


class EventletRuntime:
    """Green threads; slow work on a few native ones."""

    name = RuntimeName.EVENTLET

    def spawn(self, work: Callable[..., object], *args: object) -> None:
        """Do `work` on a green thread of its own."""
        eventlet.spawn(work, *args)

    def sleep(self, seconds: float) -> None:
        """Let the others work for `seconds`."""
        eventlet.sleep(seconds)

    def offload(self, work: Callable[..., T], *args: object) -> T:
        """Do `work` on a native thread."""
        return cast("T", eventlet.tpool.execute(work, *args))

    def upgrade(self, environ: Environ, start: StartResponse, talk: Talk, limits: WebSocketLimits) -> Iterable[bytes]:
        """Turn a request into a WebSocket."""
        return upgrade(environ, start, talk, limits)

    def serve(self, service: Service) -> int:
        """Serve both listeners; a listener that dies ends the process, so that whoever watches it starts it again."""
        stop = Stop()
        stop.listen()
        sockets = open_all(service.listeners, _open)
        flights = Flights()
        listeners = [
            eventlet.spawn(_listen, listener, sock, flights)
            for listener, sock in zip(service.listeners, sockets, strict=True)
        ]
        collect_seldom()
        service.ready()
        ticked_at = time.monotonic()
        while not stop.asked and not any(listener.dead for listener in listeners):
            if time.monotonic() - ticked_at >= TICK_SECONDS:
                ticked_at = time.monotonic()
                service.tick()
            eventlet.sleep(STOP_POLL_SECONDS)
        service.drain()
        for listener, sock, listening in zip(service.listeners, sockets, listeners, strict=True):
            if not listener.lasts:
                listening.kill()  # connections that idle are closed; those in use go on
                sock.close()
        service.close()
        until = time.monotonic() + DRAIN_SECONDS
        while (service.is_busy() or not flights.is_empty) and time.monotonic() < until:
            eventlet.sleep(LANDING_SECONDS)
        eventlet.sleep(FAREWELL_SECONDS)
        return 0 if stop.asked else 1


class Patient:
    """A listening socket that waits while the process has no descriptor left: eventlet's own loop would die of it."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock

    def accept(self) -> Any:
        """Take the next connection, as soon as there is room for it."""
        while True:
            try:
                return self._sock.accept()
            except OSError as problem:
                if problem.errno not in NO_ROOM:
                    raise
                eventlet.sleep(NO_ROOM_PAUSE_SECONDS)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


def _open(listener: Listener) -> Any:
    address = (listener.host, listener.port)
    return Patient(eventlet.listen(address, family=family_of(listener.host), backlog=BACKLOG, reuse_port=False))


def heeding(app: App) -> App:
    """Return `app`, whose `Connection: close` ends the connection: eventlet itself hears only what a browser says."""

    def heeded(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        make_last = environ.pop(LAST)
        eventlet.sleep(0)  # requests that are already here, one behind the other, would keep everybody else waiting

        def begin(status: str, headers: Sequence[tuple[str, str]], *rest: object) -> Any:
            others = [header for header in headers if (header[0].lower(), header[1]) != ("connection", "close")]
            if len(others) < len(headers):
                make_last()
            return start(status, others, *rest)

        return app(environ, begin)

    return heeded


def _listen(listener: Listener, sock: Any, flights: Flights) -> None:
    eventlet.wsgi.server(
        sock,
        heeding(listener.app if listener.lasts else flights.around(listener.app)),
        environ={"wsgi.errors": Silence()},
        protocol=Protocol,
        max_size=room_for_connections(),
        keepalive=KEEP_ALIVE_SECONDS,
        socket_timeout=READ_SECONDS,
        log_output=False,
        debug=False,
    )
