"""What the rota refuses, as one tree with stable codes.

RotaError
├── NotFound: NoSuchLine, NoSuchStaff, NoSuchShift
├── Conflict: ShiftChanged, Busy
└── Broken (a rule of the plan): EndsBeforeStart, TooLong, TooFarAhead, AlreadyOver,
    RoleNotHeld, NoCommonLanguage, Overlap
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from rota.domain.shift import Shift


class RotaError(Exception):
    """Anything the rota refuses. The message is the code and nothing else."""

    code: ClassVar[str] = "rota"

    def __init__(self) -> None:
        super().__init__(self.code)


class NotFound(RotaError):  # noqa: N818 - a refusal is named after what is so
    """What was asked for is not in the plan."""


class NoSuchLine(NotFound):
    """The plan has no such line."""

    code = "no_such_line"


class NoSuchStaff(NotFound):
    """The plan has no such staff member."""

    code = "no_such_staff"


class NoSuchShift(NotFound):
    """The shift is not in the plan, or no longer."""

    code = "no_such_shift"


class UnknownZone(RotaError):  # noqa: N818
    """The time zone is not in the IANA database of this machine."""

    code = "unknown_zone"


class Conflict(RotaError):  # noqa: N818
    """Somebody else was there first."""


class ShiftChanged(Conflict):
    """Another coordinator changed the shift after it was read."""

    code = "shift_changed"


class Busy(Conflict):
    """The plan is being written by another; trying again will do."""

    code = "busy"


class Broken(RotaError):  # noqa: N818
    """A shift that a rule of the plan does not allow."""


class EndsBeforeStart(Broken):
    """A shift ends after it starts."""

    code = "ends_before_start"


class TooLong(Broken):
    """A shift is longer than anybody should answer."""

    code = "too_long"


class TooFarAhead(Broken):
    """A shift starts further ahead than anybody plans: most likely a slip of the year."""

    code = "too_far_ahead"


class AlreadyOver(Broken):
    """What is over stays as it was."""

    code = "already_over"


class RoleNotHeld(Broken):
    """The staff member does not hold that role until the end of the shift."""

    code = "role_not_held"


class NoCommonLanguage(Broken):
    """The staff member speaks none of the languages of the line."""

    code = "no_common_language"


class Overlap(Broken):
    """The staff member is already planned at that time."""

    code = "overlap"

    def __init__(self, other: Shift) -> None:
        super().__init__()
        self.other = other
