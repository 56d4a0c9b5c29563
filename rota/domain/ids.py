"""The names by which things of the plan are known."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

LineId = NewType("LineId", str)
StaffId = NewType("StaffId", str)
ShiftId = NewType("ShiftId", str)
Language = NewType("Language", str)  # a BCP 47 tag: "fr"


class Role(StrEnum):
    """What somebody does during a shift."""

    PSYCHOLOGIST = "psychologist"
    PEER = "peer"
    VOLUNTEER = "volunteer"
    SUPERVISOR = "supervisor"

    @property
    def answers(self) -> bool:
        """Whether persons are offered to this role. A supervisor watches over a shift and opens no line."""
        return self is not Role.SUPERVISOR
