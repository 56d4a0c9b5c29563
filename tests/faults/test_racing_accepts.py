"""Two processes accept ten thousand offers at once: of each exactly one wins."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from helpline.adapters.redis.address import Address
from helpline.adapters.redis.room import RedisWaitingRoom
from helpline.adapters.redis.wire import Wire
from helpline.domain.ids import StaffId
from tests.fakes import LONG_AGO
from tests.faults.racer import RACES, seat
from tests.redis_server import ROOT, RedisServer, redis_server

pytestmark = [pytest.mark.integration, pytest.mark.slow]

MOST_SECONDS = 120
FAIR_SHARE = RACES // 20  # below it one was always first, and there was no race


@pytest.fixture
def server() -> Iterator[RedisServer]:
    with redis_server() as started:
        yield started


def room_of(server: RedisServer) -> RedisWaitingRoom:
    return RedisWaitingRoom(Wire(Address(server.url)))


def race(server: RedisServer, kind: str) -> list[dict[str, list[int]]]:
    """Let two processes race over all offers; return what each says of itself."""
    room = room_of(server)
    for number in range(RACES):
        seat(room, number)
    command = [sys.executable, "-m", "tests.faults.racer", str(server.socket), server.url, kind]
    with ExitStack() as running:
        racers = [
            running.enter_context(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
            for _ in range(2)
        ]
        for racer in racers:
            running.callback(racer.kill)
        return [json.loads(racer.communicate(timeout=MOST_SECONDS)[0]) for racer in racers]


def test_of_ten_thousand_races_each_has_one_winner(server: RedisServer) -> None:
    said = race(server, "atomic")

    wins = Counter(number for each in said for number in each["won"])
    assert wins == Counter(range(RACES))
    assert sum(each["settled"] for each in said) == RACES  # type: ignore[misc]
    assert min(len(each["won"]) for each in said) >= FAIR_SHARE
    assert room_of(server).everybody() == ()
    assert all(room_of(server).load(StaffId(str(number)), LONG_AGO) == 2 for number in range(0, RACES, 500))


def test_a_room_that_looks_and_then_takes_is_seen_to_have_two_winners(server: RedisServer) -> None:
    wins = Counter(number for each in race(server, "planted") for number in each["won"])

    assert max(wins.values()) == 2
