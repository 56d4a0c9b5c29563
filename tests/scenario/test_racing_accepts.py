"""Ten thousand people, each wanted by several at once: exactly one wins each, every time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from threading import Barrier, Thread
from time import sleep

import pytest

from helpline.adapters.memory.waiting_room import MemoryWaitingRoom
from helpline.domain.errors import NoSuchConversation, OfferGone
from helpline.domain.ids import OfferId, StaffId, Ticket
from helpline.domain.waiting import WaitingPerson
from tests.fakes import FAR
from tests.world import World

pytestmark = pytest.mark.unit

RACES = 10_000
RACERS = 4


@pytest.fixture(autouse=True)
def _eager_switching() -> Iterator[None]:
    """Let the interpreter change threads as often as it can, so that the races are races."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def in_threads(runs: Sequence[tuple[Callable[..., None], tuple[object, ...]]]) -> None:
    """Run them all at once, and wait for them."""
    threads = [Thread(target=run, args=args, daemon=True) for run, args in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def race(world: World, races: int) -> list[int]:
    """Let `races` people come one after the other, each accepted by four threads at once; return the winners of each.

    Two threads are her counsellor's two tabs, two are a colleague who knows the offer. The winner ends it at once.
    """
    ada, bea = world.counsellor("ada"), world.counsellor("bea")
    wins: list[list[StaffId]] = [[] for _ in range(races)]
    offers: list[tuple[OfferId, StaffId]] = []
    gate, done = Barrier(RACERS + 1), Barrier(RACERS + 1)

    def run(*, runs_as_owner: bool) -> None:
        for number in range(races):
            gate.wait()
            offer, owner = offers[number]
            staff_id = owner if runs_as_owner else (bea if owner == ada else ada)
            with suppress(OfferGone):
                world.does.accepting.accept(staff_id, offer)
                wins[number].append(staff_id)
            done.wait()

    threads = [Thread(target=run, kwargs={"runs_as_owner": number % 2 == 0}, daemon=True) for number in range(RACERS)]
    for thread in threads:
        thread.start()
    for number in range(races):
        ticket = world.person()
        offer = world.room.get(ticket).offer
        assert offer is not None
        offers.append((offer.id, offer.staff_id))
        gate.wait()
        done.wait()
        world.publisher.clear()
        world.clock.advance(minutes=1)
        _end_all(world, number)
    for thread in threads:
        thread.join()
    return [len(won) for won in wins]


def _end_all(world: World, number: int) -> None:
    assert len(world.conversations.everybody()) <= RACERS, number
    for conversation in world.conversations.everybody():
        world.does.closing.end_by_staff(conversation.staff_id, conversation.id)
    for person in world.room.everybody():
        world.does.waiting.leave(person.ticket)
    world.does.ticking.tick()


def test_in_ten_thousand_racing_accepts_exactly_one_wins_each() -> None:
    assert Counter(race(World(), RACES)) == {1: RACES}


class TwoSteps(MemoryWaitingRoom):
    """Planted fault: looking whether an offer is open, and taking it, are two steps."""

    def take(self, staff_id: StaffId, offer_id: OfferId, at: datetime, settle_by: datetime) -> WaitingPerson:
        with self._lock:
            offer = self._open_offer(staff_id, offer_id, at)
        sleep(0)
        with self._lock:
            self._offers[offer_id] = replace(offer, taken=True, lapses_at=settle_by)
            return self._waiting[offer.ticket]


def takes(room: MemoryWaitingRoom, races: int) -> Counter[int]:
    """Let four threads take the same offer straight from the room, many times; return how many won how often."""
    world = World(room=room)
    ada = world.counsellor("ada")
    wins: list[int] = []
    for _ in range(races):
        ticket = world.person()
        offer = world.offer_of(ada)
        assert offer is not None
        gate, won = Barrier(RACERS), list[int]()

        def run(offer: OfferId, gate: Barrier, won: list[int]) -> None:
            gate.wait()
            with suppress(OfferGone):
                room.take(ada, offer, world.clock.now(), FAR)
                won.append(1)

        in_threads([(run, (offer, gate, won))] * RACERS)
        wins.append(len(won))
        world.does.waiting.leave(ticket)
        world.clock.advance(minutes=15)
    return Counter(wins)


def test_one_takes_and_a_planted_gap_between_looking_and_taking_is_found() -> None:
    assert takes(MemoryWaitingRoom(), 500) == {1: 500}
    assert max(takes(TwoSteps(), 500)) > 1


def test_many_people_accepted_and_leaving_at_once_are_each_in_one_place_or_none() -> None:
    """She leaves in the very moment she is accepted: either there is a conversation to lose, or no accept."""
    world = World(cap=1)
    counsellors = [world.counsellor(f"c{number}") for number in range(4)]
    for _ in range(500):
        people = [world.person() for _ in counsellors]
        offers = {staff_id: world.offer_of(staff_id) for staff_id in counsellors}
        accepts = [(_accept, (world, *pair)) for pair in offers.items()]
        in_threads([*accepts, *((_end, (world, ticket)) for ticket in people)])
        for ticket in people:
            _end(world, ticket)
        assert world.room.everybody() == ()
        assert world.conversations.everybody() == ()
        assert all(world.room.is_free(staff_id, cap=1) for staff_id in counsellors)
        assert not [place for place, _ in world.mailbox.walk()]
        world.publisher.clear()


def _accept(world: World, staff_id: StaffId, offer: OfferId | None) -> None:
    if offer is not None:
        with suppress(OfferGone):
            world.does.accepting.accept(staff_id, offer)


def _end(world: World, ticket: Ticket) -> None:
    with suppress(NoSuchConversation):
        world.does.closing.end_by_person(ticket)
