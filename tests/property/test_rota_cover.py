"""Around every kind of clock change: cover has no hole, and the quick answer is the plain one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rota.domain.cover import holes
from rota.domain.ids import Language, LineId, Role, ShiftId, StaffId
from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.snapshot import take_snapshot
from rota.domain.staff import Qualification, StaffMember
from rota.domain.wall import end_instant, start_instant, wall_of
from tests.property import rota_brute_force as plain

pytestmark = pytest.mark.unit

ZONES = (
    "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Tehran", "Europe/Dublin", "Africa/Casablanca",
    "America/Sao_Paulo", "Pacific/Apia", "Pacific/Kwajalein", "Asia/Gaza", "America/Havana", "Africa/Cairo",
    "Asia/Kathmandu", "America/Caracas", "Asia/Pyongyang", "UTC",
)  # fmt: skip
FR, EN = Language("fr"), Language("en")
STAFF = tuple(
    StaffMember(
        id=StaffId(f"s{place}"),
        alias=f"S{place}",
        languages=frozenset(spoken),
        qualifications=(Qualification(role=role),),
    )
    for place, (role, spoken) in enumerate(
        [(Role.PSYCHOLOGIST, {FR}), (Role.PEER, {FR, EN}), (Role.VOLUNTEER, {EN}), (Role.SUPERVISOR, {FR, EN})]
    )
)
BOUNDED = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SECOND = timedelta(seconds=1)


@cache
def changes_of(zone: str) -> tuple[datetime, ...]:
    return tuple(plain.transitions(zone)) or (datetime(2000, 1, 1, tzinfo=UTC),)


@st.composite
def clock_changes(draw: st.DrawFn) -> tuple[str, datetime]:
    zone = draw(st.sampled_from(ZONES))
    return zone, draw(st.sampled_from(changes_of(zone)))


@st.composite
def walls_near_a_change(draw: st.DrawFn) -> tuple[str, datetime]:
    zone, change = draw(clock_changes())
    wall = wall_of(change, zone) + timedelta(minutes=draw(st.integers(-150, 150)))
    return zone, wall.replace(second=0)


@given(walls_near_a_change())
@BOUNDED
def test_a_wall_clock_time_means_what_asking_every_minute_says(near: tuple[str, datetime]) -> None:
    zone, wall = near
    shown = plain.showings(wall, zone)
    first, last = (shown[0], shown[-1]) if shown else (plain.first_after(wall, zone),) * 2
    assert (start_instant(wall, zone), end_instant(wall, zone)) == (first, last)


@given(clock_changes(), st.lists(st.integers(-36 * 4, 36 * 4), min_size=2, max_size=12, unique=True))
@BOUNDED
def test_shifts_that_meet_on_the_wall_never_leave_a_hole(near: tuple[str, datetime], quarters: list[int]) -> None:
    zone, change = near
    line = Line(id=LineId("adults"), zone=zone, languages=(FR,))
    middle = wall_of(change, zone).replace(minute=0, second=0)
    shifts = plain.tiles(
        line, STAFF[:2], change, [middle + timedelta(minutes=15 * place) for place in sorted(quarters)]
    )
    if shifts:
        start, end = shifts[0].starts_at, shifts[-1].ends_at
        assert holes(line, {one.id: one for one in STAFF}, shifts, start, end) == ()
        snapshot = take_snapshot(1, (line,), STAFF, shifts)
        assert snapshot.opening(line.id, start - SECOND).opens_at == start
        assert snapshot.open[line.id].change_after(start) == end


@st.composite
def plans(draw: st.DrawFn) -> tuple[tuple[Line, ...], list[Shift]]:
    zone, change = draw(clock_changes())
    lines = (
        Line(id=LineId("adults"), zone=zone, languages=(FR, EN)),
        Line(id=LineId("young"), zone="Europe/Paris", languages=(FR,)),
    )
    shifts = []
    for place in range(draw(st.integers(0, 12))):
        starts_at = change + timedelta(minutes=15 * draw(st.integers(-96, 96)))
        member = draw(st.sampled_from(STAFF))
        shifts.append(
            Shift(
                id=ShiftId(str(place)),
                line=draw(st.sampled_from(lines)).id,
                staff=member.id,
                role=member.qualifications[0].role,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=15 * draw(st.integers(1, 48))),
                zone=zone,
            )
        )
    return lines, shifts


@given(plans())
@BOUNDED
def test_the_picture_answers_as_looking_at_every_shift_does(plan: tuple[tuple[Line, ...], list[Shift]]) -> None:
    lines, shifts = plan
    snapshot = take_snapshot(1, lines, STAFF, shifts)
    edges = {edge for shift in shifts for edge in (shift.starts_at, shift.ends_at)}
    for at in (edge + step for edge in edges for step in (-SECOND, timedelta(), SECOND)):
        spoken = {}
        for line in lines:
            for language in (FR, EN):
                expected = plain.on_duty(lines, STAFF, shifts, (line.id, language), at)
                spoken[line.id, language] = expected
                assert snapshot.on_duty(line.id, language, at) == expected
            is_open = any(duties for (of, _), duties in spoken.items() if of == line.id)
            assert snapshot.opening(line.id, at).is_open == is_open
        for member in STAFF:
            assert snapshot.lines_of(member.id, at) == tuple(
                sorted(place for place, duties in spoken.items() if any(duty.staff == member.id for duty in duties))
            )


@given(plans())
@BOUNDED
def test_nothing_happens_before_the_next_change(plan: tuple[tuple[Line, ...], list[Shift]]) -> None:
    lines, shifts = plan
    snapshot = take_snapshot(1, lines, STAFF, shifts)

    def everybody(at: datetime) -> list[object]:
        return [plain.on_duty(lines, STAFF, shifts, (line.id, tag), at) for line in lines for tag in (FR, EN)]

    at = min((shift.starts_at for shift in shifts), default=datetime(2000, 1, 1, tzinfo=UTC)) - timedelta(hours=1)
    seen = 0
    while (change := snapshot.next_change(at)) is not None:
        assert everybody(change - SECOND) == everybody(at) != everybody(change)
        at, seen = change, seen + 1
    assert seen <= 2 * len(shifts)
    assert everybody(at) == everybody(at + timedelta(days=400))


def test_a_rota_that_took_the_first_showing_for_an_end_would_leave_a_hole() -> None:
    """The fault that the rule for ends prevents: the first test above would find it."""
    wall = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    first, last = plain.showings(wall, "Europe/Paris")
    assert (start_instant(wall, "Europe/Paris"), end_instant(wall, "Europe/Paris")) == (first, last)
    assert first < last


def test_a_picture_whose_ends_were_inclusive_would_be_found_out() -> None:
    line = Line(id=LineId("adults"), zone="UTC", languages=(FR,))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    shift = plain.tiles(line, STAFF[:1], start, [datetime(2026, 1, 1), datetime(2026, 1, 1, 8)])[0]  # noqa: DTZ001
    longer = Shift(
        id=shift.id, line=shift.line, staff=shift.staff, role=shift.role, starts_at=shift.starts_at,
        ends_at=shift.ends_at + SECOND, zone="UTC",
    )  # fmt: skip
    faulty = take_snapshot(1, (line,), STAFF, [longer])
    at = shift.ends_at
    assert faulty.on_duty(line.id, FR, at) != plain.on_duty((line,), STAFF, [shift], (line.id, FR), at)
