"""A line that never closes, for a demonstration."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from rota.domain.ids import Role
from rota.domain.line import Line
from rota.domain.rules import LONGEST
from rota.usecases.keep_covered import Standing
from tests.fakes import HandClock
from tests.unit.rota.fakes import ADULTS, AMAL, EN, FR, INES, PlanWorld

pytestmark = pytest.mark.unit

STANDING = (
    Standing(line=ADULTS.id, staff=AMAL.id, role=Role.PSYCHOLOGIST),
    Standing(line=ADULTS.id, staff=INES.id, role=Role.PEER),
)


def test_somebody_stands_at_every_moment_through_both_clock_changes() -> None:
    world = PlanWorld(clock=HandClock(datetime(2026, 1, 15, 22, 59, tzinfo=UTC)))
    world.keeping.keep_covered(STANDING, days_ahead=366)
    at, end = world.clock.now(), world.clock.now() + timedelta(days=366)
    while at < end:
        assert len(world.live.on_duty(ADULTS.id, FR, at)) == 2
        assert len(world.live.on_duty(ADULTS.id, EN, at)) == 1
        at += timedelta(minutes=30)


def test_no_block_breaks_the_longest_shift_and_none_overlaps() -> None:
    world = PlanWorld(clock=HandClock(datetime(2026, 10, 20, tzinfo=UTC)))
    world.keeping.keep_covered(STANDING[:1])
    shifts = world.shifts()
    assert max(shift.length for shift in shifts) == timedelta(hours=9) <= LONGEST
    assert all(one.ends_at == following.starts_at for one, following in pairwise(shifts))


def test_doing_it_again_adds_nothing_and_a_day_later_a_day() -> None:
    world = PlanWorld()
    assert world.keeping.keep_covered(STANDING) > 0
    assert world.keeping.keep_covered(STANDING) == 0
    world.clock.advance(hours=24)
    assert world.keeping.keep_covered(STANDING) == 2 * 3


def test_months_of_daily_calls_never_leave_the_line_closed() -> None:
    world = PlanWorld()
    for _ in range(120):
        world.keeping.keep_covered(STANDING, days_ahead=10)
        assert world.live.opening(ADULTS.id, world.clock.now()).is_open
        world.clock.advance(hours=23, minutes=59)
        assert world.live.opening(ADULTS.id, world.clock.now()).is_open


def test_after_months_asleep_it_opens_at_once() -> None:
    world = PlanWorld()
    world.keeping.keep_covered(STANDING)
    world.clock.advance(hours=24 * 200)
    world.keeping.keep_covered(STANDING)
    assert len(world.live.on_duty(ADULTS.id, FR, world.clock.now())) == 2


def test_what_a_coordinator_took_out_stays_out() -> None:
    world = PlanWorld()
    world.keeping.keep_covered(STANDING[:1])
    tomorrow = world.shifts()[4]
    world.plan.remove_shift(tomorrow.id, tomorrow.version)
    world.clock.advance(hours=1)
    world.keeping.keep_covered(STANDING[:1])
    assert not world.live.opening(ADULTS.id, tomorrow.starts_at).is_open


def test_a_zone_that_lost_a_day_is_covered_too() -> None:
    world = PlanWorld(clock=HandClock(datetime(2011, 12, 28, tzinfo=UTC)))
    world.enrolling.line(Line(id=ADULTS.id, zone="Pacific/Apia", languages=(FR, EN)))
    world.keeping.keep_covered(STANDING[:1], days_ahead=5)
    shifts = world.shifts()
    assert all(one.ends_at == following.starts_at for one, following in pairwise(shifts))
