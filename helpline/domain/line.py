"""A line: one helpline, the languages it promises, and when it is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from helpline.domain.ids import Language, LineId, StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One helpline as the organisation declares it. The first language is the line's own."""

    id: LineId
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Whether a line is open at a moment, and when it opens next.

    `opens_at` is an aware UTC time, None where it is open or no opening is planned; `zone` an IANA name.
    """

    is_open: bool
    opens_at: datetime | None
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLine:
    """What everybody may know of a line: nothing about who waits or who answers."""

    is_open: bool
    opens_at: datetime | None
    zone: str
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A line that was closed by hand, to the minute, and by whom."""

    line: LineId
    at: datetime
    staff_id: StaffId
