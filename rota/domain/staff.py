"""Those who can be planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rota.domain.ids import Language, Role, StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """A role that a staff member holds, until a moment (UTC) or, with None, until it is taken back."""

    role: Role
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """One staff member as the plan sees her: an alias, what she speaks, what she may be planned as."""

    id: StaffId
    alias: str
    languages: frozenset[Language]
    qualifications: tuple[Qualification, ...]

    def holds(self, role: Role, until: datetime) -> bool:
        """Whether she holds `role` up to the moment `until` (UTC)."""
        return any(
            held.role is role and (held.valid_until is None or until <= held.valid_until)
            for held in self.qualifications
        )
