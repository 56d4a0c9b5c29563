"""What anybody may know of the lines: whether they are open, and when they open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from helpline.domain.ids import LineId
from helpline.domain.line import Line, PublicLine
from helpline.ports import Roster


class Opening:
    """The public state of the lines. It says nothing of who waits, who answers, or in which language right now."""

    def __init__(self, *, roster: Roster, lines: Mapping[LineId, Line]) -> None:
        self._roster = roster
        self._lines = lines

    def public_state(self, at: datetime) -> Mapping[LineId, PublicLine]:
        """Return the state of every line at the minute of `at`: the same for everybody who asks within it."""
        minute = _minute(at)
        return {line.id: self._public(line, minute) for line in self._lines.values()}

    def _public(self, line: Line, minute: datetime) -> PublicLine:
        opening = self._roster.opening(line.id, minute)
        opens_at = None if opening.opens_at is None else _minute(opening.opens_at)
        return PublicLine(is_open=opening.is_open, opens_at=opens_at, zone=opening.zone, languages=line.languages)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
