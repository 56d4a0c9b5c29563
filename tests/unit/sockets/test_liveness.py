"""Whoever does not answer a ping is offered to nobody, and may be offered when she answers again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from helpline.domain.ids import PresenceState, Ticket
from helpline.sockets.budget import Budget
from helpline.sockets.gate import PING, SILENT_SECONDS, Gate
from helpline.sockets.liveness import Liveness
from tests.fakes import HandClock
from tests.world import World

pytestmark = pytest.mark.unit


class Phone:
    """A WebSocket of which a test says what comes."""

    def __init__(self) -> None:
        self.frames: list[str] = []

    def wait(self) -> str | None:
        return self.frames.pop(0) if self.frames else None

    def send(self, _frame: str) -> None: ...

    def post(self, _frame: str) -> bool:
        return True

    def close(self) -> None: ...

    def abort(self) -> None: ...


def gate_of(phone: Phone, clock: HandClock) -> Gate:
    gate = Gate("c", answers={}, queue=lambda _message: None, steady=clock.steady, pause=lambda _seconds: None,
                budget=Budget(clock.steady()))
    return gate.over(phone)


def test_a_gate_is_silent_a_few_seconds_after_a_ping_that_nobody_answered() -> None:
    clock, phone = HandClock(), Phone()
    gate = gate_of(phone, clock)
    clock.advance(seconds=60)
    assert not gate.is_silent(), "nothing was asked"

    gate.send(PING)
    assert not gate.is_silent()
    clock.advance(seconds=SILENT_SECONDS + 1)
    assert gate.is_silent()

    phone.frames.append("3")
    assert gate.wait() == "3"
    assert not gate.is_silent()


def test_who_falls_silent_is_offered_to_nobody_and_the_next_is() -> None:
    world = World()
    ada = world.planned("ada")
    first, second = world.person(), world.person()
    silent: set[str] = {"1"}
    people: Any = SimpleNamespace(everybody=lambda: [(first, "1"), (second, "2")])
    person: Any = SimpleNamespace(is_silent=lambda connection: connection in silent)
    liveness = Liveness(
        people=people, person=person, silent=world.does.connection.person_silent,
        heard=world.does.connection.person_heard,
    )
    liveness.beat()
    world.does.attending.arrive(ada)
    world.declares(ada, PresenceState.ON_DUTY)
    assert offered(world) == second

    world.declines(ada)
    silent.clear()
    liveness.beat()

    assert offered(world) == first, "she kept her place"


def offered(world: World) -> Ticket | None:
    return next((each.ticket for each in world.room.everybody() if each.offer), None)
