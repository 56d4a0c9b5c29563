"""One consistent look at the plan, over one connection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, true

from rota.domain.ids import LineId, ShiftId, StaffId
from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.staff import StaffMember
from rota.errors import NoSuchLine, NoSuchShift, NoSuchStaff
from rota.sql.rows import lines_of, members_of, seconds, shift_of
from rota.sql.tables import LINE, LINE_LANGUAGE, PLAN, QUALIFICATION, SHIFT, STAFF_LANGUAGE, STAFF_MEMBER


class SqlReading:
    """Reads the plan. See rota.ports.Reading."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def version(self) -> int:
        """Return how many times the plan has been written."""
        return int(self._connection.execute(select(PLAN.c.version)).scalar_one())

    def lines(self) -> Sequence[Line]:
        """Return all lines, in the order of their ids."""
        return self._lines(true(), true())

    def staff(self) -> Sequence[StaffMember]:
        """Return all staff members, in the order of their aliases."""
        return self._members(true(), true(), true())

    def line(self, line: LineId) -> Line:
        """Return one line. Raises NoSuchLine."""
        found = self._lines(LINE.c.id == line, LINE_LANGUAGE.c.line_id == line)
        if not found:
            raise NoSuchLine
        return found[0]

    def member(self, staff: StaffId) -> StaffMember:
        """Return one staff member. Raises NoSuchStaff."""
        found = self._members(
            STAFF_MEMBER.c.id == staff, STAFF_LANGUAGE.c.staff_id == staff, QUALIFICATION.c.staff_id == staff
        )
        if not found:
            raise NoSuchStaff
        return found[0]

    def shift(self, shift: ShiftId) -> Shift:
        """Return one shift. Raises NoSuchShift."""
        row = self._connection.execute(select(SHIFT).where(SHIFT.c.id == shift)).one_or_none()
        if row is None:
            raise NoSuchShift
        return shift_of(row)

    def shifts(
        self, ends_after: datetime, starts_before: datetime | None = None, staff: StaffId | None = None
    ) -> Sequence[Shift]:
        """Return the shifts that touch the span (UTC), of everybody or of one, by start and then id."""
        query = select(SHIFT).where(SHIFT.c.ends_at > seconds(ends_after)).order_by(SHIFT.c.starts_at, SHIFT.c.id)
        if starts_before is not None:
            query = query.where(SHIFT.c.starts_at < seconds(starts_before))
        if staff is not None:
            query = query.where(SHIFT.c.staff_id == staff)
        return tuple(shift_of(row) for row in self._connection.execute(query))

    def _lines(self, of_line: ColumnElement[bool], of_language: ColumnElement[bool]) -> tuple[Line, ...]:
        languages = select(LINE_LANGUAGE).where(of_language).order_by(LINE_LANGUAGE.c.place)
        lines = select(LINE).where(of_line).order_by(LINE.c.id)
        return lines_of(self._connection.execute(lines), self._connection.execute(languages))

    def _members(
        self, of_member: ColumnElement[bool], of_language: ColumnElement[bool], of_role: ColumnElement[bool]
    ) -> tuple[StaffMember, ...]:
        members = select(STAFF_MEMBER).where(of_member).order_by(STAFF_MEMBER.c.alias, STAFF_MEMBER.c.id)
        languages = select(STAFF_LANGUAGE).where(of_language)
        roles = select(QUALIFICATION).where(of_role).order_by(QUALIFICATION.c.role)
        run = self._connection.execute
        return members_of(run(members), run(languages), run(roles))
