"""When so many come that something must be asked of them, and when so many wait that it is kinder to refuse."""

from __future__ import annotations

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


def is_crowded(*, joins: int, calm_joins: int, waiting: int, at_desk: int) -> bool:
    """Tell whether whoever joins now is asked for work first.

    Args:
        joins: how many have asked for a place on the line within the last minute or two.
        calm_joins: how many a minute are usual there.
    """
    return joins > calm_joins or waiting * CALM_SHARE >= waiting_most(at_desk)
