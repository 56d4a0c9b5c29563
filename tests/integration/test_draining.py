"""A process that is told to stop takes nobody new, finishes what it has begun, and lets its pages come back."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.people import Pair
from tests.integration.requests import ask
from tests.integration.wire import raw_request
from tests.servers import ROOT, Demo, free_port, running_demo

RUNTIMES = ("eventlet", "threading")
STOPS_WITHIN_SECONDS = 5.0
SLOW_SECONDS = 1.5


@contextlib.contextmanager
def slow_program(runtime: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Serve a program that takes a while to answer, and a private one beside it."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "tests.integration.slow", runtime, str(port), str(SLOW_SECONDS)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process, port
        finally:
            process.kill()


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_what_is_under_way_is_finished_and_nobody_new_is_taken(runtime: str) -> None:
    with slow_program(runtime) as (process, port), socket.create_connection(("127.0.0.1", port)) as asking:
        asking.sendall(b"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        time.sleep(SLOW_SECONDS / 4)  # it has begun
        process.send_signal(signal.SIGTERM)
        time.sleep(SLOW_SECONDS / 4)
        with socket.socket() as late:
            refused = late.connect_ex(("127.0.0.1", port))
        beside = raw_request(port + 3, "/", {})[1]
        answer = b"".join(iter(lambda: asking.recv(65536), b""))

        assert refused != 0, "the listener is closed"
        assert beside == b"draining", "whoever watches is still answered"
        assert answer.endswith(b"answered")
        assert process.wait(STOPS_WITHIN_SECONDS) == 0


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_what_never_ends_holds_nobody_up_for_longer_than_five_seconds(runtime: str) -> None:
    with slow_program(runtime) as (process, port), socket.create_connection(("127.0.0.1", port)) as asking:
        asking.sendall(b"GET /never HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(SLOW_SECONDS / 4)
        at = time.monotonic()
        process.send_signal(signal.SIGTERM)

        assert process.wait(STOPS_WITHIN_SECONDS + 5) == 0
        assert time.monotonic() - at < STOPS_WITHIN_SECONDS


@pytest.fixture(params=RUNTIMES)
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Demo]:
    """A demo of one's own, which a test may stop."""
    with running_demo(tmp_path / "home", runtime=request.param) as running:
        yield running


def test_each_page_is_told_why_and_the_process_ends_well(own: Demo) -> None:
    pair = Pair(own)
    assert pair.still_talk()
    assert ask(own.private_port, "/readyz", {}).body == b"ready\n"
    at = time.monotonic()
    os.kill(own.pid, signal.SIGTERM)

    assert pair.person.hears("bye") == {"code": "shutting_down"}
    assert pair.counsellor.hears("bye") == {"code": "shutting_down"}
    while _lives(own.pid):
        assert time.monotonic() - at < STOPS_WITHIN_SECONDS
        time.sleep(0.05)
    with socket.create_server(("127.0.0.1", own.person_port)):
        pass  # whoever starts it again finds the port free


def _lives(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False
