"""A real helpline in a process of its own, for tests: on free ports, in a home of its own, stopped by process id."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
STOP_SECONDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A running demo, as it said of itself when it was ready."""

    person: str
    staff: str
    sign_ins: Mapping[str, str]
    home: Path
    pid: int
    said: Path

    @property
    def person_port(self) -> int:
        """Give the port of the person's listener."""
        return int(self.person.rstrip("/").rsplit(":", 1)[1])

    @property
    def private_port(self) -> int:
        """Give the port of health and figures."""
        return self.person_port + 3


def free_port(count: int = 4) -> int:
    """Find a port that is free, with the next ones free too: persons, staff, the gateway's, the private one."""
    while True:
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError, OverflowError):
            first = stack.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            for more in range(1, count):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port + more))
            return port


@contextlib.contextmanager
def running_demo(
    home: Path,
    *,
    runtime: str = "eventlet",
    neutral: str = "http://127.0.0.1:9/",
    before: Sequence[str] = (),
    python: str = sys.executable,
    **environment: str,
) -> Iterator[Demo]:
    """Start `wsgi.py` with `home`, wait until it is ready, stop it when the block ends.

    `before` stands in front of the command: a tracer, for example. What the process says goes to the file `said`.
    """
    command = [*before, python, str(ROOT / "wsgi.py"), "--port", str(free_port()), "--runtime", runtime, "--json"]
    calm = {"HELPLINE_CALM_JOINS": "1000000"}  # a test may be a crowd
    given = {**os.environ, "HELPLINE_HOME": str(home), "HELPLINE_DEMO_NEUTRAL": neutral, **calm, **environment}
    with tempfile.NamedTemporaryFile(prefix="said-", suffix=".txt") as said:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=given, cwd=ROOT, text=True)
        try:
            yield _ready(process, Path(said.name))
        finally:
            _stop(process)


def _ready(process: subprocess.Popen[str], said: Path) -> Demo:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        process.wait(START_SECONDS)
        raise AssertionError(f"The demo did not start: {said.read_text()[-2000:]}")
    told = json.loads(line)
    return Demo(
        person=told["person"].rstrip("/") + "/",
        staff=told["staff"].rstrip("/") + "/",
        sign_ins=told["sign_ins"],
        home=Path(told["home"]),
        pid=process.pid,
        said=said,
    )


def _stop(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
