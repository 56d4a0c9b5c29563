"""Rows of the tables to things of the plan, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from rota.domain.ids import Language, LineId, Role, ShiftId, StaffId
from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.staff import Qualification, StaffMember


def seconds(at: datetime) -> int:
    """Return a moment as whole seconds since 1970, UTC."""
    return int(at.timestamp())


def moment(at_seconds: int) -> datetime:
    """Return the moment that `at_seconds` since 1970 names."""
    return datetime.fromtimestamp(at_seconds, UTC)


def lines_of(rows: Iterable[Row[Any]], languages: Iterable[Row[Any]]) -> tuple[Line, ...]:
    """Return lines from rota_line, and from rota_line_language in the order of their places."""
    spoken: dict[str, list[Language]] = defaultdict(list)
    for row in languages:
        spoken[row.line_id].append(Language(row.language))
    return tuple(Line(id=LineId(row.id), zone=row.zone, languages=tuple(spoken[row.id])) for row in rows)


def members_of(
    rows: Iterable[Row[Any]], languages: Iterable[Row[Any]], qualifications: Iterable[Row[Any]]
) -> tuple[StaffMember, ...]:
    """Return staff from rota_staff_member, rota_staff_language and rota_qualification."""
    spoken: dict[str, set[Language]] = defaultdict(set)
    for row in languages:
        spoken[row.staff_id].add(Language(row.language))
    held: dict[str, list[Qualification]] = defaultdict(list)
    for row in qualifications:
        until = None if row.valid_until is None else moment(row.valid_until)
        held[row.staff_id].append(Qualification(role=Role(row.role), valid_until=until))
    return tuple(
        StaffMember(
            id=StaffId(row.id),
            alias=row.alias,
            languages=frozenset(spoken[row.id]),
            qualifications=tuple(held[row.id]),
        )
        for row in rows
    )


def shift_of(row: Row[Any]) -> Shift:
    """Return a shift from rota_shift."""
    return Shift(
        id=ShiftId(row.id),
        line=LineId(row.line_id),
        staff=StaffId(row.staff_id),
        role=Role(row.role),
        starts_at=moment(row.starts_at),
        ends_at=moment(row.ends_at),
        zone=row.zone,
        version=row.version,
    )


def values_of(shift: Shift) -> Mapping[str, object]:
    """Return a shift as a row of rota_shift."""
    return {
        "id": shift.id,
        "line_id": shift.line,
        "staff_id": shift.staff,
        "role": shift.role.value,
        "starts_at": seconds(shift.starts_at),
        "ends_at": seconds(shift.ends_at),
        "zone": shift.zone,
        "version": shift.version,
    }
