"""What she is told of her wait comes from five others at least, and grows no more exact than a band."""

from __future__ import annotations

import pytest

from helpline.domain.bands import Place
from helpline.domain.ids import CertificateRole, PresenceState, StaffId, Wish
from tests.fakes import ENGLISH, FRENCH
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


def who_is_told_soon(world: World) -> StaffId:
    """Let the last six have been answered within ten seconds each."""
    ada = world.counsellor("ada", languages=(FRENCH,))
    for _ in range(6):
        world.person()
        world.clock.advance(seconds=10)
        world.does.closing.end_by_staff(ada, world.accepts(ada).conversation)
    return ada


def test_nobody_is_told_soon_once_the_desks_are_empty() -> None:
    world = World()
    ada = who_is_told_soon(world)
    world.declares(ada, PresenceState.ON_BREAK)
    waiting = world.person()
    assert world.place_of(waiting) == Place(place="next", wait="unknown", offered=False)

    world.passes(seconds=31)
    assert world.place_of(waiting) == Place(place="next", wait="nobody", offered=False)

    world.declares(ada, PresenceState.ON_DUTY)
    assert world.place_of(waiting) == Place(place="next", wait="soon", offered=True)


def test_a_counsellor_who_is_busy_is_there_and_one_of_another_language_is_not() -> None:
    world = World()
    ada = who_is_told_soon(world)
    world.planned("nobody yet")
    world.talking(ada)
    busy, other = world.person(language=FRENCH), world.person(language=ENGLISH)
    world.passes(seconds=31)

    assert [world.place_of(each).wait for each in (busy, other)] == ["soon", "nobody"]  # type: ignore[union-attr]


def test_the_wait_says_nothing_of_who_fits_which_wish() -> None:
    world = World()
    world.talking(who_is_told_soon(world))
    waiting = [world.person(wish) for wish in (Wish.WHOEVER, Wish.PSYCHOLOGIST, Wish.SURVIVOR)]
    world.planned("a survivor at home", CertificateRole.PEER)
    world.passes(seconds=31)

    assert {world.place_of(each).wait for each in waiting} == {"soon"}  # type: ignore[union-attr]
