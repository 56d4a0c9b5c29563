"""When so many come that something must be asked of them, and when so many wait that it is kinder to refuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from helpline.domain.numbers import WAITING_PER_LINE_MAX

WAITING_PER_DESK_MAX: Final = 20  # more than one counsellor answers in a day: a place behind them would be a lie
CALM_SHARE: Final = 2  # up to half of what may wait, nobody is asked for work
SLOW_LANE_EVERY: Final = timedelta(seconds=5)


def waiting_most(at_desk: int) -> int:
    """Return how many may wait on a line with this many counsellors at their desks, busy ones included.

    Where nobody is, as many may wait as one could answer: somebody is being called.
    """
    return min(WAITING_PER_LINE_MAX, max(1, at_desk) * WAITING_PER_DESK_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What stands before a line.

    Args:
        joins: how many have asked for a place within the last minute or two.
        waiting: how many wait.
        at_desk: how many counsellors are at their desks for it, busy ones included.
    """

    joins: int
    waiting: int
    at_desk: int

    @property
    def is_long(self) -> bool:
        """Tell whether half of those wait who may. From there on the slow lane is closed.

        Who does the work always finds a place, however many come by the slow lane.
        """
        return self.waiting * CALM_SHARE >= waiting_most(self.at_desk)

    def asks_for_work(self, calm_joins: int) -> bool:
        """Tell whether whoever joins now is asked for work first; `calm_joins` a minute are usual there."""
        return self.joins > calm_joins or self.is_long

