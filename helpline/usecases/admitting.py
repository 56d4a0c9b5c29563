"""Who may ask for a place: anybody, and under load whoever has let her phone do some work first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final, Protocol

from helpline.domain.errors import WorkNeeded
from helpline.domain.ids import LineId
from helpline.domain.line import Line
from helpline.domain.overload import SLOW_LANE_EVERY, Crowd
from helpline.domain.work import CHALLENGE_LIFE, SLOW_AFTER, Work
from helpline.line_ports import Admissions
from helpline.ports import Clock, WaitingRoom
from helpline.usecases.attendance import Attendance

MARK_BYTES: Final = 16


class Challenges(Protocol):
    """Sealed challenges: nothing is kept of them, and nothing in them tells of anybody."""

    def make(self, at: datetime) -> str:
        """Return a new one."""

    def made_at(self, challenge: str, at: datetime) -> datetime | None:
        """Return when it was made, None if it is none of ours."""


class Admitting:
    """The way to the queue. In calm times it asks nothing.

    Args:
        calm_joins: how many ask for a place on one line within a minute on an ordinary day.
    """

    def __init__(
        self, *, clock: Clock, room: WaitingRoom, attendance: Attendance, admissions: Admissions,
        challenges: Challenges, lines: Mapping[LineId, Line], calm_joins: int,
    ) -> None:
        self._clock = clock
        self._room = room
        self._attendance = attendance
        self._admissions = admissions
        self._challenges = challenges
        self._lines = lines
        self._calm_joins = calm_joins

    def admit(self, line: LineId, answer: str) -> None:
        """Let her pass. Raises WorkNeeded with a challenge: the same as before while hers is worth going on with.

        Args:
            answer: what her phone has done so far, see helpline.domain.work; empty if it was asked for nothing.
        """
        if line not in self._lines:
            return
        crowd = self._crowd(line)
        if not crowd.asks_for_work(self._calm_joins):
            return
        now = self._clock.now()
        work = Work.read(answer)
        made_at = None if work is None else self._challenges.made_at(work.challenge, now)
        is_fresh = made_at is not None and now - made_at <= CHALLENGE_LIFE
        if work is None or made_at is None or not is_fresh or not work.is_true or self._is_spent(work):
            raise WorkNeeded.on(self._challenges.make(now))
        if not work.is_whole and not self._may_pass_slowly(line, work, made_at, crowd):
            raise WorkNeeded.on(work.challenge)
        if not self._admissions.spend(_mark(work), now, made_at + CHALLENGE_LIFE):
            raise WorkNeeded.on(self._challenges.make(now))

    def _crowd(self, line: LineId) -> Crowd:
        joins = self._admissions.asked(line, self._clock.now())
        waiting = sum(1 for person in self._room.everybody() if person.line == line)
        at_desk = self._attendance.now().count(line, self._lines[line].languages)
        return Crowd(joins=joins, waiting=waiting, at_desk=at_desk)

    def _is_spent(self, work: Work) -> bool:
        return self._admissions.is_spent(_mark(work), self._clock.now())

    def _may_pass_slowly(self, line: LineId, work: Work, made_at: datetime, crowd: Crowd) -> bool:
        """Tell whether the slow lane is open for her: she has begun, time has passed, and it is her turn.

        A phone so slow that it needs all two minutes for the work passes with all of it, however long the queue.
        """
        now = self._clock.now()
        if not work.is_begun or now - made_at < SLOW_AFTER or crowd.is_long:
            return False
        return self._admissions.let_in(line, now, SLOW_LANE_EVERY)


def _mark(work: Work) -> bytes:
    return sha256(work.challenge.encode()).digest()[:MARK_BYTES]
