"""What the usual design loses: rooms and a Redis message queue, hurt as ours is, judged by the same checker.

`python -m tests.benchmarks.usual_design` measures. With a port it is the server: Flask-SocketIO on eventlet as its
documentation has it, where a page joins a room and what it says goes to whoever else is in it.
"""

from __future__ import annotations

import sys

if len(sys.argv) == 2 and sys.argv[1].isdecimal() and __name__ == "__main__":
    import eventlet

    eventlet.monkey_patch()

import asyncio
import base64
import os
import random
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.report import report
from tests.faults.proxy import Fault
from tests.faults.world import World, free_ports, world
from tests.load import payload
from tests.load.checker import Lane, Verdict, judge
from tests.load.end import Ground, Page
from tests.load.link import Link
from tests.load.payload import Said, Way
from tests.load.talk import Notes, Talk

PAIRS, PER_SECOND, SECONDS, SETTLE_SECONDS, SEED = 20, 10.0, 12.0, 8.0, 1
AWAY_SECONDS = 0.5
QUEUE = "HELPLINE_USUAL_QUEUE"


def serve(port: int) -> None:
    """Be the server. Says one line when it answers, as ours does."""
    import eventlet
    from eventlet import wsgi
    from flask import Flask, request
    from flask_socketio import SocketIO, join_room

    app = Flask(__name__)
    sockets = SocketIO(
        app, async_mode="eventlet", message_queue=os.environ[QUEUE], cors_allowed_origins="*", ping_interval=10,
        ping_timeout=15,
    )

    @sockets.on("join")
    def join(told: dict[str, str]) -> bool:
        join_room(told["room"])
        return True

    @sockets.on("say")
    def say(told: dict[str, str]) -> bool:
        sid = request.sid  # type: ignore[attr-defined]
        sockets.emit("said", told, to=told["room"], skip_sid=sid)
        return True

    for at in (port, port + 1):  # the harness knows two ports of each worker; both are the same here
        listener = eventlet.listen(("127.0.0.1", at), backlog=1024)
        eventlet.spawn(wsgi.server, listener, app, log_output=False, debug=False)
    sys.stdout.write("{}\n")
    sys.stdout.flush()
    while True:
        eventlet.sleep(3600)


class UsualPage(Page):
    """A page as one writes it with the usual library: what is said while it is not connected goes when it is again."""

    def __init__(self, ground: Ground, hurt: World, room: bytes, way: Way) -> None:
        super().__init__(ground, hurt.places.for_persons())
        self._room, self._way = room, way
        self._buffer: list[Said] = []
        self.said: list[Said] = []
        self.got: list[Said] = []

    @property
    def ongoing(self) -> Sequence[Talk]:
        """Nothing that the usual library would know how to go on with."""
        return ()

    def conversations(self) -> tuple[bytes, ...]:
        """Return the name of the room."""
        return (self._room,)

    def say(self) -> None:
        """Say something."""
        chance = self.ground.chance.randbytes(payload.CHANCE_BYTES)
        said = Said(self._room, self._way, len(self.said) + 1, chance)
        self.said.append(said)
        self._buffer.append(said)
        if self.link is not None:
            self._flush(self.link)

    def arrived(self, link: Link) -> None:
        """Join the room again, and say what waited."""
        link.ask("join", {"room": self._room.decode()})
        self._flush(link)
        self.resumed()

    def heard(self, event: str, told: Any) -> None:
        """Hear what the other says."""
        if event == "said" and (got := payload.opened(base64.b64decode(told["bytes"])).said):
            self.got.append(got)

    def left(self) -> None:
        """The connection is gone."""

    def _flush(self, link: Link) -> None:
        for said in self._buffer:
            sealed = base64.b64encode(payload.sealed(said, 1)).decode()
            link.ask("say", {"room": self._room.decode(), "bytes": sealed})
        self._buffer.clear()


async def _talk(hurt: World, fault: Callable[[World], Awaitable[None]]) -> Verdict:
    """Let twenty pairs talk while something happens, and judge."""
    ground = Ground(notes=Notes(), chance=random.Random(SEED))
    pages = {
        (b"room %d" % number, way): UsualPage(ground, hurt, b"room %d" % number, way)
        for number in range(PAIRS) for way in Way
    }
    living = [asyncio.ensure_future(page.live()) for page in pages.values()]
    await asyncio.sleep(2)
    speaking = [asyncio.ensure_future(_speak(page)) for page in pages.values()]
    await asyncio.sleep(SECONDS / 3)
    await fault(hurt)
    await asyncio.wait(speaking)
    await asyncio.sleep(SETTLE_SECONDS)
    for page in pages.values():
        page.close()
    await asyncio.wait(living)
    return judge(Lane(said=page.said, got=pages[room, way.back].got) for (room, way), page in pages.items())


async def _speak(page: UsualPage) -> None:
    for _ in range(int(SECONDS * PER_SECOND)):
        await asyncio.sleep(1 / PER_SECOND)
        page.say()


async def _nothing(_hurt: World) -> None:
    """Nobody is hurt."""


async def _kill_worker(hurt: World) -> None:
    from signal import SIGKILL

    await hurt.restart(hurt.workers[0], SIGKILL)


async def _kill_redis(hurt: World) -> None:
    await hurt.empty_redis(AWAY_SECONDS)


async def _cut(hurt: World) -> None:
    hurt.hit(Fault.CUT, 0.5)


FAULTS = {"none": _nothing, "worker": _kill_worker, "redis": _kill_redis, "cut": _cut}


async def _measure(home: Path) -> dict[str, float]:
    figures: dict[str, float] = {}
    port = free_ports(1)
    listening = ("--port", str(port), "--bind", "127.0.0.1")

    def usual(port: int) -> Sequence[str]:
        return (sys.executable, "-m", "tests.benchmarks.usual_design", str(port))

    for name, fault in FAULTS.items():  # each on an installation of its own: not every one recovers
        fresh = home / name
        fresh.mkdir()
        async with world(fresh, workers=2, on_redis=True, command=usual, seed=SEED, redis_more=listening,
                         **{QUEUE: f"redis://tester:any@127.0.0.1:{port}"}) as hurt:
            verdict = await _talk(hurt, fault)
        figures |= {
            f"{name}_messages": verdict.messages, f"{name}_lost": verdict.lost, f"{name}_twice": verdict.twice,
            f"{name}_reordered": verdict.reordered,
        }
    return figures


def main() -> int:
    """Measure and print. No goal: it is what ours is compared with."""
    with tempfile.TemporaryDirectory() as home:
        return report("usual_design", asyncio.run(_measure(Path(home))), {})


if __name__ == "__main__":
    if len(sys.argv) == 2:
        serve(int(sys.argv[1]))
    sys.exit(main())
