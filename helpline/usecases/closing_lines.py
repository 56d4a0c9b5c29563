"""A line is closed by hand, now, and opened again. Whoever waits is turned away kindly; who talks goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from helpline.domain.errors import NoSuchLine
from helpline.domain.ids import Language, LineId, StaffId
from helpline.domain.line import Closure, Line, Opening
from helpline.domain.staff import Duty
from helpline.line_ports import Alarms, Closures
from helpline.ports import Clock, Roster, WaitingRoom
from helpline.usecases.attendance import Attendance


class ClosableRoster:
    """A roster on which a line that was closed by hand is closed, and nobody knows when it opens again."""

    def __init__(self, roster: Roster, is_closed: Callable[[LineId], bool]) -> None:
        self._roster = roster
        self._is_closed = is_closed

    def on_duty(self, line: LineId, language: Language, at: datetime) -> Sequence[Duty]:
        """Return who is on duty on the line and speaks the language."""
        return self._roster.on_duty(line, language, at)

    def lines_of(self, staff_id: StaffId, at: datetime) -> Sequence[tuple[LineId, Language]]:
        """Return the lines and languages on which the rota has her on duty."""
        return self._roster.lines_of(staff_id, at)

    def opening(self, line: LineId, at: datetime) -> Opening:
        """Return whether the line is open, and when it opens next."""
        opening = self._roster.opening(line, at)
        return replace(opening, is_open=False, opens_at=None) if self._is_closed(line) else opening

    def next_change(self, at: datetime) -> datetime | None:
        """Return the first moment after `at` at which anybody's duty begins or ends."""
        return self._roster.next_change(at)


class ClosedByHand:
    """What this process knows of the lines closed by hand: looked up anew every two seconds, asked very often."""

    def __init__(self, closures: Closures) -> None:
        self._closures = closures
        self._known: Mapping[LineId, Closure] = {}

    def refresh(self) -> None:
        """Look anew. What was known stays known if that fails."""
        self._known = {each.line: each for each in self._closures.everything()}

    def of(self, line: LineId) -> Closure | None:
        """Return how the line was closed, None if it was not."""
        return self._known.get(line)

    def is_closed(self, line: LineId) -> bool:
        """Tell whether the line was closed by hand."""
        return line in self._known


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """How a line stands, for those who run it. Of those who wait no more than whether there is anybody.

    Args:
        planned: whether and when it is open by the rota.
        closure: how it was closed by hand, if it was.
        at_desk: how many counsellors are at their desks for it, busy ones included.
        is_called: whether those on call are being called for it.
    """

    line: LineId
    planned: Opening
    closure: Closure | None
    at_desk: int
    has_waiting: bool
    is_called: bool


class ClosingLines:
    """Closes and opens lines by hand."""

    def __init__(
        self, *, clock: Clock, closures: Closures, known: ClosedByHand, planned: Roster, room: WaitingRoom,
        alarms: Alarms, attendance: Attendance, lines: Mapping[LineId, Line],
    ) -> None:
        self._clock = clock
        self._closures = closures
        self._known = known
        self._planned = planned
        self._room = room
        self._alarms = alarms
        self._attendance = attendance
        self._lines = lines

    def states(self) -> Sequence[LineState]:
        """Return how each line stands."""
        return [self.state(line) for line in self._lines]

    def state(self, line: LineId) -> LineState:
        """Return how a line stands. Raises NoSuchLine."""
        languages = self._line(line).languages
        return LineState(
            line=line, planned=self._planned.opening(line, self._clock.now()), closure=self._known.of(line),
            at_desk=self._attendance.now().count(line, languages),
            has_waiting=any(person.line == line for person in self._room.everybody()),
            is_called=any(each.line == line and each.is_called for each in self._alarms.everything()),
        )

    def close(self, line: LineId, staff_id: StaffId) -> None:
        """Close it now, here at once and in every other process within two seconds. Raises NoSuchLine.

        The next tick turns away whoever waits there.
        """
        minute = self._clock.now().replace(second=0, microsecond=0)
        self._closures.close(Closure(line=self._line(line).id, at=minute, staff_id=staff_id))
        self._known.refresh()

    def open(self, line: LineId) -> None:
        """Go by the rota again. Raises NoSuchLine."""
        self._closures.open(self._line(line).id)
        self._known.refresh()

    def _line(self, line: LineId) -> Line:
        if line not in self._lines:
            raise NoSuchLine
        return self._lines[line]
