"""HAProxy before the workers, as an organisation would have it: the least busy worker, and no stickiness."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

START_SECONDS = 10.0
HEAD = """
defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h
  retries 3
  option redispatch 1
"""


def is_here() -> bool:
    """Whether HAProxy is installed."""
    return shutil.which("haproxy") is not None


@contextmanager
def balancing(folder: Path, doors: Sequence[tuple[int, Sequence[int]]]) -> Iterator[None]:
    """Carry each door's port to the least busy of its workers' ports until the block ends."""
    config = folder / "haproxy.cfg"
    config.write_text(HEAD + "".join(_door(port, to) for port, to in doors), encoding="utf-8")
    process = subprocess.Popen(
        ["haproxy", "-db", "-q", "-f", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for port, _ in doors:
            _wait(process, port)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(START_SECONDS)


def _door(port: int, workers: Sequence[int]) -> str:
    servers = "".join(
        f"  server w{place} 127.0.0.1:{to} check inter 250ms fall 1 rise 1 on-marked-down shutdown-sessions\n"
        for place, to in enumerate(workers)
    )
    return f"\nlisten door{port}\n  bind 127.0.0.1:{port}\n  balance leastconn\n{servers}"


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "HAProxy did not start"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise AssertionError("HAProxy does not listen")
