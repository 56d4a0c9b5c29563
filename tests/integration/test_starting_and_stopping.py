"""A start that fails says why in one sentence; a helpline told to stop does so at once, whoever is connected."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.integration.wire import HELLO, Wire
from tests.servers import ROOT, Demo, free_port, running_demo

UNUSABLE = 2
STOPS_WITHIN_SECONDS = 3.0
RUNTIMES = ("eventlet", "threading")


def start(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start a helpline that cannot start, and return what it said."""
    return subprocess.run(
        [sys.executable, str(ROOT / "wsgi.py"), *arguments], cwd=ROOT, text=True, capture_output=True, timeout=60,
        env={**os.environ, "HELPLINE_HOME": str(home), **environment}, check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a demo that was started once."""
    path = tmp_path_factory.mktemp("starting") / "home"
    with running_demo(path, runtime="threading"):
        pass
    return path


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on, with a free one before it."""
    port = free_port()
    with socket.create_server(("127.0.0.1", port + 1)):
        yield port + 1


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("before", [0, 1])
def test_a_port_that_is_taken_is_named(home: Path, taken: int, runtime: str, before: int) -> None:
    ended = start(home, "--runtime", runtime, "--port", str(taken - before))

    assert ended.stderr == f"port {taken} is taken; choose another with --port\n"
    assert (ended.returncode, ended.stdout) == (UNUSABLE, "")


def test_a_second_start_on_the_same_port_says_so(demo: Demo) -> None:
    ended = start(demo.home, "--port", str(demo.person_port))

    assert ended.stderr == f"port {demo.person_port} is taken; choose another with --port\n"
    assert ended.returncode == UNUSABLE


def test_every_wrong_setting_is_named_at_once(home: Path) -> None:
    ended = start(home, "--port", "none", HELPLINE_RUNTIME="twisted", HELPLINE_COLOUR="blue")

    assert ended.stderr.splitlines() == [
        "HELPLINE_PORT is a whole number from 1 to 65530",
        "HELPLINE_RUNTIME is one of eventlet, threading",
        "HELPLINE_COLOUR is not a setting",
    ]
    assert ended.returncode == UNUSABLE


def test_a_home_that_cannot_be_written_to_is_one_sentence() -> None:
    ended = start(Path("/proc/helpline"))

    assert (ended.stderr, ended.returncode) == ("HELPLINE_HOME cannot be written to\n", UNUSABLE)


def test_a_database_that_is_none_is_one_sentence_without_its_address(tmp_path: Path) -> None:
    address = tmp_path / "address"
    address.write_text("sqlite:////proc/PLANTED/x.db")

    ended = start(tmp_path / "home", HELPLINE_DATABASE_URL_FILE=str(address))

    assert ended.stderr == "the database cannot be opened, or a newer version has changed it\n"
    assert ended.returncode == UNUSABLE


@pytest.mark.parametrize("broken", ["site.json", "keys/root.key", "secrets/demo-sign-ins.json"])
def test_a_demo_that_is_not_whole_is_one_sentence(home: Path, tmp_path: Path, broken: str) -> None:
    shutil.copytree(home, tmp_path / "home")
    (tmp_path / "home" / broken).write_text("{")

    ended = start(tmp_path / "home")

    assert ended.returncode == UNUSABLE
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) <= 1 or broken == "site.json", "site.json names every field"


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_at_once_and_well_whoever_is_connected(home: Path, runtime: str, told: signal.Signals) -> None:
    port = free_port()
    command = [sys.executable, str(ROOT / "wsgi.py"), "--port", str(port), "--runtime", runtime, "--json"]
    with ExitStack() as stack:
        process = stack.enter_context(subprocess.Popen(
            command, env={**os.environ, "HELPLINE_HOME": str(home)}, cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ))
        stack.callback(process.kill)
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline(), process.stderr.read()
        page = stack.enter_context(Wire(port, f"http://127.0.0.1:{port}"))
        page.say(HELLO)
        page.hear_until("40")
        slow = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        slow.sendall(b"GET / HTTP/1.1\r\nHost: 127")  # and never the rest

        at = time.monotonic()
        process.send_signal(told)
        status = process.wait(timeout=30)

        assert time.monotonic() - at < STOPS_WITHIN_SECONDS
        assert status == 0
        assert page.codes() == ["shutting_down"]
        assert page.over
        assert process.stderr.read() == "", "a start and a stop have nothing to complain of"
        assert process.stdout.read() == ""
