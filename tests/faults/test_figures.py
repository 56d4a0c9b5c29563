"""How long a conversation was away is counted from when it could have been back, and until both ends are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tests.faults.chaos import NEVER_MS, Trouble, resumed_ms
from tests.faults.series import Shape, cases
from tests.faults.world import World
from tests.load.checker import Verdict
from tests.load.end import Outage
from tests.load.payload import Way
from tests.load.scene import Outcome, Places

NOWHERE = Places(person_origin="", person_ports=(), staff_origin="", staff_ports=())
NOTHING = Outcome(
    verdict=Verdict(), outages=(), greeted=(), latencies_seconds=(), refusals={}, again=0, gone=0, displaced=0,
    vanished=0, unopened=0, forks=0, unanswered=0, unended=0,
)
ONE = (b"one",)


def away(*outages: Outage, healed: tuple[float, ...] = ()) -> list[float]:
    hurt = World((), None, NOWHERE)
    hurt.healed.extend(healed)
    return resumed_ms(replace(NOTHING, outages=outages), hurt)


def rebuilt(*greeted: tuple[bytes, Way, float], emptied: float) -> list[float]:
    hurt = World((), None, NOWHERE)
    hurt.emptied.append(emptied)
    return resumed_ms(replace(NOTHING, greeted=greeted), hurt)


def test_a_loss_counts_from_its_beginning_if_nothing_was_away():
    assert away(Outage(ONE, 10.0, 10.5)) == [500.0]


def test_a_loss_counts_from_when_all_was_back():
    assert away(Outage(ONE, 10.0, 14.5), healed=(9.0, 14.0, 20.0)) == [500.0]


def test_it_lasts_until_both_ends_are_back():
    assert away(Outage(ONE, 10.0, 10.5), Outage(ONE, 10.25, 11.0)) == [1000.0]
    assert away(Outage(ONE, 10.0, 10.5), Outage(ONE, 12.0, 12.25)) == [500.0, 250.0]
    assert away(Outage(ONE, 10.0, 10.5), Outage((b"two",), 10.25, 11.0)) == [500.0, 750.0]


def test_an_emptied_store_is_an_outage_until_both_ends_have_said_what_they_hold():
    begun = (b"one", Way.TO_PERSON, 1.0)
    hers = (b"one", Way.TO_COUNSELLOR, 5.25)

    assert rebuilt(begun, hers, (b"one", Way.TO_PERSON, 5.5), emptied=5.0) == [500.0]
    assert rebuilt(begun, hers, emptied=5.0) == [NEVER_MS]
    assert rebuilt(hers, emptied=5.0) == []


def test_every_trouble_comes_as_often_as_the_others_and_the_same_again_with_the_same_seed():
    given = list(cases(100, 1))
    on_redis = Counter(case.trouble for case in given if case.shape is Shape.ON_REDIS)

    assert given == list(cases(100, 1))
    assert given != list(cases(100, 2))
    assert on_redis.keys() == set(Trouble)
    assert max(on_redis.values()) - min(on_redis.values()) <= 1
    assert len({case.seed for case in given}) == 100
