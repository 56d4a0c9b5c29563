"""An installation that may be hurt: workers on one Redis or alone in memory, each behind a bad network of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from tests.faults.balancer import balancing
from tests.faults.proxy import Fault, Proxy
from tests.load.scene import Places
from tests.redis_server import RedisServer

ROOT = Path(__file__).resolve().parents[2]
PORTS_EACH = 4  # persons, staff, the gateway's, and the private one
STOP_SECONDS = 20
READY_SECONDS = 90

Command = Callable[[int], Sequence[str]]


def helpline(port: int) -> Sequence[str]:
    """Return how a worker of the helpline is started."""
    return (sys.executable, str(ROOT / "wsgi.py"), "--port", str(port), "--json")


def free_ports(count: int) -> int:
    """Find a port that is free, with the next ones free too."""
    while True:
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError, OverflowError):
            first = stack.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            for more in range(1, count):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port + more))
            return port


@dataclass(slots=True)
class Worker:
    """One process that serves. It says one line when both its ports answer."""

    port: int
    command: Sequence[str]
    environment: Mapping[str, str]
    said: Path
    process: subprocess.Popen[str] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it, and return before it is ready."""
        with self.said.open("a", encoding="utf-8") as said:
            self.process = subprocess.Popen(
                self.command, stdout=subprocess.PIPE, stderr=said, env=dict(self.environment), cwd=ROOT, text=True
            )

    async def ready(self) -> None:
        """Wait until it serves."""
        assert self.process is not None
        assert self.process.stdout is not None
        async with asyncio.timeout(READY_SECONDS):
            line = await asyncio.to_thread(self.process.stdout.readline)
        assert line, f"A worker did not start: {self.said.read_text(encoding='utf-8')[-2000:]}"
        json.loads(line)

    def send(self, what: signal.Signals) -> None:
        """Send a signal to this process."""
        assert self.process is not None
        self.process.send_signal(what)

    async def gone(self) -> None:
        """Wait until it has ended; after a while it is made to."""
        if self.process is None:
            return
        try:
            await asyncio.to_thread(self.process.wait, STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None


class World:
    """Workers, their Redis if they have one, and the network before each of their ports.

    Attributes:
        ports: where the workers themselves listen.
        healed: when something that had been away was back, in seconds of the steady clock.
        emptied: those of them at which a store had come back empty.
    """

    def __init__(self, workers: Sequence[Worker], redis: RedisServer | None, places: Places) -> None:
        self.workers, self.redis, self.ports = workers, redis, places
        self.person_proxies: list[Proxy] = []
        self.staff_proxies: list[Proxy] = []
        self.healed: list[float] = []
        self.emptied: list[float] = []

    @property
    def proxies(self) -> Sequence[Proxy]:
        """The network before every port."""
        return [*self.person_proxies, *self.staff_proxies]

    @property
    def places(self) -> Places:
        """Where pages connect to: through the bad network."""
        return Places(
            person_origin=self.ports.person_origin, staff_origin=self.ports.staff_origin,
            person_ports=tuple(proxy.port for proxy in self.person_proxies),
            staff_ports=tuple(proxy.port for proxy in self.staff_proxies),
        )

    def heal(self, *, emptied: bool = False) -> None:
        """Note that all is back."""
        self.healed.append(monotonic())
        if emptied:
            self.emptied.append(self.healed[-1])

    async def restart(self, worker: Worker, how: signal.Signals) -> None:
        """End a worker and start it again at once."""
        worker.send(how)
        await worker.gone()
        worker.start()
        await worker.ready()
        self.heal(emptied=self.redis is None)

    async def empty_redis(self, away_seconds: float) -> None:
        """Kill Redis and start it again, empty, a while later."""
        assert self.redis is not None
        self.redis.kill()
        await asyncio.sleep(away_seconds)
        await asyncio.to_thread(self.redis.start)
        self.heal(emptied=True)

    async def stop_for(self, worker: Worker, seconds: float) -> None:
        """Let a worker stand still for a while."""
        worker.send(signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            worker.send(signal.SIGCONT)
        self.heal()

    def hit(self, fault: Fault, share: float) -> int:
        """Let the network do something to a share of all connections."""
        return sum(proxy.hit(fault, share=share) for proxy in self.proxies)

    def flow(self) -> None:
        """Let the network be good again."""
        for proxy in self.proxies:
            proxy.flow()
        self.heal()


@asynccontextmanager
async def world(
    home: Path, *, workers: int, on_redis: bool, balanced: bool = False, command: Command = helpline,
    seed: int = 1, redis_more: Sequence[str] = (), **environment: str
) -> AsyncIterator[World]:
    """Start an installation in `home`, which is prepared already, and stop it when the block ends.

    `balanced` puts HAProxy between the bad network and the workers; otherwise pages go to any worker as chance has it.
    """
    port = free_ports(PORTS_EACH * workers)
    redis = RedisServer(home / "redis", redis_more) if on_redis else None
    given = {**os.environ, "HELPLINE_HOME": str(home), "HELPLINE_DEMO_NEUTRAL": "http://127.0.0.1:9/", **environment}
    given["HELPLINE_PERSON_ORIGIN"] = f"http://127.0.0.1:{port}"
    given["HELPLINE_STAFF_ORIGIN"] = f"http://localhost:{port + 1}"
    if redis is not None:
        redis.home.mkdir(exist_ok=True)
        address = home / "redis-url"
        address.write_text(redis.url, encoding="utf-8")
        address.chmod(0o600)
        given["HELPLINE_REDIS_URL_FILE"] = str(address)
    ports = range(port, port + PORTS_EACH * workers, PORTS_EACH)
    made = [Worker(at, command(at), given, home / f"said-{place}") for place, at in enumerate(ports)]
    places = Places(
        person_origin=given["HELPLINE_PERSON_ORIGIN"], staff_origin=given["HELPLINE_STAFF_ORIGIN"],
        person_ports=tuple(ports), staff_ports=tuple(at + 1 for at in ports),
    )
    hurt = World(made, redis, places)
    try:
        async with AsyncExitStack() as stack:
            await _start(hurt)
            doors = [*zip(hurt.ports.person_ports, hurt.ports.staff_ports, strict=True)]
            if balanced:
                first = free_ports(2)
                behind = ((first, hurt.ports.person_ports), (first + 1, hurt.ports.staff_ports))
                await asyncio.to_thread(stack.enter_context, balancing(home, behind))
                doors = [(first, first + 1)]
            for place, (person, staff) in enumerate(doors):
                hurt.person_proxies.append(await stack.enter_async_context(Proxy(person, seed + place)))
                hurt.staff_proxies.append(await stack.enter_async_context(Proxy(staff, seed + place)))
            yield hurt
    finally:
        await _stop(hurt)


async def _start(hurt: World) -> None:
    if hurt.redis is not None:
        await asyncio.to_thread(hurt.redis.start)
    for worker in hurt.workers:  # one after the other: the first makes what is missing
        worker.start()
        await worker.ready()


async def _stop(hurt: World) -> None:
    for worker in hurt.workers:
        if worker.process is not None:
            with contextlib.suppress(ProcessLookupError):
                worker.send(signal.SIGCONT)
                worker.send(signal.SIGTERM)
    for worker in hurt.workers:
        await worker.gone()
    if hurt.redis is not None:
        hurt.redis.kill()
