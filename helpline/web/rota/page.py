"""Everything the page shows of a week, in words and widths; the template only lays it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from helpline.domain.ids import LineId
from helpline.web.rota.cloth import Piece, lanes
from helpline.web.rota.forms import span_shown
from helpline.web.rota.needs import Openings
from helpline.web.rota.speech import Speech
from rota.domain.cover import Hole
from rota.domain.ids import Role, StaffId
from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.staff import StaffMember
from rota.domain.wall import wall_of
from rota.usecases.week import Day, LineWeek, Week

Members = Mapping[StaffId, StaffMember]
ROLES = tuple(Role)
HOLES_LISTED = 6
THIN = 12  # quarters below which only a name and a time fit
PROPOSED = timedelta(hours=8)
FULL_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One piece of cloth: `link` is what its address asks for, empty when there is nothing to do."""

    width: int
    kind: str = "bare"
    name: str = ""
    what: str = ""
    clock: str = ""
    heard: str = ""
    chosen: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One day of a line."""

    day: str
    name: str
    is_today: bool
    is_covered: bool
    note: str
    lanes: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoleView:
    """A hole that can still be filled. `tags` are the languages that are missing while others are spoken."""

    span: str
    length: str
    tags: str
    heard: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line for a week."""

    id: str
    name: str
    is_open: bool
    state: str
    to_fill: str
    is_empty: bool
    holes: tuple[HoleView, ...]
    more: int
    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weaver:
    """Puts a week into words for one reader."""

    speech: Speech
    openings: Openings
    now: datetime
    monday: date
    may_plan: bool
    chosen: str = ""

    def lines(self, week: Week) -> tuple[LineView, ...]:
        """Return the lines of a week."""
        members = {member.id: member for member in week.staff}
        return tuple(self._line(line, members) for line in week.lines)

    def _line(self, week: LineWeek, members: Members) -> LineView:
        line, ahead = week.line, [hole for hole in map(self._ahead, week.holes) if hole is not None]
        ahead.sort(key=lambda hole: not hole.empty)  # where nobody answers at all comes first, each kind by time
        nobody = sum((hole.length for hole in ahead if hole.empty), timedelta())
        is_open, state = self._state(line)
        return LineView(
            id=line.id,
            name=self.speech.line(line.id),
            is_open=is_open,
            state=state,
            to_fill=self.speech.hours(nobody) if nobody else "",
            is_empty=not any(day.shifts for day in week.days),
            holes=tuple(self._hole(hole, line) for hole in ahead[:HOLES_LISTED]),
            more=max(0, len(ahead) - HOLES_LISTED),
            days=tuple(self._day(day, line, members) for day in week.days),
        )

    def _ahead(self, hole: Hole) -> Hole | None:
        """Return what of a hole is still to come."""
        if hole.ends_at <= self.now:
            return None
        minute = self.now.replace(second=0, microsecond=0)
        starts_at = max(hole.starts_at, minute)
        return Hole(starts_at=starts_at, ends_at=hole.ends_at, missing=hole.missing, empty=hole.empty)

    def _hole(self, hole: Hole, line: Line) -> HoleView:
        return HoleView(
            span=self.speech.span(hole.starts_at, hole.ends_at, line.zone),
            length=self.speech.hours(hole.length),
            tags=tags(hole),
            heard=self.speech.missing(hole),
            link=self._link(proposal(hole, line)),
        )

    def _state(self, line: Line) -> tuple[bool, str]:
        opening = self.openings.opening(LineId(line.id), self.now)
        if opening.is_open:
            return True, self.speech.text("open")
        if opening.opens_at is None:
            return False, self.speech.text("closed")
        return False, self.speech.text("closed.until", time=self.speech.moment(opening.opens_at, line.zone, self.now))

    def _day(self, day: Day, line: Line, members: Members) -> DayView:
        length = day.ends_at - day.starts_at
        return DayView(
            day=day.date.isoformat(),
            name=self.speech.day(day.date),
            is_today=day.starts_at <= self.now < day.ends_at,
            is_covered=not day.holes,
            note="" if length == FULL_DAY else self.speech.text("clock.change", n=self.speech.hours(length)),
            lanes=tuple(
                tuple(self._cell(piece, day, line, members) for piece in lane) for lane in lanes(day, line.zone)
            ),
        )

    def _cell(self, piece: Piece, day: Day, line: Line, members: Members) -> Cell:
        if piece.hole is not None:
            return self._gap(piece.width, piece.hole, line)
        if piece.shift is not None:
            return self._woven(piece.width, piece.shift, day, members)
        return Cell(width=piece.width)

    def _gap(self, width: int, hole: Hole, line: Line) -> Cell:
        ahead = self._ahead(hole)
        return Cell(
            width=width,
            kind=_look("gap" if hole.empty else "part", width, past=ahead is None),
            name=self.speech.hours(hole.length),
            what=tags(hole),
            clock=self.speech.clock(hole.starts_at, hole.ends_at, line.zone),
            heard=self.speech.missing(hole),
            link=self._link(proposal(ahead, line)) if self.may_plan and ahead is not None else "",
        )

    def _woven(self, width: int, shift: Shift, day: Day, members: Members) -> Cell:
        before = "\u2190 " if shift.starts_at < day.starts_at else ""
        after = " \u2192" if shift.ends_at > day.ends_at else ""
        member, over = members.get(shift.staff), shift.ends_at <= self.now
        return Cell(
            width=width,
            kind=_look(shift.role.value, width, past=over),
            name=member.alias if member else "",
            what=self.speech.role(shift.role),
            clock=f"{before}{self.speech.clock(shift.starts_at, shift.ends_at, shift.zone)}{after}",
            chosen=shift.id == self.chosen,
            link=self._link({"shift": shift.id}) if self.may_plan and not over else "",
        )

    def _link(self, values: Mapping[str, str]) -> str:
        return urlencode({"week": self.monday.isoformat(), **values})


def _look(kind: str, width: int, *, past: bool) -> str:
    return " ".join([kind, *(["thin"] if width < THIN else []), *(["past"] if past else [])])


def tags(hole: Hole) -> str:
    """Return the languages that are missing while others are spoken, as tags."""
    return "" if hole.empty else "/".join(hole.missing).upper()


def proposal(hole: Hole, line: Line) -> dict[str, str]:
    """Return the values of the form that would fill a hole, or its first hours."""
    ends_at = min(hole.ends_at, hole.starts_at + PROPOSED)
    return {"line": line.id, **span_shown(hole.starts_at, ends_at, line.zone)}


def who_can(staff: tuple[StaffMember, ...], speech: Speech) -> tuple[tuple[str, str], ...]:
    """Return the choices of who answers as what: (value, words), by role and then alias."""
    held = [(qualification.role, member) for member in staff for qualification in member.qualifications]
    held.sort(key=lambda one: (ROLES.index(one[0]), one[1].alias))
    return tuple((f"{role.value}/{member.id}", f"{member.alias}, {speech.role(role)}") for role, member in held)


def monday_of(day: date) -> date:
    """Return the Monday of the week that holds `day`."""
    return day - timedelta(days=day.weekday())


def today_in(zone: str, now: datetime) -> date:
    """Return the date in `zone`."""
    return wall_of(now.astimezone(UTC), zone).date()
