"""In calm times a place costs nothing; when a crowd comes it costs a phone some work, and no phone is shut out."""

from __future__ import annotations

import pytest

from helpline.domain.errors import WorkNeeded
from helpline.domain.ids import LineId
from helpline.domain.overload import WAITING_PER_DESK_MAX
from helpline.domain.work import CHALLENGE_LETTERS, SOLUTION_DIGITS, solve
from tests.fakes import ADULTS, YOUTH
from tests.world import World

pytestmark = pytest.mark.unit

CALM = 20


def crowd(world: World) -> None:
    """Let so many ask within a minute that the next is asked for work."""
    for _ in range(CALM):
        world.does.admitting.admit(ADULTS, "")


def challenge_of(world: World, work: str = "", line: LineId = ADULTS) -> str:
    with pytest.raises(WorkNeeded) as needed:
        world.does.admitting.admit(line, work)
    return str(needed.value.told["challenge"])


@pytest.fixture
def world() -> World:
    world = World()
    world.planned("ada")
    return world


def test_in_calm_times_nobody_is_asked_for_work(world: World) -> None:
    for _ in range(30):
        world.does.admitting.admit(ADULTS, "")
        world.clock.advance(seconds=10)


def test_a_crowd_is_asked_for_work_and_the_other_line_is_not(world: World) -> None:
    crowd(world)

    assert len(challenge_of(world)) == CHALLENGE_LETTERS
    world.does.admitting.admit(YOUTH, "")


def test_a_long_queue_asks_for_work_however_slowly_it_grew(world: World) -> None:
    for _ in range(WAITING_PER_DESK_MAX // 2):
        world.does.admitting.admit(ADULTS, "")
        world.person()
        world.passes(minutes=3)

    challenge_of(world)


def test_whoever_has_done_the_work_may_pass_once(world: World) -> None:
    crowd(world)
    done = solve(challenge_of(world))

    world.does.admitting.admit(ADULTS, done)

    assert challenge_of(world, done) != done[:CHALLENGE_LETTERS], "used once: there is another one to do"


def test_work_on_a_challenge_that_is_none_of_ours_or_is_wrong_or_too_old_is_nothing(world: World) -> None:
    crowd(world)
    challenge = challenge_of(world)
    foreign, wrong = "A" * CHALLENGE_LETTERS, challenge + "0" * SOLUTION_DIGITS * 8
    for work in (solve(foreign), wrong, "nonsense", challenge[:-1]):
        assert challenge_of(world, work) not in (foreign, challenge)

    done = solve(challenge)
    world.clock.advance(seconds=121)
    crowd(world)
    assert challenge_of(world, done) != challenge


def test_a_slow_phone_goes_on_with_the_same_work_and_passes_after_twenty_seconds(world: World) -> None:
    crowd(world)
    challenge = challenge_of(world)
    a_part = solve(challenge, 1)
    world.clock.advance(seconds=19)
    assert challenge_of(world, a_part) == challenge

    world.clock.advance(seconds=1)
    world.does.admitting.admit(ADULTS, a_part)


def test_the_slow_lane_lets_in_one_each_five_seconds_and_nobody_who_has_not_begun(world: World) -> None:
    crowd(world)
    challenges = [challenge_of(world) for _ in range(40)]
    parts = [solve(challenge, 1) for challenge in challenges[:4]]
    world.clock.advance(seconds=20)
    assert challenge_of(world, challenges[9]) == challenges[9], "nothing was done"

    passed = 0
    for _ in range(20):
        for part in list(parts):
            try:
                world.does.admitting.admit(ADULTS, part)
            except WorkNeeded:
                continue
            passed += 1
            parts.remove(part)
        world.clock.advance(seconds=1)

    assert passed == 4


def test_the_slow_lane_is_closed_while_the_queue_is_long_and_whole_work_passes_all_the_same(world: World) -> None:
    for _ in range(WAITING_PER_DESK_MAX // 2):
        world.person()
    part, whole = solve(challenge_of(world), 7), solve(challenge_of(world))
    world.clock.advance(seconds=60)
    challenge_of(world, part)

    world.does.admitting.admit(ADULTS, whole)


def test_work_that_was_used_closes_the_slow_lane_to_nobody(world: World) -> None:
    crowd(world)
    used, waiting = solve(challenge_of(world)), solve(challenge_of(world), 1)
    world.does.admitting.admit(ADULTS, used)
    world.clock.advance(seconds=20)
    challenge_of(world, used[:CHALLENGE_LETTERS + SOLUTION_DIGITS])

    world.does.admitting.admit(ADULTS, waiting)


def test_nothing_that_is_kept_of_it_tells_of_anybody(world: World) -> None:
    crowd(world)
    done = solve(challenge_of(world))
    world.does.admitting.admit(ADULTS, done)

    held = [value for _, value in world.admissions.walk()]

    assert not any(isinstance(value, str) and value != ADULTS for value in held)
    assert done[:CHALLENGE_LETTERS].encode() not in held
