"""Who is on duty, as one immutable picture of the plan that is swapped whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from rota.domain.ids import Language, LineId, Role, StaffId
from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.staff import StaffMember
from rota.domain.timeline import Timeline, timeline

NO_ZONE = "UTC"


class Duty(NamedTuple):
    """Somebody answers now, and as what. A named tuple, because a picture hashes and sorts thousands of them."""

    staff: StaffId
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Whether a line is open; if not, when it opens (UTC) as far as it is planned; and the zone to show that in."""

    is_open: bool
    opens_at: datetime | None
    zone: str


Spoken = tuple[LineId, Language]
Duties = Timeline[tuple[Duty, ...]]
NOBODY: Duties = Timeline((), ((),))
NOWHERE: Timeline[tuple[Spoken, ...]] = Timeline((), ((),))
NEVER: Timeline[bool] = Timeline((), (False,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The plan as the router reads it. It knows nothing that ended before it was taken.

    On duty is whoever answers: staff in a shift whose role answers, in the languages that she and the line share.
    """

    version: int = 0
    zones: Mapping[LineId, str] = field(default_factory=dict)
    duties: Mapping[Spoken, Duties] = field(default_factory=dict)
    places: Mapping[StaffId, Timeline[tuple[Spoken, ...]]] = field(default_factory=dict)
    open: Mapping[LineId, Timeline[bool]] = field(default_factory=dict)
    changes: Timeline[int] = field(default_factory=lambda: Timeline((), (0,)))

    def on_duty(self, line: LineId, language: Language, at: datetime) -> tuple[Duty, ...]:
        """Return who answers on `line` in `language` at the moment `at`, in the order of their ids."""
        return self.duties.get((line, language), NOBODY).at(at)

    def lines_of(self, staff: StaffId, at: datetime) -> tuple[Spoken, ...]:
        """Return the lines, with the languages, that a staff member answers on at the moment `at`."""
        return self.places.get(staff, NOWHERE).at(at)

    def opening(self, line: LineId, at: datetime) -> Opening:
        """Return whether `line` is open at `at`, or else opens when. A line that is not planned is closed."""
        hours = self.open.get(line, NEVER)
        is_open = hours.at(at)
        opens_at = None if is_open else hours.change_after(at)
        return Opening(is_open=is_open, opens_at=opens_at, zone=self.zones.get(line, NO_ZONE))

    def next_change(self, at: datetime) -> datetime | None:
        """Return the first moment after `at` at which anybody's duty starts or ends, or None."""
        return self.changes.change_after(at)


def take_snapshot(
    version: int, lines: Iterable[Line], staff: Iterable[StaffMember], shifts: Iterable[Shift]
) -> Snapshot:
    """Return the picture of a plan. Shifts of unknown lines or staff are left out: nobody can be offered to them."""
    line_of = {line.id: line for line in lines}
    speaks = {member.id: member.languages for member in staff}
    duties: dict[Spoken, list[tuple[datetime, datetime, Duty]]] = defaultdict(list)
    places: dict[StaffId, list[tuple[datetime, datetime, Spoken]]] = defaultdict(list)
    opened: dict[LineId, list[tuple[datetime, datetime, int]]] = defaultdict(list)
    for shift in shifts:
        line, languages = line_of.get(shift.line), speaks.get(shift.staff)
        if line is None or languages is None or not shift.role.answers:
            continue
        duty, shared = Duty(shift.staff, shift.role), languages.intersection(line.languages)
        for language in shared:
            spoken = (line.id, language)
            duties[spoken].append((shift.starts_at, shift.ends_at, duty))
            places[shift.staff].append((shift.starts_at, shift.ends_at, spoken))
        if shared:
            opened[line.id].append((shift.starts_at, shift.ends_at, 1))
    timelines = {spoken: timeline(held) for spoken, held in duties.items()}
    return Snapshot(
        version=version,
        zones={line.id: line.zone for line in line_of.values()},
        duties=timelines,
        places={who: timeline(held) for who, held in places.items()},
        open={line: timeline(held).map(bool) for line, held in opened.items()},
        changes=_changes(timelines.values()),
    )


def _changes(timelines: Iterable[Duties]) -> Timeline[int]:
    moments = sorted({moment for one in timelines for moment in one.boundaries})
    return Timeline(tuple(moments), tuple(range(len(moments) + 1)))
