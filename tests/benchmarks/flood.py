"""Five hundred bots before the door, twenty persons among them: `./test bench flood`.

Half of the bots do no work and ask again and again; the others do as little as opens the slow lane. All of them stay
connected, answer every ping, bring a key package that looks like one, and say nothing when somebody comes. The same
twenty persons come once with the bots and once without. Two of them have phones too slow for the work.

More persons come than the counsellors can answer at once, as on a bad evening. Talks last seconds here rather than half
an hour; a bot costs a counsellor a fifth of a talk. What protects the queue runs at its real pace. Persons and bots
share one process, so that the wait of the persons includes its work as well.
"""

from __future__ import annotations

import asyncio
import base64
import random
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Final

from helpline.domain.work import solve
from tests.benchmarks.report import report
from tests.load import payload
from tests.load.link import Address, Link, NotOpened, open_link
from tests.load.staff import prepared_staff
from tests.servers import Demo, running_demo

BOTS: Final = 500
PERSONS: Final = 20
SLOW_PHONES: Final = 2
DESKS: Final = 3
TALK_SECONDS: Final = 12.0
BOT_SECONDS: Final = 2.4  # until a counsellor sees that nobody is there
PHONE_SECONDS: Final = 2.0  # for the work, on a slow phone; the work is done as well
TOO_SLOW_SECONDS: Final = 45.0  # on one that is too slow for it
BOTS_BEFORE_SECONDS: Final = 30.0  # by then they have filled what they can
ARRIVE_SECONDS: Final = 20.0
PATIENCE_SECONDS: Final = 150.0
AGAIN_SECONDS: Final = 3.0
SEED: Final = 1
LEAST: Final = {"persons_served": 0.95}
MOST: Final = {"wait_ratio": 2.0}


@dataclass
class Figures:
    """What happened to the persons and the bots of one run."""

    waits_seconds: list[float] = field(default_factory=list)
    unserved: int = 0
    bots_in: int = 0
    bots_answered: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    of_bots: Counter[str] = field(default_factory=Counter)

    @property
    def served(self) -> float:
        """The share of the persons who were answered."""
        return len(self.waits_seconds) / (len(self.waits_seconds) + self.unserved)


class Desk:
    """A counsellor who accepts everybody, talks with who says something, and lets a bot go."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._link: Link | None = None
        self._spoke: set[str] = set()

    async def open(self, address: Address) -> None:
        """Come to the desk, on duty."""
        self._link = await open_link(address, self._heard, lambda: None)
        await self._link.ask("hello", {"holding": []})
        answer = await self._link.ask("presence", {"state": "on_duty"})
        assert answer is not None
        assert answer["state"] == "on_duty"

    def close(self) -> None:
        """Leave."""
        if self._link is not None:
            self._link.close()

    def _heard(self, event: str, told: Any) -> None:
        if event == "offer":
            _beside(self._answer(told["offer"]))
        elif event == "envelope":
            self._spoke.add(told["conversation"])

    async def _answer(self, offer: str) -> None:
        assert self._link is not None
        accepted = await self._link.ask("accept", {"offer": offer})
        if accepted is None or not accepted["ok"]:
            return
        conversation = accepted["conversation"]
        name = payload.conversation_of_key_package(base64.b64decode(accepted["key_package"]))
        welcome = base64.b64encode(payload.welcome(name)).decode()
        await self._link.ask("welcome", {"conversation": conversation, "bytes": welcome})
        await asyncio.sleep(BOT_SECONDS)
        if conversation in self._spoke:
            await asyncio.sleep(TALK_SECONDS - BOT_SECONDS)
        else:
            self._figures.bots_answered += 1
        await self._link.ask("end", {"conversation": conversation})


class Page:
    """Somebody who waits: a person or a bot."""

    def __init__(self, name: str, address: Address, chance: random.Random) -> None:
        self.name = name
        self.chance = chance
        self.answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.link: Link | None = None
        self._address = address

    async def open(self) -> None:
        """Open the page."""
        while self.link is None:
            try:
                self.link = await open_link(self._address, self._heard, lambda: None)
            except NotOpened:
                await asyncio.sleep(self.chance.uniform(0.5, 2))

    async def ask(self, work: str = "") -> dict[str, Any]:
        """Ask for a place."""
        assert self.link is not None
        package = base64.b64encode(payload.key_package(self.name.encode())).decode()
        given = {"line": "adults", "language": "fr", "wish": "whoever", "key_package": package}
        told = await self.link.ask("wait", given | ({"work": work} if work else {}))
        return {"ok": False, "code": "lost"} if told is None else dict(told)

    def say(self) -> None:
        """Say something, as a bot never does."""
        assert self.link is not None
        said = payload.Said(self.name.encode(), payload.Way.TO_COUNSELLOR, 1, b"12345678")
        self.link.say("envelope", {"seq": 1, "bytes": base64.b64encode(payload.sealed(said, 1)).decode()})

    def _heard(self, event: str, _told: Any) -> None:
        if event == "welcome" and not self.answered.done():
            self.answered.set_result(None)


async def _person(page: Page, figures: Figures, *, seconds: float) -> None:
    """Wait until somebody comes, doing what the page does when it is asked for work; `seconds` is what that takes."""
    await page.open()
    began = monotonic()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await _wait(page, figures, seconds=seconds)
            await page.answered
            figures.waits_seconds.append(monotonic() - began)
            page.say()
    except TimeoutError:
        figures.unserved += 1


async def _wait(page: Page, figures: Figures, *, seconds: float) -> None:
    told = await page.ask()
    while not told["ok"]:
        figures.refusals[told["code"]] += 1
        if told["code"] != "work_needed":
            await asyncio.sleep(AGAIN_SECONDS)
            told = await page.ask()
        elif seconds <= PHONE_SECONDS:
            await asyncio.sleep(seconds)
            told = await page.ask(solve(told["challenge"]))
        else:
            told = await _slowly(page, told["challenge"], seconds)


async def _slowly(page: Page, challenge: str, seconds: float) -> dict[str, Any]:
    """Ask after 20 seconds with what is done, then each 5 seconds, until all of it is."""
    await asyncio.sleep(20)
    done, each = 20.0, seconds / 8
    while done < seconds:
        told = await page.ask(solve(challenge, int(done / each)))
        if told["ok"] or told.get("challenge") != challenge:
            return told
        await asyncio.sleep(5)
        done += 5
    return await page.ask(solve(challenge))


async def _bot(page: Page, figures: Figures, *, works: bool) -> None:
    """Ask for a place again and again; one that works does as little as it can."""
    await asyncio.sleep(page.chance.uniform(0, BOTS_BEFORE_SECONDS / 2))
    await page.open()
    while True:
        told = await page.ask()
        while works and told.get("code") == "work_needed":
            challenge = told["challenge"]
            await asyncio.sleep(20)
            part = solve(challenge, 1)
            for _ in range(19):
                told = await page.ask(part)
                if told["ok"] or told.get("challenge") != challenge:
                    break
                await asyncio.sleep(5)
        if told["ok"]:
            figures.bots_in += 1
            await page.answered
            page.answered = asyncio.get_running_loop().create_future()
        figures.of_bots[told.get("code", "in")] += 1
        await asyncio.sleep(page.chance.uniform(2, 5))


async def _run(demo: Demo, cookies: Sequence[str], bots: int) -> Figures:
    figures, chance = Figures(), random.Random(SEED)
    origin = demo.person.rstrip("/")
    address = Address(port=demo.person_port, origin=origin)
    staff = demo.staff.rstrip("/")
    desks = [Desk(figures) for _ in cookies]
    for desk, cookie in zip(desks, cookies, strict=True):
        await desk.open(Address(port=demo.person_port + 1, origin=staff, cookie=cookie))
    swarm = [
        asyncio.create_task(_bot(
            Page(f"bot-{number}", address, random.Random(number)), figures, works=number % 2 == 0
        ))
        for number in range(bots)
    ]
    await asyncio.sleep(BOTS_BEFORE_SECONDS if bots else 0)
    pages = [Page(f"person-{number}", address, random.Random(number)) for number in range(PERSONS)]
    delays = sorted(chance.uniform(0, ARRIVE_SECONDS) for _ in pages)

    async def come(page: Page, delay: float, seconds: float) -> None:
        await asyncio.sleep(delay)
        await _person(page, figures, seconds=seconds)

    slow = set(chance.sample(range(PERSONS), SLOW_PHONES))
    await asyncio.gather(*(
        come(page, delay, TOO_SLOW_SECONDS if number in slow else PHONE_SECONDS)
        for number, (page, delay) in enumerate(zip(pages, delays, strict=True))
    ))
    for task in swarm:
        task.cancel()
    await asyncio.gather(*swarm, return_exceptions=True)
    for desk in desks:
        desk.close()
    return figures


_TASKS: set[asyncio.Task[None]] = set()


def _beside(work: Any) -> None:
    task = asyncio.get_running_loop().create_task(work)
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)


def measured(bots: int) -> Figures:
    """Let one day happen in a demo of its own."""
    with tempfile.TemporaryDirectory(prefix="flood-") as folder:
        home = Path(folder)
        cookies = prepared_staff(home, DESKS)
        with running_demo(home, HELPLINE_CALM_JOINS="20") as demo:
            return asyncio.run(_run(demo, cookies, bots))


def main() -> int:
    """Run it with and without the bots, side by side."""
    calm, flooded = measured(0), measured(BOTS)
    for name, run in (("without bots", calm), ("with bots", flooded)):
        waits = run.waits_seconds or [0.0]
        sys.stdout.write(
            f"{name}: served {run.served:.0%}, wait mean {statistics.fmean(waits):.1f} s, longest {max(waits):.1f} s,"
            f" refused {dict(run.refusals)}; bots let in {run.bots_in}, answered {run.bots_answered},"
            f" refused {dict(run.of_bots)}\n"
        )
    figures = {
        "persons_served": flooded.served, "served_without": calm.served,
        "wait_ratio": statistics.fmean(flooded.waits_seconds) / statistics.fmean(calm.waits_seconds),
        "wait_seconds": statistics.fmean(flooded.waits_seconds),
        "wait_seconds_without": statistics.fmean(calm.waits_seconds),
        "bots_let_in": float(flooded.bots_in),
    }
    return report("flood", figures, MOST, least=LEAST)


if __name__ == "__main__":
    sys.exit(main())
