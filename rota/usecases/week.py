"""Look at one week of the plan, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from rota.domain.cover import Hole, holes
from rota.domain.ids import ShiftId
from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.snapshot import NO_ZONE
from rota.domain.staff import StaffMember
from rota.domain.wall import day_start
from rota.ports import PlanStore

DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a line, [starts_at, ends_at) UTC: 23 or 25 hours long when the clock changes."""

    date: date
    starts_at: datetime
    ends_at: datetime
    shifts: tuple[Shift, ...]
    holes: tuple[Hole, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWeek:
    """One line for seven days of its zone. `holes` are whole; those of a day are cut at its midnights."""

    line: Line
    days: tuple[Day, ...]
    holes: tuple[Hole, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What a coordinator has before her."""

    monday: date
    lines: tuple[LineWeek, ...]
    staff: tuple[StaffMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """Reads weeks of the plan."""

    store: PlanStore

    def week(self, monday: date) -> Week:
        """Return the week from `monday` on. Each line has its own zone, so its own midnights."""
        with self.store.reading() as plan:
            lines, staff = plan.lines(), plan.staff()
            spans = [(line, _midnights(monday, line.zone)) for line in lines]
            if spans:
                start, end = min(span[0] for _, span in spans), max(span[-1] for _, span in spans)
                shifts = plan.shifts(ends_after=start, starts_before=end)
            else:
                shifts = ()
        return Week(
            monday=monday,
            lines=tuple(_line_week(line, monday, midnights, staff, shifts) for line, midnights in spans),
            staff=tuple(staff),
        )

    def zone(self) -> str:
        """Return the zone in which a reader's week begins: that of the first line, UTC where there is none."""
        with self.store.reading() as plan:
            return next((line.zone for line in plan.lines()), NO_ZONE)

    def shift(self, shift: ShiftId) -> Shift:
        """Return one shift. Raises NoSuchShift."""
        with self.store.reading() as plan:
            return plan.shift(shift)

    def holes_without(self, shift: Shift) -> tuple[Hole, ...]:
        """Return the holes that there are, or would be, during a shift if it were taken out. Raises NoSuchLine."""
        with self.store.reading() as plan:
            line, staff = plan.line(shift.line), plan.staff()
            touching = plan.shifts(ends_after=shift.starts_at, starts_before=shift.ends_at)
        others = [other for other in touching if other.id != shift.id]
        return holes(line, {member.id: member for member in staff}, others, shift.starts_at, shift.ends_at)


def _midnights(monday: date, zone: str) -> tuple[datetime, ...]:
    return tuple(day_start(monday + timedelta(days=day), zone) for day in range(DAYS + 1))


def _line_week(
    line: Line, monday: date, midnights: Sequence[datetime], staff: Sequence[StaffMember], shifts: Sequence[Shift]
) -> LineWeek:
    members = {member.id: member for member in staff}
    own = [shift for shift in shifts if shift.line == line.id]
    days = tuple(
        Day(
            date=monday + timedelta(days=place),
            starts_at=start,
            ends_at=end,
            shifts=tuple(shift for shift in own if shift.overlaps(start, end)),
            holes=holes(line, members, own, start, end),
        )
        for place, (start, end) in enumerate(pairwise(midnights))
    )
    return LineWeek(line=line, days=days, holes=holes(line, members, own, midnights[0], midnights[-1]))
