"""A line that is open and has nobody at a desk: since when, and how far the on-call chain has been called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from helpline.domain.ids import LineId

ALARM_AFTER: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattended:
    """One line without anybody who fits those who wait. `steps` counts how often the chain was called for it."""

    line: LineId
    since: datetime
    steps: int = 0
    called_at: datetime | None = None

    @property
    def is_called(self) -> bool:
        """Tell whether anybody was called for it."""
        return self.steps > 0

    def is_due(self, at: datetime, between: timedelta) -> bool:
        """Tell whether the next step is to be called: 30 seconds after it began, then each `between`."""
        if self.called_at is None:
            return at - self.since >= ALARM_AFTER
        return at - self.called_at >= between

    def called(self, at: datetime) -> Unattended:
        """Count one more step."""
        return replace(self, steps=self.steps + 1, called_at=at)


def step_of(steps: int, calls: int) -> int:
    """Return which step of a chain of `steps` the call of this number goes to: the last one over and over.

    `calls` counts from 1. Raises ValueError for a chain without a step: it would call nobody.
    """
    if steps < 1:
        raise ValueError("a chain has at least one step")
    return min(calls, steps) - 1
