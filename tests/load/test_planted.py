"""A page that drops, doubles or changes the order is found by the checker; an honest one over a bad network is not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.load.fake import PERSON, STAFF, Box, FakeServer
from tests.load.running import run
from tests.load.scene import Outcome, Places, Plan, Scene
from tests.load.talk import Talk

NOWHERE = Places(person_origin=PERSON, person_ports=(1,), staff_origin=STAFF, staff_ports=(2,))
COOKIES = [f"desk {number}" for number in range(4)]


def played(
    *, cuts: int = 0, deaths: bool = False, empty: bool = False, seconds: float = 1.5, seed: int = 1
) -> Outcome:
    server = FakeServer()

    async def fault(scene: Scene) -> None:
        for _ in range(cuts):
            await asyncio.sleep(0.4)
            if deaths:
                for person in scene.persons:
                    person.die()
            if empty:
                server.forget()
            if not empty or scene.chance.random() < 0.5:
                server.cut()

    plan = Plan(
        cookies=COOKIES, persons=4, per_second=25, seconds=seconds, arrive_seconds=0.1, keeps=deaths, settle_seconds=3,
        commit_each=4, seed=seed,
    )
    return run(Scene(NOWHERE, plan, server.open).play(fault))


def test_an_honest_run_is_clean_whatever_the_network_does():
    outcome = played(cuts=4, seconds=2.5)

    assert outcome.is_clean, outcome
    assert outcome.verdict.messages > 100
    assert outcome.again > 0
    assert len(outcome.outages) >= 8
    assert all(outage.resumed_at for outage in outcome.outages)


def test_a_page_that_dies_between_writing_and_sending_goes_on_from_what_it_wrote():
    outcome = played(cuts=3, deaths=True, seconds=2.5)

    assert outcome.is_clean, outcome
    assert outcome.verdict.messages > 100


@pytest.mark.parametrize("seed", [1, 2])
def test_a_server_that_comes_back_empty_is_told_everything_by_the_two_ends(seed):
    outcome = played(cuts=5, empty=True, seconds=3, seed=seed)

    assert outcome.is_clean, outcome
    assert outcome.refusals.get("resync", 0) > 0
    assert outcome.verdict.messages > 100


def test_a_rebuilt_conversation_that_takes_commits_before_both_ends_spoke_forks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Box, "refuses", lambda box, side, data: None)

    outcomes = [played(cuts=5, empty=True, seconds=3, seed=seed) for seed in (1, 2)]

    assert sum(outcome.forks for outcome in outcomes) > 0


def test_a_page_that_confirms_without_reading_loses(monkeypatch: pytest.MonkeyPatch):
    taken = Talk._take

    def drops(talk: Talk, data: bytes) -> None:
        if talk.held.have % 10 != 3:
            taken(talk, data)

    monkeypatch.setattr(Talk, "_take", drops)

    assert played().verdict.lost > 0


def test_a_page_that_takes_again_what_it_has_takes_twice(monkeypatch: pytest.MonkeyPatch):
    heard = Talk.heard_envelope

    def doubles(talk: Talk, seq: int, data: bytes) -> None:
        heard(talk, seq, data)
        if seq % 7 == 0:
            talk._take(data)

    monkeypatch.setattr(Talk, "heard_envelope", doubles)

    assert played().verdict.twice > 0


def test_a_page_that_takes_what_comes_in_another_order_is_found(monkeypatch: pytest.MonkeyPatch):
    taken = Talk._take
    waiting: dict[int, bytes] = {}

    def swaps(talk: Talk, data: bytes) -> None:
        if talk.held.have % 5 == 2 and id(talk) not in waiting:
            waiting[id(talk)] = data
            return
        taken(talk, data)
        if (late := waiting.pop(id(talk), None)) is not None:
            taken(talk, late)

    monkeypatch.setattr(Talk, "_take", swaps)

    assert played().verdict.reordered > 0


def test_a_page_that_starts_again_from_the_wrong_number_loses(monkeypatch: pytest.MonkeyPatch):
    greeted = Talk._greeted

    def skips(talk: Talk, turn: int, answered: asyncio.Future[Any]) -> None:
        answer = answered.result()
        if answer is not None and answer["ok"] and answer["taken"] < talk.held.last:
            answered = asyncio.get_running_loop().create_future()
            for seq in range(answer["taken"] + 1, talk.held.last + 1):
                talk.held.outbox.pop(seq, None)
            talk.held.last = answer["taken"]
            talk.held.pending = None
            answered.set_result(answer)
        greeted(talk, turn, answered)

    monkeypatch.setattr(Talk, "_greeted", skips)

    assert played(cuts=4, seconds=2.5).verdict.lost > 0
