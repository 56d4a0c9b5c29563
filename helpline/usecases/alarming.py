"""A line is open, somebody waits, and nobody who fits is at a desk: those on call are called, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from helpline.domain.alarm import Unattended
from helpline.domain.ids import LineId, StaffId
from helpline.domain.line import Line
from helpline.domain.waiting import WaitingPerson
from helpline.line_ports import Alarm, Alarms
from helpline.ports import Clock, Presence, Publisher, Roster, WaitingRoom
from helpline.usecases.attendance import AtDesks, Attendance


class Alarming:
    """Looks at every line once a second, in every process; whoever changes the record first does what follows.

    Args:
        between: how long one step has before the next is called.
    """

    def __init__(
        self, *, clock: Clock, room: WaitingRoom, roster: Roster, presence: Presence, publisher: Publisher,
        alarms: Alarms, alarm: Alarm, attendance: Attendance, lines: Mapping[LineId, Line], between: timedelta,
    ) -> None:
        self._clock = clock
        self._room = room
        self._roster = roster
        self._presence = presence
        self._publisher = publisher
        self._alarms = alarms
        self._alarm = alarm
        self._attendance = attendance
        self._lines = lines
        self._between = between

    def tick(self) -> None:
        """Begin, go on with, or end the alarm of each line."""
        now, at_desks = self._clock.now(), self._attendance.now()
        known = {each.line: each for each in self._alarms.everything()}
        waiting = self._room.everybody()
        for line in self._lines.values():
            alone = [each for each in waiting if each.line == line.id and _is_alone(each, at_desks)]
            empty = not at_desks.count(line.id, line.languages)
            is_unattended = (empty or bool(alone)) and self._roster.opening(line.id, now).is_open
            self._keep(line.id, known.get(line.id), is_unattended=is_unattended, alone=alone, now=now)

    def called(self) -> Sequence[LineId]:
        """Return the lines for which somebody is being called."""
        return [each.line for each in self._alarms.everything() if each.is_called]

    def tell(self, staff_id: StaffId) -> None:
        """Tell a desk that has just come of every alarm there is."""
        for line in self._lines:
            self._publisher.to_staff(staff_id, "alarm", {"line": line, "on": line in self.called()})

    def _keep(
        self, line: LineId, known: Unattended | None, *, is_unattended: bool, alone: Sequence[WaitingPerson],
        now: datetime,
    ) -> None:
        if not is_unattended:
            if known is not None and self._alarms.replace(line, known, None) and known.is_called:
                self._tell_all(line, on=False)
        elif known is None:
            self._alarms.replace(line, None, Unattended(line=line, since=now))
        elif alone and known.is_due(now, self._between):
            self._call(known, known.called(now))

    def _call(self, known: Unattended, called: Unattended) -> None:
        if self._alarms.replace(known.line, known, called):
            self._alarm.call(called.line, called.steps)
            if not known.is_called:
                self._tell_all(called.line, on=True)

    def _tell_all(self, line: LineId, *, on: bool) -> None:
        """Tell every desk that is connected, whatever its state: on a break she may still want to help."""
        for present in self._presence.everybody():
            if present.lost_at is None:
                self._publisher.to_staff(present.staff_id, "alarm", {"line": line, "on": on})


def _is_alone(person: WaitingPerson, at_desks: AtDesks) -> bool:
    """Tell whether she is here, and nobody who fits her is."""
    return person.offer is None and person.lost_at is None and not at_desks.fits(person)
