"""Many runs of chaos, one after the other, on the same two installations: workers on Redis, and one alone in memory."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.faults.balancer import is_here
from tests.faults.chaos import IN_MEMORY, ON_REDIS, Measure, Run, Trouble, run
from tests.faults.world import World, world
from tests.load.staff import prepared_staff

WORKERS = 2
ROUND = 5  # of five runs one is of one process in memory, and one goes through HAProxy


class Shape(StrEnum):
    """What runs."""

    ON_REDIS = "two workers on Redis"
    BALANCED = "two workers on Redis behind HAProxy"
    IN_MEMORY = "one process in memory"


@dataclass(frozen=True, slots=True)
class Case:
    """One run: what is hurt in which shape, and the seed of everything that chance decides."""

    shape: Shape
    trouble: Trouble
    seed: int


def cases(count: int, seed: int) -> Iterator[Case]:
    """Yield `count` cases: every trouble as often as the others, in an order that `seed` decides."""
    chance = random.Random(seed)
    decks: dict[Shape, list[Trouble]] = {shape: [] for shape in Shape}
    for number in range(count):
        shape = {1: Shape.BALANCED, ROUND - 1: Shape.IN_MEMORY}.get(number % ROUND, Shape.ON_REDIS)
        if not decks[shape]:
            decks[shape] = list(IN_MEMORY if shape is Shape.IN_MEMORY else ON_REDIS)
            chance.shuffle(decks[shape])
        yield Case(shape, decks[shape].pop(), seed * 1000 + number)


class Series:
    """Opens what a case needs when it is first needed, and closes everything at the end.

    A run that ends with something out of order may have left things behind, so what it hurt is opened anew.
    """

    def __init__(self, folder: Path, measure: Measure) -> None:
        self._folder, self._measure = folder, measure
        self._open: dict[Shape, tuple[AsyncExitStack, World, Sequence[str]]] = {}
        self._opened = 0

    async def play(self, case: Case) -> Run:
        """Play one case."""
        if case.shape not in self._open:
            await self._prepare(case.shape)
        _, hurt, cookies = self._open[case.shape]
        done = await run(hurt, cookies, case.seed, case.trouble, self._measure)
        if not done.outcome.is_clean:
            await self._close(case.shape)
        return done

    async def close(self) -> None:
        """Stop everything."""
        for shape in list(self._open):
            await self._close(shape)

    async def _prepare(self, shape: Shape) -> None:
        self._opened += 1
        home = self._folder / f"home-{self._opened}"
        home.mkdir(mode=0o700)
        cookies = await asyncio.to_thread(prepared_staff, home, self._measure.persons)
        stack = AsyncExitStack()
        on_redis = shape is not Shape.IN_MEMORY
        balanced = shape is Shape.BALANCED and is_here()
        workers = WORKERS if on_redis else 1
        hurt = await stack.enter_async_context(
            world(home, workers=workers, on_redis=on_redis, balanced=balanced, seed=self._opened)
        )
        self._open[shape] = stack, hurt, cookies

    async def _close(self, shape: Shape) -> None:
        stack, _, _ = self._open.pop(shape)
        await stack.aclose()
