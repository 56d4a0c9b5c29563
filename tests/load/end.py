"""What both kinds of pages do with their connection: open it, and again whenever it is lost, until they are closed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

from tests.load.link import Address, Heard, Link, NotOpened, open_link
from tests.load.talk import Notes, Talk

AGAIN_FROM_SECONDS, AGAIN_TO_SECONDS = 0.1, 0.5


Opens = Callable[[Address, Heard, Callable[[], None]], Awaitable[Link]]


@dataclass(slots=True)
class Outage:
    """From when to when one end was without its conversations, in seconds of the steady clock."""

    conversations: tuple[bytes, ...]
    lost_at: float
    resumed_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What all pages of a run share; `opens` makes their connections."""

    notes: Notes
    chance: random.Random
    outages: list[Outage] = field(default_factory=list)
    opens: Opens = open_link


class Page:
    """One page, from its first connection to its last.

    Args:
        doors: the addresses it may connect to; which one is chance, as behind a proxy without stickiness.
    """

    def __init__(self, ground: Ground, doors: Sequence[Address]) -> None:
        self.ground, self._doors = ground, doors
        self.link: Link | None = None
        self.is_closed = False
        self.byes: list[str] = []
        self._gone = asyncio.Event()
        self._outage: Outage | None = None

    async def live(self) -> None:
        """Stay connected until closed."""
        while not self.is_closed:
            self._gone = asyncio.Event()
            link = await self._connected(self._gone)
            if link is None:
                await asyncio.sleep(self.ground.chance.uniform(AGAIN_FROM_SECONDS, AGAIN_TO_SECONDS))
                continue
            self.link = link
            self.arrived(link)
            await self._gone.wait()
            self.link = None
            self._lost()
            if not self.is_closed:
                await asyncio.sleep(self.ground.chance.uniform(AGAIN_FROM_SECONDS, AGAIN_TO_SECONDS))

    def close(self) -> None:
        """Close the page."""
        self.is_closed = True
        if self.link is not None:
            self.link.close()
        self._gone.set()

    def drop(self) -> None:
        """Lose the network."""
        if self.link is not None:
            self.link.abort()

    def arrived(self, link: Link) -> None:
        """Say what is said first on a new connection."""
        raise NotImplementedError

    def heard(self, event: str, payload: Any) -> None:
        """Hear an event."""
        raise NotImplementedError

    def left(self) -> None:
        """The connection is gone."""
        raise NotImplementedError

    def conversations(self) -> tuple[bytes, ...]:
        """Return the names of the conversations that go on here."""
        raise NotImplementedError

    @property
    def ongoing(self) -> Sequence[Talk]:
        """What goes on here."""
        raise NotImplementedError

    @property
    def is_quiet(self) -> bool:
        """Whether all that was said here is known to be held by the other ends."""
        return all(talk.is_quiet for talk in self.ongoing)

    def resumed(self) -> None:
        """All is as before the loss."""
        if self._outage is not None:
            self._outage.resumed_at = monotonic()
            self._outage = None

    def _lost(self) -> None:
        if self._outage is None and not self.is_closed:
            self._outage = Outage(self.conversations(), monotonic())
            self.ground.outages.append(self._outage)
        self.left()

    async def _connected(self, gone: asyncio.Event) -> Link | None:
        """Try every door once, in any order, as a proxy goes on to the next worker when one refuses."""
        for address in self.ground.chance.sample(self._doors, len(self._doors)):
            try:
                return await self.ground.opens(address, partial(self._heard, gone), gone.set)
            except NotOpened:
                continue
        return None

    def _heard(self, gone: asyncio.Event, event: str, payload: Any = None) -> None:
        if gone is not self._gone or gone.is_set():  # from a connection that is this page's no more
            return
        if event == "bye":
            self.byes.append(payload["code"])
        else:
            self.heard(event, payload)
