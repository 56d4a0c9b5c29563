"""One run of chaos: a crowd talks while something is hurt, and afterwards everything has arrived once and in order."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.faults.proxy import Fault
from tests.faults.world import World
from tests.load.end import Outage
from tests.load.payload import Way
from tests.load.scene import Outcome, Plan, Scene

BEFORE_SECONDS = (0.3, 1.5)  # what is hurt may be somebody who waits, is offered, or talks

NEVER_MS = 60_000.0


class Trouble(StrEnum):
    """What is hurt."""

    WORKER = "kill -9 of a worker"
    REDIS = "kill -9 of Redis, restarted empty"
    BOTH = "kill -9 of a worker and of Redis"
    STOPPED = "a worker that stands still"
    CUT = "connections cut"
    HALF_CLOSE = "connections half closed"
    STALL = "connections that stall"
    DELAY = "connections that are slow, then cut"
    ROLLING = "rolling restart"
    TAB = "tabs killed between writing and sending"


ON_REDIS = tuple(Trouble)
IN_MEMORY = (Trouble.WORKER, Trouble.CUT, Trouble.HALF_CLOSE, Trouble.STALL, Trouble.DELAY, Trouble.TAB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How much of it: how many persons come, how long they talk, and how long something stands still."""

    persons: int = 8
    per_second: float = 3.0
    seconds: float = 4.0
    still_seconds: float = 30.0
    stall_seconds: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What became of one run."""

    seed: int
    trouble: Trouble
    outcome: Outcome
    resumed_ms: Sequence[float]


async def run(hurt: World, cookies: Sequence[str], seed: int, trouble: Trouble, measure: Measure) -> Run:
    """Let a crowd talk, and the trouble happen meanwhile."""
    chance = random.Random(seed)
    hurt.healed.clear()
    hurt.emptied.clear()

    async def happen(scene: Scene) -> None:
        await asyncio.sleep(chance.uniform(*BEFORE_SECONDS))
        await TROUBLES[trouble](Hurting(hurt, scene, chance, measure))

    plan = Plan(
        cookies=cookies[: measure.persons], persons=measure.persons, per_second=measure.per_second,
        seconds=measure.seconds, seed=seed, keeps=trouble is Trouble.TAB, settle_seconds=40,
    )
    outcome = await Scene(hurt.places, plan).play(happen)
    hurt.flow()
    return Run(seed=seed, trouble=trouble, outcome=outcome, resumed_ms=resumed_ms(outcome, hurt))


@dataclass(frozen=True, slots=True)
class Hurting:
    """What a trouble needs."""

    hurt: World
    scene: Scene
    chance: random.Random
    measure: Measure


async def _worker(at: Hurting) -> None:
    await at.hurt.restart(at.chance.choice(at.hurt.workers), signal.SIGKILL)


async def _redis(at: Hurting) -> None:
    await at.hurt.empty_redis(at.chance.uniform(0.0, 1.5))


async def _both(at: Hurting) -> None:
    await asyncio.gather(_worker(at), _redis(at))


async def _stopped(at: Hurting) -> None:
    await at.hurt.stop_for(at.chance.choice(at.hurt.workers), at.measure.still_seconds)


async def _cut(at: Hurting) -> None:
    for _ in range(3):
        at.hurt.hit(Fault.CUT, at.chance.uniform(0.3, 1.0))
        await asyncio.sleep(at.chance.uniform(0.1, 0.8))


async def _half_close(at: Hurting) -> None:
    at.hurt.hit(Fault.HALF_CLOSE, at.chance.uniform(0.3, 1.0))
    await asyncio.sleep(1)


async def _stall(at: Hurting) -> None:
    at.hurt.hit(Fault.STALL, at.chance.uniform(0.3, 1.0))
    await asyncio.sleep(at.measure.stall_seconds)
    at.hurt.flow()


async def _delay(at: Hurting) -> None:
    at.hurt.hit(Fault.DELAY, at.chance.uniform(0.3, 1.0))
    await asyncio.sleep(1.5)
    at.hurt.hit(Fault.CUT, 0.5)
    at.hurt.flow()


async def _rolling(at: Hurting) -> None:
    for worker in at.hurt.workers:
        await at.hurt.restart(worker, signal.SIGTERM)


async def _tab(at: Hurting) -> None:
    for person in at.chance.sample(at.scene.persons, len(at.scene.persons) // 2):
        person.die()
    await asyncio.sleep(2)


TROUBLES: dict[Trouble, Callable[[Hurting], Awaitable[None]]] = {
    Trouble.WORKER: _worker, Trouble.REDIS: _redis, Trouble.BOTH: _both, Trouble.STOPPED: _stopped,
    Trouble.CUT: _cut, Trouble.HALF_CLOSE: _half_close, Trouble.STALL: _stall, Trouble.DELAY: _delay,
    Trouble.ROLLING: _rolling, Trouble.TAB: _tab,
}


def resumed_ms(outcome: Outcome, hurt: World) -> list[float]:
    """Return, for each conversation and outage, how long it took from when all was back until both ends had resumed.

    An outage counts from its beginning if nothing that was away came back while it lasted; and it lasts as long as one
    of both ends is without the other. A store that came back empty is an outage for everybody who talks.
    """
    found = [each for at in hurt.emptied for each in _rebuilt_ms(outcome.greeted, at)]
    for outage in _both_ends(outcome.outages):
        until = outage.resumed_at
        if until is not None:
            since = max([outage.lost_at, *(at for at in hurt.healed if at <= until)])
            found.append((until - since) * 1000)
    return found


def _rebuilt_ms(greeted: Iterable[tuple[bytes, Way, float]], emptied_at: float) -> Iterable[float]:
    """Yield how long each conversation took that had begun by then, until both its ends had said what they hold."""
    begun = {name for name, _, at in greeted if at < emptied_at}
    first: dict[tuple[bytes, Way], float] = {}
    for name, way, at in greeted:
        if at >= emptied_at:
            first.setdefault((name, way), at)
    for name in begun:
        ends = [first.get((name, way)) for way in Way]
        yield NEVER_MS if None in ends else (max(at for at in ends if at is not None) - emptied_at) * 1000


def _both_ends(outages: Iterable[Outage]) -> Iterable[Outage]:
    """Join what overlaps, conversation by conversation."""
    by_name: dict[bytes, list[Outage]] = {}
    for outage in sorted(outages, key=lambda each: each.lost_at):
        for name in outage.conversations:
            joined = by_name.setdefault(name, [])
            last = joined[-1] if joined else None
            if last is None or last.resumed_at is None or last.resumed_at < outage.lost_at:
                joined.append(Outage((name,), outage.lost_at, outage.resumed_at))
            elif outage.resumed_at is not None:
                last.resumed_at = max(last.resumed_at, outage.resumed_at)
    for joined in by_name.values():
        yield from joined
