"""What she is told of her wait comes from five others at least, and grows no more exact than a band."""

from __future__ import annotations

import pytest

from helpline.domain.bands import Place
from tests.world import World

pytestmark = pytest.mark.unit


def test_four_served_say_nothing_and_the_fifth_says_a_band() -> None:
    world = World(cap=2)
    ada = world.counsellor("ada")
    for served in range(5):
        assert world.place_of(waiting := world.person()) == Place(place="next", wait="unknown", offered=True), served
        world.clock.advance(seconds=10)
        world.does.closing.end_by_staff(ada, world.accepts(ada).conversation)
        assert waiting not in [person.ticket for person in world.room.everybody()]

    assert world.place_of(world.person()) == Place(place="next", wait="soon", offered=True)


def test_what_was_four_hours_ago_says_nothing_today() -> None:
    world = World()
    ada = world.counsellor("ada")
    for _ in range(6):
        world.person()
        world.does.closing.end_by_staff(ada, world.accepts(ada).conversation)
    world.passes(minutes=4 * 60)

    assert world.place_of(world.person()) == Place(place="next", wait="unknown", offered=True)
