"""Add, move and remove shifts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rota.domain.ids import ShiftId
from rota.domain.rules import Planned, check
from rota.domain.shift import Shift, Wish, planned
from rota.errors import AlreadyOver, ShiftChanged
from rota.ports import Clock, NewId, Writing
from rota.usecases.publishing import Publishing


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a coordinator may do to the shifts of a plan. Every change is judged, kept and published in one step."""

    publishing: Publishing
    clock: Clock
    new_id: NewId

    def add_shift(self, wish: Wish) -> Shift:
        """Plan a new shift. Raises NoSuchLine, NoSuchStaff, Broken, Busy."""
        with self.publishing.changing() as plan:
            shift = planned(ShiftId(self.new_id()), wish, plan.line(wish.line).zone)
            self._judge(plan, shift)
            plan.add(shift)
        return shift

    def move_shift(self, shift_id: ShiftId, seen_version: int, wish: Wish) -> Shift:
        """Plan a shift anew: other times, another staff member, role or line.

        Args:
            shift_id: the shift to move; it may be running, but not be over.
            seen_version: the version that was looked at when the change was decided.
            wish: all of what the shift shall be.

        Raises:
            NoSuchShift, ShiftChanged: it is gone, or another coordinator changed it.
            NoSuchLine, NoSuchStaff, Broken, Busy: it cannot be planned so, or not now.
        """
        with self.publishing.changing() as plan:
            old = self._seen(plan, shift_id, seen_version)
            new = old.moved(wish, plan.line(wish.line).zone)
            self._judge(plan, new)
            plan.replace(old, new)
        return new

    def remove_shift(self, shift_id: ShiftId, seen_version: int) -> None:
        """Take a shift out of the plan. Raises NoSuchShift, ShiftChanged, AlreadyOver, Busy."""
        with self.publishing.changing() as plan:
            plan.remove(self._seen(plan, shift_id, seen_version))

    def _seen(self, plan: Writing, shift_id: ShiftId, seen_version: int) -> Shift:
        shift = plan.shift(shift_id)
        if shift.version != seen_version:
            raise ShiftChanged
        if shift.ends_at <= self._now():
            raise AlreadyOver
        return shift

    def _judge(self, plan: Writing, shift: Shift) -> None:
        others = plan.shifts(ends_after=shift.starts_at, starts_before=shift.ends_at, staff=shift.staff)
        line, member = plan.line(shift.line), plan.member(shift.staff)
        check(Planned(shift=shift, line=line, member=member, others=others, now=self._now()))

    def _now(self) -> datetime:
        return self.clock.now()
