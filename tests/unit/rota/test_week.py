"""A week as a coordinator sees it: holes, and the cloth they are drawn in."""

# ruff: noqa: DTZ001 - what a clock on the wall says has no zone
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from helpline.web.rota.cloth import QUARTERS, lanes
from rota.domain.cover import holes
from rota.domain.ids import Role
from rota.usecases.week import Week, Weeks
from tests.fakes import HandClock
from tests.unit.rota.fakes import ADULTS, AMAL, EN, FR, INES, PARIS, MemoryPlan, PlanWorld, member, shift, wish

pytestmark = pytest.mark.unit

MONDAY = date(2026, 11, 23)
START, END = datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 29, 23, tzinfo=UTC)
STAFF = {one.id: one for one in (AMAL, INES)}


def hour(day: int, at: int) -> datetime:
    return datetime(2026, 11, day, at, tzinfo=UTC)


def test_a_line_without_shifts_is_one_hole() -> None:
    (hole,) = holes(ADULTS, STAFF, (), START, END)
    assert (hole.starts_at, hole.ends_at, hole.missing, hole.empty) == (START, END, (FR, EN), True)
    assert hole.length == timedelta(hours=168)


def test_a_hole_in_one_language_is_not_an_empty_one() -> None:
    found = holes(ADULTS, STAFF, (shift("1", INES, hour(23, 8), hour(23, 12)),), hour(23, 8), hour(23, 13))
    assert [(hole.missing, hole.empty) for hole in found] == [((EN,), False), ((FR, EN), True)]


def test_a_supervisor_fills_no_hole() -> None:
    sofia = member("sofia", Role.SUPERVISOR)
    found = holes(ADULTS, {sofia.id: sofia}, (shift("1", sofia, START, END),), START, END)
    assert [hole.empty for hole in found] == [True]


def test_shifts_of_other_lines_fill_no_hole() -> None:
    world = PlanWorld()
    world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16)))
    adults, young = world.weeks.week(MONDAY).lines
    assert sum((hole.length for hole in adults.holes), timedelta()) == timedelta(hours=160)
    assert sum((hole.length for hole in young.holes), timedelta()) == timedelta(hours=168)


def test_a_night_shift_stands_on_both_its_days_and_its_hole_is_whole_in_the_list() -> None:
    world = PlanWorld()
    night = world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 22), datetime(2026, 11, 26, 6)))
    line = world.weeks.week(MONDAY).lines[0]
    assert [night in day.shifts for day in line.days] == [False, False, True, True, False, False, False]
    assert [hole.length for hole in line.holes] == [timedelta(hours=70), timedelta(hours=90)]


def test_a_day_of_a_clock_change_has_its_real_hours() -> None:
    def lengths(monday: date) -> list[float]:
        days = PlanWorld().weeks.week(monday).lines[0].days
        return [(day.ends_at - day.starts_at) / timedelta(hours=1) for day in days]

    assert lengths(date(2026, 10, 19)) == [24] * 6 + [25]
    assert lengths(date(2026, 3, 23)) == [24] * 6 + [23]


def test_a_plan_without_lines_has_an_empty_week() -> None:
    weeks = Weeks(store=MemoryPlan())
    assert weeks.week(MONDAY) == Week(monday=MONDAY, lines=(), staff=())
    assert weeks.zone() == "UTC"


def test_taking_a_shift_out_leaves_a_hole_only_where_nobody_else_answers() -> None:
    world = PlanWorld()
    shared = world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16)))
    world.plan.add_shift(wish(INES, datetime(2026, 11, 25, 12), datetime(2026, 11, 25, 16)))
    left = world.weeks.holes_without(shared)
    assert [(hole.empty, hole.length) for hole in left] == [(True, timedelta(hours=4)), (False, timedelta(hours=4))]


@pytest.mark.parametrize("monday", [date(2026, 3, 23), MONDAY, date(2026, 10, 19)])
def test_every_lane_is_as_wide_as_a_day(monday: date) -> None:
    world = PlanWorld(clock=HandClock(datetime(2026, 3, 1, tzinfo=UTC)))
    sunday = datetime.combine(monday + timedelta(days=6), datetime.min.time())
    for start, minutes in ((-3, 7 * 60), (5, 17), (9, 240), (22, 300)):
        starts = sunday + timedelta(hours=start)
        world.plan.add_shift(wish(AMAL, starts, starts + timedelta(minutes=minutes)))
        world.plan.add_shift(wish(INES, starts + timedelta(minutes=5), starts + timedelta(minutes=minutes)))
    for day in world.weeks.week(monday).lines[0].days:
        for lane in lanes(day, PARIS):
            assert sum(piece.width for piece in lane) == QUARTERS
            assert all(piece.width > 0 for piece in lane)
            assert all(one.end == following.start for one, following in pairwise(lane))


def test_each_role_keeps_to_its_own_lanes_and_holes_come_first() -> None:
    world = PlanWorld()
    world.plan.add_shift(wish(INES, datetime(2026, 11, 25, 0), datetime(2026, 11, 25, 8)))
    world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16)))
    wednesday = world.weeks.week(MONDAY).lines[0].days[2]
    kinds = [
        {piece.shift.role if piece.shift else "hole" for piece in lane if piece.shift or piece.hole}
        for lane in lanes(wednesday, PARIS)
    ]
    assert kinds == [{"hole"}, {Role.PSYCHOLOGIST}, {Role.PEER}]
