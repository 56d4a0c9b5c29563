"""One change of the plan, over one connection."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Table, and_, delete, insert, select, update

from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.staff import StaffMember
from rota.errors import NoSuchShift, ShiftChanged
from rota.sql.reading import SqlReading
from rota.sql.rows import seconds, values_of
from rota.sql.tables import LINE, LINE_LANGUAGE, PLAN, QUALIFICATION, SHIFT, STAFF_LANGUAGE, STAFF_MEMBER


class SqlWriting(SqlReading):
    """Reads and changes the plan. See rota.ports.Writing."""

    def take_turn(self) -> None:
        """Count the version on, which makes every other writer wait until this change is kept or dropped."""
        self._connection.execute(update(PLAN).values(version=PLAN.c.version + 1))

    def put_line(self, line: Line) -> None:
        """Keep a line, in place of the one with the same id if there is one."""
        self._put(LINE, {"id": line.id, "zone": line.zone})
        self._connection.execute(delete(LINE_LANGUAGE).where(LINE_LANGUAGE.c.line_id == line.id))
        for place, language in enumerate(line.languages):
            row = {"line_id": line.id, "language": language, "place": place}
            self._connection.execute(insert(LINE_LANGUAGE).values(row))

    def put_member(self, member: StaffMember) -> None:
        """Keep a staff member, in place of the one with the same id if there is one."""
        self._put(STAFF_MEMBER, {"id": member.id, "alias": member.alias})
        for table in (STAFF_LANGUAGE, QUALIFICATION):
            self._connection.execute(delete(table).where(table.c.staff_id == member.id))
        for language in sorted(member.languages):
            self._connection.execute(insert(STAFF_LANGUAGE).values(staff_id=member.id, language=language))
        for held in member.qualifications:
            until = None if held.valid_until is None else seconds(held.valid_until)
            row = {"staff_id": member.id, "role": held.role.value, "valid_until": until}
            self._connection.execute(insert(QUALIFICATION).values(row))

    def add(self, shift: Shift) -> None:
        """Keep a new shift."""
        self._connection.execute(insert(SHIFT).values(values_of(shift)))

    def replace(self, old: Shift, new: Shift) -> None:
        """Keep `new` if `old` is still there unchanged. Raises NoSuchShift, ShiftChanged."""
        result = self._connection.execute(update(SHIFT).where(_unchanged(old)).values(values_of(new)))
        self._one_row(result.rowcount, old)

    def remove(self, shift: Shift) -> None:
        """Drop the shift if it is still there unchanged. Raises NoSuchShift, ShiftChanged."""
        result = self._connection.execute(delete(SHIFT).where(_unchanged(shift)))
        self._one_row(result.rowcount, shift)

    def _one_row(self, count: int, shift: Shift) -> None:
        if count == 1:
            return
        gone = self._connection.execute(select(SHIFT.c.id).where(SHIFT.c.id == shift.id)).one_or_none() is None
        raise NoSuchShift if gone else ShiftChanged

    def _put(self, table: Table, row: Mapping[str, object]) -> None:
        # An update, then an insert if nothing was there: every database knows these, and writers take turns.
        if not self._connection.execute(update(table).where(table.c.id == row["id"]).values(row)).rowcount:
            self._connection.execute(insert(table).values(row))


def _unchanged(shift: Shift) -> ColumnElement[bool]:
    return and_(SHIFT.c.id == shift.id, SHIFT.c.version == shift.version)
