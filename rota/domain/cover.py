"""Where a line has nobody: the holes in the cloth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rota.domain.ids import Language, StaffId
from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.staff import StaffMember
from rota.domain.timeline import timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """In [starts_at, ends_at), UTC, nobody answers in the `missing` languages of a line; `empty` when in none."""

    starts_at: datetime
    ends_at: datetime
    missing: tuple[Language, ...]
    empty: bool

    @property
    def length(self) -> timedelta:
        """How long it really lasts."""
        return self.ends_at - self.starts_at


def holes(
    line: Line, staff: Mapping[StaffId, StaffMember], shifts: Iterable[Shift], start: datetime, end: datetime
) -> tuple[Hole, ...]:
    """Return the holes of `line` within [start, end), UTC, in order. `shifts` may hold those of other lines."""
    return tuple(_holes(line, staff, shifts, start, end))


def _holes(
    line: Line, staff: Mapping[StaffId, StaffMember], shifts: Iterable[Shift], start: datetime, end: datetime
) -> Iterator[Hole]:
    spoken = timeline(
        (shift.starts_at, shift.ends_at, language)
        for shift in shifts
        if shift.line == line.id and shift.role.answers and shift.staff in staff
        for language in staff[shift.staff].languages.intersection(line.languages)
    )
    for starts_at, ends_at, held in spoken.pieces(start, end):
        missing = tuple(language for language in line.languages if language not in held)
        if missing:
            yield Hole(starts_at=starts_at, ends_at=ends_at, missing=missing, empty=not held)
