"""Whoever takes every descriptor, or floods with frames that mean nothing, stops nobody for good."""

from __future__ import annotations

import contextlib
import os
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Demo, running_demo

pytestmark = pytest.mark.integration

DESCRIPTORS = 200
CROWD = 260
FLOOD_SECONDS = 3
HANDSHAKE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
EMPTY_PONG = b"\x8a\x80\x00\x00\x00\x00"


@pytest.fixture(params=["eventlet", "threading"])
def cramped(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Demo]:
    """A helpline that may open few files."""
    few = ("prlimit", f"--nofile={DESCRIPTORS}:{DESCRIPTORS}")
    with running_demo(tmp_path / "home", runtime=request.param, before=few) as started:
        yield started


def test_it_outlives_a_crowd_that_takes_every_descriptor(cramped: Demo) -> None:
    with contextlib.ExitStack() as crowd:
        for _ in range(CROWD):
            with contextlib.suppress(OSError):
                crowd.enter_context(socket.create_connection(("127.0.0.1", cramped.person_port), timeout=2))
        time.sleep(1)
        os.kill(cramped.pid, 0)

    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(cramped.person, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            assert time.monotonic() < deadline, "it never came back"
            time.sleep(0.2)


def test_a_flood_of_control_frames_keeps_nobody_waiting(tmp_path: Path) -> None:
    with running_demo(tmp_path / "home") as demo:
        with socket.create_connection(("127.0.0.1", demo.person_port), timeout=5) as flood:
            flood.sendall(HANDSHAKE.format(port=demo.person_port).encode())
            assert flood.recv(4096).startswith(b"HTTP/1.1 101")
            flood.setblocking(False)
            answered, until = 0, time.monotonic() + FLOOD_SECONDS
            while time.monotonic() < until:
                for _ in range(50):
                    with contextlib.suppress(OSError):
                        flood.send(EMPTY_PONG * 2000)
                with urllib.request.urlopen(demo.person, timeout=FLOOD_SECONDS) as answer:
                    answered += answer.status == 200
        assert answered >= 5


def test_what_is_no_request_at_all_leaves_no_trace(tmp_path: Path) -> None:
    with running_demo(tmp_path / "home", runtime="threading") as demo:
        with socket.create_connection(("127.0.0.1", demo.person_port), timeout=5) as asking:
            asking.sendall(b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n")
            with contextlib.suppress(OSError):
                asking.recv(4096)
        time.sleep(0.3)
        assert "127.0.0.1" not in demo.said.read_text()
        assert "Traceback" not in demo.said.read_text()
