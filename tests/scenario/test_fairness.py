"""Over many offers nobody carries more than her share, and nobody can foresee who is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import pytest

from helpline.domain.ids import StaffId
from helpline.domain.staff import Duty
from helpline.usecases import offering
from tests.world import World

pytestmark = pytest.mark.unit

NAMES = tuple(StaffId(name) for name in ("ada", "bea", "cleo", "dora"))
CONVERSATIONS = 800


def lived_through(seed: int) -> list[StaffId]:
    """Let many conversations come one after the other, a quarter of an hour apart; return who answered each."""
    world = World(seed=seed)
    for name in NAMES:
        world.counsellor(name)
    answered = []
    for _ in range(CONVERSATIONS):
        ticket = world.person()
        offer = world.room.get(ticket).offer
        assert offer is not None
        answered.append(offer.staff_id)
        accepted = world.accepts(offer.staff_id)
        world.does.closing.end_by_staff(offer.staff_id, accepted.conversation)
        world.clock.advance(minutes=15)
        world.does.ticking.tick()
    return answered


def is_fair(answered: Sequence[StaffId]) -> bool:
    """Tell whether everybody has her share within an eighth, and no order can be foreseen."""
    share = len(answered) / len(NAMES)
    shares = all(0.875 * share <= count <= 1.125 * share for count in (Counter(answered)[name] for name in NAMES))
    after_ada = Counter(after for before, after in pairwise(answered) if before == "ada")
    return shares and len(after_ada) >= 3 and max(after_ada.values()) < 0.7 * sum(after_ada.values())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_offers_are_shared_fairly_and_in_no_order(seed: int) -> None:
    assert is_fair(lived_through(seed))


def favourite(duties: Sequence[Duty], _load: Mapping[StaffId, int], _choose: Callable[[Sequence[Duty]], Duty]) -> Duty:
    return duties[0]


def in_turn(duties: Sequence[Duty], load: Mapping[StaffId, int], _choose: Callable[[Sequence[Duty]], Duty]) -> Duty:
    return min(duties, key=lambda duty: (load[duty.staff_id], duty.staff_id))


@pytest.mark.parametrize("planted", [favourite, in_turn])
def test_an_unfair_or_foreseeable_choice_is_found(
    planted: Callable[..., Duty], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "one_of_the_two_least_loaded", planted)

    assert not is_fair(lived_through(1))
