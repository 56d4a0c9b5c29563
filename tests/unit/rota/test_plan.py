"""Adding, moving and removing shifts."""

# ruff: noqa: DTZ001 - what a clock on the wall says has no zone
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rota.domain.ids import LineId, Role, ShiftId, StaffId
from rota.domain.rules import RULES
from rota.domain.shift import Wish
from rota.domain.staff import Qualification
from rota.errors import RotaError
from tests.unit.rota.fakes import ADULTS, AMAL, FR, INES, NOON, YOUNG, PlanWorld, member, wish

pytestmark = pytest.mark.unit

EVENING = wish(AMAL, datetime(2026, 11, 24, 18), datetime(2026, 11, 24, 22))
SIX = datetime(2026, 11, 24, 17, tzinfo=UTC)  # 18:00 in Paris


@pytest.fixture
def world() -> PlanWorld:
    return PlanWorld()


def code_of(do: Callable[[], object]) -> str:
    with pytest.raises(RotaError) as refused:
        do()
    assert str(refused.value) == refused.value.code
    return refused.value.code


def test_the_router_sees_a_new_shift_at_once(world: PlanWorld) -> None:
    assert not world.live.opening(ADULTS.id, SIX).is_open
    world.plan.add_shift(EVENING)
    assert [duty.staff for duty in world.live.on_duty(ADULTS.id, FR, SIX)] == [AMAL.id]
    assert world.live.opening(ADULTS.id, NOON).opens_at == SIX


def test_the_router_sees_a_moved_and_a_removed_shift_at_once(world: PlanWorld) -> None:
    shift = world.plan.add_shift(EVENING)
    moved = world.plan.move_shift(shift.id, shift.version, wish(INES, EVENING.starts, EVENING.ends, YOUNG))
    assert not world.live.opening(ADULTS.id, SIX).is_open
    assert [duty.staff for duty in world.live.on_duty(YOUNG.id, FR, SIX)] == [INES.id]
    world.plan.remove_shift(moved.id, moved.version)
    assert not world.live.opening(YOUNG.id, SIX).is_open


def test_nothing_is_published_when_nothing_is_kept(world: PlanWorld) -> None:
    before = len(world.published)
    code_of(lambda: world.plan.add_shift(replace(EVENING, ends=EVENING.starts)))
    assert (len(world.published), world.shifts()) == (before, ())


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_such_line", {"line": LineId("nowhere")}),
        ("no_such_staff", {"staff": StaffId("nobody")}),
        ("role_not_held", {"role": Role.PEER}),
        ("ends_before_start", {"ends": EVENING.starts}),
        ("ends_before_start", {"ends": EVENING.starts - timedelta(minutes=1)}),
        ("too_long", {"ends": EVENING.starts + timedelta(hours=12, minutes=1)}),
        ("already_over", {"starts": datetime(2026, 11, 24, 9), "ends": datetime(2026, 11, 24, 13)}),
        ("too_far_ahead", {"starts": datetime(2062, 11, 24, 9), "ends": datetime(2062, 11, 24, 13)}),
    ],
)
def test_a_shift_that_breaks_a_rule_is_refused_by_its_code(
    world: PlanWorld, code: str, changes: dict[str, object]
) -> None:
    assert code_of(lambda: world.plan.add_shift(replace(EVENING, **changes))) == code  # type: ignore[arg-type]
    assert world.shifts() == ()


def test_twelve_hours_are_allowed(world: PlanWorld) -> None:
    world.plan.add_shift(replace(EVENING, ends=EVENING.starts + timedelta(hours=12)))
    assert len(world.shifts()) == 1


def test_twelve_hours_are_counted_as_they_really_pass(world: PlanWorld) -> None:
    autumn = Wish(
        line=ADULTS.id,
        staff=AMAL.id,
        role=Role.PSYCHOLOGIST,
        starts=datetime(2027, 10, 30, 20),
        ends=datetime(2027, 10, 31, 8),
    )
    assert code_of(lambda: world.plan.add_shift(autumn)) == "too_long"
    spring = replace(autumn, starts=datetime(2027, 3, 27, 20), ends=datetime(2027, 3, 28, 9))
    assert world.plan.add_shift(spring).length == timedelta(hours=12)


def test_nobody_is_in_two_places_and_the_refusal_knows_where_she_is(world: PlanWorld) -> None:
    first = world.plan.add_shift(EVENING)
    later = wish(AMAL, EVENING.ends - timedelta(minutes=1), EVENING.ends + timedelta(hours=2), YOUNG)
    with pytest.raises(RotaError) as refused:
        world.plan.add_shift(later)
    assert (refused.value.code, refused.value.other) == ("overlap", first)  # type: ignore[attr-defined]


def test_one_shift_may_follow_another_without_a_pause(world: PlanWorld) -> None:
    world.plan.add_shift(EVENING)
    world.plan.add_shift(wish(AMAL, EVENING.ends, EVENING.ends + timedelta(hours=2)))
    assert len(world.shifts()) == 2


def test_a_shift_does_not_stand_in_its_own_way(world: PlanWorld) -> None:
    shift = world.plan.add_shift(EVENING)
    later = replace(EVENING, starts=EVENING.starts + timedelta(hours=1), ends=EVENING.ends + timedelta(hours=1))
    assert world.plan.move_shift(shift.id, 1, later).starts_at == shift.starts_at + timedelta(hours=1)


def test_a_qualification_must_last_until_the_end(world: PlanWorld) -> None:
    until = Qualification(role=Role.PSYCHOLOGIST, valid_until=SIX + timedelta(hours=1))
    world.enrolling.member(replace(AMAL, qualifications=(until,)))
    assert code_of(lambda: world.plan.add_shift(EVENING)) == "role_not_held"


def test_without_a_common_language_nobody_is_planned(world: PlanWorld) -> None:
    world.enrolling.member(member("amal", Role.PSYCHOLOGIST, "pl"))  # type: ignore[arg-type]
    assert code_of(lambda: world.plan.add_shift(EVENING)) == "no_common_language"


def test_of_two_coordinators_the_second_does_not_overwrite_the_first(world: PlanWorld) -> None:
    seen_by_both = world.plan.add_shift(EVENING)
    first = world.plan.move_shift(seen_by_both.id, seen_by_both.version, wish(INES, EVENING.starts, EVENING.ends))
    second = replace(EVENING, ends=EVENING.ends - timedelta(hours=1))
    assert code_of(lambda: world.plan.move_shift(seen_by_both.id, seen_by_both.version, second)) == "shift_changed"
    assert code_of(lambda: world.plan.remove_shift(seen_by_both.id, seen_by_both.version)) == "shift_changed"
    assert world.shifts() == (first,)


def test_a_removed_shift_can_be_neither_moved_nor_removed(world: PlanWorld) -> None:
    shift = world.plan.add_shift(EVENING)
    world.plan.remove_shift(shift.id, shift.version)
    assert code_of(lambda: world.plan.move_shift(shift.id, 1, EVENING)) == "no_such_shift"
    assert code_of(lambda: world.plan.remove_shift(ShiftId("never"), 1)) == "no_such_shift"


def test_what_is_over_stays_as_it_was(world: PlanWorld) -> None:
    shift = world.plan.add_shift(EVENING)
    world.clock.advance(hours=12)
    tomorrow = replace(EVENING, starts=EVENING.starts + timedelta(days=1), ends=EVENING.ends + timedelta(days=1))
    assert code_of(lambda: world.plan.move_shift(shift.id, 1, tomorrow)) == "already_over"
    assert code_of(lambda: world.plan.remove_shift(shift.id, 1)) == "already_over"


def test_a_running_shift_can_be_cut_short(world: PlanWorld) -> None:
    shift = world.plan.add_shift(EVENING)
    world.clock.advance(hours=6)
    cut = world.plan.move_shift(shift.id, 1, replace(EVENING, ends=EVENING.ends - timedelta(hours=1)))
    assert cut.starts_at == shift.starts_at
    assert not world.live.opening(ADULTS.id, cut.ends_at).is_open


def test_saving_a_shift_unchanged_keeps_its_moments_even_on_the_night_of_a_change(world: PlanWorld) -> None:
    night = wish(AMAL, datetime(2027, 10, 31, 0), datetime(2027, 10, 31, 2, 30))
    shift = world.plan.add_shift(night)
    first_showing = replace(shift, ends_at=shift.ends_at - timedelta(hours=1), version=2)
    with world.store.writing() as plan:
        plan.replace(shift, first_showing)
    assert world.plan.move_shift(shift.id, 2, night).ends_at == first_showing.ends_at


def test_a_process_that_holds_the_stored_version_is_not_told_again(world: PlanWorld) -> None:
    assert not world.publishing.refresh(held_version=world.live.version)
    assert world.publishing.refresh(held_version=world.live.version - 1)
    assert world.publishing.refresh()


def test_every_rule_has_a_test_that_needs_it(world: PlanWorld) -> None:
    """The codes above are those of the rules: a rule that is taken out leaves a test without its refusal."""
    assert {rule.__name__ for rule in RULES} == {
        "ends_after_it_starts",
        "lasts_at_most_twelve_hours",
        "is_not_over",
        "is_within_reach",
        "role_is_held",
        "a_language_is_shared",
        "one_place_at_a_time",
    }
