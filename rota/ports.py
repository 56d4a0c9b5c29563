"""What the use cases of the rota need from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from rota.domain.ids import LineId, ShiftId, StaffId
from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.snapshot import Snapshot
from rota.domain.staff import StaffMember


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Return the present moment, UTC."""


NewId = Callable[[], str]
"""Gives a random name that nothing else has."""

Publish = Callable[[Snapshot], None]
"""Takes a new picture of the plan to whoever routes by it. Older pictures than the one held are to be ignored."""


class Reading(Protocol):
    """One consistent look at the plan."""

    def version(self) -> int:
        """Return how many times the plan has been written."""

    def lines(self) -> Sequence[Line]:
        """Return all lines, in the order of their ids."""

    def staff(self) -> Sequence[StaffMember]:
        """Return all staff members, in the order of their aliases."""

    def line(self, line: LineId) -> Line:
        """Return one line. Raises NoSuchLine."""

    def member(self, staff: StaffId) -> StaffMember:
        """Return one staff member. Raises NoSuchStaff."""

    def shift(self, shift: ShiftId) -> Shift:
        """Return one shift. Raises NoSuchShift."""

    def shifts(
        self, ends_after: datetime, starts_before: datetime | None = None, staff: StaffId | None = None
    ) -> Sequence[Shift]:
        """Return the shifts that touch the span (UTC), of everybody or of one, by start and then id."""


class Writing(Reading, Protocol):
    """One change of the plan, of which all or nothing is kept. Changes happen one after another."""

    def put_line(self, line: Line) -> None:
        """Keep a line, in place of the one with the same id if there is one."""

    def put_member(self, member: StaffMember) -> None:
        """Keep a staff member, in place of the one with the same id if there is one."""

    def add(self, shift: Shift) -> None:
        """Keep a new shift."""

    def replace(self, old: Shift, new: Shift) -> None:
        """Keep `new` if `old` is still there unchanged. Raises NoSuchShift, ShiftChanged."""

    def remove(self, shift: Shift) -> None:
        """Drop the shift if it is still there unchanged. Raises NoSuchShift, ShiftChanged."""


class PlanStore(Protocol):
    """Where the plan lives. Every implementation passes tests/contract/test_plan_store.py."""

    def reading(self) -> AbstractContextManager[Reading]:
        """Look at the plan."""

    def writing(self) -> AbstractContextManager[Writing]:
        """Change the plan: kept when the block ends, dropped when it raises. Raises Busy."""
