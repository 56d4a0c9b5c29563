"""Tell the plan which lines there are and who may be planned on them."""

from __future__ import annotations

from dataclasses import dataclass

from rota.domain.line import Line
from rota.domain.staff import StaffMember
from rota.domain.wall import zone_named
from rota.usecases.publishing import Publishing


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolling:
    """Keeps lines and staff; doing it twice changes nothing more."""

    publishing: Publishing

    def line(self, line: Line) -> None:
        """Keep a line as given. Raises UnknownZone, Busy."""
        zone_named(line.zone)
        with self.publishing.changing() as plan:
            plan.put_line(line)

    def member(self, member: StaffMember) -> None:
        """Keep a staff member as given. Raises Busy."""
        with self.publishing.changing() as plan:
            plan.put_member(member)
