"""The rota said in the slowest and plainest way, to hold the quick one against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from rota.domain.ids import Language, LineId, ShiftId, StaffId
from rota.domain.line import Line
from rota.domain.shift import Shift, Wish, planned
from rota.domain.snapshot import Duty
from rota.domain.staff import StaffMember

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1990, 2037


def transitions(zone: str, first: int = FIRST_YEAR, last: int = LAST_YEAR) -> Iterator[datetime]:
    """Yield every moment (UTC) at which the zone's offset changes, found by walking day by day and then halving."""
    tz, at, end = ZoneInfo(zone), datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    offset = at.astimezone(tz).utcoffset()
    while at < end:
        following = at + DAY
        if following.astimezone(tz).utcoffset() != offset:
            low, high = at, following
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if middle.astimezone(tz).utcoffset() == offset else (low, middle)
            yield high
            offset = following.astimezone(tz).utcoffset()
        at = following


def showings(wall: datetime, zone: str) -> list[datetime]:
    """Return every whole minute at which the clock of the zone shows `wall`, by asking each minute of three days."""
    tz, start = ZoneInfo(zone), wall.replace(tzinfo=UTC) - 26 * HOUR
    minutes = (start + step * MINUTE for step in range(3 * 24 * 60 + 1))
    return [at for at in minutes if at.astimezone(tz).replace(tzinfo=None, fold=0) == wall]


def first_after(wall: datetime, zone: str) -> datetime:
    """Return the first whole minute at which the clock of the zone shows more than `wall`."""
    tz, at = ZoneInfo(zone), wall.replace(tzinfo=UTC) - 50 * HOUR
    while at.astimezone(tz).replace(tzinfo=None) <= wall:
        at += MINUTE
    return at


def on_duty(
    lines: Sequence[Line],
    staff: Sequence[StaffMember],
    shifts: Iterable[Shift],
    asked: tuple[LineId, Language],
    at: datetime,
) -> tuple[Duty, ...]:
    """Return who answers, by looking at every shift."""
    line_id, language = asked
    promised = any(line.id == line_id and language in line.languages for line in lines)
    speakers = {member.id for member in staff if language in member.languages}
    return tuple(
        sorted({
            Duty(shift.staff, shift.role)
            for shift in shifts
            if promised
            and shift.line == line_id
            and shift.role.answers
            and shift.staff in speakers
            and shift.starts_at <= at < shift.ends_at
        })
    )


def tiles(line: Line, staff: Sequence[StaffMember], around: datetime, cuts: Sequence[datetime]) -> list[Shift]:
    """Return shifts that follow each other by the clock on the wall: one ends when the next starts."""
    shifts = []
    for place, (start, end) in enumerate(pairwise(cuts)):
        member = staff[place % len(staff)]
        wish = Wish(
            line=line.id, staff=StaffId(member.id), role=member.qualifications[0].role, starts=start, ends=end
        )
        shifts.append(planned(ShiftId(f"{around:%Y%m%d}-{place}"), wish, line.zone))
    return [shift for shift in shifts if shift.starts_at < shift.ends_at]
