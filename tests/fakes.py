"""Stand-ins that every test may use: a clock moved by hand, seeded chance, a rota in a list, a publisher that notes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TypeVar

from helpline.domain.ids import CertificateRole, Language, LineId, StaffId, Ticket
from helpline.domain.line import Closure, Opening
from helpline.domain.staff import Duty

T = TypeVar("T")

ADULTS, YOUTH = LineId("adults"), LineId("youth")
FRENCH, ENGLISH = Language("fr"), Language("en")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FAR = datetime(2100, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class HandClock:
    """Time stands still until a test moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self._start = now
        self._now = now

    def now(self) -> datetime:
        return self._now

    def steady(self) -> float:
        return (self._now - self._start).total_seconds()

    def advance(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> None:
        self._now += timedelta(seconds=seconds, minutes=minutes, hours=hours)


class SeededRandomness:
    """Chance that is the same each time; safe to use from many threads."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._lock = Lock()

    def token(self) -> str:
        with self._lock:
            return f"{self._random.getrandbits(128):032x}"

    def secret(self) -> bytes:
        with self._lock:
            return self._random.randbytes(32)

    def choose(self, options: Sequence[T]) -> T:
        with self._lock:
            return options[self._random.randrange(len(options))]


@dataclass(frozen=True)
class Shift:
    staff_id: StaffId
    role: CertificateRole
    line: LineId = ADULTS
    languages: tuple[Language, ...] = (FRENCH, ENGLISH)
    start: datetime = LONG_AGO
    end: datetime = FAR

    def covers(self, at: datetime) -> bool:
        return self.start <= at < self.end


@dataclass
class FakeRoster:
    """A rota that is a list. Lines are open while `opening_hours` says so; round the clock where it says nothing."""

    shifts: list[Shift] = field(default_factory=list)
    opening_hours: dict[LineId, tuple[datetime, datetime]] = field(default_factory=dict)
    zone: str = "Europe/Paris"

    def on_duty(self, line: LineId, language: Language, at: datetime) -> Sequence[Duty]:
        return tuple(
            Duty(staff_id=shift.staff_id, role=shift.role)
            for shift in self.shifts
            if shift.line == line and language in shift.languages and shift.covers(at)
        )

    def lines_of(self, staff_id: StaffId, at: datetime) -> Sequence[tuple[LineId, Language]]:
        return tuple(
            (shift.line, language)
            for shift in self.shifts
            if shift.staff_id == staff_id and shift.covers(at)
            for language in shift.languages
        )

    def opening(self, line: LineId, at: datetime) -> Opening:
        start, end = self.opening_hours.get(line, (LONG_AGO, FAR))
        is_open = start <= at < end
        return Opening(is_open=is_open, opens_at=None if is_open or at >= end else start, zone=self.zone)

    def next_change(self, at: datetime) -> datetime | None:
        changes = [moment for shift in self.shifts for moment in (shift.start, shift.end) if moment > at]
        return min(changes, default=None)


@dataclass(frozen=True)
class Told:
    """One event, as it was published: to a ticket or to a staff member."""

    to: str
    event: str
    payload: Mapping[str, object]


class RecordingPublisher:
    """Notes what is told to whom, and may call a test back at the moment of telling."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.listeners: list[Callable[[Told], None]] = []

    def to_person(self, ticket: Ticket, event: str, payload: Mapping[str, object]) -> None:
        self._note(Told(ticket, event, dict(payload)))

    def to_staff(self, staff_id: StaffId, event: str, payload: Mapping[str, object]) -> None:
        self._note(Told(staff_id, event, dict(payload)))

    def of(self, to: str, event: str) -> list[Mapping[str, object]]:
        return [told.payload for told in self.told if (told.to, told.event) == (to, event)]

    def last(self, to: str, event: str) -> Mapping[str, object]:
        return self.of(to, event)[-1]

    def clear(self) -> None:
        self.told.clear()

    def _note(self, told: Told) -> None:
        self.told.append(told)
        for listener in self.listeners:
            listener(told)


class RecordingAlarm:
    """Notes who would have been called: the line, and the number of the call."""

    def __init__(self) -> None:
        self.calls: list[tuple[LineId, int]] = []

    def call(self, line: LineId, calls: int) -> None:
        self.calls.append((line, calls))


class ListedClosures:
    """Lines closed by hand, in a list that several processes may share."""

    def __init__(self) -> None:
        self.closed: dict[LineId, Closure] = {}

    def everything(self) -> Sequence[Closure]:
        return tuple(self.closed.values())

    def close(self, closure: Closure) -> None:
        self.closed.setdefault(closure.line, closure)

    def open(self, line: LineId) -> None:
        self.closed.pop(line, None)
