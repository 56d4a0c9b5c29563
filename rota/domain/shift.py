"""One shift: who, as what, on which line, from when to when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rota.domain.ids import LineId, Role, ShiftId, StaffId
from rota.domain.wall import end_instant, start_instant, wall_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a coordinator asks for, in the line's wall-clock time (naive)."""

    line: LineId
    staff: StaffId
    role: Role
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Somebody answers on a line in [starts_at, ends_at), UTC; `zone` is the one it was planned in.

    `version` counts the changes, so that nobody overwrites a change that she has not seen.
    """

    id: ShiftId
    line: LineId
    staff: StaffId
    role: Role
    starts_at: datetime
    ends_at: datetime
    zone: str
    version: int = 1

    @property
    def length(self) -> timedelta:
        """How long it really lasts, the night of a clock change included."""
        return self.ends_at - self.starts_at

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether it shares a moment with [starts_at, ends_at)."""
        return self.starts_at < ends_at and starts_at < self.ends_at

    def moved(self, wish: Wish, zone: str) -> Shift:
        """Return the shift as wished, one version on. A time that reads as before stays the same moment."""
        return replace(
            self,
            line=wish.line,
            staff=wish.staff,
            role=wish.role,
            starts_at=self._kept(self.starts_at, wish.starts, zone) or start_instant(wish.starts, zone),
            ends_at=self._kept(self.ends_at, wish.ends, zone) or end_instant(wish.ends, zone),
            zone=zone,
            version=self.version + 1,
        )

    def _kept(self, at: datetime, wall: datetime, zone: str) -> datetime | None:
        return at if zone == self.zone and wall_of(at, zone) == wall else None


def planned(shift_id: ShiftId, wish: Wish, zone: str) -> Shift:
    """Return a new shift as wished, its times read in `zone`."""
    return Shift(
        id=shift_id,
        line=wish.line,
        staff=wish.staff,
        role=wish.role,
        starts_at=start_instant(wish.starts, zone),
        ends_at=end_instant(wish.ends, zone),
        zone=zone,
    )
