"""Keep somebody on duty round the clock, for a demonstration: no human is planned like that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from rota.domain.ids import LineId, Role, ShiftId, StaffId
from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.wall import start_instant, wall_of
from rota.ports import Clock, NewId, Writing
from rota.usecases.publishing import Publishing

BLOCK_HOURS = (0, 8, 16)  # three blocks: two would last 13 hours on the night when an hour is repeated
FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Somebody who stands on a line day and night."""

    line: LineId
    staff: StaffId
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepCovered:
    """Plans standing duties ahead. Doing it again adds only what is new, so it may be called every day."""

    publishing: Publishing
    clock: Clock
    new_id: NewId

    def keep_covered(self, standing: Sequence[Standing], days_ahead: int = 60) -> int:
        """Plan each of `standing` from where her shifts end up to `days_ahead` days from now.

        What a coordinator took out or moved before that end stays as she left it.

        Returns:
            How many shifts were added.

        Raises:
            NoSuchLine, NoSuchStaff, Busy
        """
        with self.publishing.changing() as plan:
            return sum(self._extend(plan, one, days_ahead) for one in standing)

    def _extend(self, plan: Writing, one: Standing, days_ahead: int) -> int:
        now, line = self.clock.now(), plan.line(one.line)
        plan.member(one.staff)
        known = plan.shifts(ends_after=now, staff=one.staff)
        covered_to = max((shift.ends_at for shift in known if shift.line == line.id), default=FIRST_MOMENT)
        added = 0
        for start, end in _blocks(line, now, now + timedelta(days=days_ahead)):
            if start >= covered_to and not any(shift.overlaps(start, end) for shift in known):
                plan.add(self._shift(one, line, start, end))
                added += 1
        return added

    def _shift(self, one: Standing, line: Line, start: datetime, end: datetime) -> Shift:
        return Shift(
            id=ShiftId(self.new_id()),
            line=one.line,
            staff=one.staff,
            role=one.role,
            starts_at=start,
            ends_at=end,
            zone=line.zone,
        )


def _blocks(line: Line, now: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield blocks that meet without a hole or an overlap, from the one that holds `now` on."""
    day = wall_of(now, line.zone).date() - timedelta(days=1)
    start = FIRST_MOMENT
    while start < until:
        for hour in BLOCK_HOURS:
            end = start_instant(datetime.combine(day, time(hour)), line.zone)
            if start is not FIRST_MOMENT and end > now and start < until and start < end:
                yield start, end
            start = end
        day += timedelta(days=1)
