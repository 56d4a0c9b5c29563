"""A real redis-server for tests: the shipped configuration, on a socket of its own, stopped by its process id."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import redis

from helpline.adapters.redis.address import Address
from helpline.adapters.redis.wire import Wire

ROOT: Final = Path(__file__).resolve().parent.parent
CONFIG: Final = ROOT / "config/redis.conf"
USERS: Final = ROOT / "config/redis-users.example.acl"
PLACEHOLDER: Final = "REPLACE_WITH_THE_SHA256_OF_THE_PASSWORD"
START_SECONDS: Final = 20.0
PASSWORD: Final = "of-a-test"
TESTER: Final = "\nuser tester on nopass ~* &* +@all\n"


@dataclass
class RedisServer:
    """One server in a folder of its own. Killed and started again it is empty, at the same address."""

    home: Path
    more: Sequence[str] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def socket(self) -> Path:
        return self.home / "redis.sock"

    @property
    def url(self) -> str:
        """Give the address as the helpline's own account reaches it."""
        return f"unix://helpline:{PASSWORD}@{self.socket}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """Start it and wait until it answers."""
        assert shutil.which("redis-server"), "redis-server is missing: apt-get install redis-server"
        self.socket.unlink(missing_ok=True)
        users = self.home / "users.acl"
        allowed = USERS.read_text(encoding="utf-8").replace(PLACEHOLDER, sha256(PASSWORD.encode()).hexdigest())
        users.write_text(allowed + TESTER, encoding="utf-8")
        self.process = subprocess.Popen(
            ["redis-server", str(CONFIG), "--unixsocket", str(self.socket), "--aclfile", str(users), *self.more],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.home,
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self.process.poll() is None, "redis-server ended while it started"
            assert time.monotonic() < deadline, "redis-server did not answer"
            time.sleep(0.01)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """Let it stand still."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        os.kill(self.pid, signal.SIGCONT)

    def tester(self) -> redis.Redis:
        """Return a connection that may do everything, for a look from outside."""
        return redis.Redis(unix_socket_path=str(self.socket), username="tester", password="any", protocol=2)

    def do(self, *command: Any) -> Any:
        """Do one command as somebody who may do everything."""
        with self.tester() as connection:
            return connection.execute_command(*command)

    def empty(self) -> None:
        """Forget everything."""
        self.do("FLUSHALL")

    def _answers(self) -> bool:
        with contextlib.suppress(redis.RedisError):
            return self.do("PING") in (True, b"PONG")
        return False

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(10)
            self.process = None


@contextlib.contextmanager
def redis_server(*more: str) -> Iterator[RedisServer]:
    """Start a server for one test; `more` are settings that differ, as on redis-server's command line."""
    with tempfile.TemporaryDirectory(prefix="redis-") as home:
        server = RedisServer(Path(home), more)
        server.start()
        try:
            yield server
        finally:
            server.kill()


@cache
def shared_server() -> RedisServer:
    """Return the one server of this test run, started when first asked for."""
    context = redis_server()
    server = context.__enter__()
    atexit.register(context.__exit__, None, None, None)
    return server


@cache
def shared_wire() -> Wire:
    """Return the one connection to the one server."""
    wire = Wire(Address(shared_server().url))
    wire.open()
    atexit.register(wire.close)
    return wire


def emptied_wire() -> Wire:
    """Return the connection to a server that holds nothing."""
    shared_server().empty()
    return shared_wire()
