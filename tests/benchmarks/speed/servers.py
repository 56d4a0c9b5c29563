"""Servers side by side, each in a process of its own on a free port of this machine, stopped by its process id."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.servers import ROOT, free_port

HERE = "tests.benchmarks.speed"
STOP_SECONDS = 15
NOTHING: Mapping[str, str] = {}
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """One server: where it listens, what it speaks, and what it costs."""

    name: str
    kind: str
    port: int
    pid: int
    cookies: Sequence[str] = field(default=(), repr=False)
    said: IO[str] | None = field(default=None, repr=False)

    @property
    def person(self) -> dict[str, object]:
        """Where a person's page connects to."""
        return {"port": self.port, "origin": f"http://127.0.0.1:{self.port}"}

    @property
    def staff(self) -> dict[str, object]:
        """Where a desk connects to: ours has another listener for it."""
        if self.kind == "rooms":
            return self.person
        return {"port": self.port + 1, "origin": f"http://localhost:{self.port + 1}"}

    def cpu_seconds(self) -> float:
        """Say how much processor time it has used, its own and the system's for it."""
        used = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
        return sum(map(int, used)) / TICKS_PER_SECOND

    def stood_still_ms(self) -> float:
        """Say for how long its event loop stood still at most since this was last asked. Ours alone can tell."""
        assert self.said is not None
        os.kill(self.pid, signal.SIGUSR1)
        return float(self.said.readline())

    def starts_a_child(self) -> None:
        """Let it start a child that computes for three seconds. Ours alone does."""
        os.kill(self.pid, signal.SIGUSR2)

    def memory_bytes(self) -> int:
        """Say how much memory it holds."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))


@contextlib.contextmanager
def ours(home: Path, cookies: Sequence[str], runtime: str = "eventlet", *, redis_url: str = "") -> Iterator[Server]:
    """Run ours over a home that `make_home` has made, alone or as one of many on a Redis."""
    port, told = free_port(), {}
    if redis_url:
        secret = home / "redis-url"
        secret.write_text(redis_url, encoding="utf-8")
        told = {"HELPLINE_REDIS_URL_FILE": str(secret)}
    command = [sys.executable, "-m", f"{HERE}.ours", str(port), str(home), runtime]
    with _running(command, told) as process:
        yield Server("ours_redis" if redis_url else "ours", "ours", port, process.pid, cookies, process.stdout)


@contextlib.contextmanager
def stock(mode: str = "eventlet", *redis_url: str) -> Iterator[Server]:
    """Run Flask-SocketIO as its documentation begins."""
    port = free_port()
    with _running([sys.executable, "-m", f"{HERE}.stock", mode, str(port), *redis_url]) as process:
        name = "stock" if mode == "eventlet" else mode
        yield Server(f"{name}_redis" if redis_url else name, "rooms", port, process.pid)


@contextlib.contextmanager
def asgi(*redis_url: str) -> Iterator[Server]:
    """Run python-socketio on uvicorn."""
    port = free_port()
    with _running([sys.executable, "-m", f"{HERE}.asgi", str(port), *redis_url]) as process:
        yield Server("asgi", "rooms", port, process.pid)


@contextlib.contextmanager
def node() -> Iterator[Server]:
    """Run Node's socket.io."""
    port = free_port()
    with _running(["node", "tests/benchmarks/speed/node.mjs", str(port)]) as process:
        yield Server("node", "rooms", port, process.pid)


@contextlib.contextmanager
def _running(command: Sequence[str], environment: Mapping[str, str] = NOTHING) -> Iterator[subprocess.Popen[str]]:
    given = {**os.environ, **environment}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=given, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", f"{command} did not start"
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
