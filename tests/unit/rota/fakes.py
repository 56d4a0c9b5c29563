"""A plan held in memory, and a small world around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rota.domain.ids import Language, LineId, Role, ShiftId, StaffId
from rota.domain.line import Line
from rota.domain.shift import Shift, Wish
from rota.domain.snapshot import Snapshot
from rota.domain.staff import Qualification, StaffMember
from rota.errors import NoSuchLine, NoSuchShift, NoSuchStaff, ShiftChanged
from rota.ports import PlanStore
from rota.usecases.enrolling import Enrolling
from rota.usecases.keep_covered import KeepCovered
from rota.usecases.plan import Plan
from rota.usecases.publishing import Publishing
from rota.usecases.week import Weeks
from tests.fakes import HandClock, SeededRandomness

FR, EN = Language("fr"), Language("en")
PARIS = "Europe/Paris"
ADULTS = Line(id=LineId("adults"), zone=PARIS, languages=(FR, EN))
YOUNG = Line(id=LineId("young"), zone=PARIS, languages=(FR,))
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday; 13:00 in Paris


def member(name: str, role: Role = Role.PSYCHOLOGIST, *languages: Language) -> StaffMember:
    return StaffMember(
        id=StaffId(name),
        alias=name.capitalize(),
        languages=frozenset(languages or (FR, EN)),
        qualifications=(Qualification(role=role),),
    )


AMAL = member("amal")
INES = member("ines", Role.PEER, FR)


def wish(staff: StaffMember, starts: datetime, ends: datetime, line: Line = ADULTS) -> Wish:
    return Wish(line=line.id, staff=staff.id, role=staff.qualifications[0].role, starts=starts, ends=ends)


def shift(name: str, staff: StaffMember, starts_at: datetime, ends_at: datetime, line: Line = ADULTS) -> Shift:
    role = staff.qualifications[0].role
    return Shift(
        id=ShiftId(name), line=line.id, staff=staff.id, role=role, starts_at=starts_at, ends_at=ends_at, zone=line.zone
    )


class MemoryPlan:
    """Keeps the plan in dicts; a change that raises is undone."""

    def __init__(self) -> None:
        self._lines: dict[LineId, Line] = {}
        self._staff: dict[StaffId, StaffMember] = {}
        self._shifts: dict[ShiftId, Shift] = {}
        self._version = 0

    @contextmanager
    def reading(self) -> Iterator[MemoryPlan]:
        yield self

    @contextmanager
    def writing(self) -> Iterator[MemoryPlan]:
        before = dict(self._lines), dict(self._staff), dict(self._shifts), self._version
        self._version += 1
        try:
            yield self
        except BaseException:
            self._lines, self._staff, self._shifts, self._version = before
            raise

    def version(self) -> int:
        return self._version

    def lines(self) -> Sequence[Line]:
        return tuple(self._lines[key] for key in sorted(self._lines))

    def staff(self) -> Sequence[StaffMember]:
        return tuple(sorted(self._staff.values(), key=lambda one: (one.alias, one.id)))

    def line(self, line: LineId) -> Line:
        if line not in self._lines:
            raise NoSuchLine
        return self._lines[line]

    def member(self, staff: StaffId) -> StaffMember:
        if staff not in self._staff:
            raise NoSuchStaff
        return self._staff[staff]

    def shift(self, shift: ShiftId) -> Shift:
        if shift not in self._shifts:
            raise NoSuchShift
        return self._shifts[shift]

    def shifts(
        self, ends_after: datetime, starts_before: datetime | None = None, staff: StaffId | None = None
    ) -> Sequence[Shift]:
        found = [
            one
            for one in self._shifts.values()
            if one.ends_at > ends_after
            and (starts_before is None or one.starts_at < starts_before)
            and (staff is None or one.staff == staff)
        ]
        return tuple(sorted(found, key=lambda one: (one.starts_at, one.id)))

    def put_line(self, line: Line) -> None:
        self._lines[line.id] = line

    def put_member(self, member: StaffMember) -> None:
        self._staff[member.id] = member

    def add(self, shift: Shift) -> None:
        self._shifts[shift.id] = shift

    def replace(self, old: Shift, new: Shift) -> None:
        self._unchanged(old)
        self._shifts[old.id] = new

    def remove(self, shift: Shift) -> None:
        self._unchanged(shift)
        del self._shifts[shift.id]

    def _unchanged(self, shift: Shift) -> None:
        if self.shift(shift.id).version != shift.version:
            raise ShiftChanged


@dataclass
class PlanWorld:
    """A rota with two lines and two staff members, and everything that is done to it."""

    store: PlanStore = field(default_factory=MemoryPlan)
    clock: HandClock = field(default_factory=lambda: HandClock(NOON))
    published: list[Snapshot] = field(default_factory=list)

    def __post_init__(self) -> None:
        token = SeededRandomness().token
        self.publishing = Publishing(store=self.store, clock=self.clock, publish=self.published.append)
        self.plan = Plan(publishing=self.publishing, clock=self.clock, new_id=token)
        self.enrolling = Enrolling(publishing=self.publishing)
        self.keeping = KeepCovered(publishing=self.publishing, clock=self.clock, new_id=token)
        self.weeks = Weeks(store=self.store)
        for line in (ADULTS, YOUNG):
            self.enrolling.line(line)
        for staff in (AMAL, INES):
            self.enrolling.member(staff)

    @property
    def live(self) -> Snapshot:
        """The picture that the router holds."""
        return self.published[-1]

    def shifts(self) -> Sequence[Shift]:
        with self.store.reading() as plan:
            return plan.shifts(ends_after=datetime(2000, 1, 1, tzinfo=UTC))
