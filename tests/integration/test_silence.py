"""Whoever is connected and says nothing, or never comes to an end of it, is let go; whoever answers pings stays."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from helpline.runtime.kinds import READ_SECONDS
from helpline.sockets.engine import PING_SECONDS, PING_TIMEOUT_SECONDS
from helpline.sockets.gate import CONNECT_SECONDS, LINGER_SECONDS
from tests.integration.wire import MORE, TEXT, Wire
from tests.servers import Demo, running_demo

SLACK_SECONDS = 4
SOCKET_SECONDS = PING_SECONDS + PING_TIMEOUT_SECONDS + LINGER_SECONDS + SLACK_SECONDS
REQUEST_SECONDS = READ_SECONDS + LINGER_SECONDS
DRIP_SECONDS = 0.5

Ended = dict[str, float]


def connected(demo: Demo) -> socket.socket:
    """Return the connection of a page that has said its first words."""
    return Wire(demo.person_port, demo.person.rstrip("/")).connected().socket


def never_connects(demo: Demo) -> tuple[socket.socket, Callable[[], None]]:
    return Wire(demo.person_port, demo.person.rstrip("/")).socket, lambda: None


def says_nothing(demo: Demo) -> tuple[socket.socket, Callable[[], None]]:
    return connected(demo), lambda: None


def never_ends_its_message(demo: Demo) -> tuple[socket.socket, Callable[[], None]]:
    wire = Wire(demo.person_port, demo.person.rstrip("/")).connected()
    wire.frame(TEXT, b"4", last=False)
    return wire.socket, lambda: wire.frame(MORE, b"", last=False)


def never_ends_its_frame(demo: Demo) -> tuple[socket.socket, Callable[[], None]]:
    link = connected(demo)
    link.sendall(b"\x81\xfe\x10\x00\0\0\0\0")  # a text of 4,096 bytes is announced
    return link, lambda: link.sendall(b"x")


def never_ends_its_request(demo: Demo) -> tuple[socket.socket, Callable[[], None]]:
    link = socket.create_connection(("127.0.0.1", demo.person_port))
    link.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    return link, lambda: None


def never_begins_a_request(demo: Demo) -> tuple[socket.socket, Callable[[], None]]:
    return socket.create_connection(("127.0.0.1", demo.person_port)), lambda: None


WITHIN_SECONDS = {
    never_connects: CONNECT_SECONDS + SLACK_SECONDS,
    says_nothing: SOCKET_SECONDS, never_ends_its_message: SOCKET_SECONDS, never_ends_its_frame: SOCKET_SECONDS,
    never_ends_its_request: REQUEST_SECONDS, never_begins_a_request: REQUEST_SECONDS,
}


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    """Let everybody be silent at once, on both runtimes, and note after how many seconds each was let go."""
    noted: Ended = {}
    with contextlib.ExitStack() as stack:
        watchers = []
        for runtime in ("eventlet", "threading"):
            demo = stack.enter_context(running_demo(tmp_path_factory.mktemp("silent"), runtime=runtime))
            for way in WITHIN_SECONDS:
                link, drip = way(demo)
                stack.callback(link.close)
                watchers.append(threading.Thread(target=_watch, args=(noted, f"{runtime} {way.__name__}", link, drip)))
            answering = stack.enter_context(Wire(demo.person_port, demo.person.rstrip("/"))).connected()
            watchers.append(threading.Thread(target=_answer, args=(noted, f"{runtime} answering", answering)))
        for watcher in watchers:
            watcher.start()
        for watcher in watchers:
            watcher.join()
        yield noted


def _watch(noted: Ended, name: str, link: socket.socket, drip: Callable[[], None]) -> None:
    """Read and drop what comes, answer nothing, and note when the connection ends."""
    began = time.monotonic()
    link.settimeout(DRIP_SECONDS)
    with contextlib.suppress(ConnectionError):
        while time.monotonic() - began < REQUEST_SECONDS:
            with contextlib.suppress(TimeoutError):
                if link.recv(65536) == b"":
                    break
            drip()
    noted[name] = time.monotonic() - began


def _answer(noted: Ended, name: str, wire: Wire) -> None:
    began = time.monotonic()
    wire.is_closed_within(REQUEST_SECONDS)
    noted[name] = time.monotonic() - began


@pytest.mark.slow
@pytest.mark.parametrize("way", WITHIN_SECONDS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("runtime", ["eventlet", "threading"])
def test_it_is_let_go(ended: Ended, runtime: str, way: Callable[..., object]) -> None:
    assert ended[f"{runtime} {way.__name__}"] < WITHIN_SECONDS[way]


@pytest.mark.slow
@pytest.mark.parametrize("runtime", ["eventlet", "threading"])
def test_who_answers_the_pings_stays(ended: Ended, runtime: str) -> None:
    assert ended[f"{runtime} answering"] >= REQUEST_SECONDS


