"""A crowd that comes, is answered, talks and leaves; and what is known of it afterwards."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from tests.load.checker import Lane, Verdict, judge
from tests.load.counsellor import Counsellor
from tests.load.end import Ground, Opens, Outage
from tests.load.held import Held
from tests.load.link import Address, open_link
from tests.load.payload import Way
from tests.load.person import Person
from tests.load.talk import Notes

LOOK_SECONDS = 0.5
POLL_SECONDS = 0.05
UNSAID_MOST = 60  # nobody writes more than that without an answer
CONVERSATIONS_MOST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the pages go: every port is as good as any other."""

    person_origin: str
    person_ports: tuple[int, ...]
    staff_origin: str
    staff_ports: tuple[int, ...]

    def for_persons(self) -> list[Address]:
        """Return the addresses of the person's program."""
        return [Address(port=port, origin=self.person_origin) for port in self.person_ports]

    def for_desk(self, cookie: str) -> list[Address]:
        """Return the addresses of the staff's program, for who holds this cookie."""
        return [Address(port=port, origin=self.staff_origin, cookie=cookie) for port in self.staff_ports]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What happens in a scene.

    Args:
        cookies: the sign-ins of the desks; each answers one person at a time.
        per_second: how many messages each end says a second.
        seconds: how long they talk, counted from when the first comes.
        arrive_seconds: over how long they come.
        commit_each: after how many messages an end renews its keys.
        keeps: whether the persons' pages write down what they hold.
        settle_seconds: how long everything may take to arrive once nobody says anything any more.
    """

    cookies: Sequence[str] = field(repr=False)
    persons: int
    per_second: float = 2.0
    seconds: float = 5.0
    arrive_seconds: float = 1.0
    commit_each: int = 9
    keeps: bool = False
    settle_seconds: float = 20.0
    seed: int = 1
    line: str = "adults"
    language: str = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of it. All but `verdict.messages`, `latencies_seconds`, `gone` and `refusals` should be nothing.

    Args:
        unanswered: how many persons never talked.
        unended: how many conversations of which one end was not told that they ended.
    """

    verdict: Verdict
    outages: Sequence[Outage]
    greeted: Sequence[tuple[bytes, Way, float]]
    latencies_seconds: Sequence[float]
    refusals: dict[str, int]
    again: int
    gone: int
    displaced: int
    vanished: int
    unopened: int
    forks: int
    unanswered: int
    unended: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong that anybody would have noticed."""
        wrong = (self.displaced, self.vanished, self.unopened, self.forks, self.unanswered, self.unended)
        return self.verdict.is_clean and not any(wrong)


class Scene:
    """Everybody of one run."""

    def __init__(self, places: Places, plan: Plan, opens: Opens = open_link) -> None:
        assert plan.persons <= CONVERSATIONS_MOST
        self.plan = plan
        self.chance = random.Random(plan.seed)
        self.ground = Ground(notes=Notes(), chance=self.chance, opens=opens)
        self.desks = [Counsellor(self.ground, places.for_desk(cookie)) for cookie in plan.cookies]
        self.persons = [
            Person(self.ground, places.for_persons(), b"%d/%d" % (plan.seed, number), plan.line, plan.language,
                   keeps=plan.keeps)
            for number in range(plan.persons)
        ]
        self._is_silent = False
        self._tasks: list[asyncio.Task[None]] = []

    async def play(self, fault: Callable[[Scene], Awaitable[None]] | None = None) -> Outcome:
        """Let it happen; `fault` happens meanwhile, from when the first person comes."""
        try:
            await self._open()
            until = monotonic() + self.plan.seconds
            if fault is not None:
                await fault(self)
            await asyncio.sleep(max(0.0, until - monotonic()))
            await self._until(lambda: all(person.is_talking or person.vanished for person in self.persons))
            self._is_silent = True
            await self._until(lambda: all(page.is_quiet for page in self.pages))
            answered = [person for person in self.persons if person.is_talking]
            held = self._held()
            unended = await self._leave(answered)
            return self._outcome(held, unanswered=len(self.persons) - len(answered), unended=unended)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            for page in self.pages:
                page.drop()

    @property
    def pages(self) -> list[Person | Counsellor]:
        """Every page of the scene."""
        return [*self.persons, *self.desks]

    async def _open(self) -> None:
        for desk in self.desks:
            self._begin(desk.live())
        await self._until(lambda: all(desk.is_on_duty for desk in self.desks))
        self._begin(self._look())
        for person in self.persons:
            self._begin(self._come(person))
        for page in self.pages:
            self._begin(self._speak(page))

    def _begin(self, work: Awaitable[None]) -> None:
        self._tasks.append(asyncio.ensure_future(work))

    async def _come(self, person: Person) -> None:
        await asyncio.sleep(self.chance.uniform(0, self.plan.arrive_seconds))
        await person.live()

    async def _speak(self, page: Person | Counsellor) -> None:
        spoken = 0
        while not self._is_silent:
            await asyncio.sleep(self.chance.expovariate(self.plan.per_second))
            for talk in page.ongoing:
                if not self._is_silent and len(talk.held.outbox) + len(talk.held.queue) < UNSAID_MOST:
                    spoken += 1
                    talk.say()
                    if spoken % self.plan.commit_each == 0:
                        talk.renew()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for page in self.pages:
                for talk in page.ongoing:
                    talk.look()

    async def _until(self, holds: Callable[[], bool]) -> None:
        """Wait for it, but not for ever: what does not hold then is seen in the outcome."""
        until = monotonic() + self.plan.settle_seconds
        while not holds() and monotonic() < until:
            for task in self._tasks:
                if task.done() and not task.cancelled():
                    task.result()
            await asyncio.sleep(POLL_SECONDS)

    async def _leave(self, answered: Sequence[Person]) -> int:
        for person in answered:
            self._begin(person.end())
        await self._until(lambda: not any(person.is_talking for person in answered))
        await self._until(lambda: not any(desk.talks for desk in self.desks))
        unended = sum(person.is_talking for person in answered) + sum(len(desk.talks) for desk in self.desks)
        for page in self.pages:
            page.close()
        return unended

    def _held(self) -> list[tuple[Held, bool]]:
        """Return what every end holds, and whether its conversation went on to the end."""
        over = {held.conversation for person in self.persons for held in person.past}
        ends = [talk.held for page in self.pages for talk in page.ongoing]
        ends += [held for page in self.pages for held in page.past]
        return [(held.copied(), held.conversation not in over) for held in ends]

    def _outcome(self, ends: Sequence[tuple[Held, bool]], *, unanswered: int, unended: int) -> Outcome:
        notes = self.ground.notes
        return Outcome(
            verdict=verdict(ends), outages=self.ground.outages, greeted=notes.greeted,
            latencies_seconds=notes.latencies_seconds,
            refusals=notes.refusals, again=notes.again,
            gone=sum(person.gone for person in self.persons),
            displaced=sum(person.displaced for person in self.persons),
            vanished=sum(person.vanished for person in self.persons),
            unopened=sum(person.unopened for person in self.persons),
            forks=sum(held.forks for held, _ in ends),
            unanswered=unanswered, unended=unended,
        )


def verdict(ends: Sequence[tuple[Held, bool]]) -> Verdict:
    """Judge what was said against what was read.

    Of a conversation that its counsellor left for good nothing can be lost any more: her keys are gone.
    """
    total = Verdict()
    others = {(held.conversation, held.way): held for held, _ in ends}
    over = {held.conversation for held, went_on in ends if not went_on}
    for (conversation, way), speaker in others.items():
        listener = others.get((conversation, way.back))
        lane = Lane(said=speaker.said, got=listener.got if listener else (), unconfirmed=len(speaker.outbox))
        judged = judge([lane])
        total += replace(judged, lost=0, unconfirmed=0) if conversation in over else judged
    return total
